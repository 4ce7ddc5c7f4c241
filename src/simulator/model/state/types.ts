/** The telephony model's face: its configuration, what it tells, what can be asked of it. */
export type * from './api.js';
export type * from './config.js';
export type * from './events.js';
