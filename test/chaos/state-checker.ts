/**
 * Checks that every session has the actual state once all parts work and are idle. Each function returns the differences
 * as text.
 */

import { type Args, CtiosError } from '../../src/ctios/index.js';
import { OUTBOUND_CALL_TYPES } from '../../src/screenpop/index.js';
import type { CallView, ConnectionView } from '../../src/simulator/model/state/api.js';
import { type Actor, type ChaosWorld, PERIPHERAL, phoneOf } from './chaos-world.js';
import { gaps, lives, order } from './story-checker.js';

/** Properties that change with time, depend on the session, or are reported only by queries. */
const VOLATILE =
  /^(EventTime|StateDuration|MeasuredCallQTime|.*Time$|Monitored|MessageID|NumTasks|AgentMode|MaxTaskLimit|AgentAvailabilityStatus)/;

const OUT: ReadonlySet<unknown> = new Set([undefined, 1, 9]);

interface Real {
  call: CallView;
  connection: ConnectionView;
}

export function examine(world: ChaosWorld): string[] {
  const wrong = [...world.problems.splice(0), ...world.bed.simulator.run('check').violations];
  const real = connections(world);
  for (const actor of world.actors) {
    const tell = (problems: Iterable<string>) => {
      for (const each of problems) wrong.push(`${actor.name}: ${each}`);
    };
    const { status } = actor.session;
    if (status.state !== 'ready' || !status.online) {
      tell([`is not ready: ${status.state} ${status.reason ?? ''}`]);
      continue;
    }
    // The only permitted errors: a setting from before a gap was refused when it was repeated after the gap.
    tell(actor.errors.filter((error) => !isRefusal(error)).map((error) => `error ${String(error)}`));
    tell(lives(actor.events, actor.role !== 'everything' && actor.role !== 'agent'));
    tell(order(actor.events));
    // Over a network there are two kinds of gaps, and the servers of a pair have theirs at different times.
    if (actor.role === 'everything' && actor.access === 'in process') tell(gaps(actor.events));
    tell(calls(actor, real, world));
    tell(agents(actor, world));
    tell(currentCall(actor));
  }
  tellRequests(world, wrong);
  tellPops(world, wrong);
  return wrong;
}

function isRefusal(error: unknown): boolean {
  return error instanceof CtiosError && error.cause.outcome !== undefined;
}

function connections({ bed }: ChaosWorld): Map<string, Real> {
  const real = new Map<string, Real>();
  for (const call of bed.simulator.center.calls()) {
    for (const connection of call.connections) {
      if (connection.kind !== 'agentPhone') continue;
      real.set(`call.${call.peripheralId}.${call.callId}.${connection.deviceId}`, { call, connection });
    }
  }
  return real;
}

function* calls(actor: Actor, real: Map<string, Real>, world: ChaosWorld): Iterable<string> {
  const own = actor.agentId === undefined ? undefined : seatOf(actor.agentId, world);
  for (const [id, known] of actor.session.calls) {
    const is = real.get(id);
    if (is === undefined) yield `${id} is gone, the session still has it`;
    else if (own !== undefined && !known.monitored && is.connection.deviceId !== own) yield `${id} is not its own`;
    else if (actor.role !== 'filtered') yield* differences(id, known.properties(), is);
  }
  // An agent who is logged out has no phone, but calls that were known before continue there.
  if (actor.role === 'filtered' || (own && actor.session.currentAgent?.properties().AgentState === 1)) return;
  const seats = new Set<string | undefined>();
  for (const { loggedIn, peripheralId, instrument } of world.bed.simulator.center.agents())
    if (loggedIn) seats.add(`${peripheralId}.${instrument}`);
  for (const [id, { call, connection }] of real) {
    if (own !== undefined && (connection.deviceId !== own || call.peripheralId !== PERIPHERAL)) continue;
    // A snapshot queries the phones of logged-in agents only. Calls at other phones appear with their next event.
    if (world.faultsOccurred && !seats.has(`${call.peripheralId}.${connection.deviceId}`)) continue;
    if (!actor.session.calls.has(id)) yield `${id} is there in state ${connection.state}, the session does not know`;
  }
}

