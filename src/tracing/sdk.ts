/** What an SDK of OpenTelemetry can take from this package: `@openctios/node-red-ctios/tracing`. */
export { JourneyIds } from './journey-ids.js';
