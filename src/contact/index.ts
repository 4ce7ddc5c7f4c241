/** Records of contacts and of each agent's segment of them, independent of Node-RED. */
export { ContactRecorder, type ContactRecorderDeps, RECORDED_CALL_TYPES } from './contact-recorder.js';
export * from './types.js';
