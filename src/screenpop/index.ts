/** Contact journeys, numbers and the once-only rule, apart from Node-RED. */
export { isOutbound, OUTBOUND_CALL_TYPES, readCaller } from './caller.js';
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
export { type PopOutput, ScreenPop, type ScreenPopDeps } from './screen-pop.js';
export * from './types.js';
