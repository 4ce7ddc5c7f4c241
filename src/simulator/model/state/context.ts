import type { Clock, Timer } from '../../../common/clock.js';
import type { Random } from '../../../common/random.js';
import type { SwitchSettings } from './config.js';
import type { SimulatorEventLog } from './event-log.js';
import type { SiteBehavior } from './site-behavior.js';
import type { SimulatedWorld } from './world.js';

/** What every part of the switch uses: the clock, randomness, the world and the event log. */
export interface SwitchContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly world: SimulatedWorld;
  readonly settings: SwitchSettings;
  readonly site: SiteBehavior;
  readonly events: SimulatorEventLog;
  /** Runs something later, as a command of its own. */
  later(ms: number, run: () => void): Timer;
}
