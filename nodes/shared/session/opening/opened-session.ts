/** The result of opening a session: the session itself, and what belongs to it. */
import type { AgentSessions, SessionApi } from '../../../../src/cil/index.js';
import type { LinkStatus } from '../../../../src/ctios/index.js';
import type { FlightRecorderStatus, SavedRecording, SiteLists, StreamMembership } from '../../../../src/embedded.js';
import type { GroupRecords, ReaderState } from '../../../../src/stream/index.js';
import type { Certificate } from './certificates.js';

export interface OpenedSession {
  readonly session: SessionApi;
  /** The same, if there are sessions for many agents. */
  readonly agents?: AgentSessions;
  /** The simulated contact center behind it, if there is one. */
  readonly simulator?: SimulatorFace;
  /** The server's link to the CTI Server, as last reported, for display. */
  readonly link?: LinkStatus;
  /** The certificates it depends on, if it uses TLS. */
  readonly certificates?: readonly Certificate[];
  /** What its agents choose from, if the server is in this process and knows it. */
  readonly site?: SiteLists;
  /** The last frames of the link to the CTI Server, if they are kept in this process. */
  readonly recorder?: RecorderFace | undefined;
  /** The membership in a group of readers, if events come from an event stream. */
  readonly reader?: ReaderFace;
  /** The part in the event stream of its site, if the session publishes to one. */
  readonly stream?: StreamMembership;
  /** Whether requests that change something are permitted: by default a monitor-mode session is read-only. */
  readonly control: boolean;
  /** The message filter of monitor mode; blank or absent: everything. */
  readonly filter?: string;
  /** Sets the mode, and sets it again when called again; rejects if the mode is refused. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** The session host's interface to a reader of an event stream. */
export interface ReaderFace {
  readonly state: ReaderState;
  /** @returns stops it */
  onState(listener: (state: ReaderState) => void): () => void;
  /** Keeps events in the stream while a deploy replaces nodes. */
  pause(paused: boolean): void;
  /** What the processes of the group know of visits to agents. */
  readonly visits: Pick<GroupRecords, 'put' | 'recent'>;
  /** Runs before this process becomes active; no event arrives before it resolves. @returns a function that removes it */
  beforeWork(prepare: () => Promise<void>): () => void;
  /** Claims a contact among all groups. @returns whether this group shows it */
  claim(key: string): Promise<boolean>;
}

/** The operations of nodes on a simulated contact center. */
export interface SimulatorFace {
  run(command: string, args: Record<string, unknown>): unknown;
}

/** The operations of nodes and the editor on a recorder. */
export interface RecorderFace {
  readonly status: FlightRecorderStatus;
  /** @param redact whether personal data are replaced by pseudonyms */
  save(redact: boolean): SavedRecording;
}
