import type { CommandOutcome, SuperviseRequest } from '../state/api.js';
import { CallKind, Cause, Direction, Lcs, Limit, Line, State } from '../state/codes.js';
import type { SwitchContext } from '../state/context.js';
import type { SimulatedAgent, SimulatedConnection, SimulatedDevice } from '../state/entities.js';
import type { ConnectionRef } from '../state/events/values.js';
import { accept, type RefusalName, refuse } from '../state/refusals.js';
import type { SimulatedCalls } from './calls.js';
import { isFree } from './conditions.js';
import type { Conference } from './conference.js';
import type { Connections } from './connections.js';
import type { Consultation } from './consult.js';
import type { Dialing } from './dialing.js';
import { monitoredAt, silentMonitorSession } from './silent-monitors.js';

/** SupervisoryAction. */
const Action = { clear: 0, monitor: 1, whisper: 2, bargeIn: 3, intercept: 4 } as const;

/** What supervisors do with the calls of their agents: monitor, join, take over, leave. */
export class SimulatedSupervision {
  constructor(
    private readonly context: SwitchContext,
    private readonly connections: Connections,
    private readonly calls: SimulatedCalls,
    private readonly dialing: Dialing,
    private readonly consultation: Consultation,
    private readonly conference: Conference,
  ) {}

  supervise(request: SuperviseRequest): CommandOutcome<{ connection: ConnectionRef }> {
    const peripheral = this.context.world.peripheral(request.peripheralId);
    if (!peripheral.ok) return peripheral;
    const device = this.context.world.device(request.peripheralId, request.supervisorInstrument);
    if (device === undefined) return refuse('unknownDevice');
    const supervisor = device.agent;
    if (supervisor === undefined) return refuse('notLoggedIn');
    const agent = this.#agentOf(request);
    if (agent?.device === undefined) return refuse('notLoggedIn');
    if (!this.context.world.supervises(supervisor.config.agentId, agent)) return refuse('notASupervisor');
    switch (request.action) {
      case Action.clear:
        return this.#clear(device, agent);
      case Action.monitor:
        return this.#monitor(device, agent, request.agentConnection);
      case Action.bargeIn:
        return this.#bargeIn(device, agent, request.agentConnection);
      case Action.intercept:
        return this.#intercept(device, agent);
      default:
        return refuse('unsupported');
    }
  }

  #agentOf(request: SuperviseRequest): SimulatedAgent | undefined {
    const { world } = this.context;
    if (request.agentId !== undefined && request.agentId !== '')
      return world.agent(request.peripheralId, request.agentId);
    const at = request.agentInstrument || request.agentConnection?.deviceId;
    return at === undefined ? undefined : world.device(request.peripheralId, at)?.agent;
  }

  #callOf(agent: SimulatedAgent, ref: ConnectionRef | undefined): CommandOutcome<SimulatedConnection> {
    const own = agent.device?.connections.filter((each) => each.silentMonitor === 0) ?? [];
    const connection =
      ref === undefined
        ? own.find((each) => each.state === Lcs.connect)
        : own.find((each) => each.call.id === ref.callId);
    if (connection === undefined) return refuse('unknownConnection');
    return connection.state === Lcs.connect ? accept(connection) : refuse('notMonitorable');
  }

  #monitor(
    device: SimulatedDevice,
    agent: SimulatedAgent,
    ref: ConnectionRef | undefined,
  ): CommandOutcome<{ connection: ConnectionRef }> {
    const found = this.#callOf(agent, ref);
    if (!found.ok) return found;
    const supervisor = device.agent!;
    if (supervisor.state !== State.notReady || device.connections.length > 0) return refuse('supervisorBusy');
    if (monitoredAt(agent.device!) !== undefined) return refuse('alreadyMonitored');
    const monitored = found.value;
    const { call } = monitored;
    const listening = this.connections.newCall(
      call.peripheral,
      CallKind.monitor,
      { ...call.data, dialedNumber: agent.extension },
      call.key,
    );
    const options = { callType: CallKind.monitor, lineType: Line.silentMonitor };
    const listener = this.dialing.pickUp(listening, device, agent.extension, {
      ...options,
      direction: Direction.otherOut,
      silentMonitor: 1,
      cause: Cause.silentMonitor,
    });
    const passive = this.connections.join(listening, agent.device!, Lcs.connect, {
      ...options,
      direction: Direction.none,
      silentMonitor: 2,
    });
    passive.monitors = monitored;
    this.calls.establish(passive, Cause.silentMonitor);
    this.context.events.tell({ kind: 'silentMonitorStarted', ...silentMonitorSession(listener, passive) });
    return accept({ connection: listener.ref });
  }

  #bargeIn(
    device: SimulatedDevice,
    agent: SimulatedAgent,
    ref: ConnectionRef | undefined,
  ): CommandOutcome<{ connection: ConnectionRef }> {
    const found = this.#callOf(agent, ref);
    if (!found.ok) return found;
    const problem = bargeInObstacle(device, found.value);
    if (problem) return refuse(problem);
    const barged = found.value;
    const { call } = barged;
    const data = { ...call.data, dialedNumber: device.id };
    const caller = this.consultation.begin(barged, device.id, data, CallKind.bargeIn, Cause.bargeIn);
    const joined = this.dialing.ring(caller.call, device, {
      callType: CallKind.bargeIn,
      lineType: Line.supervisor,
      direction: Direction.otherIn,
      cause: Cause.bargeIn,
    });
    if (joined.state === Lcs.alerting) this.calls.establish(joined, Cause.bargeIn);
    this.conference.join(barged, caller, { cause: Cause.bargeIn, addedType: CallKind.bargeIn, newId: true });
    return accept({ connection: joined.ref });
  }

  #intercept(device: SimulatedDevice, agent: SimulatedAgent): CommandOutcome<{ connection: ConnectionRef }> {
    const own = device.connections.find((each) => each.callType === CallKind.bargeIn && each.state === Lcs.connect);
    const dropped = own?.call.connections.find((each) => each.device === agent.device);
    if (own === undefined || dropped === undefined) return refuse('notBarged');
    this.connections.release(dropped, Cause.intercept);
    if (!own.call.over) {
      own.callType = CallKind.intercept;
      own.call.controller = device;
      this.calls.tellData(own, [], [own]);
    }
    return accept({ connection: own.ref });
  }

  #clear(device: SimulatedDevice, agent: SimulatedAgent): CommandOutcome<{ connection: ConnectionRef }> {
    const own = device.connections.find(
      (each) =>
        (each.callType === CallKind.bargeIn || each.callType === CallKind.intercept || each.silentMonitor === 1) &&
        (each.callType === CallKind.intercept || each.call.connections.some((other) => other.device === agent.device)),
    );
    if (own === undefined) return refuse('notBarged');
    const connection = own.ref;
    this.connections.release(own, Cause.supervisorClear);
    return accept({ connection });
  }
}

function bargeInObstacle(device: SimulatedDevice, barged: SimulatedConnection): RefusalName | undefined {
  const { call } = barged;
  if (call.connections.some((each) => each.callType === CallKind.bargeIn || each.callType === CallKind.intercept))
    return 'alreadyBarged';
  if (monitoredAt(barged.device) !== undefined) return 'alreadyMonitored';
  if (device.agent === undefined || !isFree(device.agent)) return 'supervisorBusy';
  if (call.connections.length >= Limit.parties) return 'conferenceFull';
  const consulting = barged.device.connections.length > 1 || call.consultations().length > 0;
  return consulting ? 'consultInProgress' : undefined;
}
