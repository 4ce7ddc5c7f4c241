/** Contact journeys, numbers and the once-only rule, apart from Node-RED. */
export { type FindAgent, seatedAgent } from './agents.js';
export { numberOf, readCall, textOf } from './arguments.js';
export type { Followed } from './call-follower.js';
export { betterCaller, isOutbound, readCaller } from './caller.js';
export { isConsult } from './consults.js';
export { contactData } from './contact-data.js';
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
export { Remembered } from './remembered.js';
export { ScreenPop, type ScreenPopDeps } from './screen-pop.js';
export * from './types.js';
export type { Connection, Visit } from './visit.js';
export { VisitFollower } from './visit-follower.js';
export type { VisitListener, VisitSettings } from './visit-options.js';
