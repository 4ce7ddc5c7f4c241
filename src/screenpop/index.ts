/** Contact journeys, numbers and the once-only rule, apart from Node-RED. */
export type { FindAgent } from './agents.js';
export { isOutbound, readCaller } from './caller.js';
export { fillTemplate, readFields, readKeyword } from './fields.js';
export {
  type AgentIdentity,
  agentKey,
  type ConnectionIdentity,
  connectionIdentity,
  type UnroutedCall,
  unroutedJourney,
  visitKey,
} from './identity.js';
export { isInternalPattern } from './numbers/internal.js';
export { asRegion, readNumber } from './numbers/read-number.js';
export type { Claim, PopOutput } from './outputs.js';
export { ScreenPop, type ScreenPopDeps } from './screen-pop.js';
export * from './types.js';
