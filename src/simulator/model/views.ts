import type { AgentView, CallView, ConnectionView, DeviceView } from './state/api.js';
import { State } from './state/codes.js';
import type { SimulatedAgent, SimulatedCall, SimulatedConnection, SimulatedDevice } from './state/entities.js';
import type { AgentFacts } from './state/events/agent-events.js';
import { groupState } from './state/group-state.js';
import type { SimulatedWorld } from './state/world.js';

/** Read-only values of the model for code that must not modify it. */

export function showConnection(connection: SimulatedConnection): ConnectionView {
  const { device, call } = connection;
  return {
    callId: call.id,
    deviceId: device.id,
    device: device.ref,
    kind: device.kind,
    state: connection.state,
    callType: connection.callType,
    lineType: connection.lineType,
    lineHandle: device.lineHandle,
    ...(connection.skillGroup === undefined ? {} : { skillGroup: connection.skillGroup }),
    silentMonitor: connection.silentMonitor,
  };
}

export function showCall(call: SimulatedCall): CallView {
  return {
    peripheralId: call.peripheral.id,
    callId: call.id,
    callType: call.type,
    startedAt: call.startedAt,
    data: call.data,
    connections: call.connections.map(showConnection),
    facts: call.facts,
    ...(call.consultOf === undefined ? {} : { consultOf: call.consultOf.id }),
    conference: call.conference,
    recording: call.recording,
  };
}

export function showDevice(device: SimulatedDevice): DeviceView {
  return {
    ...device.config,
    kind: device.config.kind as DeviceView['kind'],
    instrument: device.instrument,
    inService: device.inService,
    ...(device.agent === undefined ? {} : { agentId: device.agent.config.agentId }),
    connections: device.connections.map(showConnection),
  };
}

/** An agent at this moment, as in events. */
export function factsOf(world: SimulatedWorld, agent: SimulatedAgent, now: number): AgentFacts {
  const peripheral = world.peripherals.get(agent.config.peripheralId);
  const loggedIn = agent.state !== State.logout && agent.state !== State.unknown;
  return {
    peripheralId: agent.config.peripheralId,
    agentId: agent.config.agentId,
    icmAgentId: agent.config.icmAgentId,
    extension: agent.extension,
    instrument: agent.instrument,
    state: agent.state,
    stateDuration: Math.floor((now - agent.since) / 1000),
    reasonCode: agent.reasonCode,
    ...(agent.pending === undefined ? {} : { nextState: agent.pending.state }),
    direction: agent.direction,
    mode: loggedIn && agent.state !== State.notReady ? 1 : 0,
    availability: agent.state === State.available ? 1 : 0,
    numTasks: agent.device?.connections.length ?? 0,
    skillGroups: agent.skills.map(({ skillGroupNumber, priority }) => {
      const group = peripheral?.groups.get(skillGroupNumber);
      const ref = group?.ref(priority) ?? { number: skillGroupNumber, id: skillGroupNumber, priority };
      return { ...ref, state: groupState(agent, ref.number) };
    }),
  };
}

export function showAgent(world: SimulatedWorld, agent: SimulatedAgent, now: number): AgentView {
  // Not spread into a new object: one with that many properties is slow to copy, and agents are shown by the thousand.
  return Object.assign(factsOf(world, agent, now), {
    config: agent.config,
    deskSettings: agent.desk,
    ...(agent.teamId === undefined ? {} : { teamId: agent.teamId }),
    services: agent.services,
    loggedIn: agent.loggedIn,
  });
}
