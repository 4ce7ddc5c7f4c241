/**
 * Compares a snapshot with the known objects, corrects them and publishes the differences, but never a beginning, a
 * ring or an answer that was not observed. A new or changed call is published as OnSnapshotCallConf, then
 * OnCallDataUpdate if its data changed; a vanished call ends; a changed agent is published as OnAgentStateChange.
 */

import type { Args } from '../../../ctios/index.js';
import type { MessageOf } from '../../../ged188/index.js';
import { changedData } from '../../model/call-data-changes.js';
import type { Device, ServerCall } from '../../model/entities.js';
import { callData } from '../../translation/call-data.js';
import type { Context } from '../core/context.js';
import type { AgentTracker } from '../tracking/agent-tracker.js';
import type { CallTracker } from '../tracking/call-tracker.js';
import { absentAsOf, type CallAnswer, type Snapshot } from './snapshot-taker.js';

export interface Changes {
  callsNew: number;
  callsChanged: number;
  callsEnded: number;
  agentsChanged: number;
  /** UniqueObjectIDs of all of them. */
  readonly changed: string[];
}

/**
 * Number of steps (a vanished call, an agent, a call, a publication) before other work gets a turn of the event loop.
 */
const PORTION = 1_000;

export const noChanges = (): Changes => ({
  callsNew: 0,
  callsChanged: 0,
  callsEnded: 0,
  agentsChanged: 0,
  changed: [],
});

export class Reconciliation {
  constructor(
    private readonly context: Context,
    private readonly calls: CallTracker,
    private readonly agents: AgentTracker,
  ) {}

  /** All at once, for a snapshot of a few objects. */
  apply(snapshot: Snapshot): void {
    this.context.publisher.recovered(() => {
      for (const _ of this.#steps(snapshot, new Set(), noChanges()));
    });
  }

  /**
   * In portions: after thousands of calls have vanished, clients and heartbeats are served in between. The objects must
   * not be changed by anything else until it is done.
   * @param begun UniqueObjectIDs of calls whose beginning was observed while the snapshot was taken: their own events
   *   describe them completely
   * @param changes counts what has changed
   */
  *inPortions(snapshot: Snapshot, begun: ReadonlySet<string>, changes: Changes): Generator<void> {
    const steps = this.#steps(snapshot, begun, changes);
    let done = false;
    const portion = (): void => {
      for (let step = 0; step < PORTION && !done; step++) done = steps.next().done === true;
    };
    for (;;) {
      this.context.publisher.recovered(portion);
      if (done) return;
      yield;
    }
  }

  *#steps(snapshot: Snapshot, begun: ReadonlySet<string>, changes: Changes): Generator<void> {
    const { publisher } = this.context;
    const touched = new Set<Device>();
    yield* this.#endVanished(snapshot, changes, touched);
    const stateChanges: (() => void)[] = [];
    yield* this.#learnAgents(snapshot, changes, stateChanges);
    const news: News[] = [];
    yield* this.#compareCalls(snapshot, begun, changes, news);
    for (const { call } of news) if (call.device !== undefined) touched.add(call.device);
    for (const device of touched) {
      publisher.publish('OnSnapshotDeviceConf', snapshotDevice(device), device.audience);
      yield;
    }
    for (const { call, conf, data } of news) {
      this.calls.announceFromSnapshot(call, partiesOf(conf, call));
      if (data !== undefined) this.calls.publish(DATA_UPDATE, call, data);
      yield;
    }
    for (const publish of stateChanges) {
      publish();
      yield;
    }
  }

