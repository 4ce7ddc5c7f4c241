import { defineEnum } from '../definition.js';

// Agents: states, modes, desk settings, teams.

export const AgentState = defineEnum({
  kind: 'enum',
  prefix: ['AGENT_STATE_', 'e'],
  values: {
    eLogin: { value: 0, meaning: 'logged on, not necessarily ready', aka: ['AGENT_STATE_LOGIN'] },
    eLogout: { value: 1, meaning: 'logged out', aka: ['AGENT_STATE_LOGOUT'] },
    eNotReady: { value: 2, meaning: 'unavailable for calls', aka: ['AGENT_STATE_NOT_READY'] },
    eAvailable: { value: 3, meaning: 'ready for a call', aka: ['AGENT_STATE_AVAILABLE'] },
    eTalking: { value: 4, meaning: 'on a call', aka: ['AGENT_STATE_TALKING'] },
    eWorkNotReady: { value: 5, meaning: 'after-call work, then not ready', aka: ['AGENT_STATE_WORK_NOT_READY'] },
    eWorkReady: { value: 6, meaning: 'after-call work, then ready', aka: ['AGENT_STATE_WORK_READY'] },
    eBusyOther: { value: 7, meaning: 'busy for another skill group', aka: ['AGENT_STATE_BUSY_OTHER'] },
    eReserved: { value: 8, meaning: 'reserved for an arriving call', aka: ['AGENT_STATE_RESERVED'] },
    eUnknown: { value: 9, meaning: 'unknown', aka: ['AGENT_STATE_UNKNOWN'] },
    eHold: { value: 10, meaning: 'all calls on hold', aka: ['AGENT_STATE_HOLD'] },
    eActive: { value: 11, meaning: 'active', aka: ['AGENT_STATE_ACTIVE'] },
    ePaused: { value: 12, meaning: 'paused', aka: ['AGENT_STATE_PAUSED'] },
    eInterrupted: { value: 13, meaning: 'interrupted', aka: ['AGENT_STATE_INTERRUPTED'] },
    eNotActive: { value: 14, meaning: 'not active', aka: ['AGENT_STATE_NOT_ACTIVE'] },
  },
});

export const AgentMode = defineEnum({
  kind: 'enum',
  values: {
    Routable: { value: 1 },
    NotRoutable: { value: 0 },
  },
});

export const AgentCallMode = defineEnum({
  kind: 'enum',
  notes: ['Same numbers as GED-188 AgentWorkMode RA_CALL_BY_CALL / RA_NAILED_CONNECTION.'],
  values: {
    CallByCall: { value: 3 },
    NailedUp: { value: 4 },
  },
});

export const AgentAvailabilityStatus = defineEnum({
  kind: 'enum',
  notes: ['-1 only in the Agent property table.'],
  values: {
    Unknown: { value: -1 },
    NotAvailable: { value: 0 },
    ICMAvailable: { value: 1 },
    ApplicationAvailable: { value: 2 },
  },
});

export const AgentGreetingAction = defineEnum({
  kind: 'enum',
  values: {
    Disable: { value: 1 },
    Enable: { value: 2 },
  },
});

export const IncomingOrOutgoing = defineEnum({
  kind: 'enum',
  notes: [
    'GED-188 AGENT_STATE_EVENT Direction has 0 None, 1 In, 2 Out, 3 Other In, 4 Other Out, 5 OutboundReserve, 6 OutboundPreview, 7 OutboundPredictive.',
  ],
  values: {
    Unknown: { value: 0 },
    Incoming: { value: 1, meaning: 'wrap-up data may be entered' },
    Outgoing: { value: 2, meaning: 'wrap-up data may not be entered' },
  },
});

export const ReasonCodeState = defineEnum({
  kind: 'enum',
  prefix: ['e'],
  values: {
    eNotUsed: { value: 0 },
    eRequested: { value: 1 },
    eRequired: { value: 2 },
  },
});

export const WrapupDataMode = defineEnum({
  kind: 'enum',
  values: {
    Required: { value: 0 },
    Optional: { value: 1 },
    NotAllowed: { value: 2 },
    RequiredWithWrapupData: { value: 3, meaning: 'incoming only' },
  },
});

export const SupervisorLogoutReason = defineEnum({
  kind: 'enum',
  values: {
    SupervisorLoggedAgentOut: { value: 999, meaning: 'EventReasonCode a supervisor sends to log an agent out' },
    CTIOS_FORCED_LOGOUT_REASON_CODE: { meaning: 'forced logout seen in OnPostLogout after PG failover' },
  },
});

export const TeamMemberAgentFlags = defineEnum({
  kind: 'mask',
  prefix: ['AGENT_FLAG_'],
  notes: ['Same values in GED-188 AgentFlags.'],
  values: {
    AGENT_FLAG_REGULAR_AGENT: { value: 0x00000000, meaning: 'regular agent' },
    AGENT_FLAG_PRIMARY_SUPERVISOR: { value: 0x00000001, meaning: 'primary supervisor' },
    AGENT_FLAG_TEMPORARY_AGENT: { value: 0x00000002, meaning: 'temporary agent' },
    AGENT_FLAG_SUPERVISOR: { value: 0x00000004, meaning: 'supervisor' },
  },
});

export const TeamMemberConfigOperation = defineEnum({
  kind: 'enum',
  prefix: ['CONFIG_OPERATION_'],
  notes: ['Missing field means add. GED-188 AGENT_TEAM_CONFIG_EVENT also has 0 = restore permanent configuration.'],
  values: {
    CONFIG_OPERATION_ADD_AGENT: { value: 1, meaning: 'member belongs to team', aka: ['CONFIG_OPERATION_ADDAGENT'] },
    CONFIG_OPERATION_REMOVE_AGENT: { value: 2, meaning: 'member left team' },
  },
});

export const ChatDistribution = defineEnum({
  kind: 'strings',
  values: {
    agent: { value: 'agent', meaning: 'only supported value', aka: ['DistributeToAgent'] },
  },
});
