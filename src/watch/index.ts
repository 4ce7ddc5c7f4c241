/** Watches states and conditions for their duration, independent of Node-RED. */
export { ObjectWatch, type WatchView } from './object-watch.js';
export { type Lasted, StateHolds } from './state-holds.js';
export type { WatchedKind, WatchedRecord, WatchReport, WatchRule } from './types.js';
