/** What opening a session gives: the session itself, and what came with it. */
import type { SessionApi } from '../../../src/cil/index.js';
import type { RecorderStatus, SavedRecording } from '../../../src/embedded.js';
import type { ReaderState } from '../../../src/stream/index.js';
import type { Certificate } from './certificates.js';

export interface OpenedSession {
  readonly session: SessionApi;
  /** The simulated contact center behind it, if it is one. */
  readonly simulator?: SimulatorFace;
  /** The server's link to the CTI Server, as it was last told: for people. */
  readonly link?: LinkView;
  /** What the connection stands on, where it has TLS. */
  readonly certificates?: readonly Certificate[];
  /** What its agents choose from, where the server is in this process and knows it. */
  readonly site?: SiteLists;
  /** The last frames of the link to the CTI Server, where they are kept in this process. */
  readonly recorder?: RecorderFace | undefined;
  /** The part in a group of readers, where events come from an event stream. */
  readonly reader?: ReaderFace;
  /** Whether requests that change something may be made: a monitor-mode session only watches unless it is told. */
  readonly control: boolean;
  /** The message filter of monitor mode; blank or absent: everything. */
  readonly filter?: string;
  /** Chooses the mode, and does it again when asked; rejects when the mode is refused. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** What a session's host uses of a reader of an event stream. */
export interface ReaderFace {
  readonly state: ReaderState;
  /** @returns stops it */
  onState(listener: (state: ReaderState) => void): () => void;
  /** While nodes come and go, events stay in the stream. */
  pause(paused: boolean): void;
  /** Claims a contact among all groups. @returns whether this group shows it */
  claim(key: string): Promise<boolean>;
}

/** Reasons (text -> EventReasonCode), wrap-up texts, and numbers that callers dial with their names. */
export interface SiteLists {
  readonly notReadyReasonCodes: Readonly<Record<string, number>>;
  readonly logoutReasonCodes: Readonly<Record<string, number>>;
  readonly incomingWrapupStrings: readonly string[];
  readonly dialedNumbers: Readonly<Record<string, string>>;
}

/** What is told of a link. */
export interface LinkView {
  readonly linkState: string;
  readonly side?: 'A' | 'B';
  /** Why it is not up, in words. */
  readonly linkReason?: string;
  /** The same for programs. */
  readonly linkCode?: string;
  readonly protocol?: number;
  readonly roundTripMs?: number;
  readonly standby: boolean;
  /** Services that the CTI Server granted, by name. */
  readonly services?: readonly string[];
}

/** What a node may do with a simulated contact center. */
export interface SimulatorFace {
  run(command: string, args: Record<string, unknown>): unknown;
}

/** What a node or the editor may do with a recorder. */
export interface RecorderFace {
  readonly status: RecorderStatus;
  /** @param redact whether personal data are replaced by pseudonyms */
  save(redact: boolean): SavedRecording;
}