  *#endVanished(snapshot: Snapshot, changes: Changes, touched: Set<Device>): Generator<void> {
    for (const call of [...this.context.world.calls]) {
      yield;
      const absent = absentAsOf(snapshot, call);
      if (absent === undefined || call.updatedAtSeq > absent) continue;
      changes.callsEnded++;
      changes.changed.push(call.id);
      const { device } = call;
      this.calls.vanish(call);
      if (device !== undefined && this.context.world.devices.byId(device.id) === device) touched.add(device);
    }
  }

  /**
   * Updates the agents.
   * @param tell collects the functions that publish their changes, which are called after their calls were published
   */
  *#learnAgents(snapshot: Snapshot, changes: Changes, tell: (() => void)[]): Generator<void> {
    for (const { peripheralId, agentId, conf, asOf } of snapshot.agents) {
      yield;
      const agent = this.context.world.agents.at(peripheralId, agentId);
      if (agent.updatedAtSeq > asOf) continue;
      const { instrument, told } = agent;
      const state = agent.toldState ?? agent.state;
      this.agents.learn(agent, conf);
      agent.updatedAtSeq = asOf;
      if (!told) {
        agent.told = true;
        agent.toldState = agent.state;
        this.context.publisher.publish('OnQueryAgentStateConf', this.agents.queried(agent, conf), { agent: agent.id });
      } else if (agent.state !== state || (agent.loggedIn && agent.instrument !== instrument)) {
        // A query does not return the reason of the new state.
        agent.reasonCode = 0;
        changes.agentsChanged++;
        changes.changed.push(agent.id);
        tell.push(() => this.agents.publishState(agent, state));
      }
    }
  }

  *#compareCalls(snapshot: Snapshot, begun: ReadonlySet<string>, changes: Changes, news: News[]): Generator<void> {
    for (const [id, answer] of snapshot.calls) {
      yield;
      const known = this.context.world.calls.byId(id);
      if (known === undefined) {
        if (begun.has(id)) continue;
        const call = this.#addCall(answer);
        changes.callsNew++;
        changes.changed.push(id);
        news.push({ call, conf: answer.conf });
        continue;
      }
      if (known.updatedAtSeq > answer.asOf) continue;
      const data = changedData(known.data, callData(answer.conf));
      const moved = (known.status !== answer.state && !known.failed) || known.conference !== isConference(answer);
      this.#refresh(known, answer);
      if (!moved && data === undefined) continue;
      if (data !== undefined) Object.assign(known.data, data);
      changes.callsChanged++;
      changes.changed.push(id);
      news.push({ call: known, conf: answer.conf, data });
    }
    for (const { call, conf } of news) this.#consult(call, conf);
  }

  #addCall(answer: CallAnswer): ServerCall {
    const { devices } = this.context.world;
    const { key, instrument } = answer;
    const data = callData(answer.conf);
    data.PeripheralID = key.peripheralId;
    const device = instrument === undefined ? undefined : devices.at(key.peripheralId, instrument);
    const call = this.calls.add(key, data, device);
    this.#refresh(call, answer);
    return call;
  }

  #refresh(call: ServerCall, { state, conf, asOf }: CallAnswer): void {
    call.status = state;
    call.updatedAtSeq = asOf;
    call.conference = isConference({ conf });
    call.parties = conf.CallDevices?.length ?? 0;
  }

  #consult(call: ServerCall, conf: MessageOf<'SNAPSHOT_CALL_CONF'>): void {
    if (conf.COCConnectionCallID === undefined || call.consultOf !== undefined) return;
    const original = this.context.world.calls.find(
      call.peripheralId,
      conf.COCConnectionCallID,
      conf.COCCallConnectionDeviceID,
    );
    if (original !== undefined && original !== call) call.consultAbout(original, 0);
  }
}

function isConference({ conf }: Pick<CallAnswer, 'conf'>): boolean {
  return (conf.CallDevices?.length ?? 0) > 2;
}

interface News {
  call: ServerCall;
  conf: MessageOf<'SNAPSHOT_CALL_CONF'>;
  data?: Args;
}

const DATA_UPDATE = { event: 'OnCallDataUpdate', monitored: 'OnMonitoredCallDataUpdate' };

/** OnSnapshotDeviceConf: the calls at a device; a call that is not listed does not exist. */
export function snapshotDevice(device: Device): Args {
  const valid: Args = {};
  for (const call of device.calls) valid[call.id] = true;
  const args: Args = { UniqueObjectID: device.id, NumCalls: device.calls.size, ValidCalls: valid };
  if (device.agent !== undefined) {
    args.AgentID = device.agent.agentId;
    args.PeripheralID = device.peripheralId;
    args.FilterTarget = device.agent.id;
  }
  return args;
}

/** The connection's own entry in the list of devices, and how many there are. */
export function partiesOf(conf: MessageOf<'SNAPSHOT_CALL_CONF'>, call: ServerCall): Args {
  const devices = conf.CallDevices ?? [];
  const args: Args = { NumCallDevices: devices.length };
  const own = devices.find((each) => each.CallConnectionDeviceID === call.deviceId);
  if (own === undefined) return args;
  args.CallConnectionCallID = call.callId;
  args.CallConnectionDeviceIDType = call.deviceIdType;
  args.CallConnectionDeviceID = call.deviceId;
  if (own.CallDeviceType !== undefined) args.CallDeviceType = own.CallDeviceType;
  if (own.CallDeviceConnectionState !== undefined) args.CallDeviceConnectionState = own.CallDeviceConnectionState;
  return args;
}
