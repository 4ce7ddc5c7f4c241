/**
 * The simulated contact center: a CTI Server (GED-188, versions 13 to 25) over a telephony model, on real sockets or
 * in memory, on the wall clock or a virtual one. No Cisco needed.
 */

export type { Clock, Timer } from '../common/clock.js';
export type { ByteStream } from '../common/network/byte-stream.js';
export { memoryPipe } from '../common/network/pipe.js';
export { VirtualClock } from '../common/virtual-clock.js';
export type {
  ArgumentDefinition,
  ArgumentDefinitions,
  ArgumentType,
  Command,
  CommandGroup,
} from './commands/definition.js';
export { CommandError } from './commands/definition.js';
export {
  type CommandArguments,
  type CommandName,
  type CommandResult,
  commandByName,
  commands,
} from './commands/index.js';
export { type Caller, callers, customers, unknownCaller, withheldCaller } from './model/site/callers.js';
export { DEFAULT_PERIPHERAL_ID, defaultWorld } from './model/site/default-site.js';
export { siteLists } from './model/site/site-lists.js';
export {
  isSiteProfile,
  type SiteBehavior,
  type SiteProfileName,
  siteBehavior,
  siteProfiles,
} from './model/state/site-behavior.js';
export type { WorldConfig } from './model/state/types.js';
export {
  type Listening,
  type SimulatorOptions,
  type SimulatorTls,
  simulatorDefaults,
  type TrafficLevel,
} from './options.js';
export { Replay, type ReplayOptions } from './replay/replay.js';
export type { ReplaySpeed } from './replay/replay-pace.js';
export { checkScenario, ScenarioError, scenarioSchema } from './scenarios/check.js';
export type { CallPhase, DoStep, Scenario, ScenarioStep, ScenarioStep as Step, UntilStep } from './scenarios/format.js';
export type { ScenarioProgress } from './scenarios/runner.js';
export { shippedScenarios } from './scenarios/shipped.js';
export { Simulator } from './simulator.js';
