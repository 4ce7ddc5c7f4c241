import type { DialedNumberConfig } from '../state/config.js';
import type { SimulatedAgent, SimulatedCall, SimulatedConnection, SimulatedDevice } from '../state/entities.js';

/**
 * Callbacks of telephony and routing to the parts built on top of them. They are the only way upwards: everything else
 * is a constructor argument.
 */
export interface CallHooks {
  /** A connection at the phone changed. @param ended the connection that ended */
  phoneChanged(device: SimulatedDevice, ended?: SimulatedConnection): void;
  /** A call is about to ring at the phone. */
  offered(device: SimulatedDevice): void;
  /** The phone rings. */
  ringing(connection: SimulatedConnection): void;
  /** An available agent dials: no call may be routed to the agent meanwhile. */
  stepAsideForCall(agent: SimulatedAgent): void;
  /** The router withdrew a call it had announced to the agent. */
  offerWithdrawn(agent: SimulatedAgent): void;
  /** A call enters the script of a dialed number. @param callType the type the agent's leg will have */
  enterRoute(call: SimulatedCall, dialed: DialedNumberConfig, callType: number, caller: SimulatedConnection): void;
  /** A call no longer waits for an agent. */
  withdrawRoute(call: SimulatedCall): void;
  /** A phone answered. */
  answered(connection: SimulatedConnection): void;
  /** Call data was set by a client. */
  dataSet(connection: SimulatedConnection): void;
}
