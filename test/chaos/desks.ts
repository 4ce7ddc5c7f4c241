/** Requests of clients, valid or not: calls, states, supervision, statistics, chat, filters. */

import { type Actor, AGENTS, type ChaosWorld, PERIPHERAL, phoneOf, SUPERVISOR } from './chaos-world.js';
import type { Dice } from './dice.js';
import { aNumber, somebody } from './people.js';

const FILTERS = [
  '',
  'AgentID=1001,1002',
  'MessageID=OnCallBegin,OnCallDelivered,OnCallEnd',
  'MessageID=OnAgentStateChange',
  'CallType=1,2',
  'UniqueObjectID=call.*',
  'ANI=206555*;MessageID=OnCallEstablished',
  'HideSilentMonitorCalls=1',
  'FilterTarget=SkillGroupStats',
] as const;

type Ask = [request: string, options?: { target?: string; args?: Record<string, unknown> }];

const AT_A_CALL = [
  'Answer',
  'Answer',
  'Hold',
  'Retrieve',
  'ClearConnection',
  'Clear',
  'Alternate',
  'Reconnect',
  'Transfer',
  'Conference',
  'Snapshot',
  'StartRecord',
  'StopRecord',
];

function atACall(dice: Dice, target: string | undefined): Ask {
  const to = { DialedNumber: aNumber(dice) };
  const args: Record<string, Record<string, unknown>> = {
    MakeConsultCall: { ...to, ConsultType: 1 + dice.below(2) },
    SingleStepTransfer: to,
    SingleStepConference: to,
    SendDTMFSignal: { DTMFString: '12#' },
    SetCallData: { CallVariable2: `B-${dice.below(99)}`, ECC: { 'user.Tier': dice.pick(['gold', 'tin']) } },
  };
  const request = dice.pick([...AT_A_CALL, ...Object.keys(args)]);
  return [request, { ...(target && { target }), args: args[request] ?? {} }];
}

/** An action suggested by the current situation, so that calls progress. */
function sensible(actor: Actor, dice: Dice): Ask | undefined {
  const calls = [...actor.session.calls.values()].filter((call) => !call.monitored);
  const at = (status: number) => dice.maybe(calls.filter((call) => call.properties().CallStatus === status));
  const [ringing, talking, held] = [at(2), at(3), at(4)];
  if (ringing !== undefined) return ['Answer', { target: ringing.uniqueObjectID }];
  if (talking === undefined) return held && ['Retrieve', { target: held.uniqueObjectID }];
  const target = talking.uniqueObjectID;
  if (held !== undefined) return [dice.pick(['Transfer', 'Conference', 'Alternate', 'Reconnect']), { target }];
  const consult = { DialedNumber: aNumber(dice), ConsultType: 1 + dice.below(2) };
  return dice.pick<Ask>([
    ['MakeConsultCall', { target, args: consult }],
    ['MakeConsultCall', { target, args: consult }],
    ['Hold', { target }],
    ['ClearConnection', { target }],
    ['SingleStepTransfer', { target, args: { DialedNumber: aNumber(dice) } }],
  ]);
}

function asAnAgent(dice: Dice, agentId: string): Ask {
  const target = `agent.${PERIPHERAL}.${agentId}`;
  const identity = { AgentID: agentId, AgentInstrument: phoneOf(agentId), PeripheralID: PERIPHERAL };
  return dice.pick<Ask>([
    ['Login', { target, args: identity }],
    ['Login', { target, args: identity }],
    ['Logout', { target, args: { EventReasonCode: 1 } }],
    ['SetAgentState', { target, args: { AgentState: 3 } }],
    ['SetAgentState', { target, args: { AgentState: 3 } }],
    ['SetAgentState', { target, args: { AgentState: dice.pick([2, 5, 6]), EventReasonCode: dice.below(5) } }],
    ['QueryAgentState', { target }],
    ['MakeCall', { target, args: { DialedNumber: aNumber(dice) } }],
    ['RequestSupervisorAssist', { target }],
    ['MakeEmergencyCall', { target }],
    ['ReportBadCallLine', { target }],
    ['EnableAgentStatistics', { target }],
    ['DisableAgentStatistics', { target }],
    ['SendChatMessage', { target, args: { Distribution: 'agent', Target: somebody(dice), Message: 'hello' } }],
  ]);
}

function asASupervisor(actor: Actor, dice: Dice): Ask {
  const target = `agent.${PERIPHERAL}.${SUPERVISOR}`;
  const AgentReference = `agent.${PERIPHERAL}.${dice.pick(AGENTS)}`;
  const watched = dice.maybe([...actor.session.calls.values()].filter((call) => call.monitored));
  const CallReference = watched?.uniqueObjectID ?? `call.${PERIPHERAL}.1.2001`;
  const supervise = (SupervisoryAction: number): Ask => [
    'SuperviseCall',
    { target, args: { AgentReference: watched?.agentId ?? AgentReference, CallReference, SupervisoryAction } },
  ];
  return dice.pick<Ask>([
    ['RequestAgentTeamList', { target }],
    ['StartMonitoringAllAgentTeams', { target }],
    ['StopMonitoringAllAgentTeams', { target }],
    ['StartMonitoringAgent', { target, args: { AgentReference } }],
    ['StartMonitoringAgent', { target, args: { AgentReference } }],
    ['StopMonitoringAgent', { target, args: { AgentReference } }],
    ['StartMonitoringCall', { target, args: watched === undefined ? {} : { CallReference } }],
    supervise(0),
    supervise(1),
    supervise(3),
    supervise(3),
    supervise(4),
  ]);
}

/** A client sends a request; sometimes twice, sometimes with a short timeout. */
export function deskAsks(world: ChaosWorld, dice: Dice): void {
  const actor = dice.pick(world.actors);
  const [request, options] = whatToAsk(actor, dice);
  const times = {
    ...(dice.chance(0.2) && { linkWaitMs: dice.below(8_000) }),
    ...(dice.chance(0.1) && { answerMs: 1 + dice.below(300) }),
  };
  for (let left = dice.chance(0.1) ? 2 : 1; left > 0; left--) world.ask(actor, request, { ...options, ...times });
}

function whatToAsk(actor: Actor, dice: Dice): Ask {
  const call = dice.maybe([...actor.session.calls.keys()]);
  if (actor.role === 'supervisor' && dice.chance(0.6)) return asASupervisor(actor, dice);
  if (dice.chance(0.45)) {
    const ask = sensible(actor, dice);
    if (ask !== undefined) return ask;
  }
  if (dice.chance(0.4)) return atACall(dice, call);
  const own = actor.agentId;
  return asAnAgent(dice, own === undefined || dice.chance(0.05) ? somebody(dice) : own);
}

/** Changes the filter of a monitor. */
export function filterChanges(world: ChaosWorld, dice: Dice): void {
  const actor = dice.pick(world.actors.filter(({ role }) => role === 'filtered'));
  world.ask(actor, 'SetMessageFilter', { args: { Filter: dice.pick(FILTERS) } });
}
