/** Faults. Each one marks the world as troubled: from then on a session may not have received everything. */
import type { CommandName } from '../../src/simulator/commands/index.js';
import { AGENTS, type ChaosWorld, phoneOf } from './chaos-world.js';
import type { Dice } from './dice.js';

type Trouble = (town: ChaosWorld, dice: Dice) => void;

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

export const troubles: Readonly<Record<string, Trouble>> = {
  linkBreaks: (town, dice) => {
    town.troubled = true;
    tell(town, 'breakLink', { how: dice.pick(['close', 'reset']), ...(dice.chance(0.5) && { side: side(dice) }) });
  },
  linkFallsSilent: (town, dice) => {
    town.troubled = true;
    tell(town, 'breakLink', { how: 'silence', ...(dice.chance(0.5) && { side: side(dice) }) });
  },
  sideRefuses: (town, dice) => {
    town.troubled = true;
    town.bed.refusing.add(side(dice));
    tell(town, 'breakLink', { how: 'close' });
  },
  sidesAcceptAgain: (town) => town.bed.refusing.clear(),
  sideStops: (town, dice) => {
    town.troubled = true;
    tell(town, 'stopSide', { side: side(dice), how: dice.pick(['announced', 'crash']) });
  },
  sideStarts: (town, dice) => tell(town, 'startSide', { side: side(dice) }),
  sidesSwitch: (town) => {
    town.troubled = true;
    tell(town, 'switchSides');
  },
  maintenance: (town, dice) => {
    town.troubled = true;
    tell(town, 'maintenance', { end: dice.chance(0.4) });
  },
  garbage: (town, dice) => {
    town.troubled = true;
    const { A, B } = town.bed.streams;
    const stream = dice.maybe([...A.slice(-3), ...B.slice(-3)]);
    stream?.onData(dice.pick(GARBAGE));
  },
  gatewaySwitches: (town) => tell(town, 'gatewaySwitch'),
  peripheralGoes: (town) => {
    town.troubled = true;
    tell(town, 'peripheralOffline');
  },
  peripheralComesBack: (town) => tell(town, 'peripheralOnline'),
  controllerGoes: (town) => tell(town, 'centralControllerOffline'),
  controllerComesBack: (town) => tell(town, 'centralControllerOnline'),
  phoneBreaks: (town, dice) => tell(town, 'instrumentOutOfService', { instrument: phoneOf(dice.pick(AGENTS)) }),
  phoneWorks: (town, dice) => tell(town, 'instrumentInService', { instrument: phoneOf(dice.pick(AGENTS)) }),
  answersComeLate: (town, dice) => {
    town.troubled = true;
    tell(town, 'slowConfirmations', { ms: dice.pick([0, 0, 50, 400, 3_000, 20_000]) });
  },
  switchRefuses: (town, dice) => tell(town, 'refuseRequests', { requests: CONTROL, times: 1 + dice.below(3) }),
  agentEventsTwice: (town, dice) => tell(town, 'duplicateAgentEvents', { on: dice.chance(0.5) }),
  agentEventsLate: (town, dice) => {
    town.troubled = true;
    tell(town, 'delayAgentEvents', { ms: dice.pick([0, 100, 2_000]) });
  },
  networkBreaks: (town, dice) => {
    town.troubled = true;
    for (const way of town.bed.network) if (dice.chance(0.6)) way.cut();
  },
  networkRefuses: (town, dice) => {
    town.troubled = true;
    const way = dice.pick(town.bed.network);
    way.refusing = true;
    way.cut();
  },
  networkAccepts: (town) => {
    for (const way of town.bed.network) way.refusing = false;
  },
  networkFallsSilent: (town, dice) => {
    town.troubled = true;
    dice.pick(town.bed.network).fallSilent();
  },
};
