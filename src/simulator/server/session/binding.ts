/** To which device and agent a session is bound. */
import type { Center } from '../center.js';
import type { Binding } from './open.js';

/**
 * The agent and device that OPEN_REQ names with up to three fields; they must agree.
 * @returns 'unknown' if there is no such device or agent, 'inconsistent' if they contradict each other
 */
export function resolveBinding(
  center: Center,
  peripheralId: number,
  named: { agentId?: string; extension?: string; instrument?: string },
): (Binding & { supervisor: boolean }) | 'unknown' | 'inconsistent' {
  const byInstrument = named.instrument === undefined ? undefined : center.device(peripheralId, named.instrument);
  const byExtension = named.extension === undefined ? undefined : center.device(peripheralId, named.extension);
  if (named.instrument !== undefined && byInstrument === undefined) return 'unknown';
  if (named.extension !== undefined && byExtension === undefined) return 'unknown';
  if (byInstrument && byExtension && byInstrument.instrument !== byExtension.instrument) return 'inconsistent';
  const device = byInstrument ?? byExtension;
  const agent = named.agentId === undefined ? undefined : center.agent(peripheralId, named.agentId);
  if (named.agentId !== undefined && agent === undefined) return 'unknown';
  if (agent?.loggedIn && device && agent.instrument !== device.instrument) return 'inconsistent';
  if (agent && device?.agentId !== undefined && device.agentId !== agent.agentId) return 'inconsistent';
  const sitting = agent ?? (device && center.agentAt(peripheralId, device.instrument));
  return {
    peripheralId,
    instrument: device?.instrument ?? (agent?.loggedIn ? agent.instrument : agent?.config.instrument),
    extension: device?.id ?? agent?.extension,
    agentId: sitting?.agentId,
    supervisor: sitting?.config.supervisor ?? false,
  };
}

/** Whether two sessions are for the same device; sessions without a device are equal. */
export function sameBinding(one: Binding | undefined, other: Binding | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (one.peripheralId !== other.peripheralId) return false;
  return one.instrument !== undefined && other.instrument !== undefined
    ? one.instrument === other.instrument
    : one.agentId === other.agentId;
}
