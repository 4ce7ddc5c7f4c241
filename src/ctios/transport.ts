/**
 * The interface between tier 1 (CIL) and tier 2 (CTI OS Server): its messages, and how a CIL connects to a server. In
 * one process the messages are passed by reference; over the network each is one JSON text frame. The CIL behaves
 * identically in both cases, and neither side may modify a message after sending it.
 */

/** Transferred arguments: plain JSON-safe data under CTI OS keywords. Absent keys are omitted, never null. */
export interface Args {
  [keyword: string]: ArgValue;
}
export type ArgValue = string | number | boolean | Args;

/** The version of the messages below. A server rejects a client of another version with a message. */
export const NORTHBOUND_VERSION = 1;

/** The result of a request. Each request ends exactly once. */
export type Outcome =
  /** The server has received the switch's confirmation. */
  | 'confirmed'
  /** Refused by the server or the switch; the request had no effect. */
  | 'failed'
  /** Never sent: its time ran out before there was a link. */
  | 'expired'
  /** Sent, then the link was lost or no response arrived; it may have been carried out. */
  | 'unknown';

/** The reason why a request was not confirmed: plain data, safe to show, never the request's arguments. */
export interface RequestFailure {
  /** `CF_…`, `E_CTI_…` or `CTIOS_…`; stable, for programs. */
  code: string;
  /** A sentence that tells a user what to do. */
  message: string;
  failureCode?: number;
  peripheralErrorCode?: number;
}

/** A message sent by a CIL. */
export type ClientMessage =
  | { kind: 'hello'; version: number; client: string; heartbeatMs?: number }
  | {
      kind: 'request';
      /** Chosen by the CIL, unique while the connection lasts. */
      id: number;
      /** The name of a request of the vocabulary, for example "Hold", "SetAgentState", "SetMessageFilter". */
      request: string;
      /** UniqueObjectID of the object it is for; absent for requests of the session. */
      target?: string;
      args: Args;
      /** How long the CIL waits for the response, in milliseconds. The server gives up no later. */
      answerMs: number;
    }
  | { kind: 'heartbeat'; id: number }
  | { kind: 'bye' };

/** An event sent to clients: one object shared by all receiving clients, serialized once. */
export interface EventMessage {
  readonly kind: 'event';
  /** Canonical name of the vocabulary: "OnCallDelivered". */
  readonly event: string;
  /** The event's own arguments; UniqueObjectID names the object it is for. Do not modify them. */
  readonly args: Args;
  /** Learned from a snapshot, not observed. */
  readonly recovered?: true;
  /** Read from an event stream that was written before its reader started. */
  readonly replayed?: true;
  /**
   * When it was published to an event stream, in milliseconds since the epoch: the same for all readers. Absent if it is
   * received as it happens.
   */
  readonly time?: number;
  /** The same on the monotonic clock of this process. Continues evenly if the publisher's clock is set. */
  readonly at?: number;
}

/** The state of a server's link to the CTI Server, for display; the same for a local and a remote server. */
export interface LinkStatus {
  /** The state of the link's state machine: "up", "connecting", "waiting", "failed" … */
  readonly state: string;
  /** The CTI Server to which the link is connected. */
  readonly side?: 'A' | 'B';
  /** The reason why it is not up. */
  readonly reason?: string;
  /**
   * The reason as a code: `E_CTI_…` if the CTI Server refused, otherwise `CTIOS_…`. Absent before the first problem.
   */
  readonly code?: string;
  /** The version of GED-188 in use. */
  readonly protocolVersion?: number;
  /** The round trip of the last heartbeat to the CTI Server, in milliseconds. */
  readonly roundTripMs?: number;
  /** A standby session is open on the other side. */
  readonly standby: boolean;
  /** Services granted by the CTI Server, by the ends of their names: "ALL_EVENTS", "SUPERVISOR" … */
  readonly services?: readonly string[];
  /** Certificate of the CTI Server, if the link uses TLS; `validTo` in milliseconds since the epoch. */
  readonly certificate?: { readonly subject: string; readonly validTo: number };
}

/** A message sent by a server. */
export type ServerMessage =
  | { kind: 'welcome'; version: number; server: string; connectionId: string; heartbeatMs: number }
  | { kind: 'refused'; code: string; message: string }
  | EventMessage
  | {
      kind: 'done';
      id: number;
      outcome: Outcome;
      /** The confirmation event, sent only to the requester, if the request has one. */
      conf?: EventMessage;
      /** Present unless confirmed. An `OnControlFailureConf` for it, if the guide fires one, is in `conf`. */
      failure?: RequestFailure;
      /** UniqueObjectID of the call that the request created (MakeCall, MakeConsultCall …), once it is known. */
      newObject?: string;
    }
  /** Sent after the welcome and whenever it changes; a change of only the round trip at most every 30 s. */
  | { kind: 'link'; link: LinkStatus }
  | { kind: 'heartbeat'; id: number }
  | { kind: 'closing'; code: string; message: string };

/** One connection between a CIL and a server. */
export interface Transport {
  send(message: ClientMessage): void;
  /** Closes cleanly; `onClosed` follows. */
  close(): void;
  /** Handlers, set in the turn in which the transport is received. */
  onMessage: (message: ServerMessage) => void;
  /** The certificate of the server, if TLS is used. */
  readonly certificate?: { readonly subject: string; readonly validTo: number };
  /** Last call of a transport. */
  onClosed: (error?: Error) => void;
}

/** The way to one server (side A or side B), in memory or over a WebSocket. */
export interface Connector {
  /** For people: "this process", "wss://ctios-a.example.com:42028". */
  readonly name: string;
  /** The server is elsewhere: a program that waits to reach it again is not over. */
  readonly remote?: true;
  /**
   * Exactly one of the callbacks is called, never in the turn of the call itself.
   * @returns a function that gives up the attempt
   */
  connect(opened: (transport: Transport) => void, failed: (error: Error) => void): () => void;
}
