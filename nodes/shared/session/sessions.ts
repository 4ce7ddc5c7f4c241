/**
 * The sessions of one Node-RED runtime, and what a deploy does to them. A deploy takes config nodes down and up again;
 * a session whose settings did not change is parked meanwhile and handed to the new config node of the same id.
 * Those nobody came back for end with the deploy; all end when the runtime stops.
 */
import type { EventEmitter } from 'node:events';
import { type Clock, systemClock, type Timer } from '../../../src/common/clock.js';
import { SessionHost, type SessionHostOptions } from './session-host.js';

/**
 * When a deploy is over at the latest, in milliseconds, should the runtime not say so: a session is never left parked
 * for good. Longer than the 15 s that the runtime gives a node to close.
 */
export const DEPLOY_LIMIT_MS = 30_000;

/** As long as a closing config node waits for the goodbye to the server, in milliseconds. */
export const CLOSE_LIMIT_MS = 2_000;

export class Sessions {
  #hosts = new Map<string, SessionHost>();
  #parked = new Set<SessionHost>();
  #limit: Timer | undefined;
  #listeners = new Set<() => void>();
  #goodbyes = new Map<string, Promise<void>>();

  constructor(private readonly clock: Clock = systemClock) {}

  /** The session of a config node: the parked one if nothing changed, else a new one that waits for the old one's end. */
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

  /** The config node closes but may come back before the deploy is over. */
  park(host: SessionHost): void {
    if (this.#hosts.get(host.id) !== host) return;
    this.#parked.add(host);
    this.#deployRuns();
  }

  /** The config node is gone for good. Ends when the session is closed, or after {@link CLOSE_LIMIT_MS}. */
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

  /** A node was made or closed, so a deploy is going on; it ends with {@link deployEnded}, or after a while by itself. */
  nodeMoved(): void {
    this.#deployRuns();
  }

  /** Told when a deploy is over: the moment to look whether the config node is still the same. @returns stops it */
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

  /** The runtime stops, and not for a deploy: nobody will come back. */
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

/** The sessions of the runtime that owns these events; listens to it from the first call on, once. */
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
