/**
 * The expected statistics of a contact center, computed only from its events: a journal of agents and calls, summed up
 * for any period at any time. It shares no code with the simulator's own counters, which keep running totals.
 */
import { AgentState, CallType, LineType, LocalConnectionState } from '../../src/ged188/index.js';
import type { TelephonyEvent, TelephonyListener } from '../../src/simulator/model/state/types.js';

type AgentFacts = Extract<TelephonyEvent, { kind: 'agentState' }>['agent'];
type CallEvent = Extract<TelephonyEvent, { views: unknown }>;
type View = CallEvent['views'][number];

const { LCS_INITIATE: INITIATE, LCS_ALERTING: ALERTING, LCS_CONNECT: CONNECT, LCS_HOLD: HOLD } = LocalConnectionState;
const {
  AGENT_STATE_LOGOUT: LOGOUT,
  AGENT_STATE_NOT_READY: NOT_READY,
  AGENT_STATE_AVAILABLE: AVAILABLE,
  AGENT_STATE_TALKING: TALKING,
  AGENT_STATE_WORK_NOT_READY: WORK_NOT_READY,
  AGENT_STATE_WORK_READY: WORK_READY,
} = AgentState;
const {
  CALLTYPE_EMERGENCY: EMERGENCY,
  CALLTYPE_SUPERVISOR_MONITOR: MONITOR,
  CALLTYPE_SUPERVISOR_BARGEIN: BARGE_IN,
  CALLTYPE_SUPERVISOR_INTERCEPT: INTERCEPT,
} = CallType;
const PREVIEWS: ReadonlySet<number> = new Set([
  CallType.RESERVATION_PREVIEW,
  CallType.RESERVATION_PREVIEW_DIRECT,
  CallType.CUSTOMER_PREVIEW,
  CallType.CUSTOMER_PREVIEW_DIRECT,
]);
const { LINETYPE_INBOUND_ACD: INBOUND_ACD, LINETYPE_OUTBOUND_ACD: OUTBOUND_ACD } = LineType;
const IN_WORK: ReadonlySet<number> = new Set([WORK_NOT_READY, WORK_READY]);
/** States in which an agent has finished the previous calls. */
const AT_REST: ReadonlySet<number> = new Set([LOGOUT, NOT_READY, AVAILABLE]);

/** A phone's part in a call. It counts for the agent at the phone when it ends. */
interface Leg {
  agentId: string | undefined;
  began: number;
  callType: number;
  lineType: number;
  skillGroup: number | undefined;
  /** The group of the call that this one was joined to. */
  joined: number | undefined;
  state: number;
  since: number;
  talked: number;
  held: number;
  holds: number;
  answered: boolean;
}

interface Span {
  state: number;
  from: number;
  to: number;
  groups: readonly number[];
}

interface Entry {
  at: number;
  group: number | undefined;
  amounts: Readonly<Record<string, number>>;
}

interface AgentBook {
  facts: AgentFacts;
  since: number;
  loggedInAt: number;
  spans: Span[];
  entries: Entry[];
  finished: Leg[];
  /** The leg that wrap-up belongs to: the last incoming call that was answered, otherwise the first call. */
  wrapup: Leg | undefined;
  worked: number;
}

export class StatisticsOracle {
  readonly #agents = new Map<string, AgentBook>();
  /** By call id and device. */
  readonly #legs = new Map<string, Leg>();
  /** In order of their beginning. */
  readonly #atPhone = new Map<string, Leg[]>();
  /** When a call entered the queue of a group. */
  readonly #queued = new Map<string, { group: number; at: number }>();
  readonly #waits: { group: number; at: number; waited: number }[] = [];
  /** Kinds of calls that were counted. */
  readonly seen = new Set<string>();

  readonly listen: TelephonyListener = (event) => {
    if (event.kind === 'agentState') this.#agentState(event.agent, event.time);
    else if ('views' in event) this.#callEvent(event);
  };

  // --- Events ---

