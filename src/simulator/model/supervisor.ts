import type { HelpRequest, NewConnection, Outcome, SuperviseRequest } from './api.js';
import { noData } from './call-data.js';
import { CallKind, Cause, Direction, Lcs, Limit, Line, State } from './codes.js';
import type { Core } from './core.js';
import { type Agent, type Connection, type Device, noConnection } from './entities.js';
import type { ConnectionRef } from './events.js';
import { accept, type RefusalName, refuse, refuseNoSupervisor } from './refusals.js';

/** SupervisoryAction. */
const Action = { clear: 0, monitor: 1, whisper: 2, bargeIn: 3, intercept: 4 } as const;

/** Agents call for help; supervisors listen in, join, take over. */
export class Supervision {
  constructor(private readonly core: Core) {}

  // Calls for help.

  assist(request: HelpRequest): Outcome<NewConnection> {
    return this.#help(request, CallKind.assist, Cause.supervisorAssist);
  }

  emergency(request: HelpRequest): Outcome<NewConnection> {
    return this.#help(request, CallKind.emergency, Cause.emergency);
  }

  #help(request: HelpRequest, type: number, cause: number): Outcome<NewConnection> {
    const { core } = this;
    const peripheral = core.world.peripheral(request.peripheralId);
    if (!peripheral.ok) return peripheral;
    const device = core.world.device(request.peripheralId, request.instrument);
    if (device === undefined) return refuse('unknownDevice');
    const agent = device.agent;
    if (agent === undefined) return refuse('notLoggedIn');
    const active = this.#callInHand(device, request.connection);
    if (!active.ok) return active;
    const supervisor = this.#freeSupervisor(agent);
    if (supervisor?.device === undefined) {
      if (type === CallKind.emergency)
        this.#tellEmergency(agent, active.value?.ref ?? noConnection(request.peripheralId));
      return refuseNoSupervisor();
    }
    const caller = this.#callHelp(device, active.value, supervisor.device, type, cause);
    const connection = caller.connection;
    if (type === CallKind.emergency) {
      this.#tellEmergency(agent, connection);
      const found = core.world.connection(connection);
      if (agent.desk.autoRecordOnEmergency && core.settings.recordingServer && found.ok && !found.value.call.recording)
        core.calls.record(found.value, true);
    } else
      core.telling.tell({
        kind: 'supervisorAssist',
        peripheralId: request.peripheralId,
        connection,
        agentId: agent.config.agentId,
        supervisorId: supervisor.config.agentId,
      });
    return accept(caller);
  }

  /** The call an agent in need is on; undefined for an agent who is on none. */
  #callInHand(device: Device, ref: ConnectionRef | undefined): Outcome<Connection | undefined> {
    const own = device.connections.filter((each) => each.silentMonitor === 0);
    if (ref === undefined && own.length === 0) {
      const state = device.agent?.state;
      const free = (state === State.notReady || state === State.available) && device.agent?.offer === undefined;
      return free ? accept<Connection | undefined>(undefined) : refuse('wrongCallState');
    }
    const connection = ref === undefined ? own[0] : own.find((each) => each.call.id === ref.callId);
    if (connection === undefined) return refuse('unknownConnection');
    if (connection.state !== Lcs.connect) return refuse('nothingActive');
    if (own.length > 1 || connection.call.consultations().length > 0) return refuse('consultInProgress');
    if (connection.call.connections.length >= Limit.parties) return refuse('conferenceFull');
    return accept<Connection | undefined>(connection);
  }

  #callHelp(
    device: Device,
    active: Connection | undefined,
    target: Device,
    type: number,
    cause: number,
  ): NewConnection {
    const { core } = this;
    const destination = { kind: 'device', device: target } as const;
    const callee = { callType: type, lineType: Line.supervisor, direction: Direction.otherIn, cause };
    if (active === undefined) {
      const peripheral = core.world.peripherals.get(device.config.peripheralId)!;
      const call = core.connections.newCall(peripheral, type, { ...noData, ani: device.id, dialedNumber: target.id });
      const options = { callType: type, lineType: Line.supervisor, direction: Direction.otherOut, cause };
      const caller = core.dialling.pickUp(call, device, target.id, options);
      core.dialling.reach(call, caller, destination, callee);
      return { connection: caller.ref, lineHandle: device.lineHandle, lineType: caller.lineType };
    }
    const data = { ...active.call.data, dialedNumber: target.id };
    const desk = device.agent!.desk;
    const method = type === CallKind.emergency ? desk.emergencyCallMethod : desk.assistCallMethod;
    if (method === 'blindConference')
      return core.conference.addAtOnce(active, target.id, data, destination, type, cause);
    const caller = core.consultation.begin(active, target.id, data, type, cause);
    core.dialling.reach(caller.call, caller, destination, callee);
    return { connection: caller.ref, lineHandle: device.lineHandle, lineType: caller.lineType };
  }

  /** The primary supervisor of the agent's team, else a secondary one: whoever is there and free. */
  #freeSupervisor(agent: Agent): Agent | undefined {
    const peripheral = this.core.world.peripherals.get(agent.config.peripheralId);
    const team = agent.teamId === undefined ? undefined : peripheral?.teams.get(agent.teamId);
    if (team === undefined) return undefined;
    const ids = team.primarySupervisor === undefined ? [] : [team.primarySupervisor];
    for (const id of [...ids, ...team.secondarySupervisors]) {
      const supervisor = peripheral?.agents.get(id);
      if (supervisor !== undefined && supervisor !== agent && isFree(supervisor)) return supervisor;
    }
    return undefined;
  }

  #tellEmergency(agent: Agent, connection: ConnectionRef): void {
    this.core.telling.tell({
      kind: 'emergencyCall',
      peripheralId: agent.config.peripheralId,
      connection,
      agentId: agent.config.agentId,
      extension: agent.extension,
      instrument: agent.instrument,
    });
  }

  // What supervisors do.

  supervise(request: SuperviseRequest): Outcome<{ connection: ConnectionRef }> {
    const peripheral = this.core.world.peripheral(request.peripheralId);
    if (!peripheral.ok) return peripheral;
    const device = this.core.world.device(request.peripheralId, request.supervisorInstrument);
    if (device === undefined) return refuse('unknownDevice');
    const supervisor = device.agent;
    if (supervisor === undefined) return refuse('notLoggedIn');
    const agent = this.#agentOf(request);
    if (agent?.device === undefined) return refuse('notLoggedIn');
    if (!this.core.agents.supervises(supervisor.config.agentId, agent)) return refuse('notASupervisor');
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

  #agentOf(request: SuperviseRequest): Agent | undefined {
    const { world } = this.core;
    if (request.agentId !== undefined && request.agentId !== '')
      return world.agent(request.peripheralId, request.agentId);
    const at = request.agentInstrument || request.agentConnection?.deviceId;
    return at === undefined ? undefined : world.device(request.peripheralId, at)?.agent;
  }

  #callOf(agent: Agent, ref: ConnectionRef | undefined): Outcome<Connection> {
    const own = agent.device?.connections.filter((each) => each.silentMonitor === 0) ?? [];
    const connection =
      ref === undefined
        ? own.find((each) => each.state === Lcs.connect)
        : own.find((each) => each.call.id === ref.callId);
    if (connection === undefined) return refuse('unknownConnection');
    return connection.state === Lcs.connect ? accept(connection) : refuse('notMonitorable');
  }

  #monitor(device: Device, agent: Agent, ref: ConnectionRef | undefined): Outcome<{ connection: ConnectionRef }> {
    const { core } = this;
    const found = this.#callOf(agent, ref);
    if (!found.ok) return found;
    const supervisor = device.agent!;
    if (supervisor.state !== State.notReady || device.connections.length > 0) return refuse('supervisorBusy');
    if (monitoredAt(agent.device!) !== undefined) return refuse('alreadyMonitored');
    const monitored = found.value;
    const { call } = monitored;
    const listening = core.connections.newCall(
      call.peripheral,
      CallKind.monitor,
      { ...call.data, dialedNumber: agent.extension },
      call.key,
    );
    const options = { callType: CallKind.monitor, lineType: Line.silentMonitor };
    const listener = core.dialling.pickUp(listening, device, agent.extension, {
      ...options,
      direction: Direction.otherOut,
      silentMonitor: 1,
      cause: Cause.silentMonitor,
    });
    const passive = core.connections.join(listening, agent.device!, Lcs.connect, {
      ...options,
      direction: Direction.none,
      silentMonitor: 2,
    });
    passive.monitors = monitored;
    core.calls.establish(passive, Cause.silentMonitor);
    core.telling.tell({ kind: 'silentMonitorStarted', ...this.#sessionOf(listener, passive) });
    return accept({ connection: listener.ref });
  }

  #sessionOf(listener: Connection, passive: Connection) {
    return {
      peripheralId: listener.call.peripheral.id,
      agentConnection: { ...(passive.monitors ?? passive).ref },
      supervisorConnection: listener.ref,
      agentId: passive.device.agent?.config.agentId ?? '',
      supervisorId: listener.device.agent?.config.agentId ?? '',
    };
  }

  /** A monitoring session is about to end, whoever ends it. */
  monitoringEnds(connection: Connection): void {
    const listener = connection.call.connections.find((each) => each.silentMonitor === 1);
    const passive = connection.call.connections.find((each) => each.silentMonitor === 2);
    if (listener === undefined || passive === undefined) return;
    this.core.telling.tell({ kind: 'silentMonitorStopped', ...this.#sessionOf(listener, passive) });
  }

  /** Monitoring ends with the call that is monitored. */
  follow(device: Device): void {
    const passive = monitoredAt(device);
    if (passive?.monitors?.state === Lcs.none) this.core.connections.release(passive);
  }

  #bargeIn(device: Device, agent: Agent, ref: ConnectionRef | undefined): Outcome<{ connection: ConnectionRef }> {
    const { core } = this;
    const found = this.#callOf(agent, ref);
    if (!found.ok) return found;
    const problem = bargeInObstacle(device, found.value);
    if (problem) return refuse(problem);
    const barged = found.value;
    const { call } = barged;
    const data = { ...call.data, dialedNumber: device.id };
    const caller = core.consultation.begin(barged, device.id, data, CallKind.bargeIn, Cause.bargeIn);
    const joined = core.dialling.ring(caller.call, device, {
      callType: CallKind.bargeIn,
      lineType: Line.supervisor,
      direction: Direction.otherIn,
      cause: Cause.bargeIn,
    });
    if (joined.state === Lcs.alerting) core.calls.establish(joined, Cause.bargeIn);
    core.conference.join(barged, caller, { cause: Cause.bargeIn, addedType: CallKind.bargeIn, endsFirst: true });
    return accept({ connection: joined.ref });
  }

  #intercept(device: Device, agent: Agent): Outcome<{ connection: ConnectionRef }> {
    const { core } = this;
    const own = device.connections.find((each) => each.callType === CallKind.bargeIn && each.state === Lcs.connect);
    const dropped = own?.call.connections.find((each) => each.device === agent.device);
    if (own === undefined || dropped === undefined) return refuse('notBarged');
    core.connections.release(dropped, Cause.intercept);
    if (!own.call.over) {
      own.callType = CallKind.intercept;
      own.call.controller = device;
      core.calls.tellData(own, [], [own]);
    }
    return accept({ connection: own.ref });
  }

  #clear(device: Device, agent: Agent): Outcome<{ connection: ConnectionRef }> {
    const own = device.connections.find(
      (each) =>
        (each.callType === CallKind.bargeIn || each.callType === CallKind.intercept || each.silentMonitor === 1) &&
        (each.callType === CallKind.intercept || each.call.connections.some((other) => other.device === agent.device)),
    );
    if (own === undefined) return refuse('notBarged');
    const connection = own.ref;
    this.core.connections.release(own, Cause.supervisorClear);
    return accept({ connection });
  }
}

function bargeInObstacle(device: Device, barged: Connection): RefusalName | undefined {
  const { call } = barged;
  if (call.connections.some((each) => each.callType === CallKind.bargeIn || each.callType === CallKind.intercept))
    return 'alreadyBarged';
  if (monitoredAt(barged.device) !== undefined) return 'alreadyMonitored';
  if (device.agent === undefined || !isFree(device.agent)) return 'supervisorBusy';
  if (call.connections.length >= Limit.parties) return 'conferenceFull';
  const consulting = barged.device.connections.length > 1 || call.consultations().length > 0;
  return consulting ? 'consultInProgress' : undefined;
}

function monitoredAt(device: Device): Connection | undefined {
  return device.connections.find((each) => each.silentMonitor === 2);
}

function isFree(agent: Agent): boolean {
  const { device } = agent;
  return (
    device?.inService === true &&
    device.connections.length === 0 &&
    agent.offer === undefined &&
    (agent.state === State.notReady || agent.state === State.available)
  );
}
