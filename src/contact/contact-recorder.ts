/**
 * Records what happened to each contact: one record for each agent's segment when it is over for that agent, and one
 * for the whole journey at its end. It receives the call, agent and session events of a session in order, and contains
 * only what these contain: values that were not observed are listed in the record. Its state belongs to the session, so
 * that a deploy loses no record.
 */
import type { Clock } from '../common/clock.js';
import { HeldOutputs } from '../common/held-outputs.js';
import { SteadyTime } from '../common/steady-time.js';
import type { Args } from '../ctios/transport.js';
import {
  AGENT_OUT_CALL_TYPES,
  agentKey,
  betterCalled,
  type CallerIdentity,
  type Connection,
  type ContactEvent,
  contactData,
  DATA_EVENTS,
  DEFAULT_CALL_TYPES,
  type EndReason,
  evidentType,
  type FindAgent,
  type Followed,
  foundCall,
  isColleague,
  isConsult,
  numberArgumentOf,
  readCalled,
  readCaller,
  readFields,
  steadily,
  type TeamsOf,
  textOf,
  type Visit,
  VisitFollower,
  type VisitLedger,
} from '../screenpop/index.js';
import { type Journey, Journeys } from './journeys.js';
import type { Leg } from './leg.js';
import { dialedNumber, Legs } from './legs.js';
import { LostSegments } from './lost-segments.js';
import { partyOf } from './parties.js';
import { contactRecord, journeyDirection, segmentDirection, segmentRecord } from './records.js';
import { isOwnConsult, Segment } from './segment.js';
import { stamped } from './stamped.js';
import type { CallRecord, ContactDirection, ContactSettings } from './types.js';
import { WrapUps } from './wrap-ups.js';

/** Maximum number of records held while there is no listener; beyond it the oldest are dropped. */
const MAX_HELD = 10_000;

export interface ContactRecorderDeps {
  readonly clock: Clock;
  /** A call found in a snapshot, and the other party of a transfer, may name only the instrument. */
  readonly findAgent?: FindAgent;
  /** The journal of visits, shared with the screen pop, so that both use the same keys. */
  readonly ledger?: VisitLedger;
  /** Events come from a stream, and those before a restart perhaps again. */
  readonly rereads?: boolean;
  readonly teamsOf?: TeamsOf;
  /** The site's text for a reason code. */
  readonly reasonText?: (state: number, code: number) => string | undefined;
}

/** Calls from and to customers: those that pop, and calls from agents to the outside. */
export const RECORDED_CALL_TYPES: readonly number[] = [...DEFAULT_CALL_TYPES, ...AGENT_OUT_CALL_TYPES];

const VOICE = 1;
/** Values of EventReasonCode that mean none. */
const NO_REASONS: ReadonlySet<number> = new Set([0, 0xffff]);

export class ContactRecorder {
  readonly #visits: VisitFollower;
  readonly #wrapUps: WrapUps;
  readonly #journeys: Journeys;
  readonly #lost: LostSegments;
  readonly #steady: SteadyTime;
  readonly #outbox = new HeldOutputs<CallRecord>(MAX_HELD);
  readonly #legs: Legs;
  /** Consult calls made by agents, and their index among the consults of their segment. */
  readonly #consulted = new WeakMap<Leg, number>();
  readonly #segments = new Map<Visit, Segment>();
  readonly #byAgent = new Map<string, Set<Segment>>();
  #written = 0;