  #agentState(facts: AgentFacts, now: number): void {
    let book = this.#agents.get(facts.agentId);
    if (book === undefined) {
      const empty = { spans: [], entries: [], finished: [], wrapup: undefined, worked: 0 };
      book = { facts: { ...facts, state: LOGOUT as AgentFacts['state'] }, since: now, loggedInAt: now, ...empty };
      this.#agents.set(facts.agentId, book);
    }
    const { state } = book.facts;
    book.spans.push({ state, from: book.since, to: now, groups: groupsOf(book.facts) });
    if (IN_WORK.has(state)) book.worked += now - book.since;
    if (state === LOGOUT && facts.state !== LOGOUT) book.loggedInAt = now;
    book.facts = facts;
    book.since = now;
    if (AT_REST.has(facts.state)) this.#count(book, now);
  }

  #count(book: AgentBook, now: number): void {
    for (const leg of book.finished.splice(0)) {
      const work = leg === book.wrapup ? book.worked : 0;
      const amounts = amountsOf(leg, work);
      for (const name in amounts) this.seen.add(name);
      const group = leg.skillGroup ?? groupsOf(book.facts)[0];
      book.entries.push({ at: now, group, amounts });
    }
    book.worked = 0;
    book.wrapup = undefined;
  }

  #callEvent(event: CallEvent): void {
    if (event.kind === 'callQueued' || event.kind === 'callDequeued') this.#queue(event);
    if (event.kind === 'callDataUpdate') this.#rename(event.connection, event.newConnection);
    for (const view of event.views) {
      const key = `${view.callId}/${view.deviceId}`;
      if (event.kind === 'callBegin' && view.kind === 'agentPhone') this.#begin(key, view, event.time);
      const leg = this.#legs.get(key);
      if (leg === undefined) continue;
      leg.agentId = view.agentId;
      leg.callType = view.callType;
      leg.lineType = view.lineType;
      if ('skillGroup' in event) this.#skillGroup(event, view, leg);
      if (kindOf(leg) === 'in') leg.skillGroup ??= leg.joined;
      enter(leg, view.state, event.time);
      this.#talksOn(view);
      if (event.kind === 'callEnd') this.#end(key, leg, view, event.time);
    }
  }

  /** The router sends a call for a group; a transfer or conference takes over the group it had. */
  #skillGroup(event: Extract<CallEvent, { skillGroup?: unknown }>, view: View, leg: Leg): void {
    const group = event.skillGroup?.number;
    if (event.kind === 'callTransferred' || event.kind === 'callConferenced') leg.joined = group;
    else if (event.connection.deviceId === view.deviceId) leg.skillGroup ??= group;
  }

  #begin(key: string, { agentId, deviceId, callType, lineType, state }: View, now: number): void {
    const leg: Leg = {
      agentId,
      began: state,
      callType,
      lineType,
      skillGroup: undefined,
      joined: undefined,
      state,
      since: now,
      talked: 0,
      held: 0,
      holds: 0,
      answered: false,
    };
    // A monitored party does not count as talking.
    if (callType === MONITOR && state === CONNECT) return;
    this.#legs.set(key, leg);
    const legs = this.#atPhone.get(deviceId);
    if (legs === undefined) this.#atPhone.set(deviceId, [leg]);
    else legs.push(leg);
  }

  #rename(old: { callId: number; deviceId: string }, now: { callId: number; deviceId: string }): void {
    for (const [key, waiting] of [...this.#queued]) {
      if (old.callId === now.callId || !key.startsWith(`${old.callId}/`)) continue;
      this.#queued.delete(key);
      this.#queued.set(`${now.callId}/${waiting.group}`, waiting);
    }
    const leg = this.#legs.get(`${old.callId}/${old.deviceId}`);
    if (leg === undefined || old.callId === now.callId) return;
    this.#legs.delete(`${old.callId}/${old.deviceId}`);
    this.#legs.set(`${now.callId}/${now.deviceId}`, leg);
  }

  #talksOn({ agentId, deviceId }: View): void {
    const book = agentId === undefined ? undefined : this.#agents.get(agentId);
    const talking = this.#atPhone.get(deviceId)?.find((leg) => leg.state === CONNECT);
    if (book === undefined || talking === undefined) return;
    if (book.wrapup === undefined || kindOf(talking) === 'in') book.wrapup = talking;
  }

  #end(key: string, leg: Leg, { deviceId }: View, now: number): void {
    enter(leg, 0, now);
    this.#legs.delete(key);
    const legs = this.#atPhone.get(deviceId)!;
    legs.splice(legs.indexOf(leg), 1);
    if (leg.answered && leg.agentId !== undefined) this.#agents.get(leg.agentId)!.finished.push(leg);
  }

  #queue(event: Extract<TelephonyEvent, { kind: 'callQueued' | 'callDequeued' }>): void {
    const group = Number(event.queue.id);
    const key = `${event.callId}/${group}`;
    const waiting = this.#queued.get(key);
    if (event.kind === 'callQueued') {
      if (waiting === undefined) this.#queued.set(key, { group, at: event.time });
      return;
    }
    if (waiting === undefined || !this.#queued.delete(key)) return;
    this.#waits.push({ group, at: event.time, waited: event.time - waiting.at });
  }

  // --- Sums ---

  /** The values of an agent, as far as any event here can change them. */
  ofAgent(agentId: string, now: number): Record<string, number> {
    const book = this.#agents.get(agentId)!;
    const values: Record<string, number> = {};
    for (const [suffix, from] of [
      ['Session', book.loggedInAt],
      ['Today', startOf(now, 24 * 3_600_000)],
    ] as const) {
      const sums = new Sums();
      for (const span of [...book.spans, { state: book.facts.state, from: book.since, to: now }]) {
        for (const name of timesOf(span.state)) sums.add(name, overlap(span, from, now));
      }
      for (const entry of book.entries) if (entry.at >= from) sums.addAll(entry.amounts);
      sums.into(values, suffix);
    }
    return values;
  }

  ofGroup(group: number, now: number): Record<string, number> {
    const values = this.#rightNow(group, now);
    for (const [suffix, queueSuffix, period] of [
      ['To5', '5', 300_000],
      ['ToHalf', 'Half', 1_800_000],
      ['Today', 'Today', 24 * 3_600_000],
    ] as const) {
      const from = startOf(now, period);
      const sums = new Sums();
      for (const book of this.#agents.values()) {
        const current = { state: book.facts.state, from: book.since, to: now, groups: groupsOf(book.facts) };
        for (const span of [...book.spans, current]) {
          if (!span.groups.includes(group)) continue;
          for (const name of timesOf(span.state)) sums.add(name, overlap(span, from, now));
        }
        for (const each of book.entries) if (each.at >= from && each.group === group) sums.addAll(each.amounts);
      }
      sums.into(values, suffix);
      const waits = this.#waits.filter((each) => each.group === group && each.at >= from).map(({ waited }) => waited);
      values[`CallsQ${queueSuffix}`] = waits.length;
      values[`CallsQTime${queueSuffix}`] = seconds(waits.reduce((sum, each) => sum + each, 0));
      values[`LongestCallQ${queueSuffix}`] = seconds(Math.max(0, ...waits));
    }
    return values;
  }

  #rightNow(group: number, now: number): Record<string, number> {
    const there = [...this.#agents.values()]
      .map(({ facts }) => facts)
      .filter((facts) => facts.state !== LOGOUT && groupsOf(facts).includes(group));
    const stateIn = (facts: AgentFacts) => facts.skillGroups.find((each) => each.number === group)!.state;
    const inState = (state: number) => there.filter((facts) => stateIn(facts) === state).length;
    const talking = (...directions: number[]) =>
      there.filter((facts) => stateIn(facts) === TALKING && directions.includes(facts.direction)).length;
    const waits = [...this.#queued.values()].filter((each) => each.group === group).map(({ at }) => now - at);
    const longest = seconds(Math.max(0, ...waits));
    return {
      AgentsLoggedOn: there.length,
      AgentsAvail: inState(AVAILABLE),
      AgentsICMAvailable: inState(AVAILABLE),
      AgentsNotReady: inState(NOT_READY),
      AgentsReady: there.length - inState(NOT_READY),
      AgentsTalkingIn: talking(1),
      AgentsTalkingOut: talking(2),
      AgentsTalkingOther: inState(TALKING) - talking(1, 2),
      AgentsWorkNotReady: inState(WORK_NOT_READY),
      AgentsWorkReady: inState(WORK_READY),
      AgentsBusyOther: inState(7),
      AgentsReserved: inState(8),
      AgentsHold: inState(10),
      RouterCallsQNow: waits.length,
      LongestRouterCallQNow: longest,
      CallsQNow: waits.length,
      CallsQTimeNow: seconds(waits.reduce((sum, each) => sum + each, 0)),
      LongestCallQNow: longest,
    };
  }
}

