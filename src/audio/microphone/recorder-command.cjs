// node-record-lpcm16 requires a CommonJS module that returns the command to start. start-recorder.ts passes the command
// through the options of the library, and this module returns it.
module.exports = ({ command, args, spawnOptions }) => ({ cmd: command, args, spawnOptions });
