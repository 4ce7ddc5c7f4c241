/**
 * One CTI OS session on behalf of the nodes that use it: opened when the first node comes, closed when the last one is
 * gone for good, and kept alive while a deploy takes nodes down and up again. Knows no Node-RED; `sessions.ts` owns the
 * hosts, `session-binding.ts` ties a node to one.
 */
import type { CilEvent, SessionFace, SessionStatus } from '../../src/cil/index.js';
import type { Clock, Timer } from '../../src/common/clock.js';
import { type Args, eventByName, parseFilter } from '../../src/ctios/index.js';
import { HeldEvents, type ObjectViews, viewsOf } from './held-events.js';

/** A session that has been opened, and what came with it. */
export interface OpenedSession {
  readonly session: SessionFace;
  /** The simulated contact center behind it, if it is one. */
  readonly simulator?: SimulatorFace;
  /** The link to the CTI Server, where it is in this process: for people. */
  readonly link?: LinkView;
  /** Whether requests that change something may be made: a monitor-mode session only watches unless it is told. */
  readonly control: boolean;
  /** The message filter of monitor mode; blank or absent: everything. */
  readonly filter?: string;
  /** Chooses the mode, and does it again when asked; rejects when the mode is refused. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** What is told of a link. */
export interface LinkView {
  readonly linkState: string;
  readonly side?: 'A' | 'B';
  /** Why it is not up, in words. */
  readonly linkReason?: string;
  readonly protocol?: number;
  readonly roundTripMs?: number;
  readonly standby: boolean;
}

/** What a node may do with a simulated contact center. */
export interface SimulatorFace {
  run(command: string, args: Record<string, unknown>): unknown;
}

/** How the session stands, for statuses: one word, and the reason in words where there is one. */
export interface SessionView {
  readonly phase: SessionPhase;
  readonly reason?: string;
  readonly code?: string;
}
export type SessionPhase =
  | 'unused'
  | 'connecting'
  | 'starting'
  | 'ready'
  | 'reconnecting'
  | 'offline'
  | 'badSettings'
  | 'clientIdInUse'
  | 'rejected';

/** One node's part in a session. */
export interface SessionUser {
  /** Which events it wants: an interface, 'AllInOne', or none. */
  readonly events?: string;
  /** Receives them, in order, also those of the time in which a deploy had it down. */
  deliver?(event: CilEvent, objects: ObjectViews): void;
  /** Told at once, and at each change. */
  view(view: SessionView): void;
  /** The deploy is over and the session open: what it sends from now on arrives. @returns told when that ends */
  live?(session: SessionFace): () => void;
}

/** What a node keeps with the session, so that a deploy does not wipe it out. */
export interface Keepsake {
  dispose(): void;
}

/** A node's place at the session. It outlives the node for as long as a deploy goes on. */
interface Place {
  user: SessionUser | undefined;
  /** Ends the direct delivery; undefined while events are held for it. */
  live: (() => void) | undefined;
  /** Sequence of the last event that was delivered to it, or that was there before it came. */
  upTo: number;
}

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
  #clock: Clock;
  #open: () => OpenedSession;
  #opened: OpenedSession | undefined;
  #closing: Promise<void>;
  #filter = parseFilter('');
  #places = new Map<string, Place>();
  #held: HeldEvents | undefined;
  #stopHolding: (() => void) | undefined;
  #view: SessionView = { phase: 'unused' };
  #watchers = new Set<(view: SessionView) => void>();
  #problems = new Set<(error: Error) => void>();
  #startFailure: SessionView | undefined;
  #wasReady = false;
  #linkTimer: Timer | undefined;
  #disposed = false;
  /** The last deploy is over: Catch nodes are there to hear of problems. */
  #released = false;
  #untold: Error[] = [];
  #keepsakes = new Map<string, Keepsake>();

  constructor(options: SessionHostOptions) {
    this.id = options.id;
    this.key = options.key;
    this.#clock = options.clock;
    this.#open = options.open;
    this.#closing = options.after ?? Promise.resolve();
  }

