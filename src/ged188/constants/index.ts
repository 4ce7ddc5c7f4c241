/** The named numbers of the protocol: enumerations, masks, status and failure codes, null values, limits. */
export * from './agent.js';
export * from './call.js';
export * from './configuration.js';
export * from './device.js';
export * from './limits.js';
export * from './names.js';
export * from './recording.js';
export * from './session.js';
export * from './status.js';