const groupsOf = (facts: AgentFacts) => facts.skillGroups.map((each) => each.number);
const seconds = (ms: number) => Math.floor(ms / 1000);
const startOf = (now: number, period: number) => Math.floor(now / period) * period;
const overlap = (span: { from: number; to: number }, from: number, to: number) =>
  Math.max(0, Math.min(span.to, to) - Math.max(span.from, from));

function enter(leg: Leg, state: number, now: number): void {
  if (leg.state === CONNECT) leg.talked += now - leg.since;
  else if (leg.state === HOLD) leg.held += now - leg.since;
  if (state === HOLD && leg.state !== HOLD) leg.holds++;
  if (state === CONNECT) leg.answered = true;
  leg.state = state;
  leg.since = now;
}

function timesOf(state: number): readonly string[] {
  if (state === LOGOUT) return [];
  if (state === NOT_READY) return ['LoggedOnTime', 'NotReadyTime'];
  const routable = ['LoggedOnTime', 'RoutableTime'];
  return state === AVAILABLE ? [...routable, 'AvailTime', 'ICMAvailableTime'] : routable;
}

type Kind = 'in' | 'out' | 'preview' | 'made' | 'received';

function kindOf({ callType, lineType, began }: Leg): Kind {
  if (PREVIEWS.has(callType)) return 'preview';
  if (lineType === INBOUND_ACD) return 'in';
  if (lineType === OUTBOUND_ACD) return 'out';
  return began === INITIATE ? 'made' : 'received';
}

