import { State } from './codes.js';
import type { SimulatedAgent } from './entities.js';
import type { AgentStateNumber } from './events/values.js';

/** An agent busy for one skill group is busy-other for the rest. */
export function groupState({ state, device }: SimulatedAgent, group: number): AgentStateNumber {
  if (state !== State.talking && state !== State.hold && state !== State.reserved) return state;
  const inHand = device?.connections.find((each) => each.skillGroup !== undefined)?.skillGroup;
  return inHand !== undefined && inHand.number !== group ? State.busyOther : state;
}
