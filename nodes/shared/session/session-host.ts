/**
 * One CTI OS session on behalf of the nodes that use it: opened when the first node comes, closed when the last one is
 * gone for good, and kept alive while a deploy takes nodes down and up again. Knows no Node-RED; `sessions.ts` owns the
 * hosts, `session-binding.ts` ties a node to one.
 */
import type { CilEvent, SessionApi, SessionStatus } from '../../../src/cil/index.js';
import type { Clock, Timer } from '../../../src/common/clock.js';
import { eventByName, parseFilter } from '../../../src/ctios/index.js';
import { NO_MASK } from '../../../src/ctios/mask.js';
import { RecentLines } from '../../../src/embedded.js';
import { expiringOf } from './certificates.js';
import { EventOutlet } from './event-outlet.js';
import { NodeSlots, type SessionUser } from './node-slots.js';
import { NodeState, type NodeStateEntry } from './node-state.js';
import type { LinkView, OpenedSession, RecorderFace, SimulatorFace, SiteLists } from './opened-session.js';
import type { OwnLists } from './own-lists.js';
import { readerView, type SessionPhase, type SessionView, unopenedView, viewOf } from './session-view.js';

/** How often a link that is not up is looked at, in milliseconds. */
const LINK_LOOK_MS = 500;
/** How often the days are counted that certificates have left, in milliseconds. */
const CERTIFICATE_LOOK_MS = 3_600_000;

/** Phases after which a session that connects does it again. */
const AFTER_FIRST_CONNECT: readonly SessionPhase[] = ['ready', 'offline', 'reconnecting'];

export interface SessionHostOptions {
  /** Id of the config node. */
  readonly id: string;
  /** What makes a session another session: a digest of its settings, secrets included. */
  readonly key: string;
  readonly clock: Clock;
  /** Throws an Error with `code` when the settings cannot work. */
  readonly open: () => OpenedSession;
  /** The end of the session before this one under the same id; it connects only after it. */
  readonly after?: Promise<void>;
}

export class SessionHost {
  readonly id: string;
  readonly key: string;
  /** What of its data is not shown to those who only look. */
  mask = NO_MASK;
  /** Reasons and wrap-up texts of its dialog. */
  ownLists: OwnLists | undefined;
  #clock: Clock;
  #open: () => OpenedSession;
  #opened: OpenedSession | undefined;
  #closing: Promise<void>;
  #filter = parseFilter('');
  #slots: NodeSlots;
  #view: SessionView = { phase: 'unused' };
  #watchers = new Set<(view: SessionView) => void>();
  #problems = new Set<(error: Error) => void>();
  #startFailure: SessionView | undefined;
  /** It has been ready, or has failed to become so: what follows is no first attempt any more. */
  #hasConnectedOnce = false;
  #linkTimer: Timer | undefined;
  #certificateTimer: Timer | undefined;
  #disposed = false;
  /** The last deploy is over: Catch nodes are there to hear of problems. */
  #released = false;
  #pendingErrors: Error[] = [];
  #nodeState = new NodeState();
  /** What was told of it last. */
  readonly log: RecentLines;
  /** The way of events into the flows. */
  readonly outlet: EventOutlet;

