/** Commands of agents and supervisors. */
import { AgentService, AgentState, numberOf, SupervisoryAction } from '../../ged188/index.js';
import type { AgentStateNumber } from '../model/state/types.js';
import { command } from './command.js';
import { accepted, agentOf, type CommandContext, connectionsAt } from './context.js';

const agent = { type: 'text', required: true, about: 'the agent, by id' } as const;
const reason = { type: 'number', min: 0, max: 65535, about: 'the reason code', fallback: '0' } as const;

/** Names of agent states, as in CTI OS. */
export const agentStateWords = {
  Logout: AgentState.AGENT_STATE_LOGOUT,
  NotReady: AgentState.AGENT_STATE_NOT_READY,
  Available: AgentState.AGENT_STATE_AVAILABLE,
  Talking: AgentState.AGENT_STATE_TALKING,
  WorkNotReady: AgentState.AGENT_STATE_WORK_NOT_READY,
  WorkReady: AgentState.AGENT_STATE_WORK_READY,
  BusyOther: AgentState.AGENT_STATE_BUSY_OTHER,
  Reserved: AgentState.AGENT_STATE_RESERVED,
  Unknown: AgentState.AGENT_STATE_UNKNOWN,
  Hold: AgentState.AGENT_STATE_HOLD,
} as const;

export function agentStateWord(state: number): string {
  return Object.entries(agentStateWords).find(([, value]) => value === state)?.[0] ?? String(state);
}

function setState(
  { center }: CommandContext,
  agentId: string,
  state: AgentStateNumber,
  more: { reasonCode?: number; instrument?: string; supervisorId?: string } = {},
) {
  const { peripheralId, instrument, config } = agentOf(center, agentId);
  accepted(
    center.setAgentState({
      peripheralId,
      instrument: more.instrument ?? (instrument || config.instrument),
      agentId,
      state,
      password: config.password,
      ...(more.reasonCode !== undefined && { reasonCode: more.reasonCode }),
      ...(more.supervisorId !== undefined && { supervisorId: more.supervisorId }),
    }),
  );
  return { state: agentStateWord(agentOf(center, agentId).state) };
}

