/** The public types of the telephony model: configuration, events, commands and queries. */
export type * from './api.js';
export type * from './config.js';
export type * from './events/agent-events.js';
export type * from './events/call-events.js';
export type * from './events/media-events.js';
export type * from './events/site-events.js';
export type * from './events/values.js';
export type * from './events.js';
