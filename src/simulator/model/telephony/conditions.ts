/** Conditions of calls and agents that several parts of telephony check. */
import { CallKind, State } from '../state/codes.js';
import type { SimulatedAgent, SimulatedConnection } from '../state/entities.js';

/** Whether an agent could take a call that was not routed: logged in, and not busy with anything. */
export function isFree(agent: SimulatedAgent): boolean {
  const { device } = agent;
  return (
    device?.inService === true &&
    device.connections.length === 0 &&
    agent.offer === undefined &&
    (agent.state === State.notReady || agent.state === State.available)
  );
}

/** A call that rings at no phone and cannot be answered like one. */
export function isReservation(connection: SimulatedConnection): boolean {
  const { callType } = connection;
  return callType === CallKind.reservationPreview || callType === CallKind.reservationPreviewDirect;
}
