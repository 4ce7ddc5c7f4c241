/**
 * A server's part in the event stream. Each server of a site has its own session with the CTI Server; one of them, the
 * holder of the lease, publishes. A server that takes over publishes the differences between what readers have received
 * and its own state, then one OnConnectionGap. Events are queued while the engine is unreachable; if the queue does not
 * overflow and no other server has taken over, publishing continues without a gap.
 */
import { randomUUID } from 'node:crypto';
import { COMPARED, type Raised, ServerChangeReconciliation } from '../cil/reconciliation.js';
import type { Clock, Timer } from '../common/clock.js';
import { eventByName } from '../ctios/index.js';
import type { Mask } from '../ctios/mask.js';
import type { EventMessage } from '../ctios/transport.js';
import { systemStatusEvent } from '../server/northbound/routing/system-status-event.js';
import type { ObjectServer, Publication } from '../server/object-server.js';
import type { LogRecord, StreamEngine } from './engine.js';
import { JourneyParts } from './journey-parts.js';
import { Lease } from './lease.js';
import { ObjectWriter } from './object-store.js';
import { Outbox } from './outbox.js';
import { idOf, isEvent, readRecord, type StreamEvent } from './stream-event.js';
import { addressOf, SiteSubjects } from './subjects.js';
import { toldUpTo } from './told-history.js';
import type { ToldObjects } from './told-objects.js';

/** How often changed objects are written, in milliseconds. */
const FLUSH_MS = 250;
/** How long a leader that resigns waits until its last events are stored, in milliseconds. */
const FINISH_MS = 1_000;

/** What a publisher reports, for logs and metrics. */
export type PublisherReport =
  | { readonly what: 'leading'; readonly epoch: number; readonly how: 'took over' | 'went on' }
  | { readonly what: 'not leading'; readonly reason: string }
  /** The first of consecutive failures, and the success that follows. */
  | { readonly what: 'publish failed'; readonly reason: string }
  | { readonly what: 'publishing again' };

export interface PublisherOptions {
  readonly engine: StreamEngine;
  readonly server: Pick<ObjectServer, 'subscribe' | 'snapshot' | 'status'>;
  readonly site: string;
  /** The name of this server. */
  readonly name: string;
  readonly clock: Clock;
  /** Values that are never published. */
  readonly mask: Mask;
  readonly maxWaiting?: number;
  report(report: PublisherReport): void;
}

export class StreamPublisher {
  readonly #subjects: SiteSubjects;
  readonly #lease: Lease;
  readonly #outbox: Outbox;
  readonly #objects: ObjectWriter;
  readonly #parts = new JourneyParts();
  #told: ToldObjects | undefined;
  /** The last epoch opened by this server, as long as no other server is known to have opened one after it. */
  #epoch: number | undefined;
  #number = 0;
  #leading = false;
  #failures = 0;
  /** Why the last attempt to publish failed. */
  #refused: string | undefined;
  #published = 0;
  #opening = 0;
  #flush: Timer | undefined;
  #unsubscribe = (): void => {};
  #unwatch = (): void => {};

