/** The public types of the telephony model: configuration, events, commands and queries. */
export type * from './api.js';
export type * from './config.js';
export type * from './events.js';
