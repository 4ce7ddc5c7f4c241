/**
 * Writes down what came of each contact: one record for each agent's segment when it is over for that agent, and one for
 * the whole journey at its end. It is told the call, agent and session events of a session, in order, and says nothing
 * that these did not say: what was not seen is named in the record. Its memory belongs to the session, so that a deploy
 * loses no record.
 */
import type { Clock } from '../common/clock.js';
import { HeldOutputs } from '../common/held-outputs.js';
import type { Args } from '../ctios/transport.js';
import {
  agentKey,
  type Connection,
  type ContactEvent,
  contactData,
  DEFAULT_CALL_TYPES,
  type EndReason,
  type FindAgent,
  type Followed,
  isConsult,
  numberOf,
  readCaller,
  readFields,
  textOf,
  type Visit,
  VisitFollower,
} from '../screenpop/index.js';
import { type Journey, Journeys } from './journeys.js';
import type { Leg } from './leg.js';
import { dialedNumber, Legs } from './legs.js';
import { LostSegments } from './lost-segments.js';
import { partyOf } from './parties.js';
import { contactRecord, directionOf, segmentRecord } from './records.js';
import { isOwnConsult, Segment } from './segment.js';
import { AGENT_OUT_CALL_TYPES, type CallRecord, type ContactSettings, type Direction } from './types.js';
import { WrapUps } from './wrap-ups.js';

/** Records that are held while no node listens; beyond, the oldest go. */
const MAX_HELD = 10_000;

export interface ContactRecorderDeps {
  readonly clock: Clock;
  /** A call found in a snapshot, and the other side of a transfer, may name only the instrument. */
  readonly findAgent?: FindAgent;
  /** The site's word for a reason code. */
  readonly reasonText?: (state: number, code: number) => string | undefined;
}

export const RECORDED_CALL_TYPES: readonly number[] = [...DEFAULT_CALL_TYPES, ...AGENT_OUT_CALL_TYPES];

const VOICE = 1;
/** EventReasonCode where there is none. */
const NO_REASONS: ReadonlySet<number> = new Set([0, 0xffff]);

export class ContactRecorder {
  readonly #visits: VisitFollower;
  readonly #wrapUps: WrapUps;
  readonly #journeys: Journeys;
  readonly #lost: LostSegments;
  readonly #outbox = new HeldOutputs<CallRecord>(MAX_HELD);
  readonly #legs: Legs;
  /** Consult calls that agents made, and their place among the consults of their segment. */
  readonly #consulted = new WeakMap<Leg, number>();
  readonly #segments = new Map<Visit, Segment>();
  readonly #byAgent = new Map<string, Set<Segment>>();
  #written = 0;

  /** @param settings may be replaced at any time */
  constructor(
    public settings: ContactSettings,
    private readonly deps: ContactRecorderDeps,
  ) {
    this.#visits = new VisitFollower({
      clock: deps.clock,
      findAgent: deps.findAgent,
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

  /** Segments that are not recorded yet, and records since the beginning. */
  get counts(): { open: number; written: number } {
    return { open: [...this.#byAgent.values()].reduce((sum, each) => sum + each.size, 0), written: this.#written };
  }

  /**
   * Delivers records from now on, those held while nobody listened first. One listener at a time: the latest.
   * @returns stops the delivery; records are then held for the next listener
   */
  attach(listener: (record: CallRecord) => void): () => void {
    return this.#outbox.attach(listener);
  }

  /** Tells it of calls that were there before it. */
  adopt(calls: Iterable<{ properties(): Args }>, time = this.deps.clock.now()): void {
    for (const call of calls) {
      const args = call.properties();
      this.handle({ event: 'OnSnapshotCallConf', args, call, time, recovered: true });
    }
  }

  /** Tells it of the states that agents were in before it. */
  adoptAgents(agents: Iterable<{ properties(): Args }>, time = this.deps.clock.now()): void {
    for (const agent of agents) this.#agentState(agent.properties(), time, false);
  }

  handle(told: ContactEvent): void {
    const event = Number.isInteger(told.time) ? told : { ...told, time: Math.round(told.time) };
    if (event.event === 'OnConnectionGap') {
      this.#gap(event.args);
      return;
    }
    const before = this.#legs.before(event);
    const followed = this.#visits.handle(event);
    if (followed !== undefined) this.#followed(followed, event, before);
    else if (event.event === 'OnAgentStateChange') this.#agentState(event.args, event.time, event.recovered !== true);
  }

  /** Forgets everything and stops its timers. */
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

  /** A consult call has found the contact that it is about. */
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
    // Whoever sees only the agent's own connection does not see the queue before it.
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

  /** What an event of a leg says about its segment. */
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
        segment.recordingBegan(time);
        break;
      case 'OnCallStopRecordingConf':
        segment.recordingEnded(time);
        break;
    }
  }

  /** The agent asks somebody else about the contact; with whom the call ends up is known when it is answered. */
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
    segment.fields = { ...segment.fields, ...readFields(call, this.settings.fields) };
    segment.wrapupData = textOf(call.CallWrapupData) || segment.wrapupData;
    if (segment.skillGroup === undefined) segment.learnSkillGroup(call.SkillGroupNumber);
    segment.journey.fields = { ...segment.journey.fields, ...segment.fields };
    if (segment.caller !== undefined) segment.journey.learnCaller(segment.caller);
    segment.journey.dialed ??= segment.dialed;
  }

