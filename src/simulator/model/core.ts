import type { Clock, Timer } from '../../common/clock.js';
import type { Random } from '../../common/random.js';
import type { Agents } from './agents/agents.js';
import type { Wrapups } from './agents/wrapup.js';
import type { Arrivals } from './routing/inbound-calls.js';
import type { Router } from './routing/router.js';
import type { SwitchSettings } from './state/config.js';
import type { Telling } from './state/event-log.js';
import type { World } from './state/world.js';
import type { StatisticsKeeper } from './statistics/statistics.js';
import type { Calls } from './telephony/calls.js';
import type { Conference } from './telephony/conference.js';
import type { Connections } from './telephony/connections.js';
import type { Consultation } from './telephony/consult.js';
import type { Dialling } from './telephony/dialing.js';
import type { Media } from './telephony/media.js';
import type { Merging } from './telephony/merging.js';
import type { Preview } from './telephony/outbound-preview.js';
import type { Supervision } from './telephony/supervision.js';
import type { Help } from './telephony/supervisor-assist.js';
import type { Transfer } from './telephony/transfer.js';

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
