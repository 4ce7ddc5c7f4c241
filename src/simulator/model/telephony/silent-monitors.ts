import type { SimulatedConnection, SimulatedDevice } from '../state/entities.js';

/** The connection through which a supervisor monitors this phone; undefined if none does. */
export function monitoredAt(device: SimulatedDevice): SimulatedConnection | undefined {
  return device.connections.find((each) => each.silentMonitor === 2);
}

/** The two ends of a silent monitor call, as its events name them. */
export function silentMonitorSession(listener: SimulatedConnection, passive: SimulatedConnection) {
  return {
    peripheralId: listener.call.peripheral.id,
    agentConnection: { ...(passive.monitors ?? passive).ref },
    supervisorConnection: listener.ref,
    agentId: passive.device.agent?.config.agentId ?? '',
    supervisorId: listener.device.agent?.config.agentId ?? '',
  };
}
