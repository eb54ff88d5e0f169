/** Process groups that a thread has started: it may die without ending them. */
export class ChildGroups {
  readonly #pids = new Set<number>();

  note(pid: number, isRunning: boolean): void {
    if (isRunning) this.#pids.add(pid);
    else this.#pids.delete(pid);
  }

  /** Kills what is left of them. */
  kill(): void {
    for (const pid of this.#pids) {
      try {
        process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
      } catch {
        // It has ended by itself.
      }
    }
    this.#pids.clear();
  }
}
