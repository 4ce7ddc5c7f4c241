/** The settings of a link to a CTI Server: addresses, credentials, time-outs. */

import type { Clock } from '../../common/clock.js';
import type { Dial, Endpoint } from '../../common/network/byte-stream.js';
import type { Random } from '../../common/random.js';
import { charsetOf, type DecodeWarning } from '../../ged188/index.js';

/** The link is up, or the reason why it is not. */
export type LinkReport =
  | { readonly up: true; readonly side: 'A' | 'B'; readonly version: number }
  | {
      readonly up: false;
      readonly side: 'A' | 'B';
      readonly code: string;
      readonly reason: string;
      /** No further attempt is made: the configuration must be changed. */
      readonly terminal: boolean;
    };

export interface LinkSettings {
  /** The two sides of the CTI Server pair; B may be missing. */
  sides: { A: Endpoint; B?: Endpoint };
  /** How a stream is opened: over TCP, TLS, or an in-memory pipe. */
  dial: Dial;
  clock: Clock;
  /** Jitter of the back-off. */
  random: Random;
  /**
   * OPEN_REQ.ClientID, at most 63 characters. Unique on the CTI Server: a second session with it disconnects the first.
   */
  clientId: string;
  /** OPEN_REQ.ClientPassword; never logged, never in a message or an error. */
  password?: string;
  /** OPEN_REQ.ClientSignature, displayed next to the agents that this client handles. */
  signature?: string;
  /** A fixed protocol version; absent: the highest common version. */
  protocolVersion?: number;
  /** A heartbeat is sent after this much silence, in milliseconds; the protocol requires at least 5,000. */
  heartbeatMs?: number;
  /** Number of unanswered heartbeats after which the peer counts as dead: within heartbeatMs × (misses + 1). */
  heartbeatMisses?: number;
  /** Time-out for opening the stream. */
  dialMs?: number;
  /** Time-out for OPEN_CONF; the guide requires at least 30 s, 60 s at large sites. */
  openMs?: number;
  /** Time-out for CLOSE_CONF. */
  closeMs?: number;
  /**
   * How many clients may reconnect at the same time: the guide's first pause is a random part of clients/10 seconds.
   */
  clients?: number;
  /** Called with each change of the link's state, for logs; the objects are the link's owner. */
  onReport?: (report: LinkReport) => void;
  /**
   * Charset of text outside ASCII on the wire: `latin1` (the default), `utf8`, `windows-1252` ...; the guide defines
   * ASCII only.
   */
  charset?: string;
  /** Called once for each kind of oddity in the CTI Server's messages: unknown tags, wrong counts ... */
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

/** @throws RangeError if the runtime knows no charset of this name, or if it is not a superset of ASCII */
export function checkCharset(name: string): void {
  charsetOf(name);
}
