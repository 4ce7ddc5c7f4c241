/**
 * A process as a member of a group of readers. The active member holds the group's lease and passes the events of the
 * stream to its sessions. The others are on standby: connected, and ready to continue where the active one stopped.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../common/clock.js';
import type { Connector, Transport } from '../../ctios/transport.js';
import { ClientSessions, memoryConnector } from '../../server/northbound/index.js';
import type { StreamEngine } from '../engine.js';
import { Lease } from '../lease.js';
import type { ForwardRequest } from './stream-server.js';
import { WorkPeriod } from './work-period.js';

/** The state of a reader. */
export type ReaderState =
  /** Without a reason: connecting for the first time. */
  | { readonly state: 'away'; readonly reason?: string }
  | { readonly state: 'warm'; readonly worker: string }
  | { readonly state: 'working' };

export interface GroupReaderOptions {
  readonly engine: StreamEngine;
  readonly site: string;
  readonly group: string;
  /** The name of this process, shown by the other members. No spaces. */
  readonly name: string;
  readonly clock: Clock;
  readonly forward?: ForwardRequest;
}

export class GroupReader {
  readonly #lease: Lease;
  #state: ReaderState = { state: 'away' };
  readonly #listeners = new Set<(state: ReaderState) => void>();
  readonly #preparations = new Set<() => Promise<void>>();
  #period: WorkPeriod | undefined;
  #sessions: ClientSessions | undefined;
  /** Sessions that wait until this process is active. */
  readonly #waiting = new Set<(sessions: ClientSessions) => void>();
  #changes: Promise<void> = Promise.resolve();
  #listening = false;
  #paused = false;
  #tenure = 0;
  readonly #unwatch: () => void;

  constructor(private readonly options: GroupReaderOptions) {
    const { engine, group, name, clock } = options;
    this.#lease = new Lease({
      store: engine.leases,
      key: `group.${group}`,
      holder: `${name} ${randomUUID()}`,
      clock,
      eligible: () => true,
      won: (revision) => this.#won(revision),
      lost: (reason) => this.#lost(reason),
      taken: (holder) => this.#taken(holder),
    });
    this.#unwatch = engine.onConnected((connected) => {
      if (!connected) this.#show({ state: 'away', reason: 'the connection to NATS was lost' });
      else if (this.#lease.held && this.#period !== undefined) this.#show({ state: 'working' });
    });
  }

  get state(): ReaderState {
    return this.#state;
  }

  /** @returns a function that removes the listener */
  onState(listener: (state: ReaderState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Runs before each period in which this process is active; no event arrives before the promise resolves.
   * @returns a function that removes it
   */
  beforeWork(prepare: () => Promise<void>): () => void {
    this.#preparations.add(prepare);
    return () => this.#preparations.delete(prepare);
  }

  start(): void {
    this.#lease.start(this.options.engine);
  }

  /** NATS, or the site's stream in it, has not been reached yet. */
  unreachable(reason: string): void {
    if (this.#state.state === 'away') this.#show({ state: 'away', reason });
  }

  async stop(): Promise<void> {
    this.#unwatch();
    this.#tenure++;
    await this.#changes;
    this.#endPeriod(true);
    this.#waiting.clear();
    await this.#lease.stop();
  }

  /** @param listening whether the session has its mode, so that it receives events */
  listen(listening: boolean): void {
    this.#listening = listening;
    this.#flow();
  }

  /** Keeps events in the stream while a deploy replaces nodes. */
  pause(paused: boolean): void {
    this.#paused = paused;
    this.#flow();
  }

  /** The connector of a session: it opens when this process becomes active and closes when it no longer is. */
  connector(grants: { allowMonitorControl: boolean }): Connector {
    const { site, group } = this.options;
    const name = `event stream ${site}, group ${group}`;
    return {
      name,
      remote: true,
      connect: (opened: (transport: Transport) => void, failed: (error: Error) => void) => {
        let giveUp = (): void => {
          this.#waiting.delete(open);
        };
        const open = (sessions: ClientSessions): void => {
          this.#waiting.delete(open);
          giveUp = memoryConnector(sessions, grants, name).connect(opened, failed);
        };
        if (this.#sessions === undefined) this.#waiting.add(open);
        else open(this.#sessions);
        return () => giveUp();
      },
    };
  }

  #won(revision: number): void {
    const tenure = ++this.#tenure;
    this.#inTurn(async () => {
      const current = (): boolean => tenure === this.#tenure && this.#lease.held;
      if (!current()) return;
      if (this.#period !== undefined && !(await this.#period.isLatest())) this.#endPeriod(false);
      if (this.#period === undefined) {
        const { engine, group, clock, forward, site } = this.options;
        const period = await WorkPeriod.begin(
          { engine, group, clock, forward, mayWork: () => this.#lease.held },
          revision,
        );
        await Promise.all([...this.#preparations].map((prepare) => prepare()));
        if (!current()) return period.end(false);
        this.#period = period;
        const settings = { name: `${site}.${group}`, heartbeatMs: 0 };
        this.#sessions = new ClientSessions({ server: period.server, clock, settings });
        for (const open of [...this.#waiting]) open(this.#sessions);
      }
      this.#show({ state: 'working' });
      this.#flow();
    });
  }

  #lost(reason: string): void {
    this.#tenure++;
    this.#period?.pause();
    this.#show({ state: 'away', reason: `the lease of the group was lost: ${reason}` });
  }

  #taken(holder: string): void {
    this.#inTurn(async () => this.#endPeriod(false));
    this.#show({ state: 'warm', worker: holder.split(' ')[0]! });
  }

  /** Serialized: a lease that changes hands quickly must not start two periods. */
  #inTurn(change: () => Promise<void>): void {
    this.#changes = this.#changes.then(change).catch((error: unknown) => {
      this.#show({ state: 'away', reason: error instanceof Error ? error.message : String(error) });
      this.#lease.resign('the stream could not be read');
    });
  }

  #endPeriod(completely: boolean): void {
    this.#period?.end(completely);
    this.#period = undefined;
    this.#sessions?.stop();
    this.#sessions = undefined;
  }

  #flow(): void {
    if (this.#listening && !this.#paused && this.#lease.held) this.#period?.resume();
    else this.#period?.pause();
  }

  #show(state: ReaderState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }
}
