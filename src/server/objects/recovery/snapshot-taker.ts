/**
 * Queries the current state from the CTI Server: agents, the devices they are at, the calls at those devices. It
 * collects responses and changes nothing; `reconciliation.ts` decides what follows from them.
 */

import { ConcurrencyLimiter } from '../../../common/concurrency-limiter.js';
import { VOICE_MRDID } from '../../../ctios/index.js';
import {
  AgentState,
  DeviceIDType,
  type MessageInit,
  type MessageName,
  type MessageOf,
  StatusCode,
} from '../../../ged188/index.js';
import { type ConnectionKey, idOfConnection, type ServerCall } from '../../model/entities.js';
import { LinkRequestError } from '../../southbound/link-api.js';
import { statusOf } from '../../southbound/session/pending-requests.js';
import type { Context } from '../core/context.js';

export interface AgentName {
  readonly peripheralId: number;
  readonly agentId: string;
}

export interface AgentAnswer extends AgentName {
  readonly conf: MessageOf<'QUERY_AGENT_STATE_CONF'>;
  /** Sequence of arrival. */
  readonly asOf: number;
}

export interface CallAnswer {
  readonly key: ConnectionKey;
  readonly instrument: string | undefined;
  readonly state: number;
  readonly conf: MessageOf<'SNAPSHOT_CALL_CONF'>;
  readonly asOf: number;
}

export interface Snapshot {
  readonly agents: AgentAnswer[];
  /** Queried calls by UniqueObjectID. */
  readonly calls: Map<string, CallAnswer>;
  /** Devices whose list of calls is complete, as `<PeripheralID>.<instrument>`, with its sequence of arrival. */
  readonly devices: Map<string, number>;
  /** UniqueObjectIDs of calls that the CTI Server does not (or no longer) know, with the sequence of that response. */
  readonly gone: Map<string, number>;
  /** UniqueObjectIDs of objects whose query was refused or failed. */
  readonly notEnumerated: string[];
  /** Repeats the queries that were not answered in time, and adds the responses to another snapshot. */
  readonly unanswered: ((into: Snapshot) => Promise<void>)[];
  /** Factor by which its time-outs are longer than usual. */
  readonly patience: number;
}

/** A call in the list of calls at a phone, and the order of arrival of that list. */
interface Listed {
  readonly state: number | undefined;
  readonly asOf: number;
}

/** A response and its sequence of arrival; undefined if there was none. */
interface Answered<N extends MessageName> {
  conf: MessageOf<N>;
  asOf: number;
}

export class SnapshotTaker {
  readonly #window: ConcurrencyLimiter;

  constructor(private readonly context: Context) {
    this.#window = new ConcurrencyLimiter(Math.max(1, context.settings.snapshotWindow));
  }

  /**
   * @param known earlier calls, whose fate must be determined even if there is no agent at their device
   * @param snapshot to add to
   */
  async take(
    agents: Iterable<AgentName>,
    known: Iterable<ServerCall>,
    snapshot: Snapshot = emptySnapshot(),
  ): Promise<Snapshot> {
    await this.#inPortions(agents, (agent) => this.#agent(snapshot, agent));
    const left = [...known].filter((call) => !isAnswered(snapshot, call));
    await this.#inPortions(left, (call) => this.#call(snapshot, call, call.device?.instrument));
    return snapshot;
  }

  /** The queries of a snapshot that were not answered in time: a slow server gets twice as long. */
  async again({ unanswered, patience }: Snapshot): Promise<Snapshot> {
    const snapshot = emptySnapshot(2 * patience);
    await this.#inPortions(unanswered, (ask) => ask(snapshot));
    return snapshot;
  }

