/** Faults. Each one sets `faultsOccurred`: from then on a session may not have received everything. */
import type { CommandName } from '../../src/simulator/commands/index.js';
import { AGENTS, type ChaosWorld, phoneOf } from './chaos-world.js';
import type { Dice } from './dice.js';

type Fault = (world: ChaosWorld, dice: Dice) => void;

const side = (dice: Dice) => dice.pick(['A', 'B'] as const);

/** Runs a command of the simulator; a command that is not possible has no effect. */
function tell({ bed }: ChaosWorld, command: CommandName, args: Record<string, unknown> = {}): void {
  try {
    bed.simulator.run(command as string, args);
  } catch {
    // For example, maintenance of a pair with a stopped side.
  }
}

const GARBAGE = [
  Buffer.from('HTTP/1.1 400 Bad Request'),
  Buffer.from([0, 0, 0, 3, 0, 0, 0, 9, 1, 2, 3]),
  Buffer.from([0xff, 0xff, 0xff, 0xff]),
  // A well-formed HEARTBEAT_CONF without a request.
  Buffer.from([0, 0, 0, 4, 0, 0, 0, 6, 0, 0, 0x30, 0x39]),
] as const;

/**
 * Requests that a busy switch refuses. Snapshot queries are not included: their objects are reported as not enumerated.
 */
const CONTROL = [
  'ANSWER_CALL_REQ',
  'HOLD_CALL_REQ',
  'RETRIEVE_CALL_REQ',
  'CLEAR_CONNECTION_REQ',
  'CONSULTATION_CALL_REQ',
  'TRANSFER_CALL_REQ',
  'CONFERENCE_CALL_REQ',
  'MAKE_CALL_REQ',
  'SET_AGENT_STATE_REQ',
  'SUPERVISE_CALL_REQ',
];

export const faults: Readonly<Record<string, Fault>> = {
  linkBreaks: (world, dice) => {
    world.faultsOccurred = true;
    tell(world, 'breakLink', { how: dice.pick(['close', 'reset']), ...(dice.chance(0.5) && { side: side(dice) }) });
  },
  linkFallsSilent: (world, dice) => {
    world.faultsOccurred = true;
    tell(world, 'breakLink', { how: 'silence', ...(dice.chance(0.5) && { side: side(dice) }) });
  },
  sideRefuses: (world, dice) => {
    world.faultsOccurred = true;
    world.bed.refusing.add(side(dice));
    tell(world, 'breakLink', { how: 'close' });
  },
  sidesAcceptAgain: (world) => world.bed.refusing.clear(),
  sideStops: (world, dice) => {
    world.faultsOccurred = true;
    tell(world, 'stopSide', { side: side(dice), how: dice.pick(['announced', 'crash']) });
  },
  sideStarts: (world, dice) => tell(world, 'startSide', { side: side(dice) }),
  sidesSwitch: (world) => {
    world.faultsOccurred = true;
    tell(world, 'switchSides');
  },
  maintenance: (world, dice) => {
    world.faultsOccurred = true;
    tell(world, 'maintenance', { end: dice.chance(0.4) });
  },
  garbage: (world, dice) => {
    world.faultsOccurred = true;
    const { A, B } = world.bed.streams;
    const stream = dice.maybe([...A.slice(-3), ...B.slice(-3)]);
    stream?.onData(dice.pick(GARBAGE));
  },
  gatewaySwitches: (world) => tell(world, 'gatewaySwitch'),
  peripheralGoes: (world) => {
    world.faultsOccurred = true;
    tell(world, 'peripheralOffline');
  },
  peripheralComesBack: (world) => tell(world, 'peripheralOnline'),
  controllerGoes: (world) => tell(world, 'centralControllerOffline'),
  controllerComesBack: (world) => tell(world, 'centralControllerOnline'),
  phoneBreaks: (world, dice) => tell(world, 'instrumentOutOfService', { instrument: phoneOf(dice.pick(AGENTS)) }),
  phoneWorks: (world, dice) => tell(world, 'instrumentInService', { instrument: phoneOf(dice.pick(AGENTS)) }),
  answersComeLate: (world, dice) => {
    world.faultsOccurred = true;
    tell(world, 'slowConfirmations', { ms: dice.pick([0, 0, 50, 400, 3_000, 20_000]) });
  },
  switchRefuses: (world, dice) => tell(world, 'refuseRequests', { requests: CONTROL, times: 1 + dice.below(3) }),
  agentEventsTwice: (world, dice) => tell(world, 'duplicateAgentEvents', { on: dice.chance(0.5) }),
  agentEventsLate: (world, dice) => {
    world.faultsOccurred = true;
    tell(world, 'delayAgentEvents', { ms: dice.pick([0, 100, 2_000]) });
  },
  networkBreaks: (world, dice) => {
    world.faultsOccurred = true;
    for (const way of world.bed.network) if (dice.chance(0.6)) way.cut();
  },
  networkRefuses: (world, dice) => {
    world.faultsOccurred = true;
    const way = dice.pick(world.bed.network);
    way.refusing = true;
    way.cut();
  },
  networkAccepts: (world) => {
    for (const way of world.bed.network) way.refusing = false;
  },
  networkFallsSilent: (world, dice) => {
    world.faultsOccurred = true;
    dice.pick(world.bed.network).fallSilent();
  },
};
