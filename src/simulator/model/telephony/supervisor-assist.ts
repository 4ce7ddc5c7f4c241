import type { CommandOutcome, HelpRequest, NewConnection } from '../state/api.js';
import { noData } from '../state/call-data.js';
import { CallKind, Cause, Direction, Lcs, Limit, Line, State } from '../state/codes.js';
import type { SwitchContext } from '../state/context.js';
import {
  noConnection,
  type SimulatedAgent,
  type SimulatedConnection,
  type SimulatedDevice,
} from '../state/entities.js';
import type { ConnectionRef } from '../state/events/values.js';
import { accept, refuse, refuseNoSupervisor } from '../state/refusals.js';
import type { SimulatedCalls } from './calls.js';
import { isFree } from './conditions.js';
import type { Conference } from './conference.js';
import type { Connections } from './connections.js';
import type { Consultation } from './consult.js';
import type { Dialing } from './dialing.js';

/** Agents request help: supervisor assist and emergency. */
export class SupervisorAssist {
  constructor(
    private readonly context: SwitchContext,
    private readonly connections: Connections,
    private readonly calls: SimulatedCalls,
    private readonly dialing: Dialing,
    private readonly consultation: Consultation,
    private readonly conference: Conference,
  ) {}

  assist(request: HelpRequest): CommandOutcome<NewConnection> {
    return this.#help(request, CallKind.assist, Cause.supervisorAssist);
  }

  emergency(request: HelpRequest): CommandOutcome<NewConnection> {
    return this.#help(request, CallKind.emergency, Cause.emergency);
  }

  #help(request: HelpRequest, type: number, cause: number): CommandOutcome<NewConnection> {
    const peripheral = this.context.world.peripheral(request.peripheralId);
    if (!peripheral.ok) return peripheral;
    const device = this.context.world.device(request.peripheralId, request.instrument);
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
      const found = this.context.world.connection(connection);
      if (
        agent.desk.autoRecordOnEmergency &&
        this.context.settings.recordingServer &&
        found.ok &&
        !found.value.call.recording
      )
        this.calls.record(found.value, true);
    } else
      this.context.events.tell({
        kind: 'supervisorAssist',
        peripheralId: request.peripheralId,
        connection,
        agentId: agent.config.agentId,
        supervisorId: supervisor.config.agentId,
      });
    return accept(caller);
  }

  /** The call of an agent in need; undefined if there is none. */
  #callInHand(
    device: SimulatedDevice,
    ref: ConnectionRef | undefined,
  ): CommandOutcome<SimulatedConnection | undefined> {
    const own = device.connections.filter((each) => each.silentMonitor === 0);
    if (ref === undefined && own.length === 0) {
      const state = device.agent?.state;
      const free = (state === State.notReady || state === State.available) && device.agent?.offer === undefined;
      return free ? accept<SimulatedConnection | undefined>(undefined) : refuse('wrongCallState');
    }
    const connection = ref === undefined ? own[0] : own.find((each) => each.call.id === ref.callId);
    if (connection === undefined) return refuse('unknownConnection');
    if (connection.state !== Lcs.connect) return refuse('nothingActive');
    if (own.length > 1 || connection.call.consultations().length > 0) return refuse('consultInProgress');
    if (connection.call.connections.length >= Limit.parties) return refuse('conferenceFull');
    return accept<SimulatedConnection | undefined>(connection);
  }

  #callHelp(
    device: SimulatedDevice,
    active: SimulatedConnection | undefined,
    target: SimulatedDevice,
    type: number,
    cause: number,
  ): NewConnection {
    const destination = { kind: 'device', device: target } as const;
    const callee = { callType: type, lineType: Line.supervisor, direction: Direction.otherIn, cause };
    if (active === undefined) {
      const peripheral = this.context.world.peripherals.get(device.config.peripheralId)!;
      const call = this.connections.newCall(peripheral, type, { ...noData, ani: device.id, dialedNumber: target.id });
      const options = { callType: type, lineType: Line.supervisor, direction: Direction.otherOut, cause };
      const caller = this.dialing.pickUp(call, device, target.id, options);
      this.dialing.reach(call, caller, destination, callee);
      return { connection: caller.ref, lineHandle: device.lineHandle, lineType: caller.lineType };
    }
    const data = { ...active.call.data, dialedNumber: target.id };
    const desk = device.agent!.desk;
    const method = type === CallKind.emergency ? desk.emergencyCallMethod : desk.assistCallMethod;
    if (method === 'blindConference')
      return this.conference.addAtOnce(active, target.id, data, destination, type, cause);
    const caller = this.consultation.begin(active, target.id, data, type, cause);
    this.dialing.reach(caller.call, caller, destination, callee);
    return { connection: caller.ref, lineHandle: device.lineHandle, lineType: caller.lineType };
  }

  /** The primary supervisor of the agent's team, otherwise a secondary one, if available. */
  #freeSupervisor(agent: SimulatedAgent): SimulatedAgent | undefined {
    const peripheral = this.context.world.peripherals.get(agent.config.peripheralId);
    const team = agent.teamId === undefined ? undefined : peripheral?.teams.get(agent.teamId);
    if (team === undefined) return undefined;
    const ids = team.primarySupervisor === undefined ? [] : [team.primarySupervisor];
    for (const id of [...ids, ...team.secondarySupervisors]) {
      const supervisor = peripheral?.agents.get(id);
      if (supervisor !== undefined && supervisor !== agent && isFree(supervisor)) return supervisor;
    }
    return undefined;
  }

  #tellEmergency(agent: SimulatedAgent, connection: ConnectionRef): void {
    this.context.events.tell({
      kind: 'emergencyCall',
      peripheralId: agent.config.peripheralId,
      connection,
      agentId: agent.config.agentId,
      extension: agent.extension,
      instrument: agent.instrument,
    });
  }
}
