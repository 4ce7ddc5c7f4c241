import { DAY_MS } from '../../../common/durations.js';
import type { SimulatedStatistics } from '../state/api.js';
import { CallKind, Direction, State } from '../state/codes.js';
import type { SwitchContext } from '../state/context.js';
import type { Route, SimulatedAgent, SimulatedConnection, SimulatedSkillGroup } from '../state/entities.js';
import type { AgentStateNumber } from '../state/events/values.js';
import { groupState } from '../state/group-state.js';
import type { SkillGroupQueues } from '../state/skill-group-queues.js';
import { IntervalCounters, type Metric, metrics } from './interval-counters.js';

const FIVE_MINUTES = 5 * 60_000;
const HALF_HOUR = 30 * 60_000;

const queueMetrics: readonly Metric[] = ['CallsQ', 'CallsQTime', 'LongestCallQ'];
const agentOnly: readonly Metric[] = ['ICMAvailableTime', 'RoutableTime', 'InternalCalls', 'InternalCallsTime'];
const agentMetrics = metrics.filter((each) => !queueMetrics.includes(each));
const groupMetrics = metrics.filter((each) => !agentOnly.includes(each));

/** Which times run in which state. */
const timesOf = (state: AgentStateNumber): readonly Metric[] => {
  if (state === State.logout || state === State.unknown) return [];
  if (state === State.notReady) return ['LoggedOnTime', 'NotReadyTime'];
  if (state === State.available) return ['LoggedOnTime', 'RoutableTime', 'AvailTime', 'ICMAvailableTime'];
  return ['LoggedOnTime', 'RoutableTime'];
};

/**
 * Counts what agents and skill groups do, under the names of the protocol's statistics. Calls are counted when their
 * after-call work is done, states when they end.
 */
export class StatisticsKeeper {
  #agents = new Map<SimulatedAgent, { session: IntervalCounters; today: IntervalCounters }>();
  #groups = new Map<
    SimulatedSkillGroup,
    { to5: IntervalCounters; toHalf: IntervalCounters; today: IntervalCounters }
  >();

  constructor(
    private readonly context: SwitchContext,
    private readonly queues: SkillGroupQueues,
  ) {}

  loggedIn(agent: SimulatedAgent): void {
    this.#ofAgent(agent).session.restart(this.context.clock.now());
  }

  loggedOut(agent: SimulatedAgent): void {
    this.count(agent);
  }

