import type {
  AgentConfig,
  DeviceConfig,
  SimulatedDeskSettings,
  SwitchSettings,
  TeamConfig,
  WorldConfig,
} from '../state/config.js';
import type { SiteBehavior } from '../state/site-behavior.js';

/** Peripheral of the default world, and its type: Unified CCE. */
export const DEFAULT_PERIPHERAL_ID = 5000;
const ENTERPRISE_AGENT = 17;

/** Maximum number of agents per team, not counting its supervisors. */
const TEAM_SIZE = 20;

const groups = [
  { number: 10, id: 5010, name: 'Sales', dialedNumber: '8001' },
  { number: 20, id: 5020, name: 'Support', dialedNumber: '8002' },
  { number: 30, id: 5030, name: 'Billing', dialedNumber: '8003' },
] as const;

/** The dialed numbers and the group of each. */
export const dialedNumbers: Readonly<Record<string, string>> = Object.fromEntries(
  groups.map(({ dialedNumber, name }) => [dialedNumber, name]),
);

const firstNames = ['Alex', 'Bianca', 'Carlos', 'Dana', 'Erik', 'Fatima', 'George', 'Hanna', 'Ivan', 'Julia'] as const;
const lastNames = [
  'Andersen',
  'Brown',
  'Castillo',
  'Dubois',
  'Evans',
  'Fischer',
  'Garcia',
  'Hughes',
  'Ito',
  'Jensen',
] as const;

export const defaultSwitch: SwitchSettings = {
  offerMs: 150,
  trunkMs: 400,
  stateAskedWhileTalking: 'pending',
  stateAfterLogin: 'notReady',
  consecutiveMisses: 2,
  multipleControllers: true,
  recordingServer: true,
  wrapupDataMs: 120_000,
  takeOverLogin: false,
};

export const defaultDeskSettings: SimulatedDeskSettings = {
  id: 1,
  name: 'Agents',
  availableAfterIncoming: false,
  availableAfterOutgoing: false,
  autoAnswer: false,
  notReadyReasonRequired: false,
  logoutReasonRequired: false,
  supervisorCallsAllowed: true,
  agentToAgentCallsAllowed: true,
  outboundCallsAllowed: true,
  nonAcdCallsAllowed: true,
  wrapupIncoming: 'required',
  wrapupOutgoing: 'optional',
  workModeTimer: 30,
  logoutNonActivityTime: 0,
  ringNoAnswerTime: 20,
  ringNoAnswerDnId: 0,
  assistCallMethod: 'consult',
  emergencyCallMethod: 'consult',
  autoRecordOnEmergency: false,
  recordingMode: true,
  silentMonitorWarningMessage: false,
  silentMonitorAudibleIndication: false,
  qualityRecordingRate: 0,
};

export const supervisorDeskSettings: SimulatedDeskSettings = {
  ...defaultDeskSettings,
  id: 2,
  name: 'Supervisors',
  wrapupIncoming: 'optional',
};

/** Extension of the n-th agent, from 0: "2001" ... "6999", then six digits, clear of the dialed numbers. */
export function extensionOf(index: number): string {
  return String(index < 4999 ? 2001 + index : 100_000 + index);
}

/**
 * The default contact center: agents "1001" ... at "2001" ..., a third of them with each first skill and each with a
 * second one, teams of twenty, each with a supervisor "90001" ... at "95001" ....
 * @param agents 1 to 24,000
 */
export function defaultWorld({ agents = 20, site }: { agents?: number; site?: SiteBehavior } = {}): WorldConfig {
  const one = onePeripheral(agents);
  const world = site?.twoPeripherals ? both(one, twin(one)) : one;
  return site === undefined ? world : { ...world, switch: { ...world.switch, site } };
}

/** The same center again at peripheral 5001: people, phones and numbers have the same names. */
function twin(world: WorldConfig): WorldConfig {
  const peripheralId = DEFAULT_PERIPHERAL_ID + 1;
  const there = <T extends object>(list: readonly T[], more: (each: T) => Partial<T> = () => ({})): T[] =>
    list.map((each) => ({ ...each, peripheralId, ...more(each) }));
  return {
    ...world,
    peripherals: world.peripherals.map((each) => ({ ...each, id: peripheralId, name: 'Simulated_PG_2' })),
    skillGroups: there(world.skillGroups, ({ id }) => ({ id: id + TWIN_IDS })),
    services: there(world.services, ({ id }) => ({ id: id + TWIN_IDS })),
    agents: there(world.agents, ({ icmAgentId, teamId }) => ({
      icmAgentId: icmAgentId + TWIN_IDS,
      teamId: teamId === undefined ? undefined : teamId + TWIN_IDS,
    })),
    devices: there(world.devices),
    teams: there(world.teams, ({ id }) => ({ id: id + TWIN_IDS })),
    dialedNumbers: there(world.dialedNumbers, ({ callTypeId }) => ({ callTypeId: callTypeId + TWIN_IDS })),
  };
}

