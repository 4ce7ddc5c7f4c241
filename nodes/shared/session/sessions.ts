/**
 * The sessions of one Node-RED runtime, across deploys. A deploy closes and recreates config nodes; a session whose
 * settings did not change is parked meanwhile and passed to the new config node with the same id. Sessions that are not
 * taken over end with the deploy; all end when the runtime stops.
 */
import type { EventEmitter } from 'node:events';
import { type Clock, systemClock, type Timer } from '../../../src/common/clock.js';
import { SessionHost, type SessionHostOptions } from './session-host.js';

/**
 * Time limit for a deploy, in milliseconds, if the runtime does not report its end, so that no session stays parked.
 * Longer than the 15 s that the runtime gives a node to close.
 */
export const DEPLOY_LIMIT_MS = 30_000;

/** How long a closing config node waits for the goodbye to the server, in milliseconds. */
export const CLOSE_LIMIT_MS = 2_000;

export class Sessions {
  #hosts = new Map<string, SessionHost>();
  #parked = new Set<SessionHost>();
  #limit: Timer | undefined;
  #listeners = new Set<() => void>();
  #goodbyes = new Map<string, Promise<void>>();

  constructor(private readonly clock: Clock = systemClock) {}

  /**
   * The session of a config node: the parked one if nothing changed, otherwise a new one that waits for the old one's
   * end.
   */
  adopt(options: Omit<SessionHostOptions, 'clock'>): SessionHost {
    this.#deployRuns();
    const before = this.#hosts.get(options.id);
    if (before !== undefined && before.key === options.key && !before.disposed) {
      this.#parked.delete(before);
      return before;
    }
    if (before !== undefined) void this.#end(before);
    const host = new SessionHost({ ...options, clock: this.clock, after: this.#goodbyes.get(options.id) });
    this.#hosts.set(options.id, host);
    return host;
  }

  /** The config node closes but may be recreated before the deploy is over. */
  park(host: SessionHost): void {
    if (this.#hosts.get(host.id) !== host) return;
    this.#parked.add(host);
    this.#deployRuns();
  }

  /** The config node is removed. Resolves when the session is closed, or after {@link CLOSE_LIMIT_MS}. */
  drop(host: SessionHost): Promise<void> {
    const closed = this.#end(host);
    return new Promise((resolve) => {
      const limit = this.clock.after(CLOSE_LIMIT_MS, resolve);
      void closed.then(() => {
        limit.cancel();
        resolve();
      });
    });
  }

  get(id: string): SessionHost | undefined {
    return this.#hosts.get(id);
  }
  /** Every session of a deployed config node. */
  *[Symbol.iterator](): IterableIterator<SessionHost> {
    yield* this.#hosts.values();
  }

  /**
   * A node was created or closed, so a deploy is in progress; it ends with {@link deployEnded}, or after the time
   * limit.
   */
  nodeMoved(): void {
    this.#deployRuns();
  }

  /** Called when a deploy is over, to check whether the config node is still the same. @returns unsubscribes */
  onDeployEnd(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  deployEnded(): void {
    this.#limit?.cancel();
    this.#limit = undefined;
    for (const host of [...this.#parked]) void this.#end(host);
    for (const listener of [...this.#listeners]) listener();
    for (const host of this.#hosts.values()) host.release();
  }

  /** The runtime stops, not for a deploy: no config node will be recreated. */
  stopped(): void {
    this.#limit?.cancel();
    this.#limit = undefined;
    for (const host of [...this.#hosts.values()]) void this.#end(host);
  }

  #deployRuns(): void {
    this.#limit ??= this.clock.after(DEPLOY_LIMIT_MS, () => this.deployEnded());
  }

  #end(host: SessionHost): Promise<void> {
    this.#parked.delete(host);
    if (this.#hosts.get(host.id) === host) this.#hosts.delete(host.id);
    const goodbye = host.dispose();
    this.#goodbyes.set(host.id, goodbye);
    void goodbye.then(() => {
      if (this.#goodbyes.get(host.id) === goodbye) this.#goodbyes.delete(host.id);
    });
    return goodbye;
  }
}

const runtimes = new WeakMap<EventEmitter, Sessions>();

/** The sessions of the runtime with these events; subscribes to them on the first call. */
export function sessionsOf(events: EventEmitter): Sessions {
  const known = runtimes.get(events);
  if (known !== undefined) return known;
  const sessions = new Sessions();
  runtimes.set(events, sessions);
  events.on('flows:started', () => sessions.deployEnded());
  events.on('runtime-event', (event: { id?: string; payload?: { state?: string; deploy?: boolean } }) => {
    if (event?.id !== 'runtime-state' || event.payload?.state !== 'stop' || event.payload.deploy === true) return;
    sessions.stopped();
  });
  return sessions;
}
