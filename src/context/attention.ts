/**
 * What listening and acting tell each other: whether a command is being worked on, whether the ears are closed
 * because a reply is spoken, and that somebody wants to be listened to now.
 */
export class Attention {
  /** A command is being handled: another one, or the wake phrase, is ignored. */
  isBusy = false;
  /** Audio heard so far, ms; the `atMs` of events. */
  heardMs = 0;
  #mutes = 0;
  #isRequested = false;

  /** Discards audio until the result is disposed. */
  mute(): Disposable {
    this.#mutes += 1;
    let isOver = false;
    return {
      [Symbol.dispose]: () => {
        if (!isOver) this.#mutes -= 1;
        isOver = true;
      },
    };
  }

  get isMuted(): boolean {
    return this.#mutes > 0;
  }

  /** Accepts a command as after the wake phrase. */
  listenNow(): void {
    this.#isRequested = true;
  }

  /** Whether `listenNow` was called since the last `takeRequest`. */
  takeRequest(): boolean {
    const isRequested = this.#isRequested;
    this.#isRequested = false;
    return isRequested;
  }
}
