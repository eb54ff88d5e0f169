import type { ChildProcess } from "node:child_process";
import type { EventEmitter } from "node:events";
import type { Duplex } from "node:stream";
import type { WriteStream } from "node:fs";
import type { Server } from "node:net";
import { classOf } from "../base/kind-of.ts";
import { assertOptionNames, type OptionNames } from "../base/option-names.ts";
import { onAbort } from "../base/waiting/on-abort.ts";
import type { SupervisedChild, SuperviseOptions } from "./resources/child-process.ts";
import type { CleanupFunction, CleanupOptions } from "./cleanup/cleanup-function.ts";
import type { CleanupLimits } from "./cleanup/cleanup-limits.ts";
import type { CleanupPhase } from "./cleanup/cleanup-phases.ts";
import { assertCleaned, type CleanupReport } from "./cleanup/cleanup-report.ts";
import { ownConnection, type ConnectionOptions } from "./resources/connection.ts";
import { listenTo } from "./resources/event-listener.ts";
import { openOutputFile, type OutputFileOptions } from "./resources/output-file.ts";
import type { Owner, Registration } from "./owner.ts";
import { Pool, type PoolOptions } from "./resources/pool.ts";
import { assertReleasable, release, type Releasable } from "./releasable.ts";
import { ScopeCore, type ScopeStatus } from "./scope-core.ts";
import { ownServer, type ServerOptions } from "./resources/server.ts";
import { spawnChild, superviseChild, type SpawnOptions } from "./resources/spawn-child.ts";
import { runTask, type Task } from "./tasks.ts";
import { tellWhenForgotten } from "./forgotten-scopes.ts";
import { makeTempDir } from "./resources/temp-dir.ts";
import { ownWebSocketServer } from "./resources/web-socket-server.ts";
import {
  isWebSocketServer,
  type WebSocketLike,
  type WebSocketServerLike,
} from "./resources/web-socket.ts";
import {
  startInterval,
  startTimer,
  type TimerCallback,
  type TimerOptions,
} from "./resources/timers.ts";

export type ScopeOptions = {
  /** How long cleanups may take, in ms. @default the parent's, or the registry's */
  readonly limits?: Partial<CleanupLimits>;
};

type ForkOptions = ScopeOptions & { readonly phase?: CleanupPhase };

const NAMES = { limits: true } satisfies OptionNames<ScopeOptions>;
const FORK_NAMES = { ...NAMES, phase: true } satisfies OptionNames<ForkOptions>;

/**
 * A lifetime: everything acquired through it is let go when it closes, the last acquired first and child
 * scopes before what their parent holds. Signals, crashes and `forceExit` close it too.
 *
 * ```ts
 * await using scope = new Scope("kitchen");
 * scope.defer(() => lamp.off());
 * ```
 */
export class Scope implements Owner, AsyncDisposable {
  readonly #core: ScopeCore;

