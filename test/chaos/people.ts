/**
 * Actions of agents at phones and of callers, sensible or not; they are sent to the switch itself, not through a
 * desktop.
 */
import type { CallControl } from '../../src/simulator/model/state/api.js';
import type { ConnectionRef, SimulatedConnectionState } from '../../src/simulator/model/state/types.js';
import { Monkey } from '../simulator/model/random-actions.js';
import { AGENTS, type ChaosWorld, PERIPHERAL, phoneOf, SUPERVISOR } from './chaos-world.js';
import type { Dice } from './dice.js';

const DIALED = ['8001', '8002', '8003'] as const;
const NUMBERS = [...DIALED, '2001', '2002', '2003', '2004', '95001', '12065550123', '9998000', '9997000', '9999000'];

export const somebody = (dice: Dice): string => dice.pick([...AGENTS, SUPERVISOR]);
export const aNumber = (dice: Dice): string => dice.pick(NUMBERS);

export function callerRings({ bed }: ChaosWorld, dice: Dice): void {
  bed.simulator.center.placeCall({
    peripheralId: PERIPHERAL,
    dialedNumber: dice.pick(DIALED),
    ...(dice.chance(0.8) && { ani: `206555${String(1000 + dice.below(9000))}` }),
    ...(dice.chance(0.5) && { patienceMs: (1 + dice.below(60)) * 1_000 }),
    data: {
      variables: [`A-${dice.below(99)}`],
      ...(dice.chance(0.4) && { named: [['user.Tier', dice.pick(['gold', 'silver'])] as const] }),
      ...(dice.chance(0.2) && { arrays: [['user.Orders', 0, 'x'] as const, ['user.Orders', 2, 'z'] as const] }),
    },
  });
}

export function callerHangsUp({ bed }: ChaosWorld, dice: Dice): void {
  const call = dice.maybe([...bed.simulator.center.calls()]);
  if (call !== undefined) bed.simulator.center.hangUp(call.peripheralId, call.callId);
}

/** A sensible next action of an agent: log in, become ready, take a break, log out. */
export function agentMovesOn({ bed }: ChaosWorld, dice: Dice): void {
  const agentId = somebody(dice);
  const agent = bed.simulator.center.agent(PERIPHERAL, agentId)!;
  const state = !agent.loggedIn ? 0 : dice.pick([3, 3, 3, 2, agent.state === 2 ? 1 : 3] as const);
  bed.simulator.center.setAgentState({
    peripheralId: PERIPHERAL,
    agentId,
    instrument: phoneOf(agentId),
    state,
    ...(state === 2 && { reasonCode: dice.below(9) }),
  });
}

/** A sensible action with a phone: answer, talk, hold, consult, transfer, hang up. */
export function phoneIsUsed({ bed }: ChaosWorld, dice: Dice): void {
  const { center } = bed.simulator;
  const busy = dice.maybe(
    [...center.devices()].filter((each) => each.kind === 'agentPhone' && each.connections.length),
  );
  if (busy === undefined) return;
  const at = (state: SimulatedConnectionState): ConnectionRef | undefined => {
    const found = busy.connections.find((each) => each.state === state);
    return found && { peripheralId: PERIPHERAL, callId: found.callId, deviceId: busy.id };
  };
  sense(center, dice, { ringing: at(2), talking: at(3), held: at(4), dialling: at(1) });
}

type AtPhone = Record<'ringing' | 'talking' | 'held' | 'dialling', ConnectionRef | undefined>;

function sense(center: CallControl, dice: Dice, { ringing, talking, held, dialling }: AtPhone): void {
  if (ringing !== undefined) {
    if (dice.chance(0.8)) center.answer(ringing);
    else if (dice.chance(0.5)) center.deflect(ringing, aNumber(dice));
    return;
  }
  if (talking !== undefined && held !== undefined) {
    const both = { active: talking, held };
    dice.pick([
      () => center.transfer(both),
      () => center.conference(both),
      () => center.conference(both),
      () => center.reconnect(talking, held),
      () => center.alternate(talking, held),
    ])();
  } else if (talking !== undefined) {
    dice.pick([
      () => center.clearConnection(talking),
      () => center.clearConnection(talking),
      () => center.hold(talking),
      () => center.consult({ active: talking, dialedNumber: aNumber(dice), consultType: 1 }),
      () => center.consult({ active: talking, dialedNumber: aNumber(dice), consultType: 2 }),
      () => center.transfer({ active: talking, dialedNumber: aNumber(dice) }),
      () => center.setCallData(talking, { variables: [undefined, String(dice.below(99))] }),
    ])();
  } else if (dialling !== undefined && held !== undefined) {
    dice.pick([() => center.transfer({ active: dialling, held }), () => center.reconnect(dialling, held)])();
  } else if (held !== undefined) center.retrieve(held);
}

/** Any action, most of which are not allowed. */
export function monkey({ bed }: ChaosWorld, dice: Dice): void {
  new Monkey(bed.simulator.center, bed.clock, dice.random).act();
}
