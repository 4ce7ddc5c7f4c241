/** Saves a recording as a file, redacted by default. */
import type { FlightRecorder } from './flight-recorder.js';
import { pcapngOf } from './pcap/pcapng-writer.js';
import { redactRecording } from './redaction/redact.js';

export interface SaveOptions {
  /** Replaces personal data with pseudonyms. Default: true. */
  readonly redact?: boolean | undefined;
}

export interface SavedRecording {
  /** A pcapng file. */
  readonly file: Buffer;
  readonly sessions: number;
  readonly frames: number;
  readonly redacted: boolean;
}

export function saveRecording(recorder: FlightRecorder, { redact = true }: SaveOptions = {}): SavedRecording {
  const taken = recorder.take();
  const recording = redact ? redactRecording(taken) : taken;
  return {
    file: pcapngOf(recording, 'CTI OS for Node-RED'),
    sessions: recording.sessions.length,
    frames: recording.sessions.reduce((total, { frames }) => total + frames.length, 0),
    redacted: recording.redacted,
  };
}
