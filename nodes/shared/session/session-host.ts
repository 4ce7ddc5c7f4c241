/**
 * One CTI OS session for the nodes that use it: opened when the first node is attached, closed when the last one is
 * removed, and kept open while a deploy restarts nodes. Independent of Node-RED; `sessions.ts` owns the hosts,
 * `session-binding.ts` connects a node to one.
 */
import type { AgentSessions, CilEvent, SessionApi, SessionStatus } from '../../../src/cil/index.js';
import type { Clock, Timer } from '../../../src/common/clock.js';
import { eventByName, type LinkStatus, parseFilter } from '../../../src/ctios/index.js';
import { NO_MASK } from '../../../src/ctios/mask.js';
import { RecentLines, type SiteLists } from '../../../src/embedded.js';
import { EventOutlet } from './event-outlet.js';
import { NodeSlots, type SessionUser } from './node-slots.js';
import { NodeState, type NodeStateEntry } from './node-state.js';
import { expiringOf } from './opening/certificates.js';
import type { OpenedSession, ReaderFace, RecorderFace, SimulatorFace } from './opening/opened-session.js';
import { ListsByMessage, type OwnLists } from './own-lists.js';
import { readerView, type SessionPhase, type SessionView, unopenedView, viewOf } from './session-view.js';

/** How often a link that is not up is checked, in milliseconds. */
const LINK_LOOK_MS = 500;
/** How often the remaining days of certificates are checked, in milliseconds. */
const CERTIFICATE_LOOK_MS = 3_600_000;

/** Phases after which a connecting session is reconnecting. */
const AFTER_FIRST_CONNECT: readonly SessionPhase[] = ['ready', 'offline', 'reconnecting'];

export interface SessionHostOptions {
  /** Id of the config node. */
  readonly id: string;
  /** What distinguishes one session from another: a digest of its settings, including secrets. */
  readonly key: string;
  readonly clock: Clock;
  /** Throws an Error with `code` when the settings cannot work. */
  readonly open: () => OpenedSession;
  /** Resolves when the previous session with the same id has ended; this one connects only afterwards. */
  readonly after?: Promise<void>;
}

export class SessionHost {
  readonly id: string;
  readonly key: string;
  /** The data that is not shown to users who only look. */
  mask = NO_MASK;
  /** Reasons and wrap-up texts of its dialog. */
  ownLists: OwnLists | undefined;
  /** What messages have said instead; kept over a deploy, gone with the session. */
  readonly listsByMessage = new ListsByMessage();
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
  /** It has been ready, or has failed to connect: what follows is not a first attempt. */
  #hasConnectedOnce = false;
  #linkTimer: Timer | undefined;
  #certificateTimer: Timer | undefined;
  #disposed = false;
  /** The last deploy is over: there are Catch nodes to receive errors. */
  #released = false;
  #pendingErrors: Error[] = [];
  /** Why the session could not be opened for a node of this deploy: said once, however many nodes use it. */
  #whyUnopened: string | undefined;
  #nodeState = new NodeState();
  /** The last reported view. */
  readonly log: RecentLines;
  /** Sends events into the flows. */
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
  /** The same, if there are sessions for many agents. */
  get agents(): AgentSessions | undefined {
    return this.#opened?.agents;
  }
  get simulator(): SimulatorFace | undefined {
    return this.#opened?.simulator;
  }
  /** What its agents choose from: the site's own lists, and those of the server. */
  get site(): Partial<SiteLists> {
    return { ...this.#opened?.site, ...this.ownLists?.lists, ...this.listsByMessage.lists };
  }
  get recorder(): RecorderFace | undefined {
    return this.#opened?.recorder;
  }
  get link(): LinkStatus | undefined {
    return this.#opened?.link;
  }
  /**
   * Whether an event passes the session's filter. Some are received anyway, to keep the objects correct (begin, end,
   * data, system failures): they are only for nodes that have selected them by name.
   */
  passes(event: CilEvent): boolean {
    return this.#filter.everything || this.#filter.matches(eventByName(event.event)?.eventId ?? 0, event.args);
  }
  set filter(text: string) {
    this.#filter = parseFilter(text);
  }
  /** Present if events come from an event stream, which is read again from the last acknowledged one after a failure. */
  get reader(): ReaderFace | undefined {
    return this.#opened?.reader;
  }
  get rereads(): boolean {
    return this.reader !== undefined;
  }
  /** Claims a contact if several groups of readers see the same calls. */
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
   * State that a node keeps as long as the session lives, across deploys; created if there is none yet. Ends with the
   * session or with the node. Undefined while the session is not open.
   */
  getOrCreate<T extends NodeStateEntry>(nodeId: string, make: (session: SessionApi) => T): T | undefined {
    const { session } = this;
    return session === undefined ? undefined : this.#nodeState.getOrCreate(nodeId, () => make(session));
  }

  /** Called immediately, and at each change. @returns unsubscribes */
  watch(watcher: (view: SessionView) => void): () => void {
    this.#watchers.add(watcher);
    watcher(this.#view);
    return () => this.#watchers.delete(watcher);
  }

  /** Receives errors that belong to no message. @returns unsubscribes */
  onProblem(listener: (error: Error) => void): () => void {
    this.#problems.add(listener);
    return () => this.#problems.delete(listener);
  }

  /**
   * Attaches a node. Its events are held until {@link release}: a node is not wired before the deploy is over, and
   * messages sent before would be lost.
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
   * Detaches a node: permanently, or for the duration of a deploy.
   * @returns when the session is closed, if this was the last node and it is removed permanently
   */
  detach(nodeId: string, user: SessionUser, forGood: boolean): Promise<void> {
    // What waits for the old nodes goes into the old flows.
    this.outlet.flush();
    this.#slots.detach(nodeId, user, forGood);
    if (!forGood) this.#pauseReader(true);
    return forGood && this.users === 0 ? this.#close() : Promise.resolve();
  }

  /** The deploy is over: nodes receive their held events, and from now on events directly. */
  release(): void {
    this.#released = true;
    this.#whyUnopened = undefined;
    for (const error of this.#pendingErrors.splice(0)) this.#problem(error);
    this.#slots.flush();
    this.#pauseReader();
    if (this.users === 0) void this.#close();
  }

  /** Ends the session, even if nodes still use it. */
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
      const view = unopenedView(error);
      if (view.reason === this.#whyUnopened) return;
      this.#whyUnopened = view.reason;
      this.#show(view);
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
    opened.stream?.onState(() => {
      if (this.#opened === opened) this.#onStatus(opened.session.status);
    });
    opened.reader?.onState(() => {
      if (this.#opened === opened) this.#onStatus(opened.session.status);
    });
    this.#pauseReader();
    this.#show({ phase: 'connecting' });
    // The previous session may still be closing under the same name; a second one would disconnect it.
    void this.#closing.then(() => {
      if (this.#opened !== opened) return;
      opened.start().catch((error: Error & { code?: string }) => {
        if (this.#opened !== opened) return;
        this.#startFailure = { phase: 'rejected', reason: error.message, code: error.code, isError: true };
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
    this.#whyUnopened = undefined;
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

  /**
   * Another failure of a link changes nothing for the session above it, so a link is checked as long as it is not up.
   */
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

  /** Days pass without any event of the session. */
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
    const stream = this.#opened?.stream?.state;
    const shown = this.#startFailure !== undefined && view.phase === 'starting' ? this.#startFailure : view;
    this.#show(stream === undefined ? shown : { ...shown, stream });
  }

  /** While nodes are replaced, and while flows are behind, events of a stream stay there. */
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

  /** An event like any other, after those that could be kept. */
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
