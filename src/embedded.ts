/**
 * Tiers 2 and 3 within this process, for as long as somebody uses them: an object server with its link to a CTI Server
 * and, where asked for, the simulated contact center behind it.
 */
import { systemClock } from './common/clock.js';
import { replayOfFile } from './embedded/embedded-parts.js';
import { EmbeddedServers, type ServerHandle } from './embedded/embedded-servers.js';
import type { EmbeddedSettings } from './embedded/embedded-settings.js';
import { checkCharset, createLink, createObjectServer } from './server/index.js';
import { commands, Simulator } from './simulator/index.js';
import { SiteMember } from './stream/index.js';

const ownServers = new EmbeddedServers({
  simulator: (options) => new Simulator(options),
  replay: replayOfFile,
  link: createLink,
  server: createObjectServer,
  member: (options) => new SiteMember(options),
  clock: systemClock,
});

/**
 * Starts, or joins, what the settings ask for, in this process.
 * @throws CtiosError `CTIOS_CLIENT_ID_IN_USE`, as {@link EmbeddedServers.acquire}; ScenarioError, RangeError for a
 *   simulated center that cannot be
 */
export function acquireServer(settings: EmbeddedSettings): ServerHandle {
  return ownServers.acquire(settings);
}

export { examine, type Finding, inDialog } from './doctor/index.js';
export type {
  EmbeddedParts,
  Simulation,
  StartableMembership,
  StartableSimulation,
  StreamMembership,
} from './embedded/embedded-parts.js';
export { EmbeddedServers, type ServerHandle, type SiteLists } from './embedded/embedded-servers.js';
export type { EmbeddedCtiServer, EmbeddedSettings, Recorded, SimulatedCenter } from './embedded/embedded-settings.js';
export { type FlightRecorderStatus, type SavedRecording, saveRecording } from './recording/index.js';
export type { MetricName } from './server/observability/metric-table.js';
export { EXPOSITION_TYPE, exposition, type Family, Gauge, type Labels } from './server/observability/metrics.js';
export { processMetrics } from './server/observability/process-metrics.js';
/** The peripheral of every simulated contact center. */
export { DEFAULT_PERIPHERAL_ID } from './simulator/index.js';
export { RecentLines, supportBundle } from './support/index.js';
export { checkCharset };

/** What can be done to a simulated contact center, for lists and checks. */
export const simulatorCommands = commands;
