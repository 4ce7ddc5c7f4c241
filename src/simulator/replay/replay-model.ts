/**
 * What a recording contains about agents and calls up to the current position: enough to answer requests that the
 * recorded client did not make. For an agent that has not appeared yet, the first later state is used.
 */
import { LocalConnectionState, type Message, type MessageInit, type MessageOf } from '../../ged188/index.js';

type AgentFacts = Partial<Omit<MessageOf<'QUERY_AGENT_STATE_CONF'>, 'type' | 'InvokeID'>>;

interface Party {
  readonly device: string;
  state: number;
}

interface CallFacts {
  facts: Record<string, unknown>;
  readonly parties: Map<string, Party>;
}

/** Fields of SNAPSHOT_CALL_CONF that events of a call carry under the same names. */
const CALL_FIELDS = [
  ...['CallType', 'CalledPartyDisposition', 'ANI', 'UserToUserInfo', 'DNIS', 'DialedNumber', 'CallerEnteredDigits'],
  ...['RouterCallKeyDay', 'RouterCallKeyCallID', 'CallWrapupData', 'NamedVariables', 'NamedArrays', 'CallReferenceID'],
  ...Array.from({ length: 10 }, (_, index) => `CallVariable${index + 1}`),
] as const;
const AGENT_FIELDS = [
  ...['AgentState', 'MRDID', 'NumTasks', 'AgentMode', 'MaxTaskLimit', 'ICMAgentID', 'AgentAvailabilityStatus'],
  ...['DepartmentID', 'AgentID', 'AgentExtension', 'AgentInstrument', 'AgentIDLong'],
] as const;

/** The state of a connection after each event. */
const STATE_AFTER: Readonly<Record<string, number>> = {
  CALL_DELIVERED_EVENT: LocalConnectionState.LCS_ALERTING,
  CALL_ESTABLISHED_EVENT: LocalConnectionState.LCS_CONNECT,
  CALL_HELD_EVENT: LocalConnectionState.LCS_HOLD,
  CALL_RETRIEVED_EVENT: LocalConnectionState.LCS_CONNECT,
  CALL_ORIGINATED_EVENT: LocalConnectionState.LCS_CONNECT,
  CALL_SERVICE_INITIATED_EVENT: LocalConnectionState.LCS_INITIATE,
  CALL_QUEUED_EVENT: LocalConnectionState.LCS_QUEUED,
};

type Fields = Record<string, unknown> & { type: string };

export class ReplayModel {
  readonly #agents = new Map<string, AgentFacts>();
  readonly #calls = new Map<string, CallFacts>();
  /** Known from a later part of the recording. */
  readonly #later: ReplayModel | undefined;

  /** @param later the model of the whole recording */
  constructor(later?: ReplayModel) {
    this.#later = later;
  }

  /** Applies a message of the server. */
  apply(message: Message): void {
    const fields = message as unknown as Fields;
    if (message.type === 'AGENT_STATE_EVENT') this.#agent(message);
    else if (typeof fields.ConnectionCallID === 'number') this.#call(fields);
  }

  queryAgent(request: MessageOf<'QUERY_AGENT_STATE_REQ'>, anyTime = false): MessageInit | undefined {
    const { PeripheralID, AgentID, AgentInstrument, AgentExtension } = request;
    for (const name of [AgentID, AgentInstrument, AgentExtension]) {
      if (name === undefined || name === '') continue;
      const facts = this.#agents.get(`${PeripheralID} ${name}`);
      if (facts !== undefined) return { type: 'QUERY_AGENT_STATE_CONF', ...facts } as MessageInit;
    }
    return anyTime ? undefined : this.#later?.queryAgent(request, true);
  }

  snapshotDevice({ PeripheralID, AgentInstrument = '' }: MessageOf<'SNAPSHOT_DEVICE_REQ'>): MessageInit {
    const calls = [...this.#calls].flatMap(([key, { parties }]) => {
      const [peripheral, callId] = key.split(' ').map(Number);
      const party = parties.get(AgentInstrument);
      if (peripheral !== PeripheralID || party === undefined) return [];
      return [
        {
          CallConnectionCallID: callId,
          CallConnectionDeviceIDType: 0,
          CallConnectionDeviceID: party.device,
          CallState: party.state,
        },
      ];
    });
    return { type: 'SNAPSHOT_DEVICE_CONF', Calls: calls } as MessageInit;
  }

  snapshotCall({ PeripheralID, ConnectionCallID }: MessageOf<'SNAPSHOT_CALL_REQ'>): MessageInit | undefined {
    const call = this.#calls.get(`${PeripheralID} ${ConnectionCallID}`);
    if (call === undefined) return undefined;
    const devices = [...call.parties.values()].map(({ device, state }) => ({
      CallConnectionCallID: ConnectionCallID,
      CallConnectionDeviceIDType: 0,
      CallConnectionDeviceID: device,
      CallDeviceID: device,
      CallDeviceConnectionState: state,
    }));
    return { type: 'SNAPSHOT_CALL_CONF', ...call.facts, CallDevices: devices } as MessageInit;
  }

  #agent(message: MessageOf<'AGENT_STATE_EVENT'>): void {
    const facts: AgentFacts = picked(message as unknown as Fields, AGENT_FIELDS);
    const { PeripheralID, AgentID, AgentInstrument, AgentExtension } = message;
    for (const name of [AgentID, AgentInstrument, AgentExtension]) {
      if (name !== undefined && name !== '') this.#agents.set(`${PeripheralID} ${name}`, facts);
    }
  }

  #call(fields: Fields): void {
    const key = `${String(fields.PeripheralID ?? '')} ${String(fields.ConnectionCallID)}`;
    if (fields.type === 'END_CALL_EVENT' || fields.type === 'CALL_CLEARED_EVENT') {
      this.#calls.delete(key);
      return;
    }
    if (!fields.type.endsWith('_EVENT')) return;
    const call = this.#calls.get(key) ?? { facts: {}, parties: new Map<string, Party>() };
    this.#calls.set(key, call);
    Object.assign(call.facts, picked(fields, CALL_FIELDS));
    const device = String(fields.ConnectionDeviceID ?? '');
    if (device === '') return;
    if (fields.type === 'CALL_CONNECTION_CLEARED_EVENT') call.parties.delete(device);
    else {
      const party = call.parties.get(device);
      const state = STATE_AFTER[fields.type];
      if (party === undefined) call.parties.set(device, { device, state: state ?? LocalConnectionState.LCS_NULL });
      else if (state !== undefined) party.state = state;
    }
  }
}

function picked(from: Fields, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]));
}