  /** A state ends: its time is counted. */
  stateEnds(agent: SimulatedAgent, now: number): void {
    for (const metric of timesOf(agent.state)) {
      for (const counters of this.#countersOf(agent)) counters.addSpan(metric, agent.since, now);
      for (const group of this.#groupsOf(agent))
        for (const counters of this.#countersOfGroup(group)) counters.addSpan(metric, agent.groupsSince, now);
    }
    agent.groupsSince = now;
  }

  /**
   * Runs a change of skills between two time spans: earlier time counts for the old groups, later time for the new
   * ones.
   */
  skillsChange(agent: SimulatedAgent, change: () => void): void {
    const now = this.context.clock.now();
    for (const metric of timesOf(agent.state))
      for (const group of this.#groupsOf(agent))
        for (const counters of this.#countersOfGroup(group)) counters.addSpan(metric, agent.groupsSince, now);
    change();
    agent.groupsSince = now;
  }

  /** A connection is over: it is counted when the agent has finished it. */
  over(connection: SimulatedConnection): void {
    if (connection.agent !== undefined && connection.establishedAt !== undefined && connection.silentMonitor !== 2)
      connection.agent.uncounted.push(connection);
  }

  /** Counts an agent's finished calls. After-call work counts for the call that caused it. */
  count(agent: SimulatedAgent): void {
    if (agent.uncounted.length === 0) return;
    const now = this.context.clock.now();
    for (const connection of agent.uncounted.splice(0)) {
      const worked = agent.wrapup?.connection === connection ? agent.workedMs : 0;
      const group = this.#groupOf(agent, connection);
      const counters = [...this.#countersOf(agent), ...(group === undefined ? [] : this.#countersOfGroup(group))];
      for (const [metric, amount] of measures(connection, worked))
        for (const each of counters) each.add(metric, amount, now);
    }
    agent.workedMs = 0;
  }

  /** A call left the queue. */
  waited(route: Route): void {
    const now = this.context.clock.now();
    const waited = now - route.enqueuedAt;
    for (const counters of this.#countersOfGroup(route.group)) {
      counters.add('CallsQ', 1, now);
      counters.add('CallsQTime', waited, now);
      counters.most('LongestCallQ', waited, now);
    }
  }

  /** The 84 values of QUERY_AGENT_STATISTICS_CONF. */
  ofAgent(agent: SimulatedAgent): SimulatedStatistics {
    const now = this.context.clock.now();
    const { session, today } = this.#ofAgent(agent);
    const values: Record<string, number> = {};
    const running = timesOf(agent.state);
    for (const [suffix, counters] of [
      ['Session', session],
      ['Today', today],
    ] as const)
      for (const metric of agentMetrics)
        values[metric + suffix] = counters.read(
          metric,
          now,
          running.includes(metric) ? counters.open(agent.since, now) : 0,
        );
    return values;
  }

  /** The 145 values of QUERY_SKILL_GROUP_STATISTICS_CONF. */
  ofGroup(group: SimulatedSkillGroup): SimulatedStatistics {
    const now = this.context.clock.now();
    const values: Record<string, number> = { ...this.#rightNow(group, now) };
    const { to5, toHalf, today } = this.#ofGroup(group);
    for (const [suffix, queueSuffix, counters] of [
      ['To5', '5', to5],
      ['ToHalf', 'Half', toHalf],
      ['Today', 'Today', today],
    ] as const) {
      const open = new Map<Metric, number>();
      for (const agent of group.members)
        if (this.#groupsOf(agent).includes(group))
          for (const metric of timesOf(agent.state))
            open.set(metric, (open.get(metric) ?? 0) + counters.open(agent.groupsSince, now));
      for (const metric of groupMetrics)
        values[metric + (queueMetrics.includes(metric) ? queueSuffix : suffix)] = counters.read(
          metric,
          now,
          open.get(metric),
        );
    }
    return values;
  }

  #rightNow(group: SimulatedSkillGroup, now: number): Record<string, number> {
    const counts = new Map<AgentStateNumber, number>();
    const talking = { in: 0, out: 0, other: 0 };
    let loggedOn = 0;
    for (const agent of group.members) {
      if (!agent.loggedIn || !this.#groupsOf(agent).includes(group)) continue;
      loggedOn++;
      const state = groupState(agent, group.number);
      counts.set(state, (counts.get(state) ?? 0) + 1);
      if (state !== State.talking) continue;
      if (agent.direction === Direction.in) talking.in++;
      else if (agent.direction === Direction.out) talking.out++;
      else talking.other++;
    }
    const of = (state: AgentStateNumber) => counts.get(state) ?? 0;
    let oldest = now;
    let queuedMs = 0;
    for (const route of this.queues.waiting(group)) {
      oldest = Math.min(oldest, route.enqueuedAt);
      queuedMs += now - route.enqueuedAt;
    }
    const queued = this.queues.waitingCount(group);
    const longest = Math.floor((now - oldest) / 1000);
    return {
      AgentsLoggedOn: loggedOn,
      AgentsAvail: of(State.available),
      AgentsNotReady: of(State.notReady),
      AgentsReady: loggedOn - of(State.notReady),
      AgentsTalkingIn: talking.in,
      AgentsTalkingOut: talking.out,
      AgentsTalkingOther: talking.other,
      AgentsWorkNotReady: of(State.workNotReady),
      AgentsWorkReady: of(State.workReady),
      AgentsBusyOther: of(State.busyOther),
      AgentsReserved: of(State.reserved),
      AgentsHold: of(State.hold),
      AgentsICMAvailable: of(State.available),
      AgentsApplicationAvailable: 0,
      AgentsTalkingAutoOut: 0,
      AgentsTalkingPreview: 0,
      AgentsTalkingReservation: 0,
      RouterCallsQNow: queued,
      LongestRouterCallQNow: longest,
      CallsQNow: queued,
      CallsQTimeNow: Math.floor(queuedMs / 1000),
      LongestCallQNow: longest,
    };
  }

  /** A call without a skill group counts for the agent's first one. */
  #groupOf(agent: SimulatedAgent, connection: SimulatedConnection): SimulatedSkillGroup | undefined {
    const number = connection.skillGroup?.number ?? agent.skills[0]?.skillGroupNumber;
    return number === undefined ? undefined : this.#peripheral(agent)?.groups.get(number);
  }

  #groupsOf(agent: SimulatedAgent): SimulatedSkillGroup[] {
    const groups: SimulatedSkillGroup[] = [];
    for (const skill of agent.skills) {
      const group = this.#peripheral(agent)?.groups.get(skill.skillGroupNumber);
      if (group !== undefined) groups.push(group);
    }
    return groups;
  }

  #peripheral(agent: SimulatedAgent) {
    return this.context.world.peripherals.get(agent.config.peripheralId);
  }

  #countersOf(agent: SimulatedAgent): IntervalCounters[] {
    const { session, today } = this.#ofAgent(agent);
    return [session, today];
  }

  #countersOfGroup(group: SimulatedSkillGroup): IntervalCounters[] {
    const { to5, toHalf, today } = this.#ofGroup(group);
    return [to5, toHalf, today];
  }

  #ofAgent(agent: SimulatedAgent) {
    let counters = this.#agents.get(agent);
    if (counters === undefined) {
      const now = this.context.clock.now();
      counters = {
        session: new IntervalCounters(Number.POSITIVE_INFINITY, now),
        today: new IntervalCounters(DAY_MS, now),
      };
      this.#agents.set(agent, counters);
    }
    return counters;
  }

  #ofGroup(group: SimulatedSkillGroup) {
    let counters = this.#groups.get(group);
    if (counters === undefined) {
      const now = this.context.clock.now();
      counters = {
        to5: new IntervalCounters(FIVE_MINUTES, now),
        toHalf: new IntervalCounters(HALF_HOUR, now),
        today: new IntervalCounters(DAY_MS, now),
      };
      this.#groups.set(group, counters);
    }
    return counters;
  }
}

/** What one finished connection adds to the counters, in milliseconds and counts. */
function measures(connection: SimulatedConnection, workedMs: number): readonly (readonly [Metric, number])[] {
  const { talkMs, holdMs, callType } = connection;
  const whole = talkMs + holdMs;
  // In a barge-in, the leg that lets the supervisor in counts for no call. (The supervisor's own may have become an
  // incoming
  // one by then: it joined a customer's.)
  if (callType === CallKind.bargeIn) return connection.direction === Direction.otherOut ? [] : [['BargeInCalls', 1]];
  if (callType === CallKind.intercept) return [['InterceptCalls', 1]];
  if (callType === CallKind.monitor) return [['MonitorCalls', 1]];
  if (callType === CallKind.whisper) return [['WhisperCalls', 1]];
  const emergency: [Metric, number][] =
    callType === CallKind.emergency && connection.direction === Direction.otherOut ? [['EmergencyCalls', 1]] : [];
  const held = connection.holds > 0 ? 1 : 0;
  switch (connection.direction) {
    case Direction.in:
      return [
        ['HandledCalls', 1],
        ['HandledCallsTalkTime', talkMs],
        ['HandledCallsAfterCallTime', workedMs],
        ['HandledCallsTime', whole + workedMs],
        ['IncomingCallsHeld', held],
        ['IncomingCallsHeldTime', holdMs],
      ];
    case Direction.out:
      return [
        ['AgentOutCalls', 1],
        ['AgentOutCallsTalkTime', talkMs],
        ['AgentOutCallsTime', whole + workedMs],
        ['AgentOutCallsHeld', held],
        ['AgentOutCallsHeldTime', holdMs],
      ];
    case Direction.preview:
      return [
        ['PreviewCalls', 1],
        ['PreviewCallsTalkTime', talkMs],
        ['PreviewCallsTime', whole + workedMs],
        ['PreviewCallsHeld', held],
        ['PreviewCallsHeldTime', holdMs],
      ];
    case Direction.otherOut:
      return [
        ...emergency,
        ['InternalCalls', 1],
        ['InternalCallsTime', whole],
        ['InternalCallsHeld', held],
        ['InternalCallsHeldTime', holdMs],
      ];
    default:
      return [
        ['InternalCallsRcvd', 1],
        ['InternalCallsRcvdTime', whole],
        ['InternalCallsHeld', held],
        ['InternalCallsHeldTime', holdMs],
      ];
  }
}
