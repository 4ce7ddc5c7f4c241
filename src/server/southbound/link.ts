/**
 * The link to a pair of CTI Servers: which side to try, when to give up, which session stands by, and what is reported.
 * The table decides when (`link-table.ts`), this file does what; a single session is `cti-session.ts`.
 */

import type { Timer } from '../../common/clock.js';
import { ConnectionStability } from '../../common/connection-stability.js';
import { type Machine, runTable } from '../../common/machine.js';
import type { Endpoint } from '../../common/network/byte-stream.js';
import {
  DecodeReport,
  MaintenanceModeAccepted,
  MaintenanceModeStatus,
  type Message,
  type MessageInit,
  type MessageOf,
  ServiceMask,
  SessionType,
  StatusCode,
} from '../../ged188/index.js';
import { ASK_MS, ClientIdWatch } from './client-id-watch.js';
import { CtiSession } from './cti-session.js';
import {
  type CtiLink,
  type LinkAnswer,
  type LinkInfo,
  type LinkOwner,
  LinkRequestError,
  type LinkUp,
} from './link-api.js';
import { LINK_TABLE, type LinkActions, type LinkSignals, type LinkState } from './link-table.js';
import { Negotiation, TERMINAL_STATUSES } from './opening.js';
import { opposite, type ReconnectStep, reconnectOrder, type Side } from './reconnect-order.js';
import type { SessionEnd } from './session-table.js';
import { type LinkSettings, type ResolvedLinkSettings, resolveLinkSettings } from './settings.js';
import type { SideSession } from './side-session.js';

/** How long a standby may take to become active after the active side was lost, before the normal order begins. */
const TAKEOVER_MS = 10_000;
/** How long to wait before trying again to open a standby session on a side where that failed or was lost. */
const STANDBY_RETRY_MS = 30_000;
/** The guide gives the old side 5 s to dismiss its clients. */
const HAND_OVER_MS = 5_000;
/** A client ID that is lost again so soon was not free, whatever the CTI Server said. */
const ID_LOST_AGAIN_MS = 120_000;
const MAX_ID_ASK_MS = 600_000;

export function createLink(settings: LinkSettings): CtiLink {
  return new Link(resolveLinkSettings(settings));
}

class Link implements CtiLink, LinkActions {
  up: LinkUp | undefined;

  #owner: LinkOwner | undefined;
  readonly #settings: ResolvedLinkSettings;
  readonly #machine: Machine<LinkState, LinkSignals>;
  readonly #negotiation: Negotiation;
  /** Shared by all sessions: a server repeats its oddities after each reconnect, and each is reported once. */
  readonly #odd: DecodeReport;
  #order: Generator<ReconnectStep, never, undefined> | undefined;
  /** The next search restarts the order instead of continuing with its pauses. */
  #searchAnew = true;
  readonly #stability: ConnectionStability;
  #lastGood: Side = 'A';
  #trying: SideSession | undefined;
  #active: SideSession | undefined;
  #standby: SideSession | undefined;
  #retiring: SideSession | undefined;
  #pause: Timer | undefined;
  #takeover: Timer | undefined;
  #standbyRetry: Timer | undefined;
  #idWatch: ClientIdWatch | undefined;
  #idAskMs = ASK_MS;
  /** When the client ID was last found to be free, on the monotonic clock. */
  #idFreeAt = Number.NEGATIVE_INFINITY;
  #retirement: Timer | undefined;
  /** The active side has announced its maintenance: what follows is a hand-off, not a loss. */
  #handOff = false;
  #reason: string | undefined = 'not started';
  #code: string | undefined;
  /** Settles when everything that `stop` closes is closed. */
  #closed: Promise<void> = Promise.resolve();

  constructor(settings: ResolvedLinkSettings) {
    this.#settings = settings;
    this.#odd = new DecodeReport(settings.onOddity);
    this.#negotiation = new Negotiation(settings.protocolVersion);
    this.#stability = new ConnectionStability(settings.clock);
    this.#machine = runTable<LinkState, LinkSignals, LinkActions>(LINK_TABLE, 'stopped', this);
  }