/** The phone that the agent uses or used last, which may be a colleague's. */
function seatOf(agentId: string, { bed }: ChaosWorld): string {
  return bed.simulator.center.agent(PERIPHERAL, agentId)?.instrument || phoneOf(agentId);
}

function* differences(id: string, known: Readonly<Args>, { call, connection }: Real): Iterable<string> {
  if (known.CallStatus !== connection.state && connection.state !== 6)
    yield `${id} is in state ${connection.state}, the session thinks ${known.CallStatus}`;
  const { data } = call;
  const expected: Record<string, string | undefined> = {
    ANI: data.ani,
    DNIS: data.dnis,
    CallWrapupData: data.wrapupData,
  };
  data.variables.forEach((value, index) => {
    expected[`CallVariable${index + 1}`] = value;
  });
  for (const [keyword, value] of Object.entries(expected)) {
    if ((known[keyword] ?? '') !== (value ?? ''))
      yield `${id} has ${keyword} "${value ?? ''}", the session thinks "${known[keyword] ?? ''}"`;
  }
  const ecc = (known.ECC ?? {}) as Record<string, unknown>;
  for (const [name, value] of data.named) {
    if (value !== '' && ecc[name] !== value && known[name] !== value)
      yield `${id} has ${name} "${value}", the session thinks "${ecc[name] ?? known[name]}"`;
  }
}

function* agents(actor: Actor, { bed }: ChaosWorld): Iterable<string> {
  if (actor.role === 'filtered') return;
  for (const agent of bed.simulator.center.agents()) {
    if (actor.agentId !== undefined && (agent.agentId !== actor.agentId || agent.peripheralId !== PERIPHERAL)) continue;
    const known = actor.session.agents.get(`agent.${agent.peripheralId}.${agent.agentId}`)?.properties();
    // A snapshot does not include logged-out agents: an agent who logged out in a gap is logged out or unknown.
    if (!agent.loggedIn && OUT.has(known?.AgentState)) continue;
    if (known?.AgentState !== agent.state)
      yield `agent ${agent.agentId} is in state ${agent.state}, the session thinks ${known?.AgentState}`;
    else if (agent.loggedIn && known.AgentInstrument !== agent.instrument)
      yield `agent ${agent.agentId} is at ${agent.instrument}, the session thinks ${known.AgentInstrument}`;
  }
}

function* currentCall({ session, agentId }: Actor): Iterable<string> {
  if (agentId === undefined) return;
  const own = [...session.calls.values()].filter((call) => !call.monitored);
  const current = session.currentCall;
  if (current !== undefined && !own.includes(current)) yield `its current call ${current.uniqueObjectID} is not there`;
  if (own.length === 1 && current !== own[0]) yield `its only call is not its current call`;
}

/** Checks that each request has ended exactly once. */
function tellRequests(world: ChaosWorld, wrong: string[]): void {
  for (const { by, request, outcome, code } of world.asked.splice(0)) {
    if (outcome === undefined) wrong.push(`${request} of ${by} has not ended`);
    if (outcome === 'unknown' && !world.faultsOccurred && code !== 'CTIOS_ANSWER_TIMEOUT')
      wrong.push(`${request} of ${by} ended unknown (${code}), and nothing was wrong`);
    if (code === 'CTIOS_INTERNAL') wrong.push(`${request} of ${by} met a bug`);
  }
}

