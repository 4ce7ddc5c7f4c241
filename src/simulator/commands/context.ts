import type { Clock } from '../../common/clock.js';
import type {
  AgentView,
  CallDataPatch,
  CommandOutcome,
  ConnectionView,
  SimulatedConnectionState,
} from '../model/state/types.js';
import type { TrafficLevel } from '../options.js';
import type { Scenario } from '../scenarios/format.js';
import type { Center } from '../server/center.js';
import type { Faults } from '../server/faults.js';
import type { CtiServer } from '../server/server.js';
import { CommandError } from './definition.js';

/** The parts of a simulator that commands act on. */
export interface CommandContext {
  readonly center: Center;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly sides: { readonly A: CtiServer; readonly B: CtiServer };
  /** Starts and stops a side, its listener included. */
  stopSide(side: 'A' | 'B', how: 'announced' | 'crash'): void;
  startSide(side: 'A' | 'B'): void;
  /** The active side changes. */
  switchSides(): void;
  setCentralController(online: boolean): void;
  /** Sends the parties of each call to bridges again. @returns the number of connections */
  tellParties(): number;
  startTraffic(level: Exclude<TrafficLevel, 'off'>): void;
  stopTraffic(): void;
  /** Whether the agents act automatically: answer, talk, wrap up. Undefined: all of them. */
  automate(agentIds: readonly string[] | undefined, on: boolean): void;
  runScenario(scenario: string | Scenario): Scenario;
  stopScenario(): boolean;
  /** Violated invariants of the center and its servers; normally empty. */
  violations(): readonly string[];
}

/** The value of an accepted command. @throws CommandError `SIM_REFUSED` with the switch's reason */
export function accepted<T>(outcome: CommandOutcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new CommandError('SIM_REFUSED', outcome.reason, {
    failureCode: outcome.failureCode,
    peripheralErrorCode: outcome.peripheralErrorCode,
  });
}

/** An agent by id, on any peripheral. @throws CommandError `SIM_NOT_FOUND` */
export function agentOf(center: Center, agentId: string): AgentView {
  for (const peripheral of center.peripherals()) {
    const agent = center.agent(peripheral.id, agentId);
    if (agent) return agent;
  }
  throw new CommandError('SIM_NOT_FOUND', `there is no agent "${agentId}"`);
}

/**
 * The connection at an agent's phone that is in one of the given states: the newest, unless a call is named.
 * @throws CommandError `SIM_NOT_FOUND`, describing the situation: "agent 1001 has no ringing call"
 */
export function connectionOf(
  center: Center,
  agentId: string,
  states: readonly SimulatedConnectionState[],
  what: string,
  callId?: number,
) {
  const agent = agentOf(center, agentId);
  const named = callId === undefined ? undefined : center.callByAnyId(agent.peripheralId, callId)?.callId;
  const found = [...connectionsAt(center, agent)]
    .reverse()
    // A silently monitored call is also at the agent's phone, but the agent cannot act on it.
    .filter((each) => each.silentMonitor !== LISTENED_TO)
    .find((each) => states.includes(each.state) && (callId === undefined || each.callId === named));
  if (found === undefined) throw new CommandError('SIM_NOT_FOUND', `agent ${agentId} has no ${what} call`);
  return { peripheralId: agent.peripheralId, callId: found.callId, deviceId: found.deviceId };
}

/** SilentMonitorStatus: the connection of the monitored party. */
const LISTENED_TO = 2;

export function connectionsAt(center: Center, agent: AgentView): readonly ConnectionView[] {
  return center.device(agent.peripheralId, agent.instrument)?.connections ?? [];
}

/** A call, which commands identify by its number alone: the current one, or an earlier one. */
export function callNamed(center: Center, callId: number) {
  for (const peripheral of center.peripherals()) {
    const call = center.callByAnyId(peripheral.id, callId);
    if (call) return call;
  }
  throw new CommandError('SIM_NOT_FOUND', `there is no call ${callId}`);
}

/** @throws CommandError `SIM_BAD_ARGUMENT` for a name that is neither a call variable nor an ECC variable */
export function dataOf(data: Readonly<Record<string, string>> = {}): CallDataPatch {
  const patch: CallDataPatch = {};
  const variables: (string | undefined)[] = Array.from({ length: 10 });
  const named: [string, string][] = [];
  const arrays: [string, number, string][] = [];
  for (const [name, value] of Object.entries(data)) {
    const variable = /^CallVariable(10|[1-9])$/i.exec(name);
    const element = /^(user\.[^[\]]+)\[(\d+)\]$/i.exec(name);
    if (variable) variables[Number(variable[1]) - 1] = value;
    else if (element) arrays.push([element[1]!, Number(element[2]), value]);
    else if (/^(user\.|BA)/.test(name)) named.push([name, value]);
    else if (simpleFields[name.toLowerCase()]) Object.assign(patch, { [simpleFields[name.toLowerCase()]!]: value });
    else if (/^UserToUserInfo$/i.test(name)) patch.userToUserInfo = Buffer.from(value, 'latin1');
    else {
      throw new CommandError(
        'SIM_BAD_ARGUMENT',
        `"${name}" is not call data: use CallVariable1 to CallVariable10, ANI, DNIS, CallerEnteredDigits, ` +
          'CallWrapupData, UserToUserInfo, or an ECC name such as user.CustomerTier or user.Orders[0]',
      );
    }
  }
  if (variables.some((each) => each !== undefined)) patch.variables = variables;
  if (named.length > 0) patch.named = named;
  if (arrays.length > 0) patch.arrays = arrays;
  return patch;
}

const simpleFields: Readonly<Record<string, keyof CallDataPatch>> = {
  ani: 'ani',
  dnis: 'dnis',
  callerentereddigits: 'callerEnteredDigits',
  callwrapupdata: 'wrapupData',
  customerphonenumber: 'customerPhoneNumber',
  customeraccountnumber: 'customerAccountNumber',
};