/** Enterprise-wide numbers differ at the second peripheral. */
const TWIN_IDS = 100_000;

function both(one: WorldConfig, other: WorldConfig): WorldConfig {
  return {
    ...one,
    peripherals: [...one.peripherals, ...other.peripherals],
    skillGroups: [...one.skillGroups, ...other.skillGroups],
    services: [...one.services, ...other.services],
    agents: [...one.agents, ...other.agents],
    devices: [...one.devices, ...other.devices],
    teams: [...one.teams, ...other.teams],
    dialedNumbers: [...one.dialedNumbers, ...other.dialedNumbers],
  };
}

function onePeripheral(count: number): WorldConfig {
  const teamCount = Math.ceil(count / TEAM_SIZE);
  const agents: AgentConfig[] = [];
  const devices: DeviceConfig[] = [
    { peripheralId: DEFAULT_PERIPHERAL_ID, id: '7001', kind: 'vru', description: 'VRU ports' },
    ...groups.map((group) => ({
      peripheralId: DEFAULT_PERIPHERAL_ID,
      id: group.dialedNumber,
      kind: 'routePoint' as const,
      description: `${group.name} route point`,
    })),
  ];
  const teams: TeamConfig[] = [];
  for (let index = 0; index < count; index++) {
    const instrument = extensionOf(index);
    agents.push({ ...person(index), agentId: String(1001 + index), instrument, deskSettingsId: 1, supervisor: false });
    devices.push({ peripheralId: DEFAULT_PERIPHERAL_ID, id: instrument, kind: 'agentPhone' });
  }
  for (let index = 0; index < teamCount; index++) {
    const agentId = String(90_001 + index);
    const instrument = String(95_001 + index);
    agents.push({
      ...person(count + index),
      agentId,
      instrument,
      icmAgentId: 40_000 + index,
      skills: [],
      teamId: index + 1,
      deskSettingsId: 2,
      supervisor: true,
    });
    devices.push({ peripheralId: DEFAULT_PERIPHERAL_ID, id: instrument, kind: 'agentPhone' });
    teams.push({
      peripheralId: DEFAULT_PERIPHERAL_ID,
      id: index + 1,
      name: `Team ${index + 1}`,
      primarySupervisor: agentId,
      // The neighboring team's supervisor acts as deputy.
      secondarySupervisors: teamCount > 1 ? [String(90_001 + ((index + 1) % teamCount))] : [],
    });
  }
  return {
    peripherals: [
      { id: DEFAULT_PERIPHERAL_ID, name: 'Simulated_PG', type: ENTERPRISE_AGENT, defaultDeskSettingsId: 1 },
    ],
    skillGroups: groups.map(({ number, id, name }) => ({ peripheralId: DEFAULT_PERIPHERAL_ID, number, id, name })),
    services: groups.map(({ number, id, name }) => ({
      peripheralId: DEFAULT_PERIPHERAL_ID,
      number,
      id: id + 1000,
      name,
    })),
    agents,
    devices,
    teams,
    dialedNumbers: groups.map((group, index) => ({
      peripheralId: DEFAULT_PERIPHERAL_ID,
      number: group.dialedNumber,
      dnis: group.dialedNumber,
      callTypeId: 9001 + index,
      serviceNumber: group.number,
      description: group.name,
      route: { skillGroupNumber: group.number, queuePriority: 5 },
      treatment: { minMs: 300, maxMs: 900, digits: 8 },
    })),
    deskSettings: [defaultDeskSettings, supervisorDeskSettings],
    externalNumbers: [
      { prefix: '9999', behaviour: 'invalid', afterMs: 500 },
      { prefix: '9998', behaviour: 'busy', afterMs: 1000 },
      { prefix: '9997', behaviour: 'noAnswer', afterMs: 20_000 },
      { prefix: '', behaviour: 'answers', afterMs: 3000 },
    ],
    protectedVariables: [],
    switch: defaultSwitch,
  };
}

function person(index: number): Omit<AgentConfig, 'agentId' | 'instrument' | 'supervisor'> {
  const firstName = firstNames[index % 10]!;
  const lastName = lastNames[Math.floor(index / 10 + index) % 10]!;
  return {
    peripheralId: DEFAULT_PERIPHERAL_ID,
    icmAgentId: 10_001 + index,
    loginName: `${firstName}.${lastName}${index + 1}`.toLowerCase(),
    firstName,
    lastName,
    password: '',
    skills: [
      { skillGroupNumber: groups[index % 3]!.number, priority: 1 },
      { skillGroupNumber: groups[(index + 1) % 3]!.number, priority: 2 },
    ],
    teamId: Math.floor(index / TEAM_SIZE) + 1,
  };
}
