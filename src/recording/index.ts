/** Records sessions with CTI Servers, and redacts, writes and reads the recordings. */

export { type DecodedFrame, type DecodedSession, decodeSession } from './decoding/decode-session.js';
export { finesseJson, finesseText, frameJson, frameText, sessionLine } from './decoding/render.js';
export {
  FlightRecorder,
  type FlightRecorderOptions,
  type FlightRecorderStatus,
  type RecordingMode,
} from './flight-recorder.js';
export { isCapture } from './pcap/capture-reader.js';
export { pcapngOf } from './pcap/pcapng-writer.js';
export { type ReadRecording, readCaptureFile } from './pcap/read-capture.js';
export { type MessageFile, readMessageFile } from './read-file.js';
export {
  OPEN_REQ_NUMBER,
  type RecordedEnd,
  type RecordedFrame,
  type RecordedSession,
  type Recording,
  versionOf,
} from './recording.js';
export { Pseudonyms } from './redaction/pseudonyms.js';
export { redactRecording } from './redaction/redact.js';
export { KEPT, REPLACED_NUMBERS } from './redaction/redaction-rules.js';
export { type SavedRecording, type SaveOptions, saveRecording } from './save.js';
export { withoutSecrets } from './secrets.js';