  constructor(private readonly options: PublisherOptions) {
    const { engine, clock, site, name, maxWaiting } = options;
    this.#subjects = new SiteSubjects(site);
    this.#lease = new Lease({
      store: engine.leases,
      key: 'leader',
      holder: `${name} ${randomUUID()}`,
      clock,
      eligible: () => this.#isReady(),
      won: (revision) => this.#won(revision),
      lost: (reason) => this.#lost(reason),
      finish: () => this.#finish(),
    });
    this.#outbox = new Outbox({
      log: engine.log,
      clock,
      ...(maxWaiting === undefined ? {} : { maxWaiting }),
      mayPublish: () => this.leading,
      stored: (record, sequence) => this.#stored(record, sequence),
      failed: (reason) => this.#failed(reason),
      fenced: () => this.#giveUp('another server has published'),
    });
    this.#objects = new ObjectWriter(engine.objects, clock, () => this.leading);
  }

  /** Whether this server is currently publishing. */
  get leading(): boolean {
    return this.#leading && this.#lease.held;
  }

  /** The reason why events are queued although the engine is connected. */
  get problem(): string | undefined {
    return this.leading ? this.#refused : undefined;
  }

  get figures(): { leading: boolean; epoch: number; waiting: number; published: number; failures: number } {
    return {
      leading: this.leading,
      epoch: this.leading ? (this.#epoch ?? 0) : 0,
      waiting: this.#outbox.size,
      published: this.#published,
      failures: this.#failures,
    };
  }

  start(): void {
    this.#unsubscribe = this.options.server.subscribe((publication) => this.#happened(publication));
    this.#flush = this.options.clock.every(FLUSH_MS, () => void this.#objects.flush());
    this.#unwatch = this.options.engine.onConnected((connected) => {
      // Records in transit are treated as lost; those that were stored are not stored twice.
      if (connected && this.leading) this.#outbox.resume();
    });
    this.#lease.start(this.options.engine);
  }

  async stop(): Promise<void> {
    await this.#lease.stop();
    this.#unsubscribe();
    this.#unwatch();
    this.#flush?.cancel();
    this.#outbox.discard();
  }

  /** Only a server that is connected to the switch, and has taken its snapshot, can lead. */
  #isReady(): boolean {
    const { StatusCtiServerDriver, StatusObjects } = this.options.server.status().statusSystem;
    return StatusCtiServerDriver !== false && StatusObjects !== false;
  }

  #happened({ kind, event, args, recovered, to }: Publication): void {
    if (this.#epoch === undefined || this.#told === undefined) return;
    if (to.client !== undefined || to.agentModeOnly === true) return;
    if (to.everyone !== true && eventByName(event)?.monitorMode !== true) return;
    this.#add({ kind, event, args, ...(recovered === undefined ? {} : { recovered }) }, true);
    if (this.#outbox.overflowed && this.leading) this.#giveUp('too many events wait for the engine');
  }

  /** @param limited false for the differences of a takeover: there may be as many as there are objects */
  #add(message: EventMessage, limited: boolean): void {
    const epoch = this.#epoch!;
    const args = this.options.mask.apply(message.args);
    const { event, recovered } = message;
    const part = this.#parts.of({ event, args });
    const { clock } = this.options;
    const at = Math.round(clock.monotonic());
    const body: StreamEvent = {
      event,
      args,
      epoch,
      time: clock.now(),
      at,
      ...(recovered === undefined ? {} : { recovered }),
    };
    const subject = this.#subjects.event(event, addressOf(args), part);
    this.#outbox.add({ subject, id: idOf(epoch, ++this.#number), body: JSON.stringify(body) }, limited);
  }

  #stored(record: LogRecord, sequence: number): void {
    this.#published++;
    this.#accepted();
    const event = readRecord(record);
    if (event === undefined || !isEvent(event) || this.#told === undefined) return;
    const part = partIn(record);
    const changed = this.#told.apply(event, sequence, event.time);
    this.#objects.note(sequence, part === undefined ? changed : changed.map((object) => ({ ...object, part })));
  }

  #won(revision: number): void {
    const opening = ++this.#opening;
    this.#open(revision, () => opening === this.#opening && this.#lease.held).catch((error: unknown) => {
      if (opening === this.#opening) this.#giveUp(error instanceof Error ? error.message : String(error));
    });
  }

  async #open(revision: number, current: () => boolean): Promise<void> {
    const { engine, name, clock } = this.options;
    const { log } = engine;
    const [before, last] = [await log.last(this.#subjects.epoch), await log.last()];
    if (!current()) return;
    const latest = before === undefined ? undefined : readRecord(before)?.epoch;
    if (latest !== undefined && latest === this.#epoch && !this.#outbox.overflowed) {
      this.#lead('went on');
      this.#outbox.resume();
      return;
    }
    this.#epoch = undefined;
    this.#outbox.discard();
    const id = idOf(revision, 0);
    const body = JSON.stringify({ epoch: revision, server: name, time: clock.now() });
    const marker = { subject: this.#subjects.epoch, id, body };
    const sequence = await log.append(marker, { lastOnSubject: before?.sequence ?? 0 });
    if (sequence === undefined) throw new Error('another server has opened an epoch');
    const stored = await this.#objects.open();
    this.#parts.clear();
    for (const object of stored.objects)
      if (object.part !== undefined && object.endedAt === undefined) this.#parts.learn(object.id, object.part);
    const told = await toldUpTo(engine, stored, sequence, (at, changed, record) => {
      const part = partIn(record);
      for (const object of changed)
        if (part !== undefined && object.endedAt === undefined) this.#parts.learn(object.id, part);
      this.#objects.note(at, changed);
    });
    if (!current()) return;
    this.#told = told;
    this.#number = 0;
    this.#epoch = revision;
    this.#outbox.open(revision, id);
    this.#lead('took over');
    // Synchronous with the snapshot: later events are published as they occur.
    this.#tellDifferences(told, last === undefined ? undefined : readRecord(last)?.time);
  }

  /** @param since when readers last received an event; undefined in the first epoch of the stream */
  #tellDifferences(told: ToldObjects, since: number | undefined): void {
    const { server, clock } = this.options;
    const status = server.status();
    const system = systemStatusEvent(status);
    if (JSON.stringify(told.status) !== JSON.stringify(system.args)) this.#add({ ...system, recovered: true }, false);
    const loss = { at: since ?? clock.now(), reason: 'stream' } as const;
    const reconciliation = new ServerChangeReconciliation(told.cache, loss, undefined);
    for (const { event, args, recovered } of server.snapshot()) {
      const masked: Raised = { event, args: this.options.mask.apply(args), ...(recovered && { recovered }) };
      if (COMPARED.has(event))
        for (const each of reconciliation.examine(masked)) this.#add({ kind: 'event', ...each }, false);
    }
    for (const each of reconciliation.finish(clock.now(), status.side))
      if (since !== undefined || each.event !== 'OnConnectionGap') this.#add({ kind: 'event', ...each }, false);
  }

  #lead(how: 'took over' | 'went on'): void {
    this.#leading = true;
    this.options.report({ what: 'leading', epoch: this.#epoch!, how });
  }

  #lost(reason: string): void {
    this.#opening++;
    // The epoch can be continued only if no other server can have seen the lease free.
    if (reason !== 'not renewed in time') this.#forget();
    if (!this.#leading) return;
    this.#leading = false;
    this.options.report({ what: 'not leading', reason });
  }

  #giveUp(reason: string): void {
    this.#forget();
    this.#lease.resign(reason);
  }

  #forget(): void {
    this.#epoch = undefined;
    this.#outbox.discard();
  }

  async #finish(): Promise<void> {
    const { clock } = this.options;
    await Promise.race([this.#outbox.empty(), new Promise<void>((resolve) => clock.after(FINISH_MS, resolve))]);
    await this.#objects.flush();
  }

  #failed(reason: string): void {
    this.#failures++;
    const { engine, report } = this.options;
    // Without a connection no result is expected, and the disconnect is reported separately.
    if (!engine.connected || this.#refused !== undefined) return;
    this.#refused = reason;
    report({ what: 'publish failed', reason });
  }

  #accepted(): void {
    if (this.#refused === undefined) return;
    this.#refused = undefined;
    this.options.report({ what: 'publishing again' });
  }
}

/** The part encoded in the subject of an event. */
function partIn({ subject }: LogRecord): number | undefined {
  const part = Number(subject.split('.')[3]);
  return Number.isInteger(part) ? part : undefined;
}