/** The amounts for a finished leg. @param work milliseconds of wrap-up */
function amountsOf(leg: Leg, work: number): Record<string, number> {
  const { callType, began, talked, held } = leg;
  if (callType === BARGE_IN) return began === ALERTING ? { BargeInCalls: 1 } : {};
  if (callType === INTERCEPT) return { InterceptCalls: 1 };
  if (callType === MONITOR) return { MonitorCalls: 1 };
  const whole = talked + held;
  const wasHeld = leg.holds > 0 ? 1 : 0;
  switch (kindOf(leg)) {
    case 'in':
      return {
        HandledCalls: 1,
        HandledCallsTalkTime: talked,
        HandledCallsAfterCallTime: work,
        HandledCallsTime: whole + work,
        IncomingCallsHeld: wasHeld,
        IncomingCallsHeldTime: held,
      };
    case 'out':
    case 'preview': {
      const name = kindOf(leg) === 'out' ? 'AgentOutCalls' : 'PreviewCalls';
      return {
        [name]: 1,
        [`${name}TalkTime`]: talked,
        [`${name}Time`]: whole + work,
        [`${name}Held`]: wasHeld,
        [`${name}HeldTime`]: held,
      };
    }
    case 'made':
      return {
        InternalCalls: 1,
        InternalCallsTime: whole,
        InternalCallsHeld: wasHeld,
        InternalCallsHeldTime: held,
        ...(callType === EMERGENCY ? { EmergencyCalls: 1 } : {}),
      };
    case 'received':
      return {
        InternalCallsRcvd: 1,
        InternalCallsRcvdTime: whole,
        InternalCallsHeld: wasHeld,
        InternalCallsHeldTime: held,
      };
  }
}

/** Counts, and milliseconds for names that end in "Time". */
class Sums {
  readonly #values = new Map<string, number>();

  add(name: string, amount: number): void {
    this.#values.set(name, (this.#values.get(name) ?? 0) + amount);
  }

  addAll(amounts: Readonly<Record<string, number>>): void {
    for (const [name, amount] of Object.entries(amounts)) this.add(name, amount);
  }

  into(values: Record<string, number>, suffix: string): void {
    for (const [name, value] of this.#values) values[name + suffix] = name.endsWith('Time') ? seconds(value) : value;
  }
}
