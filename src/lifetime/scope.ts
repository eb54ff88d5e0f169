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
import { warnWhenForgotten } from "./forgotten-scopes.ts";
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

/** How long a scope may take to close. */
export type ScopeOptions = {
  /** The limits of cleanups, in ms. @default those of the parent, or of the registry */
  readonly limits?: Partial<CleanupLimits>;
};

type ForkOptions = ScopeOptions & { readonly phase?: CleanupPhase };

const NAMES = { limits: true } satisfies OptionNames<ScopeOptions>;
const FORK_NAMES = { ...NAMES, phase: true } satisfies OptionNames<ForkOptions>;

/**
 * A lifetime. When it closes, it releases everything acquired through it: the last acquired first, and child scopes
 * before the resources of their parent. Signals, crashes and `forceExit` close it too.
 *
 * ```ts
 * await using scope = new Scope("kitchen");
 * scope.defer(() => lamp.off());
 * ```
 */
export class Scope implements Owner, AsyncDisposable {
  readonly #core: ScopeCore;

  /**
   * @param name the name in reports, errors and warnings
   * @throws TypeError, RangeError naming the option; EarshotError CONTEXT_CLOSED while the process shuts down
   */
  constructor(name: string, options: ScopeOptions = {}) {
    if (!(options instanceof ScopeCore)) assertOptionNames("Scope", options, NAMES);
    // `fork` passes the core of a child, which closes with its parent: it cannot be forgotten.
    this.#core = options instanceof ScopeCore ? options : new ScopeCore(name, options);
    if (this.#core !== options) warnWhenForgotten(this, this.#core);
  }

  get name(): string {
    return this.#core.name;
  }

  /** Aborts with CONTEXT_CLOSED when the scope begins to close. */
  get signal(): AbortSignal {
    return this.#core.signal;
  }

  /** False as soon as the scope, a parent or the process begins to close. */
  get isOpen(): boolean {
    return this.#core.isOpen;
  }

  /** The resources that the scope holds: processes with their ids, servers with their ports, child scopes. */
  status(): ScopeStatus {
    return this.#core.status();
  }

  /** @throws EarshotError CONTEXT_CLOSED once the scope closes */
  assertOpen(): void {
    this.#core.assertOpen();
  }

  /**
   * Runs `cleanup` when the scope closes.
   * @throws TypeError, RangeError naming the option; EarshotError CONTEXT_CLOSED
   */
  defer(cleanup: CleanupFunction, options: CleanupOptions = {}): Registration {
    return this.#core.defer(cleanup, options);
  }

  /**
   * Releases `resource` when the scope closes, through `[Symbol.asyncDispose]`, `[Symbol.dispose]`, `close`, `destroy`
   * or `dispose`, whichever of these it has first. Returns `resource`.
   * @throws TypeError without such a method, or for a wrong option; EarshotError CONTEXT_CLOSED
   */
  use<T extends Releasable>(resource: T, options: CleanupOptions = {}): T {
    assertReleasable(resource);
    this.#core.defer(() => release(resource), { name: classOf(resource), ...options });
    return resource;
  }

  /**
   * A controller that aborts when the scope begins to close, unless the caller aborts it earlier.
   * @throws EarshotError CONTEXT_CLOSED
   */
  abortController(): AbortController {
    this.#core.assertOpen();
    const controller = new AbortController();
    const following = onAbort(this.#core.signal, (reason) => controller.abort(reason));
    onAbort(controller.signal, () => following[Symbol.dispose]());
    return controller;
  }

  /**
   * Calls `callback` once, after `delayMs`.
   * @throws TypeError without a callback or for a wrong option; RangeError for a time outside (0, 2³¹) ms or a name
   * that is taken; EarshotError CONTEXT_CLOSED
   */
  timer(
    name: string,
    delayMs: number,
    callback: TimerCallback,
    options?: TimerOptions,
  ): Registration {
    return startTimer(this.#core, name, delayMs, callback, options);
  }

  /**
   * Calls `callback` every `periodMs`, without drift or overlap.
   * @throws TypeError without a callback or for a wrong option; RangeError for a time outside (0, 2³¹) ms or a name
   * that is taken; EarshotError CONTEXT_CLOSED
   */
  interval(
    name: string,
    periodMs: number,
    callback: TimerCallback,
    options?: TimerOptions,
  ): Registration {
    return startInterval(this.#core, name, periodMs, callback, options);
  }

  /** Runs `task`. Closing aborts its signal and awaits it. @throws EarshotError CONTEXT_CLOSED; what `task` throws */
  task<T>(name: string, task: Task<T>): Promise<T> {
    return runTask(this.#core, name, task);
  }

  /** Listens to `event` until the scope closes or the registration is disposed. @throws EarshotError CONTEXT_CLOSED */
  listen(
    source: EventEmitter | EventTarget,
    event: string,
    listener: (...args: never[]) => void,
  ): Registration {
    return listenTo(this.#core, source, event, listener);
  }

  /**
   * Ties a server of `net`, `tls`, `http` or `https`, or a WebSocketServer of `ws`, to the scope. Closing stops
   * accepting, waits for the requests in flight, then cuts the connections that are left.
   * @throws TypeError for an unknown option; the error of listening, such as EADDRINUSE; EarshotError CONTEXT_CLOSED
   */
  async server<T extends Server | WebSocketServerLike>(
    server: T,
    options?: ServerOptions,
  ): Promise<T> {
    if (isWebSocketServer(server)) await ownWebSocketServer(this.#core, server, options);
    else await ownServer(this.#core, server, options);
    return server;
  }

  /**
   * Ties an open WebSocket or socket to the scope. Closing ends the connection, waits for the other side to end it
   * too, then cuts it.
   * @throws TypeError for anything else, and for an unknown option; EarshotError CONTEXT_CLOSED
   */
  connection<T extends WebSocketLike | Duplex>(connection: T, options?: ConnectionOptions): T {
    return ownConnection(this.#core, connection, options);
  }

  /**
   * Lends costly items, each to one caller at a time. Destroys them when they are idle for long or the scope closes.
   * @throws TypeError for an unknown option; EarshotError CONTEXT_CLOSED
   */
  pool<T>(options: PoolOptions<T>): Pool<T> {
    return new Pool(this.#core, options);
  }

  /**
   * Makes an empty directory, which is removed with its content when the scope closes. Resolves to its path.
   * @throws EarshotError CONTEXT_CLOSED
   */
  tempDir(prefix?: string): Promise<string> {
    return makeTempDir(this.#core, prefix);
  }

  /**
   * Opens a file for writing. When the scope has closed, everything written is in the file.
   * @throws TypeError for a wrong option; the error of `open`, such as ENOENT; EarshotError CONTEXT_CLOSED
   */
  outputFile(file: string, options?: OutputFileOptions): Promise<WriteStream> {
    return openOutputFile(this.#core, file, options);
  }

  /**
   * Starts a program in a process group of its own. The group dies with the scope, and with this process.
   * @throws TypeError for an unknown option; EarshotError SPAWN_FAILED or `failureCode`, CONTEXT_CLOSED
   */
  spawn(
    command: string,
    args: readonly string[] = [],
    options?: SpawnOptions,
  ): Promise<SupervisedChild> {
    return spawnChild(this.#core, command, args, options);
  }

  /**
   * Supervises a child process as `spawn` does. Call it in the same turn of the event loop as the child's `spawn`.
   * @throws TypeError for an unknown option; EarshotError CONTEXT_CLOSED
   */
  adopt(child: ChildProcess, options?: SuperviseOptions): SupervisedChild {
    return superviseChild(this.#core, child, options);
  }

  /**
   * Opens a child scope. It closes before the resources that this scope holds in the same phase.
   * @throws TypeError, RangeError naming the option; EarshotError CONTEXT_CLOSED
   */
  fork(name: string, options: ForkOptions = {}): Scope {
    assertOptionNames("fork", options, FORK_NAMES);
    return new Scope(name, new ScopeCore(name, { parent: this.#core, ...options }));
  }

  /**
   * Releases everything. Idempotent: all callers share one run.
   * @throws EarshotError CLEANUP_FAILED when a release failed or exceeded its limit; all others have run nevertheless
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
