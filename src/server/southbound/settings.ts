/** What a link to a CTI Server is told: where, as whom, with which patience. */
import type { Dial, Endpoint } from '../../common/byte-stream.js';
import type { Clock } from '../../common/clock.js';
import type { Random } from '../../common/random.js';
import { charsetOf, type DecodeWarning } from '../../ged188/index.js';

/** The link is up, or why it is not. */
export type LinkReport =
  | { readonly up: true; readonly side: 'A' | 'B'; readonly version: number }
  | {
      readonly up: false;
      readonly side: 'A' | 'B';
      readonly code: string;
      readonly reason: string;
      /** No further attempt is made: somebody has to change something. */
      readonly terminal: boolean;
    };

export interface LinkSettings {
  /** The two sides of the CTI Server pair; B may be missing. */
  sides: { A: Endpoint; B?: Endpoint };
  /** How a stream is opened: over TCP, TLS, or a pipe in memory. */
  dial: Dial;
  clock: Clock;
  /** Jitter of the back-off. */
  random: Random;
  /** OPEN_REQ.ClientID, at most 63 characters. Unique on the CTI Server: a second session under it throws out the first. */
  clientId: string;
  /** OPEN_REQ.ClientPassword; never logged, never in a message or an error. */
  password?: string;
  /** OPEN_REQ.ClientSignature, shown beside the agents that this client handles. */
  signature?: string;
  /** A protocol version to insist upon; absent: the newest that both know. */
  protocolVersion?: number;
  /** A heartbeat is sent after so much silence, in milliseconds; the protocol wants 5,000 at least. */
  heartbeatMs?: number;
  /** So many unanswered heartbeats and the peer is dead: it is found within heartbeatMs × (misses + 1). */
  heartbeatMisses?: number;
  /** For the stream to be opened. */
  dialMs?: number;
  /** For OPEN_CONF; the guide wants 30 s at least, 60 s at large sites. */
  openMs?: number;
  /** For CLOSE_CONF. */
  closeMs?: number;
  /** How many clients may come back at the same time: the guide's first pause is a random part of clients/10 seconds. */
  clients?: number;
  /** Called at each change of how the link stands, for a log: what the objects are told goes to `onUp` and `onDown`. */
  onReport?: (report: LinkReport) => void;
  /** Character set of text outside ASCII on the wire: `latin1` (the default), `utf8`, `windows-1252` ...; the guide knows ASCII only. */
  charset?: string;
  /** Told once of each kind of oddity in what the CTI Server sends: unknown tags, counts that disagree ... */
  onOddity?: (oddity: Readonly<DecodeWarning>) => void;
}

export type ResolvedLinkSettings = LinkSettings &
  Required<Pick<LinkSettings, 'heartbeatMs' | 'heartbeatMisses' | 'dialMs' | 'openMs' | 'closeMs' | 'clients'>>;

/** Fills in the guide's values: heartbeat 5 s and 3, 30 s for OPEN_CONF, 5 s for CLOSE_CONF. */
export function resolveLinkSettings(settings: LinkSettings): ResolvedLinkSettings {
  return {
    ...settings,
    heartbeatMs: settings.heartbeatMs ?? 5_000,
    heartbeatMisses: settings.heartbeatMisses ?? 3,
    dialMs: settings.dialMs ?? 5_000,
    openMs: settings.openMs ?? 30_000,
    closeMs: settings.closeMs ?? 5_000,
    clients: settings.clients ?? 50,
  };
}

/** @throws RangeError if the runtime knows no character encoding of this name, or if it is not a superset of ASCII */
export function checkCharset(name: string): void {
  charsetOf(name);
}
