/**
 * The border between tier 1 (CIL) and tier 2 (CTI OS Server): which messages pass it, and how a CIL reaches a server.
 * In one process the messages are passed as they are; over the network each is one JSON text frame. The CIL cannot
 * tell the difference, and neither side may change a message once sent.
 */

/** Arguments as they travel: plain JSON-safe data under CTI OS keywords. Absent keys are left out, never null. */
export interface Args {
  [keyword: string]: ArgValue;
}
export type ArgValue = string | number | boolean | Args;

/** The version of the messages below. A server refuses a client of another version, in words. */
export const NORTHBOUND_VERSION = 1;

/** How a request ended. Each request ends exactly once. */
export type Outcome =
  /** the server has the switch's confirmation */
  | 'confirmed'
  /** refused, by the server or by the switch; nothing happened */
  | 'failed'
  /** never sent: its time ran out before there was a link */
  | 'expired'
  /** sent, then the link was lost or the answer did not come; it may have happened */
  | 'unknown';

/** Why a request did not end confirmed: plain data, safe to show, never the request's arguments. */
export interface RequestFailure {
  /** `CF_…`, `E_CTI_…` or `CTIOS_…`; stable, for programs. */
  code: string;
  /** A sentence a person can act on. */
  message: string;
  failureCode?: number;
  peripheralErrorCode?: number;
}

/** What a CIL sends. */
export type ClientMessage =
  | { kind: 'hello'; version: number; client: string; heartbeatMs?: number }
  | {
      kind: 'request';
      /** Chosen by the CIL, unique while the connection lasts. */
      id: number;
      /** A request's name of the vocabulary, e.g. "Hold", "SetAgentState", "SetMessageFilter". */
      request: string;
      /** UniqueObjectID of the object it is for; absent for requests of the session. */
      target?: string;
      args: Args;
      /** How long the CIL waits for the answer, in milliseconds. The server gives up no later. */
      answerMs: number;
    }
  | { kind: 'heartbeat'; id: number }
  | { kind: 'bye' };

/** An event on its way to a client: one object shared by all the clients that get it, serialised once. */
export interface EventMessage {
  readonly kind: 'event';
  /** Canonical name of the vocabulary: "OnCallDelivered". */
  readonly event: string;
  /** The event's own arguments; UniqueObjectID names the object it is for. Not to be changed. */
  readonly args: Args;
  /** Learned from a snapshot, not seen happen. */
  readonly recovered?: true;
  /** Read from an event stream that was written before its reader came. */
  readonly replayed?: true;
}

/** How a server's link to the CTI Server stands: for people, and the same whether the server is near or far. */
export interface LinkStatus {
  /** State of the link's table: "up", "connecting", "waiting", "failed" … */
  readonly state: string;
  /** The CTI Server that carries it. */
  readonly side?: 'A' | 'B';
  /** Why it is not up, in words. */
  readonly reason?: string;
  /** The same for programs: `E_CTI_…` where the CTI Server refused, else `CTIOS_…`. Absent before anything went wrong. */
  readonly code?: string;
  /** Version of GED-188 in force. */
  readonly protocolVersion?: number;
  /** Milliseconds that the last heartbeat took, to the CTI Server and back. */
  readonly roundTripMs?: number;
  /** A session stands by on the other side. */
  readonly standby: boolean;
  /** Services that the CTI Server granted, by the ends of their names: "ALL_EVENTS", "SUPERVISOR" … */
  readonly services?: readonly string[];
  /** Certificate of the CTI Server, where the link has TLS; `validTo` in milliseconds since the epoch. */
  readonly certificate?: { readonly subject: string; readonly validTo: number };
}

/** What a server sends. */
export type ServerMessage =
  | { kind: 'welcome'; version: number; server: string; connectionId: string; heartbeatMs: number }
  | { kind: 'refused'; code: string; message: string }
  | EventMessage
  | {
      kind: 'done';
      id: number;
      outcome: Outcome;
      /** The confirmation event, to the requester alone, where the request has one. */
      conf?: EventMessage;
      /** Present unless confirmed. An `OnControlFailureConf` for it, where the guide fires one, is in `conf`. */
      failure?: RequestFailure;
      /** UniqueObjectID of the call that the request made (MakeCall, MakeConsultCall …), once it is known. */
      newObject?: string;
    }
  /** After the welcome, and whenever it has changed; the round trip alone at most every 30 s. */
  | { kind: 'link'; link: LinkStatus }
  | { kind: 'heartbeat'; id: number }
  | { kind: 'closing'; code: string; message: string };

/** One connection between a CIL and a server. */
export interface Transport {
  send(message: ClientMessage): void;
  /** Closes in good order; `onClosed` follows. */
  close(): void;
  /** Handlers, set in the turn in which the transport is received. */
  onMessage: (message: ServerMessage) => void;
  /** Certificate that the server has shown, where there is TLS. */
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