function tellPops(world: ChaosWorld, wrong: string[]): void {
  const keys = new Set<string>();
  const counted = new Map<string, number>();
  for (const pop of world.pops) {
    if (keys.has(pop.key)) wrong.push(`${pop.key} pops twice`);
    keys.add(pop.key);
    // A campaign's reservation and its customer's call are two rings and one pop: what rang is counted for the others.
    if (OUTBOUND_CALL_TYPES.includes(pop.call.type ?? 0)) continue;
    const name = `${world.faultsOccurred ? world.visits.routed(pop.journey) : pop.journey}/${pop.agent.id}`;
    counted.set(name, (counted.get(name) ?? 0) + 1);
  }
  const ended = new Set<string>();
  for (const end of world.ends) {
    if (ended.has(end.key)) wrong.push(`${end.key} ends twice`);
    if (!keys.has(end.key)) wrong.push(`${end.key} ends and never popped`);
    ended.add(end.key);
  }
  if (world.pops.length - world.ends.length !== world.openPops)
    wrong.push(`${world.pops.length} pops, ${world.ends.length} ends, ${world.openPops} open`);
  for (const [name, count] of counted) {
    const really = world.visits.rung.get(name) ?? 0;
    const unseen = world.faultsOccurred ? (world.visits.unseen.get(name) ?? 0) : 0;
    if (count > really + (world.visits.unsure.get(name) ?? 0) + unseen)
      wrong.push(`${name} popped ${count} times, the phone rang for ${really}`);
  }
  if (world.faultsOccurred) return;
  for (const [name, really] of world.visits.rung) {
    const count = counted.get(name) ?? 0;
    if (count < really - (world.visits.unsure.get(name) ?? 0))
      wrong.push(`${name} popped ${count} times, the phone rang for ${really}`);
  }
}

/** Checks that a new session receives the same state that the existing sessions have. */
export function compare(old: Actor, fresh: Actor): string[] {
  const wrong: string[] = [];
  for (const [kind, known, told] of [
    ['call', old.session.calls, fresh.session.calls],
    ['agent', old.session.agents, fresh.session.agents],
  ] as const) {
    for (const id of told.keys()) if (!known.has(id)) wrong.push(`${old.name} does not know ${kind} ${id}`);
    for (const [id, object] of known) {
      const other = told.get(id)?.properties();
      if (other === undefined) {
        const out = old.session.currentAgent?.properties().AgentState === 1;
        if (kind === 'call' && !out) wrong.push(`a newcomer is not told of ${id}, which ${old.name} knows`);
        continue;
      }
      const mine = object.properties();
      for (const keyword of Object.keys(other)) {
        // After a transfer, an agent who keeps talking has the state of another group, which only a query reports.
        if (keyword.startsWith('SkillGroup[')) continue;
        if (keyword === 'EnablementMask' && old.agentId === undefined) continue;
        if (old.session.status.side === 'B' && mayDiffer(keyword, mine, other)) continue;
        if (VOLATILE.test(keyword) || JSON.stringify(mine[keyword]) === JSON.stringify(other[keyword])) continue;
        wrong.push(
          `${id}: ${keyword} is ${JSON.stringify(mine[keyword])} for ${old.name}, ${JSON.stringify(other[keyword])} for a newcomer`,
        );
      }
    }
  }
  return wrong;
}

/** Data of a call that its events have, and no snapshot: a server that missed the events does not know them. */
const ONLY_IN_EVENTS =
  /^(RouterCallKeySequenceNumber|Service(Number|ID)|SkillGroup(Number|ID|Priority)|Trunk(Group)?Number)$/;

/** Differences that are permitted between the servers of a pair. */
function mayDiffer(keyword: string, mine: Readonly<Args>, other: Readonly<Args>): boolean {
  // Only the server that received the request knows the purpose of a consultation.
  if (keyword === 'EnablementMask') return true;
  if (ONLY_IN_EVENTS.test(keyword) && mine.CallType !== undefined)
    return mine[keyword] === undefined || other[keyword] === undefined;
  // No query reports the reason code of a state: it is 0 at a server that missed the change.
  // No event reports the groups of a logged-out agent.
  if (keyword === 'NumSkillGroups') return mine.AgentState === other.AgentState && OUT.has(mine.AgentState);
  return keyword === 'EventReasonCode' && (mine[keyword] === 0 || other[keyword] === 0);
}