  get info(): LinkInfo {
    const { state } = this.#machine;
    return {
      // A loss is reported while the state still changes: clients must not be told that the link is up.
      state: state === 'up' && this.up === undefined ? 'choosing' : state,
      side: this.up?.side,
      version: this.up?.version,
      roundTripMs: this.#active?.session.roundTripMs,
      standby: this.hasStandby,
      services: this.up?.openConf.ServicesGranted ?? 0,
      certificate: this.#active?.session.certificate,
      oddities: this.#odd.oddities,
      reason: this.up ? undefined : this.#reason,
      code: this.up ? undefined : this.#code,
    };
  }

  listen(owner: LinkOwner): void {
    if (this.#owner !== undefined)
      throw new Error('This link has an owner. Create another one for another object server.');
    this.#owner = owner;
    if (this.up !== undefined) owner.up(this.up);
  }

  start(): void {
    this.#stability.reset();
    this.#searchAnew = true;
    this.#machine.signal('start');
  }

  stop(): Promise<void> {
    this.#machine.signal('stop');
    return this.#closed;
  }

  request(message: MessageInit, answerMs: number, ended: (answer: LinkAnswer) => void): void {
    if (this.#active === undefined || this.up === undefined) {
      ended(new LinkRequestError('failed', 'CTIOS_OFFLINE', `there is no link to the CTI Server: ${this.#reason}`));
    } else this.#active.session.request(message, answerMs, ended);
  }

  send(message: MessageInit): boolean {
    return this.#active !== undefined && this.up !== undefined && this.#active.session.send(message);
  }

  // --- actions of the table's rows ---

  get hasStandby(): boolean {
    return this.#standby?.session.state === 'open';
  }

  /** A new search. A standby session is closed, because it would interfere with the normal order. */
  begin(): void {
    void this.#stopIdWatch();
    this.dropStandby();
    this.#search();
  }

  #search(): void {
    this.#negotiation.reset();
    if (this.#searchAnew) this.#order = undefined;
    this.#order ??= reconnectOrder(
      this.#lastGood,
      this.#endpoint('B') !== undefined,
      this.#settings.clients,
      this.#settings.random,
    );
    this.choose();
  }