  /** At most as many as may be pending at a time: of 24,000 agents the others need not have started to wait. */
  async #inPortions<Item>(items: Iterable<Item>, ask: (item: Item) => Promise<void>): Promise<void> {
    const rest = items[Symbol.iterator]();
    const worker = async (): Promise<void> => {
      for (let next = rest.next(); next.done !== true; next = rest.next()) await ask(next.value);
    };
    await Promise.all(Array.from({ length: this.#window.size }, worker));
  }

  /** One device and its calls. */
  async device(peripheralId: number, instrument: string): Promise<Snapshot> {
    const snapshot = emptySnapshot();
    await this.#device(snapshot, peripheralId, instrument);
    return snapshot;
  }

  /** One call. */
  async call(key: ConnectionKey, instrument: string | undefined): Promise<Snapshot> {
    const snapshot = emptySnapshot();
    await this.#call(snapshot, key, instrument);
    return snapshot;
  }

  async #agent(snapshot: Snapshot, { peripheralId, agentId }: AgentName): Promise<void> {
    const answer = await this.#ask<'QUERY_AGENT_STATE_CONF'>(snapshot, {
      type: 'QUERY_AGENT_STATE_REQ',
      PeripheralID: peripheralId,
      MRDID: VOICE_MRDID,
      ICMAgentID: -1,
      AgentID: agentId,
    });
    if (answer instanceof LinkRequestError) {
      missed(snapshot, answer, `agent.${peripheralId}.${agentId}`, (into) =>
        this.#agent(into, { peripheralId, agentId }),
      );
      return;
    }
    snapshot.agents.push({ peripheralId, agentId, ...answer });
    const { AgentState: state, AgentInstrument: instrument } = answer.conf;
    if (state === AgentState.AGENT_STATE_LOGOUT || state === AgentState.AGENT_STATE_UNKNOWN) return;
    if (instrument) await this.#device(snapshot, peripheralId, instrument);
  }

  async #device(snapshot: Snapshot, peripheralId: number, instrument: string): Promise<void> {
    const name = deviceName(peripheralId, instrument);
    if (snapshot.devices.has(name)) return;
    const answer = await this.#ask<'SNAPSHOT_DEVICE_CONF'>(snapshot, {
      type: 'SNAPSHOT_DEVICE_REQ',
      PeripheralID: peripheralId,
      SnapshotDeviceType: DeviceIDType.DEVID_AGENT_DEVICE,
      AgentInstrument: instrument,
    });
    if (answer instanceof LinkRequestError) {
      missed(snapshot, answer, `device.${name}`, (into) => this.#device(into, peripheralId, instrument));
      return;
    }
    snapshot.devices.set(name, answer.asOf);
    const calls: Promise<void>[] = [];
    for (const call of answer.conf.Calls ?? []) {
      if (call.CallConnectionCallID === undefined) continue;
      const key: ConnectionKey = {
        peripheralId,
        callId: call.CallConnectionCallID,
        deviceIdType: call.CallConnectionDeviceIDType ?? 0,
        deviceId: call.CallConnectionDeviceID ?? '',
      };
      calls.push(this.#call(snapshot, key, instrument, { state: call.CallState, asOf: answer.asOf }));
    }
    await Promise.all(calls);
  }

  async #call(snapshot: Snapshot, key: ConnectionKey, instrument: string | undefined, listed?: Listed): Promise<void> {
    const id = idOfConnection(key);
    if (snapshot.calls.has(id)) return;
    const answer = await this.#ask<'SNAPSHOT_CALL_CONF'>(snapshot, {
      type: 'SNAPSHOT_CALL_REQ',
      PeripheralID: key.peripheralId,
      ConnectionCallID: key.callId,
      ConnectionDeviceIDType: key.deviceIdType,
      ConnectionDeviceID: key.deviceId,
    });
    if (answer instanceof LinkRequestError) {
      if (saysThatItIsGone(answer)) snapshot.gone.set(id, this.context.order.next());
      else missed(snapshot, answer, id, (into) => this.#call(into, key, instrument, listed));
      return;
    }
    const own = answer.conf.CallDevices?.find((each) => each.CallConnectionDeviceID === key.deviceId);
    if (own === undefined && listed?.state === undefined) {
      // The call continues without this party.
      snapshot.gone.set(id, answer.asOf);
      return;
    }
    const state = own?.CallDeviceConnectionState ?? listed?.state ?? NONE;
    // For a party that the call does not name, the list of calls at its phone decides: it may have left since.
    const asOf = own === undefined ? (listed?.asOf ?? answer.asOf) : answer.asOf;
    snapshot.calls.set(id, { key, instrument, state, conf: answer.conf, asOf });
  }

  #ask<N extends MessageName>({ patience }: Snapshot, message: MessageInit): Promise<Answered<N> | LinkRequestError> {
    const { settings, order } = this.context;
    return this.#window.run(
      () =>
        new Promise((answered) =>
          this.context.ask<N>(message, patience * settings.answerMs, (conf, error) =>
            // The sequence number is assigned here, because the promise settles a turn later.
            answered(conf === undefined ? error! : { conf, asOf: order.next() }),
          ),
        ),
    );
  }
}

const NONE = 0xffff;

function emptySnapshot(patience = 1): Snapshot {
  return {
    agents: [],
    calls: new Map(),
    devices: new Map(),
    gone: new Map(),
    notEnumerated: [],
    unanswered: [],
    patience,
  };
}

/** A refused query stays refused; an unanswered one can be repeated. */
function missed(
  snapshot: Snapshot,
  error: LinkRequestError,
  id: string,
  again: (into: Snapshot) => Promise<void>,
): void {
  snapshot.notEnumerated.push(id);
  if (error.outcome === 'unknown') snapshot.unanswered.push(again);
}

export function deviceName(peripheralId: number, instrument: string): string {
  return `${peripheralId}.${instrument}`;
}

/** Whether the snapshot determines the fate of the call. */
export function isAnswered(snapshot: Snapshot, call: ServerCall): boolean {
  return snapshot.calls.has(call.id) || absentAsOf(snapshot, call) !== undefined;
}

/** The sequence from which on the call is known not to exist; undefined: the snapshot does not determine it. */
export function absentAsOf(snapshot: Snapshot, call: ServerCall): number | undefined {
  if (snapshot.calls.has(call.id)) return undefined;
  const gone = snapshot.gone.get(call.id);
  if (gone !== undefined || call.device === undefined) return gone;
  return snapshot.devices.get(deviceName(call.peripheralId, call.device.instrument));
}

/** If the switch refuses the call's id, the call does not exist; if it refuses the function, nothing is known. */
function saysThatItIsGone(error: LinkRequestError): boolean {
  const { answer } = error;
  if (answer?.type === 'CONTROL_FAILURE_CONF') return true;
  return answer?.type === 'FAILURE_CONF' && statusOf(answer) === StatusCode.E_CTI_INVALID_CALLID;
}
