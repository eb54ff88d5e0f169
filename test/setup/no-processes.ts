// For the unit tests: they start no program and no worker. One that does belongs in `*.process.test.ts`.
import childProcess from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import workerThreads from "node:worker_threads";

function refuse(what: string): never {
  throw new Error(
    `A unit test starts ${what}: rename its file to end in ".process.test.ts", or use a scripted recogniser`,
  );
}

for (const name of ["spawn", "spawnSync", "exec", "execSync", "execFile", "execFileSync", "fork"]) {
  Reflect.set(childProcess, name, () => refuse(`a program (${name})`));
}
Reflect.set(workerThreads, "Worker", function Worker() {
  refuse("a worker thread");
});
syncBuiltinESMExports();