  constructor(name: string, options: ScopeOptions = {}) {
    if (!(options instanceof ScopeCore)) assertOptionNames("Scope", options, NAMES);
    // `fork` hands the core of a child over, which closes with its parent: it cannot be forgotten.
    this.#core = options instanceof ScopeCore ? options : new ScopeCore(name, options);
    if (this.#core !== options) tellWhenForgotten(this, this.#core);
  }

  get name(): string {
    return this.#core.name;
  }

  /** Aborts with CONTEXT_CLOSED when the scope begins to close. */
  get signal(): AbortSignal {
    return this.#core.signal;
  }

  get isOpen(): boolean {
    return this.#core.isOpen;
  }

  /** What is held now: processes with their ids, servers with their ports, child scopes. */
  status(): ScopeStatus {
    return this.#core.status();
  }

  /** @throws EarshotError CONTEXT_CLOSED */
  assertOpen(): void {
    this.#core.assertOpen();
  }

  /** Runs `cleanup` when the scope closes. @throws TypeError, RangeError, EarshotError CONTEXT_CLOSED */
  defer(cleanup: CleanupFunction, options: CleanupOptions = {}): Registration {
    return this.#core.defer(cleanup, options);
  }

  /** Lets `resource` go when the scope closes, and returns it. @throws TypeError, EarshotError CONTEXT_CLOSED */
  use<T extends Releasable>(resource: T, options: CleanupOptions = {}): T {
    assertReleasable(resource);
    this.#core.defer(() => release(resource), { name: classOf(resource), ...options });
    return resource;
  }

  /** Aborts when the scope begins to close, or earlier. */
  abortController(): AbortController {
    this.#core.assertOpen();
    const controller = new AbortController();
    const following = onAbort(this.#core.signal, (reason) => controller.abort(reason));
    onAbort(controller.signal, () => following[Symbol.dispose]());
    return controller;
  }

  /** Calls back once, after `delayMs`. @throws RangeError, EarshotError CONTEXT_CLOSED */
  timer(
    name: string,
    delayMs: number,
    callback: TimerCallback,
    options?: TimerOptions,
  ): Registration {
    return startTimer(this.#core, name, delayMs, callback, options);
  }

  /** Calls back every `periodMs`, without drift or overlap. @throws RangeError, EarshotError CONTEXT_CLOSED */
  interval(
    name: string,
    periodMs: number,
    callback: TimerCallback,
    options?: TimerOptions,
  ): Registration {
    return startInterval(this.#core, name, periodMs, callback, options);
  }

  /** Runs `task`; closing aborts its signal and awaits it. @throws what the task throws */
  task<T>(name: string, task: Task<T>): Promise<T> {
    return runTask(this.#core, name, task);
  }

  /** Listens until the scope closes. */
  listen(
    source: EventEmitter | EventTarget,
    event: string,
    listener: (...args: never[]) => void,
  ): Registration {
    return listenTo(this.#core, source, event, listener);
  }

  /**
   * Ties a listening server to the scope: stops accepting, waits for what is in flight, then cuts. Of `net`,
   * `tls`, `http` or `https`, or a WebSocketServer of `ws`.
   */
  async server<T extends Server | WebSocketServerLike>(
    server: T,
    options?: ServerOptions,
  ): Promise<T> {
    if (isWebSocketServer(server)) await ownWebSocketServer(this.#core, server, options);
    else await ownServer(this.#core, server, options);
    return server;
  }

  /** Ties an open WebSocket or socket to the scope: says goodbye, waits for the other side's, then cuts. */
  connection<T extends WebSocketLike | Duplex>(connection: T, options?: ConnectionOptions): T {
    return ownConnection(this.#core, connection, options);
  }

  /** Lends costly things one at a time, and destroys them when they are idle or the scope closes. */
  pool<T>(options: PoolOptions<T>): Pool<T> {
    return new Pool(this.#core, options);
  }

  /** An empty directory, removed with the scope. Yields its path. */
  tempDir(prefix?: string): Promise<string> {
    return makeTempDir(this.#core, prefix);
  }

  /** A file to write to; when the scope has closed, everything written is in it. */
  outputFile(file: string, options?: OutputFileOptions): Promise<WriteStream> {
    return openOutputFile(this.#core, file, options);
  }

  /**
   * Starts a program in a process group of its own, protected against our own death.
   * @throws EarshotError SPAWN_FAILED or `failureCode`, CONTEXT_CLOSED
   */
  spawn(
    command: string,
    args: readonly string[] = [],
    options?: SpawnOptions,
  ): Promise<SupervisedChild> {
    return spawnChild(this.#core, command, args, options);
  }

  /** Puts an already spawned process under the same care; in the same turn as its `spawn`. */
  adopt(child: ChildProcess, options?: SuperviseOptions): SupervisedChild {
    return superviseChild(this.#core, child, options);
  }

  /** A scope that closes, at the latest, before anything that this one holds in the same phase. */
  fork(name: string, options: ForkOptions = {}): Scope {
    assertOptionNames("fork", options, FORK_NAMES);
    return new Scope(name, new ScopeCore(name, { parent: this.#core, ...options }));
  }

  /**
   * Lets everything go. Idempotent: all callers share one run.
   * @throws EarshotError CLEANUP_FAILED when something could not be let go; everything else still was
   */
  async close(): Promise<CleanupReport> {
    const deadlineMs = performance.now() + this.#core.limits.totalMs;
    const report = await this.#core.close({ reason: "close", deadlineMs });
    assertCleaned(this.name, report);
    return report;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