  choose(): void {
    const step = this.#order!.next().value;
    if ('waitMs' in step) this.#machine.signal('pause', step.waitMs);
    // The side with the standby session need not be tried again: it reports when it becomes active.
    else if (step.connect === this.#standby?.side && this.hasStandby) this.choose();
    else this.#machine.signal('connect', step.connect);
  }

  connect(side: Side): void {
    this.#trying = this.#open(side);
  }

  again(): void {
    this.#machine.signal('connect', this.#trying?.side ?? this.#lastGood);
  }

  pause(ms: number): void {
    this.#pause = this.#settings.clock.after(ms, () => this.#machine.signal('pauseOver'));
  }

  becomeUp(placed: SideSession): void {
    this.#trying = undefined;
    this.#activate(placed, { stoodBy: false, seamless: false });
  }

  reportFailure(end: SessionEnd): void {
    this.#report(end, this.#trying?.side ?? this.#lastGood);
    this.#trying = undefined;
  }

  reportLoss(end: SessionEnd): void {
    this.#searchAnew = this.#stability.lost();
    const side = this.#active?.side ?? this.#lastGood;
    this.#active = undefined;
    this.up = undefined;
    this.#handOff = false;
    this.#standbyRetry?.cancel();
    if (this.#isTerminal(end) || isReplaced(end)) this.dropStandby();
    this.#report(end, side);
  }

  watchId(): void {
    const { sides, clock } = this.#settings;
    const other = opposite(this.#lastGood);
    const soon = clock.monotonic() - this.#idFreeAt < ID_LOST_AGAIN_MS;
    this.#idAskMs = soon ? Math.min(2 * this.#idAskMs, MAX_ID_ASK_MS) : ASK_MS;
    this.#idWatch = new ClientIdWatch(
      this.#settings,
      this.#negotiation.proposal.version,
      sides[other] === undefined ? [this.#lastGood] : [this.#lastGood, other],
      this.#idAskMs,
      {
        free: () => {
          this.#idFreeAt = clock.monotonic();
          this.#machine.signal('idFree');
        },
        notTold: () => this.#machine.signal('idNotTold'),
      },
    );
  }

  reportIdLost(): void {
    void this.#stopIdWatch();
    const reason = `${this.#reason}; this CTI Server does not tell when the ID is free, so that no further attempt is made`;
    this.#report({ code: this.#code ?? 'E_CTI_NEW_SESSION_OPENED', reason, terminal: true }, this.#lastGood);
  }

  awaitTakeover(): void {
    this.#takeover = this.#settings.clock.after(TAKEOVER_MS, () => this.#machine.signal('takeoverTimeout'));
    this.#search();
  }

  /** The standby became active and there is no active session: events may have been missed in between. */
  promote(): void {
    this.#pause?.cancel();
    const trying = this.#trying;
    this.#trying = undefined;
    trying?.session.close();
    const placed = this.#standby!;
    this.#standby = undefined;
    this.#activate(placed, { stoodBy: true, seamless: false });
  }

  /** The standby became active while the old side still serves: no gap if that was announced. */
  handOver(): void {
    const old = this.#active!;
    const placed = this.#standby!;
    const seamless = this.#handOff;
    this.#standby = undefined;
    this.#retire(old);
    if (!seamless) {
      this.up = undefined;
      const reason = `side ${placed.side} has become active`;
      this.#report({ code: 'CTIOS_SIDE_SWITCHED', reason, heardAt: old.session.heardAt }, old.side);
    }
    this.#activate(placed, { stoodBy: true, seamless });
  }

  shutDown(): void {
    this.#pause?.cancel();
    this.#takeover?.cancel();
    this.#standbyRetry?.cancel();
    this.#retirement?.cancel();
    this.#reason = 'stopped';
    const open = [this.#trying, this.#active, this.#standby, this.#retiring].filter((each) => each !== undefined);
    this.up = undefined;
    this.#trying = this.#active = this.#standby = this.#retiring = undefined;
    const ends: Promise<void>[] = open.map(
      ({ session }) =>
        new Promise<void>((ended) => {
          this.#closing.set(session, ended);
          session.close();
        }),
    );
    ends.push(this.#stopIdWatch());
    this.#closed = Promise.all([this.#closed, ...ends]).then(() => {});
  }

  // --- internals ---

  /** Sessions that are being closed gracefully, and what to do afterwards. */
  readonly #closing = new Map<CtiSession, () => void>();

  #stopIdWatch(): Promise<void> {
    const watch = this.#idWatch;
    this.#idWatch = undefined;
    return watch?.stop() ?? Promise.resolve();
  }

  #endpoint(side: Side): Endpoint | undefined {
    return this.#settings.sides[side];
  }

  #open(side: Side): SideSession {
    const proposal = this.#negotiation.proposal;
    const placed: SideSession = {
      side,
      session: new CtiSession(
        this.#settings,
        this.#endpoint(side) ?? this.#settings.sides.A,
        proposal,
        {
          opened: (openConf) => this.#opened(placed, openConf),
          ended: (end) => this.#ended(placed, end),
          message: (message) => this.#receive(placed, message),
        },
        this.#odd,
      ),
    };
    // A session may fail in the turn in which it is started, and its caller must know it by then.
    this.#settings.clock.after(0, () => placed.session.start());
    return placed;
  }

  #opened(placed: SideSession, openConf: MessageOf<'OPEN_CONF'>): void {
    placed.openConf = openConf;
    const standsBy = openConf.SessionType === SessionType.STANDBY;
    if (placed === this.#trying) {
      if (!standsBy) this.#machine.signal('opened', placed);
      else {
        this.#trying = undefined;
        // If both sides are on standby, the first session is kept: it reports when it becomes active.
        if (this.hasStandby) this.#closeQuietly(placed);
        else this.#standby = placed;
        this.#reason = `side ${placed.side} stands by; waiting for an active side`;
        this.#machine.signal('standbyHeld');
      }
    } else if (placed === this.#standby && !standsBy) {
      // Both sides claim to be active: the current session continues, this one is not needed.
      this.dropStandby();
      this.#retryStandbyLater();
    }
  }

  #ended(placed: SideSession, end: SessionEnd): void {
    const closed = this.#closing.get(placed.session);
    if (closed !== undefined) {
      this.#closing.delete(placed.session);
      closed();
    } else if (placed === this.#trying) this.#attemptEnded(end);
    else if (placed === this.#active) this.#machine.signal(this.#kindOf(end), end);
    else if (placed === this.#standby) {
      this.#standby = undefined;
      this.#machine.signal('standbyLost');
      this.#retryStandbyLater();
    } else if (placed === this.#retiring) {
      this.#retiring = undefined;
      this.#retirement?.cancel();
      this.#retryStandbyLater();
    }
  }

  #attemptEnded(end: SessionEnd): void {
    if (end.refused && end.status !== undefined && this.#negotiation.refused(end.status)) {
      this.#machine.signal('renegotiate');
    } else this.#machine.signal(this.#kindOf(end), end);
  }

  #kindOf(end: SessionEnd): 'replaced' | 'terminal' | 'lost' {
    if (isReplaced(end)) return 'replaced';
    return this.#isTerminal(end) ? 'terminal' : 'lost';
  }