  constructor(options: SessionHostOptions) {
    this.id = options.id;
    this.key = options.key;
    this.#clock = options.clock;
    this.log = new RecentLines(options.clock);
    this.#open = options.open;
    this.#closing = options.after ?? Promise.resolve();
    const host = this;
    this.outlet = new EventOutlet({
      clock: options.clock,
      nextTurn: (run) => void setImmediate(run),
      afterThis: queueMicrotask,
      behindChanged: () => {
        this.#show(this.#view);
        this.#pauseReader();
      },
      lost: (count, from, to) => this.#reportOverflow(count, from, to),
      failed: (error) => this.#problem(error),
    });
    this.#slots = new NodeSlots({
      get session() {
        return host.session;
      },
      clock: options.clock,
      problem: (error) => this.#problem(error),
      givenUp: (nodeId) => this.#nodeState.remove(nodeId),
    });
  }

  get view(): SessionView {
    return this.#view;
  }
  /** Undefined while no node uses it, and when it could not be opened. */
  get session(): SessionApi | undefined {
    return this.#opened?.session;
  }
  get simulator(): SimulatorFace | undefined {
    return this.#opened?.simulator;
  }
  /** What its agents choose from: the site's own lists, and what came with the session. */
  get site(): Partial<SiteLists> {
    return { ...this.#opened?.site, ...this.ownLists?.lists };
  }
  get recorder(): RecorderFace | undefined {
    return this.#opened?.recorder;
  }
  get link(): LinkView | undefined {
    return this.#opened?.link;
  }
  /**
   * Whether an event passes the session's filter. Some come all the same, to keep the objects true (begin, end, data,
   * system failures): they are for those only who chose them by name.
   */
  passes(event: CilEvent): boolean {
    return this.#filter.everything || this.#filter.matches(eventByName(event.event)?.eventId ?? 0, event.args);
  }
  set filter(text: string) {
    this.#filter = parseFilter(text);
  }
  /** Claims a contact where several groups of readers see the same calls. */
  get claim(): ((key: string) => Promise<boolean>) | undefined {
    const reader = this.#opened?.reader;
    return reader && ((key) => reader.claim(key));
  }
  get control(): boolean {
    return this.#opened?.control ?? false;
  }
  get users(): number {
    return this.#slots.size;
  }
  get disposed(): boolean {
    return this.#disposed;
  }

  /**
   * What a node remembers as long as the session lives, deploys included; made when there is none yet. Ends with the
   * session or with the node. Undefined while the session is not open.
   */
  getOrCreate<T extends NodeStateEntry>(nodeId: string, make: (session: SessionApi) => T): T | undefined {
    const { session } = this;
    return session === undefined ? undefined : this.#nodeState.getOrCreate(nodeId, () => make(session));
  }

  /** Told at once, and at each change. @returns stops it */
  watch(watcher: (view: SessionView) => void): () => void {
    this.#watchers.add(watcher);
    watcher(this.#view);
    return () => this.#watchers.delete(watcher);
  }

  /** Told what goes wrong on its own, with no message to blame. @returns stops it */
  onProblem(listener: (error: Error) => void): () => void {
    this.#problems.add(listener);
    return () => this.#problems.delete(listener);
  }

  /**
   * A node comes. Its events are held until {@link release}: a node is not wired before the deploy is over, and what it
   * sent then would be lost.
   */
  attach(nodeId: string, user: SessionUser): void {
    this.#slots.attach(nodeId, user);
    this.#released = false;
    this.#ensureOpen();
    this.#slots.buffer();
    this.#pauseReader();
    user.view(this.#view);
  }

  /**
   * A node goes: for good, or for the time of a deploy.
   * @returns when the session is closed, if it was the last one and gone for good
   */
  detach(nodeId: string, user: SessionUser, forGood: boolean): Promise<void> {
    // What waits for the nodes of before goes to the flows of before.
    this.outlet.flush();
    this.#slots.detach(nodeId, user, forGood);
    if (!forGood) this.#pauseReader(true);
    return forGood && this.users === 0 ? this.#close() : Promise.resolve();
  }

  /** The deploy is over: nodes receive what was held for them, and from now on directly. */
  release(): void {
    this.#released = true;
    for (const error of this.#pendingErrors.splice(0)) this.#problem(error);
    this.#slots.flush();
    this.#pauseReader();
    if (this.users === 0) void this.#close();
  }

  /** Ends the session, whoever uses it. */
  dispose(): Promise<void> {
    if (this.#disposed) return this.#closing;
    this.#disposed = true;
    this.#slots.clear();
    return this.#close();
  }

  /** Opens the session and, after the last one has closed, connects it. */
  #ensureOpen(): void {
    if (this.#opened !== undefined || this.#disposed) return;
    let opened: OpenedSession;
    try {
      opened = this.#open();
    } catch (error) {
      this.#show(unopenedView(error));
      this.#problem(error);
      return;
    }
    this.#opened = opened;
    this.filter = opened.filter ?? '';
    this.#hasConnectedOnce = false;
    this.#startFailure = undefined;
    opened.session.onStatus((status) => {
      if (this.#opened === opened) this.#onStatus(status);
    });
    opened.session.onError((error) => this.#problem(error));
    opened.reader?.onState(() => {
      if (this.#opened === opened) this.#onStatus(opened.session.status);
    });
    this.#pauseReader();
    this.#show({ phase: 'connecting' });
    // A predecessor may still be saying goodbye under the same name; a second session would throw it out.
    void this.#closing.then(() => {
      if (this.#opened !== opened) return;
      opened.start().catch((error: Error & { code?: string }) => {
        if (this.#opened !== opened) return;
        this.#startFailure = { phase: 'rejected', reason: error.message, code: error.code };
        this.#show(this.#startFailure);
        this.#problem(error);
      });
      this.#onStatus(opened.session.status);
    });
  }

  #close(): Promise<void> {
    this.outlet.flush();
    const opened = this.#opened;
    this.#opened = undefined;
    this.#slots.clear();
    this.#linkTimer?.cancel();
    this.#linkTimer = undefined;
    this.#certificateTimer?.cancel();
    this.#certificateTimer = undefined;
    this.#nodeState.clear();
    this.#show({ phase: 'unused' });
    if (opened !== undefined) {
      this.#closing = this.#closing.then(() => opened.close()).catch((error) => this.#problem(error));
    }
    return this.#closing;
  }

  /** A link that fails again changes nothing for the session above it: as long as it is not up, it is looked at. */
  #lookAtLink(phase: SessionPhase): void {
    const wanted = this.link !== undefined && (phase === 'connecting' || phase === 'offline');
    if (!wanted) {
      this.#linkTimer?.cancel();
      this.#linkTimer = undefined;
      return;
    }
    this.#linkTimer ??= this.#clock.every(LINK_LOOK_MS, () => {
      if (this.session !== undefined) this.#onStatus(this.session.status);
    });
  }

  /** Days pass without a word of the session. */
  #lookAtCertificates(): void {
    if ((this.#opened?.certificates ?? []).length === 0) return;
    this.#certificateTimer ??= this.#clock.every(CERTIFICATE_LOOK_MS, () => {
      if (this.session !== undefined) this.#onStatus(this.session.status);
    });
  }

  #onStatus(status: SessionStatus): void {
    const expiring = expiringOf(this.#opened?.certificates ?? [], this.#clock.now());
    const reader = this.#opened?.reader;
    const view =
      (reader && readerView(reader.state, this.#hasConnectedOnce)) ??
      viewOf(status, this.#hasConnectedOnce, this.link, expiring);
    if (AFTER_FIRST_CONNECT.includes(view.phase)) this.#hasConnectedOnce = true;
    if (view.phase === 'ready') this.#startFailure = undefined;
    this.#lookAtLink(view.phase);
    this.#lookAtCertificates();
    this.#show(this.#startFailure !== undefined && view.phase === 'starting' ? this.#startFailure : view);
  }

  /** While nodes come and go, and while flows are behind, events of a stream stay there. */
  #pauseReader(goes = false): void {
    this.#opened?.reader?.pause(goes || !this.#released || this.outlet.behind);
  }

  #show(view: SessionView): void {
    const { phase, code = '', reason = '' } = view;
    this.log.add([phase, code, reason].filter((part) => part !== '').join(' '));
    this.#view = view;
    for (const watcher of this.#watchers) watcher(view);
    this.#slots.show(view);
  }

  /** An event like any other, behind those that could be kept. */
  #reportOverflow(count: number, from: number, to: number): void {
    this.session?.reportGap({
      From: new Date(from).toISOString(),
      To: new Date(to).toISOString(),
      Reason: 'overflow',
      EventsLost: count,
    });
  }

  #problem(error: unknown): void {
    const known = error instanceof Error ? error : new Error(String(error));
    this.log.add(`error ${(known as { code?: string }).code ?? ''} ${known.message}`);
    if (!this.#released) {
      this.#pendingErrors.push(known);
      return;
    }
    for (const listener of this.#problems) listener(known);
  }
}
