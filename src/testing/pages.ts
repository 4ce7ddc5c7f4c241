/** Requests and connections of a test to the pages and endpoints of a flow. */

export interface VisitorRequest {
  /** Default GET, or POST with a body. */
  method?: string;
  headers?: Readonly<Record<string, string>>;
  /** A string is sent unchanged, anything else as JSON. */
  body?: unknown;
}

/** The response of the flow. */
export interface FlowAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed, if it is JSON; otherwise text. */
  readonly body: unknown;
}

/** A page's connection to the flow. */
export interface TestWebSocket {
  /** The messages sent by the flow, oldest first: parsed if they are JSON. */
  readonly received: readonly unknown[];
  /** A string is sent unchanged, anything else as JSON. */
  send(data: unknown): Promise<void>;
  close(): Promise<void>;
}