  #isTerminal(end: SessionEnd): boolean {
    return end.terminal === true || (end.refused === true && TERMINAL_STATUSES.has(end.status ?? -1));
  }

  #activate(placed: SideSession, how: Pick<LinkUp, 'stoodBy' | 'seamless'>): void {
    this.#takeover?.cancel();
    this.#active = placed;
    this.#lastGood = placed.side;
    this.#stability.up();
    this.#handOff = false;
    this.#reason = undefined;
    this.#code = undefined;
    this.up = { side: placed.side, version: placed.session.version, openConf: placed.openConf!, ...how };
    this.#settings.onReport?.({ up: true, side: placed.side, version: placed.session.version });
    this.#owner?.up(this.up);
    if (!this.#retiring) this.#openStandby();
  }

  #report(end: SessionEnd, side: Side): void {
    this.#reason = end.reason;
    this.#code = end.code;
    const { code, reason, heardAt } = end;
    const terminal = this.#isTerminal(end);
    this.#settings.onReport?.({ up: false, side, code, reason, terminal });
    this.#owner?.down({ side, code, reason, terminal, heardAt });
  }

  #receive(placed: SideSession, message: Message): void {
    switch (message.type) {
      case 'STANDBY_ACTIVE_EVENT_MSG':
        if (placed === this.#standby) this.#machine.signal('standbyActive');
        return;
      case 'ACTIVE_MAINTENANCE_REQ_MSG':
        placed.session.send({
          type: 'ACTIVE_MAINTENANCE_RESP_MSG',
          InvokeID: message.InvokeID,
          // Without a standby session the maintenance would cut this link off, so it is refused.
          MaintenanceModeAccepted: Boolean(
            this.hasStandby ? MaintenanceModeAccepted.ACCEPTED : MaintenanceModeAccepted.REJECTED,
          ),
        });
        return;
      case 'ACTIVE_MAINTENANCE_EVENT_MSG':
        if (placed === this.#active) {
          this.#handOff = Number(message.MaintenanceModeStatus) === MaintenanceModeStatus.CONTINUE;
        }
        return;
      default:
        // A standby has nothing to report, and whatever the old side still reports the new one reports too.
        if (placed === this.#active) this.#owner?.message(message);
    }
  }

  /** The old side after a hand-off: no new requests; pending ones may still be answered until it disconnects. */
  #retire(old: SideSession): void {
    this.#retiring = old;
    old.session.send({ type: 'STOPPING_REQUESTS_TO_THIS_SIDE_IND' });
    this.#retirement = this.#settings.clock.after(HAND_OVER_MS, () => old.session.close());
  }

  #openStandby(): void {
    const active = this.#active;
    if (active?.openConf === undefined || this.#standby !== undefined || this.#endpoint('B') === undefined) return;
    if (!(active.openConf.ServicesGranted & ServiceMask.CTI_SERVICE_ACTIVE_STANDBY)) return;
    this.#standby = this.#open(opposite(active.side));
  }

  #retryStandbyLater(): void {
    this.#standbyRetry?.cancel();
    if (this.#machine.state !== 'up') return;
    this.#standbyRetry = this.#settings.clock.after(STANDBY_RETRY_MS, () => this.#openStandby());
  }

  dropStandby(): void {
    const standby = this.#standby;
    if (standby === undefined) return;
    this.#standby = undefined;
    this.#closeQuietly(standby);
  }

  #closeQuietly({ session }: SideSession): void {
    this.#closing.set(session, () => {});
    session.close();
  }
}

/** Another client has opened a session under the same ID. */
function isReplaced({ status }: SessionEnd): boolean {
  return status === StatusCode.E_CTI_NEW_SESSION_OPENED;
}