  #closed(visit: Visit, reason: EndReason, event: ContactEvent | undefined): void {
    const segment = this.#segments.get(visit);
    if (segment === undefined) return;
    this.#segments.delete(visit);
    const time = event?.time ?? this.deps.clock.now();
    const { source } = visit;
    if (event?.recovered !== true) {
      segment.endedAt = time;
      segment.reason = reason === 'ended' && segment.hasPassedOn(time) ? 'transferred' : reason;
    }
    if (source !== undefined) this.#learn(segment, source, event && { ...event, event: 'OnCallDataUpdate' }, false);
    const direction = directionOf(segment.type, contactData(source, undefined));
    const write = (wrapupMs: number | undefined) => this.#writeSegment(segment, direction, wrapupMs);
    if (event?.recovered) this.#lost.add(write);
    else this.#wrapUps.ended(agentKey(visit.agent), segment.answered ?? foundAt(segment), write);
  }

  #writeSegment(segment: Segment, direction: Direction, wrapupMs: number | undefined): void {
    const { journey, visit } = segment;
    this.#byAgent.get(agentKey(visit.agent))?.delete(segment);
    const record = segmentRecord(segment, direction, wrapupMs, this.deps.clock.now());
    journey.segments.delete(segment);
    journey.records.push(record);
    this.#write(record);
    this.#journeys.check(journey);
  }

  #over(journey: Journey, part: number): void {
    const { agents } = this.settings;
    const limited = agents !== undefined && agents.length > 0;
    if (journey.records.length === 0 && (limited || !journey.wanted)) return;
    if (journey.first !== undefined) this.#legs.describe(journey, journey.first);
    const call = contactData(journey.first, undefined);
    const direction = journey.records[0]?.direction ?? directionOf(journey.first?.type, call);
    this.#write(contactRecord(journey, part, direction, this.deps.clock.now()));
  }

  #agentState(args: Args, time: number, seen: boolean): void {
    const id = textOf(args.AgentID);
    const state = numberOf(args.AgentState);
    const medium = numberOf(args.MRDID);
    if (id === undefined || state === undefined || (medium !== undefined && medium !== VOICE)) return;
    const peripheral = numberOf(args.PeripheralID);
    const agent = agentKey({ id, ...(peripheral !== undefined && { peripheral }) });
    const code = numberOf(args.EventReasonCode);
    if (seen && code !== undefined && !NO_REASONS.has(code)) {
      const text = this.deps.reasonText?.(state, code);
      const reason = { time, state, code, ...(text !== undefined && { text }) };
      for (const segment of this.#byAgent.get(agent) ?? []) segment.reasonCodes.push(reason);
    }
    this.#wrapUps.state(agent, state, time, seen);
  }

  /** The session was not connected: what went on meanwhile was not seen. */
  #gap(args: Args): void {
    const from = Date.parse(textOf(args.From) ?? '');
    const to = Date.parse(textOf(args.To) ?? '');
    // A deploy holds events back from nodes; what listens to the session itself misses none.
    if (Number.isNaN(from) || Number.isNaN(to) || args.Reason === 'deploy') return;
    for (const journey of this.#journeys) journey.missed({ from, to });
    for (const segments of this.#byAgent.values())
      for (const segment of segments)
        if (segment.began < to && (segment.endedAt ?? to) > from) segment.gaps.push({ from, to });
    this.#lost.flush();
  }

  #write(record: CallRecord): void {
    this.#written++;
    this.#outbox.send(record);
  }
}

/** Of a call that was found in progress: its answer was before that. */
function foundAt({ first, began }: Segment): number | undefined {
  return first.found ? began : undefined;
}

/** They carry data of the call. */
const DATA_EVENTS = new Set([
  'OnCallBegin',
  'OnCallDataUpdate',
  'OnCallTransferred',
  'OnCallConferenced',
  'OnSnapshotCallConf',
]);
