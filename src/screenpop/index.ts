/** Contact journeys, numbers and the once-only rule, independent of Node-RED. */
export { type FindAgent, isColleague, seatedAgent, type TeamsOf } from './agents.js';
export { numberArgumentOf, readCall, skillGroupOf, textOf } from './arguments.js';
export { betterCalled, betterCaller, isOutbound, readCalled, readCaller } from './caller.js';
export { contactDirection, evidentType, isPassedOn } from './direction.js';
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
export { steadily } from './steadily.js';
export * from './types.js';
export type { Followed } from './visits/call-follower.js';
export { isConsult } from './visits/consults.js';
export { contactData } from './visits/contact-data.js';
export { Remembered } from './visits/remembered.js';
export type { Connection, Visit } from './visits/visit.js';
export { VisitFollower } from './visits/visit-follower.js';
export { type LedgerEntry, VisitLedger, type VisitRecord } from './visits/visit-ledger.js';
export type { VisitListener, VisitSettings } from './visits/visit-options.js';
