import type { AgentView, CallView, ConnectionView, DeviceView } from './api.js';
import type { Core } from './core.js';
import type { Agent, Call, Connection, Device } from './entities.js';

/** Values that show the model to those who may not touch it. */

export function showConnection(connection: Connection): ConnectionView {
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

export function showCall(call: Call): CallView {
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

export function showDevice(device: Device): DeviceView {
  return {
    ...device.config,
    kind: device.config.kind as DeviceView['kind'],
    instrument: device.instrument,
    inService: device.inService,
    ...(device.agent === undefined ? {} : { agentId: device.agent.config.agentId }),
    connections: device.connections.map(showConnection),
  };
}

export function showAgent(core: Core, agent: Agent): AgentView {
  return {
    ...core.agents.facts(agent),
    config: agent.config,
    deskSettings: agent.desk,
    ...(agent.teamId === undefined ? {} : { teamId: agent.teamId }),
    loggedIn: agent.loggedIn,
  };
}
