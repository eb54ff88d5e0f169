// node-record-lpcm16 asks a module like this one which program to start. The answer is made in recorders.ts
// and microphone.ts and travels through the library's options; CommonJS, because the library requires it.
module.exports = ({ command, args, spawnOptions }) => ({ cmd: command, args, spawnOptions });