  /** @param settings may be replaced at any time */
  constructor(
    public settings: ContactSettings,
    private readonly deps: ContactRecorderDeps,
  ) {
    this.#steady = new SteadyTime(deps.clock);
    this.#visits = new VisitFollower({
      clock: deps.clock,
      findAgent: deps.findAgent,
      ledger: deps.ledger,
      rereads: deps.rereads,
      teamsOf: deps.teamsOf,
      settings: () => ({ callTypes: RECORDED_CALL_TYPES, ...this.settings }),
      everyCall: true,
      listener: {
        opened: (visit, connection, event) => this.#opened(visit, connection, event),
        rang: () => {},
        foundRinging: () => {},
        answered: (visit, connection, event, here) => {
          const segment = this.#segments.get(visit);
          if (!here && segment !== undefined && !isOwnConsult(connection)) segment.answeredAt ??= event.time;
        },
        closed: (visit, reason, event) => this.#closed(visit, reason, event),
      },
    });
    this.#wrapUps = new WrapUps(
      deps.clock,
      () => this.settings,
      (agent) => [...(this.#byAgent.get(agent) ?? [])].some(({ legs }) => [...legs].some((leg) => leg.open)),
    );
    this.#lost = new LostSegments(deps.clock);
    this.#journeys = new Journeys(deps.clock, (journey, part) => this.#over(journey, part));
    this.#legs = new Legs(this.#visits, this.#journeys, () => this.settings);
  }

  /** Segments not recorded yet, and the total number of records. */
  get counts(): { open: number; written: number } {
    return { open: [...this.#byAgent.values()].reduce((sum, each) => sum + each.size, 0), written: this.#written };
  }

  /**
   * Delivers records from now on, starting with those held while there was no listener. Only the latest listener
   * receives records.
   * @returns a function that stops the delivery; records are then held for the next listener
   */
  attach(listener: (record: CallRecord) => void): () => void {
    return this.#outbox.attach(listener);
  }

  /** Adds calls that already exist. */
  adopt(calls: Iterable<{ properties(): Args }>, time = this.deps.clock.now()): void {
    for (const call of calls) this.handle(foundCall(call, time));
  }

  /** Adds the current states of agents. */
  adoptAgents(agents: Iterable<{ properties(): Args }>, time = this.deps.clock.now()): void {
    for (const agent of agents) this.#agentState(agent.properties(), this.#steady.of(time), false);
  }

  handle(told: ContactEvent): void {
    const rounded = Number.isInteger(told.time) ? told : { ...told, time: Math.round(told.time) };
    const event = steadily(rounded, this.#steady);
    if (event.event === 'OnConnectionGap') {
      this.#gap(event.args);
      return;
    }
    const before = this.#legs.before(event);
    const followed = this.#visits.handle(event);
    if (followed !== undefined) this.#followed(followed, event, before);
    else if (event.event === 'OnAgentStateChange') this.#agentState(event.args, event.time, event.recovered !== true);
  }

  /** Discards the state and stops the timers. */
  dispose(): void {
    this.#visits.dispose();
    this.#wrapUps.dispose();
    this.#lost.dispose();
    this.#journeys.clear();
    this.#segments.clear();
    this.#byAgent.clear();
    this.#legs.clear();
    this.#outbox.clear();
  }

  #followed({ connection, ended, linked }: Followed, event: ContactEvent, before: Leg | undefined): void {
    const leg = this.#legs.seen(connection, event, before);
    for (const consult of linked) this.#linked(consult);
    this.#legs.place(leg, event);
    const segment = connection.visit && this.#segments.get(connection.visit);
    if (segment !== undefined) this.#partOf(segment, leg, event);
    if (ended) this.#legs.ended(leg, event);
    else if (segment !== undefined) this.#learn(segment, connection, event, false);
  }

  /** A consult call has been assigned to its contact. */
  #linked(consult: Connection): void {
    const name = this.#visits.knownJourney(consult);
    if (name === undefined) return;
    const segment = consult.visit && this.#segments.get(consult.visit);
    if (segment !== undefined && segment.journey.name !== name) segment.moveTo(this.#journeys.of(name));
    this.#legs.moved(consult, name);
    if (segment !== undefined && segment.visit.source === consult) this.#learn(segment, consult, undefined, true);
  }

  #opened(visit: Visit, connection: Connection, event: ContactEvent): void {
    const journey = this.#journeys.of(visit.journey);
    journey.timer?.cancel();
    const segment = new Segment(visit, connection, this.#legs.get(connection)?.began ?? event.time, journey);
    // A session that sees only the agent's own connection cannot observe the queue before it.
    const sawBefore = [...journey.legs].some((leg) => leg.connection !== connection && !leg.connection.found);
    const mine = connection.side === 'origin' || isConsult(connection);
    const queueMs = journey.takeQueue(event.time);
    if (!journey.queueUnseen && (sawBefore || mine)) segment.queueMs = queueMs;
    else if (!mine) journey.queueUnseen = true;
    this.#segments.set(visit, segment);
    journey.segments.add(segment);
    const key = agentKey(visit.agent);
    const ofAgent = this.#byAgent.get(key) ?? new Set();
    this.#byAgent.set(key, ofAgent.add(segment));
    this.#learn(segment, connection, event, false);
  }

  /** The meaning of a leg's event for its segment. */
  #partOf(segment: Segment, leg: Leg, event: ContactEvent): void {
    const { connection } = leg;
    segment.legs.add(leg);
    if (isOwnConsult(connection)) this.#consults(segment, leg, event);
    const { args, time } = event;
    const isMine = (device: unknown) => connection.devices.has(textOf(device) ?? '');
    switch (event.event) {
      case 'OnCallDelivered':
      case 'OnCallEstablished':
        if (!isOwnConsult(connection)) segment.learnSkillGroup(args.SkillGroupNumber);
        break;
      case 'OnCallTransferred':
        if (isMine(args.TransferringDeviceID))
          segment.transfers.push(partyOf(event, connection, 'transfer', this.deps.findAgent));
        break;
      case 'OnCallConferenced':
        if (isMine(args.ControllerDeviceID))
          segment.conferences.push(partyOf(event, connection, 'conference', this.deps.findAgent));
        break;
      case 'OnCallStartRecordingConf':
      case 'OnNetworkRecordingStarted':
        segment.recordingBegan(time);
        break;
      case 'OnNetworkRecordingTargetInfo':
        segment.recordingAt(
          textOf(args.RecorderURI) || textOf(args.RecorderAddress) || undefined,
          textOf(args.ProtocolReferenceGUID) || undefined,
        );
        break;
      case 'OnCallStopRecordingConf':
      case 'OnNetworkRecordingEnded':
      case 'OnNetworkRecordingFailed':
        segment.recordingEnded(time);
        break;
    }
  }

  /** The agent consults someone else about the contact; the other party is known when the call is answered. */
  #consults(segment: Segment, leg: Leg, event: ContactEvent): void {
    const known = this.#consulted.get(leg);
    if (known !== undefined && event.event !== 'OnCallDelivered' && event.event !== 'OnCallEstablished') return;
    const party = { ...partyOf(event, leg.connection, 'consult', this.deps.findAgent), time: leg.began };
    if (known === undefined) this.#consulted.set(leg, segment.consults.push(party) - 1);
    else segment.consults[known] = party;
  }

  /** @param followed the consult call turned out to be about another one, whose customer this is */
  #learn(segment: Segment, connection: Connection, event: ContactEvent | undefined, followed: boolean): void {
    const { visit } = segment;
    if (visit.source !== connection) return;
    const isNews = followed || segment.caller === undefined || DATA_EVENTS.has(event?.event ?? '');
    const kind = segment.caller?.kind;
    if (!isNews && kind !== 'absent' && kind !== 'unknown') return;
    const call = contactData(connection, event);
    segment.learnCaller(readCaller(call, this.settings), followed);
    if (!isNews) return;
    const dialed = dialedNumber(call);
    if (followed) segment.dialed = dialed ?? segment.dialed;
    else segment.dialed ??= dialed;
    segment.called = betterCalled(segment.called, readCalled(call, evidentType(segment.first), this.settings));
    segment.fields = { ...segment.fields, ...readFields(call, this.settings.fields) };
    segment.wrapupData = textOf(call.CallWrapupData) || segment.wrapupData;
    if (segment.skillGroup === undefined) segment.learnSkillGroup(call.SkillGroupNumber);
    segment.journey.fields = { ...segment.journey.fields, ...segment.fields };
    if (segment.caller !== undefined) segment.journey.learnCaller(segment.caller);
    segment.journey.called = betterCalled(segment.journey.called, segment.called);
    segment.journey.dialed ??= segment.dialed;
  }

  #closed(visit: Visit, reason: EndReason, event: ContactEvent | undefined): void {
    const segment = this.#segments.get(visit);
    if (segment === undefined) return;
    this.#segments.delete(visit);
    const time = event?.time ?? this.#steady.now();
    const { source } = visit;
    if (event?.recovered !== true) {
      segment.endedAt = time;
      segment.reason = reason === 'ended' && segment.hasPassedOn(time) ? 'transferred' : reason;
    }
    if (source !== undefined) this.#learn(segment, source, event && { ...event, event: 'OnCallDataUpdate' }, false);
    const { peripheral } = segment.visit.agent;
    const direction = segmentDirection(segment, (number) => this.#isColleague(number, peripheral), this.settings);
    const write = (wrapupMs: number | undefined) => this.#writeSegment(segment, direction, wrapupMs);
    if (event?.recovered) this.#lost.add(write);
    else this.#wrapUps.ended(agentKey(visit.agent), segment.answered ?? foundAt(segment), write);
  }

  #writeSegment(segment: Segment, direction: ContactDirection | undefined, wrapupMs: number | undefined): void {
    const { journey, visit } = segment;
    this.#byAgent.get(agentKey(visit.agent))?.delete(segment);
    const record = segmentRecord(segment, direction, wrapupMs, this.#steady.now());
    journey.segments.delete(segment);
    journey.records.push(record);
    this.#write(record);
    this.#journeys.check(journey);
  }

  #over(journey: Journey, part: number): void {
    const { agents } = this.settings;
    const limited = agents !== undefined && agents.length > 0;
    if (journey.records.length === 0 && (limited || !journey.wanted)) return;
    const { first } = journey;
    if (first !== undefined) this.#legs.describe(journey, first);
    const peripheral = numberArgumentOf(first?.parts.peripheral);
    const direction = journeyDirection(journey, (number) => this.#isColleague(number, peripheral), this.settings);
    this.#write(contactRecord(journey, part, direction, this.#steady.now()));
  }

  #isColleague(caller: CallerIdentity, peripheral: number | undefined): boolean {
    return isColleague(caller, peripheral, this.deps.findAgent);
  }

  #agentState(args: Args, time: number, seen: boolean): void {
    const id = textOf(args.AgentID);
    const state = numberArgumentOf(args.AgentState);
    const medium = numberArgumentOf(args.MRDID);
    if (id === undefined || state === undefined || (medium !== undefined && medium !== VOICE)) return;
    const peripheral = numberArgumentOf(args.PeripheralID);
    const agent = agentKey({ id, ...(peripheral !== undefined && { peripheral }) });
    const code = numberArgumentOf(args.EventReasonCode);
    if (seen && code !== undefined && !NO_REASONS.has(code)) {
      const text = this.deps.reasonText?.(state, code);
      const reason = { time, state, code, ...(text !== undefined && { text }) };
      for (const segment of this.#byAgent.get(agent) ?? []) segment.reasonCodes.push(reason);
    }
    this.#wrapUps.state(agent, state, time, seen);
  }

  /** The session was not connected: events during the gap were not observed. */
  #gap(args: Args): void {
    const from = this.#steady.of(Date.parse(textOf(args.From) ?? ''));
    const to = this.#steady.of(Date.parse(textOf(args.To) ?? ''));
    // A deploy holds back events from nodes only; listeners of the session itself miss none.
    if (Number.isNaN(from) || Number.isNaN(to) || args.Reason === 'deploy') return;
    for (const journey of this.#journeys) journey.missed({ from, to });
    for (const segments of this.#byAgent.values())
      for (const segment of segments)
        if (segment.began < to && (segment.endedAt ?? to) > from) segment.gaps.push({ from, to });
    this.#lost.flush();
  }

  #write(record: CallRecord): void {
    this.#written++;
    this.#outbox.send(stamped(record, (time) => this.#steady.stamp(time)));
  }
}

/** For a call found in progress, which was answered before that. */
function foundAt({ first, began }: Segment): number | undefined {
  return first.found ? began : undefined;
}