export const agentCommands = {
  loginAgent: command(
    'agents',
    'An agent logs in.',
    { agent, instrument: { type: 'text', about: 'the phone', fallback: "the agent's own" } },
    (context, args) => setState(context, args.agent, 0, { instrument: args.instrument }),
  ),
  logoutAgent: command('agents', 'An agent logs out.', { agent, reason }, (context, args) => {
    const { state } = agentOf(context.center, args.agent);
    // As at a phone, an agent must be not ready before logging out.
    if (state === AgentState.AGENT_STATE_AVAILABLE) setState(context, args.agent, 2, { reasonCode: args.reason });
    return setState(context, args.agent, 1, { reasonCode: args.reason });
  }),
  setAgentState: command(
    'agents',
    "Changes an agent's state.",
    {
      agent,
      state: {
        type: 'choice',
        required: true,
        choices: ['Available', 'NotReady', 'WorkReady', 'WorkNotReady', 'Logout'],
        about: 'the state asked for',
      },
      reason,
      supervisor: { type: 'text', about: 'the supervisor who asks for it', fallback: 'the agent does' },
    },
    (context, args) =>
      setState(context, args.agent, agentStateWords[args.state], {
        reasonCode: args.reason,
        supervisorId: args.supervisor,
      }),
  ),
  automate: command(
    'agents',
    'Turns automatic answering, talking and wrap-up of agents on or off.',
    {
      agents: { type: 'list', about: 'the agents, by id', fallback: 'all' },
      on: { type: 'boolean', about: 'true: automatic', fallback: 'true' },
    },
    (context, args) => {
      for (const each of args.agents ?? []) agentOf(context.center, each);
      context.automate(args.agents, args.on !== false);
      return {};
    },
  ),
  assist: command('agents', 'An agent asks a supervisor for assistance.', { agent }, ({ center }, args) => {
    const made = accepted(center.supervisorAssist(help(center, args.agent)));
    return { call: made.connection.callId };
  }),
  emergency: command('agents', 'An agent makes an emergency call.', { agent }, ({ center }, args) => {
    const made = accepted(center.emergencyCall(help(center, args.agent)));
    return { call: made.connection.callId };
  }),
  supervise: command(
    'agents',
    "A supervisor acts on an agent's call.",
    {
      supervisor: { type: 'text', required: true, about: 'the supervisor, by agent id' },
      agent,
      action: {
        type: 'choice',
        required: true,
        choices: ['monitor', 'bargeIn', 'intercept', 'clear'],
        about: 'listen, join, take over, or leave',
      },
    },
    ({ center }, args) => {
      const supervisor = agentOf(center, args.supervisor);
      const { peripheralId, agentId, instrument } = agentOf(center, args.agent);
      const { connection } = accepted(
        center.supervise({
          action: actions[args.action],
          peripheralId,
          agentId,
          agentInstrument: instrument,
          supervisorInstrument: supervisor.instrument,
        }),
      );
      return { call: connection.callId };
    },
  ),
  reskill: command(
    'agents',
    'Puts an agent into other skill groups.',
    { agent, skillGroups: { type: 'list', required: true, about: 'skill group numbers, best first' } },
    ({ center }, args) => {
      const { peripheralId, agentId } = agentOf(center, args.agent);
      const skills = args.skillGroups.map((each, index) => ({ skillGroupNumber: Number(each), priority: index + 1 }));
      accepted(center.reskill(peripheralId, agentId, skills));
      return {};
    },
  ),
  moveToTeam: command(
    'agents',
    'Moves an agent to another team, or out of every team.',
    { agent, team: { type: 'number', about: 'the team', fallback: 'none' } },
    ({ center }, args) => {
      const { peripheralId, agentId } = agentOf(center, args.agent);
      accepted(center.moveToTeam(peripheralId, agentId, args.team));
      return {};
    },
  ),
  setAgentServices: command(
    'agents',
    'Gives an agent assistance services, or takes them away.',
    {
      agent,
      answers: { type: 'boolean', about: 'suggested answers', fallback: 'false' },
      transcription: { type: 'boolean', about: 'a transcript of the call', fallback: 'false' },
    },
    ({ center }, args) => {
      const { peripheralId, agentId } = agentOf(center, args.agent);
      const services = [
        ...(args.answers === true ? [AgentService.AGENT_ANSWERS] : []),
        ...(args.transcription === true ? [AgentService.AGENT_CALL_TRANSCRIPTION] : []),
      ];
      accepted(center.setAgentServices(peripheralId, agentId, services));
      return {};
    },
  ),
  agents: command('agents', 'Lists the agents and their states.', {}, ({ center }) => ({
    agents: [...center.agents()].map((each) => ({
      agent: each.agentId,
      name: `${each.config.firstName} ${each.config.lastName}`,
      instrument: each.instrument,
      state: agentStateWord(each.state),
    })),
  })),
};

const actions = {
  monitor: SupervisoryAction.SUPERVISOR_MONITOR,
  bargeIn: SupervisoryAction.SUPERVISOR_BARGE_IN,
  intercept: SupervisoryAction.SUPERVISOR_INTERCEPT,
  clear: SupervisoryAction.SUPERVISOR_CLEAR,
} as const;

function help(center: CommandContext['center'], agentId: string) {
  const found = agentOf(center, agentId);
  const talking = connectionsAt(center, found).find((each) => each.state === 3);
  const { peripheralId, instrument } = found;
  return {
    peripheralId,
    instrument,
    ...(talking && { connection: { peripheralId, callId: talking.callId, deviceId: talking.deviceId } }),
  };
}

/** An agent state by name, "available", case-insensitive. */
export function agentStateNumber(word: string): number | undefined {
  return numberOf(agentStateWords, word);
}
