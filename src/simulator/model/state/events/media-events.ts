/** The events of a call's media: RTP streams, recording, DTMF digits. */
import type { CallHappening } from './call-events.js';

export interface RtpStartedEvent extends CallHappening {
  readonly kind: 'rtpStarted';
  /** RTPDirection: 0 the phone receives, 1 the phone sends. */
  readonly direction: 0 | 1;
  readonly agentId: string;
  readonly extension: string;
  readonly instrument: string;
  /** Addresses as text, e.g. "10.20.0.17". */
  readonly clientAddress: string;
  readonly clientPort: number;
  readonly sendingAddress: string;
  readonly sendingPort: number;
  /** Bits per second, milliseconds per packet, RTP payload type. */
  readonly bitRate: number;
  readonly packetSize: number;
  readonly payloadType: number;
}
export interface RtpStoppedEvent extends CallHappening {
  readonly kind: 'rtpStopped';
  readonly direction: 0 | 1;
  readonly agentId: string;
  readonly extension: string;
  readonly instrument: string;
  readonly clientAddress: string;
  readonly clientPort: number;
  readonly sendingAddress: string;
  readonly sendingPort: number;
}

export interface RecordingEvent extends CallHappening {
  readonly kind: 'recordingStarted' | 'recordingStopped';
  readonly agentId?: string;
}

/** Which recorder has the call. */
export interface RecordingTargetEvent extends CallHappening {
  readonly kind: 'recordingTarget';
}

export interface DtmfSentEvent extends CallHappening {
  readonly kind: 'dtmfSent';
  readonly digits: string;
}
