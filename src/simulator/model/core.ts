import type { Clock, Timer } from '../../common/clock.js';
import type { Random } from '../../common/random.js';
import type { SimulatedAgents } from './agents/agents.js';
import type { Wrapups } from './agents/wrapup.js';
import type { InboundCalls } from './routing/inbound-calls.js';
import type { CallRouter } from './routing/router.js';
import type { SwitchSettings } from './state/config.js';
import type { EventLog } from './state/event-log.js';
import type { SimulatedWorld } from './state/world.js';
import type { StatisticsKeeper } from './statistics/statistics.js';
import type { SimulatedCalls } from './telephony/calls.js';
import type { Conference } from './telephony/conference.js';
import type { Connections } from './telephony/connections.js';
import type { Consultation } from './telephony/consult.js';
import type { Dialing } from './telephony/dialing.js';
import type { Media } from './telephony/media.js';
import type { Merging } from './telephony/merging.js';
import type { Preview } from './telephony/outbound-preview.js';
import type { SimulatedSupervision } from './telephony/supervision.js';
import type { SupervisorAssist } from './telephony/supervisor-assist.js';
import type { Transfer } from './telephony/transfer.js';

/** The model's departments, as they know each other. */
export interface Core {
  readonly clock: Clock;
  readonly random: Random;
  readonly world: SimulatedWorld;
  readonly settings: SwitchSettings;
  readonly telling: EventLog;
  readonly connections: Connections;
  readonly media: Media;
  readonly calls: SimulatedCalls;
  readonly dialing: Dialing;
  readonly consultation: Consultation;
  readonly merging: Merging;
  readonly transfer: Transfer;
  readonly conference: Conference;
  readonly help: SupervisorAssist;
  readonly preview: Preview;
  readonly supervision: SimulatedSupervision;
  readonly inboundCalls: InboundCalls;
  readonly router: CallRouter;
  readonly agents: SimulatedAgents;
  readonly wrapups: Wrapups;
  readonly statistics: StatisticsKeeper;
  /** Runs something later, as a command of its own. */
  later(ms: number, run: () => void): Timer;
}
