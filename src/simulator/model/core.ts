import type { Clock, Timer } from '../../common/clock.js';
import type { Random } from '../../common/random.js';
import type { Agents } from './agents.js';
import type { Arrivals } from './arrivals.js';
import type { Calls } from './calls.js';
import type { Conference } from './conference.js';
import type { SwitchSettings } from './config.js';
import type { Connections } from './connections.js';
import type { Consultation } from './consult.js';
import type { Dialling } from './dialling.js';
import type { Help } from './help.js';
import type { Media } from './media.js';
import type { Merging } from './merging.js';
import type { Preview } from './preview.js';
import type { Router } from './routing.js';
import type { StatisticsKeeper } from './statistics.js';
import type { Supervision } from './supervisor.js';
import type { Telling } from './telling.js';
import type { Transfer } from './transfer.js';
import type { World } from './world.js';
import type { Wrapups } from './wrapup.js';

/** The model's departments, as they know each other. */
export interface Core {
  readonly clock: Clock;
  readonly random: Random;
  readonly world: World;
  readonly settings: SwitchSettings;
  readonly telling: Telling;
  readonly connections: Connections;
  readonly media: Media;
  readonly calls: Calls;
  readonly dialling: Dialling;
  readonly consultation: Consultation;
  readonly merging: Merging;
  readonly transfer: Transfer;
  readonly conference: Conference;
  readonly help: Help;
  readonly preview: Preview;
  readonly supervision: Supervision;
  readonly arrivals: Arrivals;
  readonly router: Router;
  readonly agents: Agents;
  readonly wrapups: Wrapups;
  readonly statistics: StatisticsKeeper;
  /** Runs something later, as a command of its own. */
  later(ms: number, run: () => void): Timer;
}
