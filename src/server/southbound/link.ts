/**
 * The link to a pair of CTI Servers: which side to try, when to give up, which session stands by, and what is reported.
 * The table decides when (`link-table.ts`), this file does what; a single session is `cti-session.ts`.
 */

import type { Timer } from '../../common/clock.js';
import { ConnectionStability } from '../../common/connection-stability.js';
import { type Machine, runTable } from '../../common/machine.js';
import {
  DecodeReport,
  MaintenanceModeAccepted,
  MaintenanceModeStatus,
  type Message,
  type MessageInit,
  type MessageOf,
  SessionType,
} from '../../ged188/index.js';
import {
  type CtiLink,
  type LinkAnswer,
  type LinkInfo,
  type LinkOwner,
  LinkRequestError,
  type LinkUp,
} from './link-api.js';
import { isReplaced, isTerminal, kindOfEnd } from './link-ends.js';
import { LINK_TABLE, type LinkActions, type LinkSignals, type LinkState } from './link-table.js';
import { LostClientId } from './lost-client-id.js';
import { Negotiation } from './opening.js';
import { type ReconnectStep, reconnectOrder, type Side } from './reconnect-order.js';
import { RetiringSession } from './retiring-session.js';
import type { SessionEnd } from './session/session-table.js';
import { type LinkSettings, type ResolvedLinkSettings, resolveLinkSettings } from './settings.js';
import { type SideSession, SideSessions } from './side-sessions.js';
import { StandbySession } from './standby-session.js';

/** How long a standby may take to become active after the active side was lost, before the normal order begins. */
const TAKEOVER_MS = 10_000;
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
  readonly #sessions: SideSessions;
  #order: Generator<ReconnectStep, never, undefined> | undefined;
  /** The next search restarts the order instead of continuing with its pauses. */
  #searchAnew = true;
  readonly #stability: ConnectionStability;
  #lastGood: Side = 'A';
  #trying: SideSession | undefined;
  #active: SideSession | undefined;
  readonly #standby: StandbySession;
  readonly #retiring: RetiringSession;
  #pause: Timer | undefined;
  #takeover: Timer | undefined;
  readonly #lostId: LostClientId;
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
    this.#lostId = new LostClientId(settings);
    this.#sessions = new SideSessions(settings, this.#negotiation, this.#odd, {
      opened: (placed, openConf) => this.#opened(placed, openConf),
      ended: (placed, end) => this.#ended(placed, end),
      message: (placed, message) => this.#receive(placed, message),
    });
    this.#standby = new StandbySession(settings, this.#sessions);
    this.#retiring = new RetiringSession(settings.clock, this.#sessions);
    this.#machine = runTable<LinkState, LinkSignals, LinkActions>(LINK_TABLE, 'stopped', this);
  }

  get info(): LinkInfo {
    const { state } = this.#machine;
    return {
      // A loss is reported while the state still changes: clients must not see the link as up.
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
    return this.#standby.ready;
  }

  /** A new search. A standby session is closed, because it would interfere with the normal order. */
  begin(): void {
    void this.#lostId.stop();
    void this.#standby.drop();
    this.#search();
  }

  #search(): void {
    this.#negotiation.reset();
    if (this.#searchAnew) this.#order = undefined;
    this.#order ??= reconnectOrder(
      this.#lastGood,
      this.#settings.sides.B !== undefined,
      this.#settings.clients,
      this.#settings.random,
    );
    this.choose();
  }

  choose(): void {
    const step = this.#order!.next().value;
    if ('waitMs' in step) this.#machine.signal('pause', step.waitMs);
    // The side with the standby session need not be tried again: it reports when it becomes active.
    else if (step.connect === this.#standby.side && this.hasStandby) this.choose();
    else this.#machine.signal('connect', step.connect);
  }

  connect(side: Side): void {
    this.#trying = this.#sessions.open(side);
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
    this.#standby.stopRetrying();
    if (isTerminal(end) || isReplaced(end)) void this.#standby.drop();
    this.#report(end, side);
  }

  watchId(): void {
    this.#lostId.watch(this.#negotiation.proposal.version, this.#lastGood, {
      free: () => this.#machine.signal('idFree'),
      notTold: () => this.#machine.signal('idNotTold'),
    });
  }

  reportIdLost(): void {
    void this.#lostId.stop();
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
    this.#activate(this.#standby.take(), { stoodBy: true, seamless: false });
  }

  /** The standby became active while the old side still serves: no gap if that was announced. */
  handOver(): void {
    const old = this.#active!;
    const placed = this.#standby.take();
    const seamless = this.#handOff;
    this.#retiring.begin(old);
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
    this.#standby.stopRetrying();
    this.#reason = 'stopped';
    const open = [this.#trying, this.#active].filter((each) => each !== undefined);
    this.up = undefined;
    this.#trying = this.#active = undefined;
    this.#closed = Promise.all([
      this.#closed,
      ...open.map((placed) => this.#sessions.close(placed)),
      this.#standby.drop(),
      this.#retiring.close(),
      this.#lostId.stop(),
    ]).then(() => {});
  }

  // --- internals ---

  #opened(placed: SideSession, openConf: MessageOf<'OPEN_CONF'>): void {
    placed.openConf = openConf;
    const standsBy = openConf.SessionType === SessionType.STANDBY;
    if (placed === this.#trying) {
      if (!standsBy) this.#machine.signal('opened', placed);
      else {
        this.#trying = undefined;
        // If both sides are on standby, the first session is kept: it reports when it becomes active.
        if (this.hasStandby) void this.#sessions.close(placed);
        else this.#standby.keep(placed);
        this.#reason = `side ${placed.side} stands by; waiting for an active side`;
        this.#machine.signal('standbyHeld');
      }
    } else if (this.#standby.is(placed) && !standsBy) {
      // Both sides claim to be active: the current session continues, this one is not needed.
      void this.#standby.drop();
      this.#retryStandbyLater();
    }
  }

  #ended(placed: SideSession, end: SessionEnd): void {
    if (placed === this.#trying) this.#attemptEnded(end);
    else if (placed === this.#active) this.#machine.signal(kindOfEnd(end), end);
    else if (this.#standby.is(placed)) {
      this.#standby.lost();
      this.#machine.signal('standbyLost');
      this.#retryStandbyLater();
    } else if (this.#retiring.is(placed)) {
      this.#retiring.ended();
      this.#retryStandbyLater();
    }
  }

  #attemptEnded(end: SessionEnd): void {
    if (end.refused && end.status !== undefined && this.#negotiation.refused(end.status)) {
      this.#machine.signal('renegotiate');
    } else this.#machine.signal(kindOfEnd(end), end);
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
    if (!this.#retiring.inProgress) this.#openStandby();
  }

  #report(end: SessionEnd, side: Side): void {
    this.#reason = end.reason;
    this.#code = end.code;
    const { code, reason, heardAt } = end;
    const terminal = isTerminal(end);
    this.#settings.onReport?.({ up: false, side, code, reason, terminal });
    this.#owner?.down({ side, code, reason, terminal, heardAt });
  }

  #receive(placed: SideSession, message: Message): void {
    switch (message.type) {
      case 'STANDBY_ACTIVE_EVENT_MSG':
        if (this.#standby.is(placed)) this.#machine.signal('standbyActive');
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

  #openStandby(): void {
    if (this.#active !== undefined) this.#standby.openBeside(this.#active);
  }

  #retryStandbyLater(): void {
    this.#standby.stopRetrying();
    if (this.#machine.state === 'up') this.#standby.retryLater(() => this.#openStandby());
  }

  dropStandby(): void {
    void this.#standby.drop();
  }
}