  get view(): SessionView {
    return this.#view;
  }
  /** Undefined while no node uses it, and when it could not be opened. */
  get session(): SessionFace | undefined {
    return this.#opened?.session;
  }
  get simulator(): SimulatorFace | undefined {
    return this.#opened?.simulator;
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
  get control(): boolean {
    return this.#opened?.control ?? false;
  }
  get users(): number {
    return this.#places.size;
  }
  get disposed(): boolean {
    return this.#disposed;
  }

  /**
   * What a node remembers as long as the session lives, deploys included; made when there is none yet. Ends with the
   * session or with the node. Undefined while the session is not open.
   */
  keep<T extends Keepsake>(nodeId: string, make: (session: SessionFace) => T): T | undefined {
    const { session } = this;
    if (session === undefined) return undefined;
    const kept = this.#keepsakes.get(nodeId) as T | undefined;
    if (kept !== undefined) return kept;
    const made = make(session);
    this.#keepsakes.set(nodeId, made);
    return made;
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
    const before = this.#places.get(nodeId);
    if (before === undefined) {
      this.#places.set(nodeId, { user, live: undefined, upTo: this.session?.sequence ?? 0 });
    } else {
      before.live?.();
      before.live = undefined;
      before.user = user;
    }
    this.#released = false;
    this.#ensureOpen();
    this.#hold();
    user.view(this.#view);
  }

  /**
   * A node goes: for good, or for the time of a deploy.
   * @returns when the session is closed, if it was the last one and gone for good
   */
  detach(nodeId: string, user: SessionUser, forGood: boolean): Promise<void> {
    const place = this.#places.get(nodeId);
    // A node that was replaced already has no say about its successor's place.
    if (place === undefined || place.user !== user) return Promise.resolve();
    place.live?.();
    if (place.live !== undefined) place.upTo = this.session?.sequence ?? place.upTo;
    place.live = undefined;
    place.user = undefined;
    if (forGood) {
      this.#giveUp(nodeId);
      return this.#places.size === 0 ? this.#close() : Promise.resolve();
    }
    this.#hold();
    return Promise.resolve();
  }

  /** The deploy is over: nodes receive what was held for them, and from now on directly; places nobody took are given up. */
  release(): void {
    this.#released = true;
    for (const error of this.#untold.splice(0)) this.#problem(error);
    let missed = 0;
    let taken = 0;
    for (const [nodeId, place] of this.#places) {
      if (place.user === undefined) {
        this.#giveUp(nodeId);
        if (this.#held !== undefined && this.#held.since(place.upTo).length > 0) missed++;
        continue;
      }
      taken++;
    }
    const held = this.#held;
    this.#stopHolding?.();
    this.#stopHolding = undefined;
    this.#held = undefined;
    const from = held?.lostSince;
    const overflowed = held !== undefined && held.lost > 0;
    for (const place of this.#places.values()) this.#goLive(place, held);
    if (taken === 0) {
      void this.#close();
      return;
    }
    if (overflowed || missed > 0) this.#reportGap(held?.lost ?? 0, from);
  }

  /** Ends the session, whoever uses it. */
  dispose(): Promise<void> {
    if (this.#disposed) return this.#closing;
    this.#disposed = true;
    for (const place of this.#places.values()) place.live?.();
    this.#places.clear();
    return this.#close();
  }

  /** Opens the session and, after the last one has closed, connects it. */
  #ensureOpen(): void {
    if (this.#opened !== undefined || this.#disposed) return;
    let opened: OpenedSession;
    try {
      opened = this.#open();
    } catch (error) {
      const { message, code } = error as Error & { code?: string };
      this.#show({ phase: code === 'CTIOS_CLIENT_ID_IN_USE' ? 'clientIdInUse' : 'badSettings', reason: message, code });
      this.#problem(error);
      return;
    }
    this.#opened = opened;
    this.filter = opened.filter ?? '';
    this.#wasReady = false;
    this.#startFailure = undefined;
    opened.session.onStatus((status) => {
      if (this.#opened === opened) this.#onStatus(status);
    });
    opened.session.onError((error) => this.#problem(error));
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
    const opened = this.#opened;
    this.#opened = undefined;
    this.#stopHolding?.();
    this.#stopHolding = undefined;
    this.#held = undefined;
    this.#linkTimer?.cancel();
    this.#linkTimer = undefined;
    for (const keepsake of this.#keepsakes.values()) keepsake.dispose();
    this.#keepsakes.clear();
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

  #onStatus(status: SessionStatus): void {
    const view = viewOf(status, this.#wasReady, this.link);
    if (view.phase === 'ready') {
      this.#wasReady = true;
      this.#startFailure = undefined;
    }
    this.#lookAtLink(view.phase);
    this.#show(this.#startFailure !== undefined && view.phase === 'starting' ? this.#startFailure : view);
  }

  #show(view: SessionView): void {
    this.#view = view;
    for (const watcher of this.#watchers) watcher(view);
    for (const place of this.#places.values()) place.user?.view(view);
  }

  #problem(error: unknown): void {
    const known = error instanceof Error ? error : new Error(String(error));
    if (!this.#released) {
      this.#untold.push(known);
      return;
    }
    for (const listener of this.#problems) listener(known);
  }

  #giveUp(nodeId: string): void {
    this.#places.delete(nodeId);
    this.#keepsakes.get(nodeId)?.dispose();
    this.#keepsakes.delete(nodeId);
  }

  #hold(): void {
    const { session } = this;
    if (session === undefined || this.#held !== undefined) return;
    const held = new HeldEvents();
    this.#held = held;
    this.#stopHolding = session.subscribe('AllInOne', (event) => held.add(event));
  }

  #goLive(place: Place, held: HeldEvents | undefined): void {
    const { session } = this;
    const { user } = place;
    if (place.live !== undefined || user === undefined || session === undefined) return;
    const { events } = user;
    if (events === undefined || user.deliver === undefined) {
      place.live = user.live?.(session) ?? (() => {});
      return;
    }
    const deliver = user.deliver.bind(user);
    for (const { event, objects } of held?.since(place.upTo) ?? []) {
      if (events !== 'AllInOne' && !event.interfaces.includes(events)) continue;
      try {
        deliver(event, objects);
      } catch (error) {
        this.#problem(error);
      }
    }
    place.live = session.subscribe(events, (event) => deliver(event, viewsOf(event)));
  }

  /** Tells those who listen to the session that a deploy made them miss something. */
  #reportGap(lost: number, from: number | undefined): void {
    const { session } = this;
    if (session === undefined) return;
    const now = this.#clock.now();
    const args: Args = { Reason: 'deploy', From: from ?? now, To: now, EventsLost: lost };
    const event: CilEvent = {
      event: 'OnConnectionGap',
      interfaces: ['ISessionEvents'],
      args,
      sequence: session.sequence,
      time: now,
    };
    for (const { user } of this.#places.values()) {
      if (user?.deliver !== undefined && (user.events === 'AllInOne' || user.events === 'ISessionEvents')) {
        user.deliver(event, {});
      }
    }
  }
}

/** How often a link that is not up is looked at, in milliseconds. */
const LINK_LOOK_MS = 500;

/** States of a link on its first way to a CTI Server, before anything has gone wrong. */
const LINK_ON_ITS_WAY = ['stopped', 'choosing', 'connecting'];

/** The phase of a session in each state of its connection, and of the link behind it. */
function viewOf(status: SessionStatus, wasReady: boolean, link: LinkView | undefined): SessionView {
  const { reason, code } = status;
  switch (status.state) {
    case 'disconnected':
    case 'closing':
      return { phase: 'unused', reason, code };
    case 'rejected':
      return { phase: 'rejected', reason, code };
    case 'connecting':
    case 'hello':
    case 'waiting':
      return wasReady || reason !== undefined ? { phase: 'reconnecting', reason, code } : { phase: 'connecting' };
    case 'ready':
      if (!status.online) return offlineView(status, wasReady, link);
      // Connected, but what exists is still being asked for: not everything can be seen yet.
      if (status.mode === 'none' || status.statusSystem.StatusObjects === false)
        return { phase: 'starting', reason, code };
      return { phase: 'ready' };
  }
}

function offlineView({ reason, code }: SessionStatus, wasReady: boolean, link: LinkView | undefined): SessionView {
  if (link?.linkState === 'failed') return { phase: 'rejected', reason: link.linkReason ?? reason, code };
  if (!wasReady && link !== undefined && LINK_ON_ITS_WAY.includes(link.linkState)) return { phase: 'connecting' };
  return { phase: 'offline', reason: link?.linkReason ?? reason, code };
}
