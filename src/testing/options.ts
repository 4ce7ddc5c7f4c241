/** The options of a flow test: the flow, its environment, and the receivers of its HTTP requests. */
import type { Scenario, SiteProfileName, TrafficLevel, WorldConfig } from '../simulator/index.js';

/** A node of a flow, as it is saved. */
export interface SavedNode {
  id: string;
  type: string;
  z?: string;
  name?: string;
  wires?: string[][];
  [property: string]: unknown;
}

/** Milliseconds, or a number with a unit: "500 ms", "90 s", "2 min", "8 h". */
export type Duration = number | string;

/** The contact center of the test. All sessions of the flow are connected to it, whatever their settings. */
export interface TestWorld {
  /** The number of agents: "1001", "1002" … on phones "2001", "2002" …. Default 8. */
  agents?: number;
  /** Agents who are logged in and available when the test starts. Default none. */
  available?: readonly string[];
  /** Whether agents answer, talk, and wrap up automatically. Default false: the test controls them. */
  automatic?: boolean;
  /** Automatically generated calls. Default `off`. */
  traffic?: TrafficLevel;
  /** The same seed, flow, and test give the same run. Default 1. */
  seed?: number;
  /** Default `standard`; `real-site` has the quirks of real switches. */
  profile?: SiteProfileName;
  /** The name of a built-in scenario, or a scenario; starts with the flow. */
  scenario?: string | Scenario;
  /** A contact center with custom numbers, agents, and skill groups; `agents` is then ignored. */
  site?: WorldConfig;
}

/** A request that was sent to a receiver. */
export interface ReceivedRequest {
  readonly method: string;
  /** With scheme, host, and query: "https://crm.example.com/customers?phone=%2B12065550101" */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed, if it is JSON; otherwise text. */
  readonly body: unknown;
  /** The bytes as text, for signatures. */
  readonly text: string;
}

/** The response of a receiver. */
export interface ReceiverAnswer {
  /** Default 200. */
  status?: number;
  headers?: Readonly<Record<string, string>>;
  /** A string is sent unchanged, anything else as JSON. */
  body?: unknown;
  /** The response time of the receiver, in virtual time. Default: none. */
  after?: Duration;
  /** Instead of a response: the connection is refused, drops after the request has arrived, or remains silent. */
  fails?: 'refused' | 'lost' | 'silent';
}

/** One response for all requests, a list of responses (the last one is repeated), or a function of the request. */
export type Receiver =
  | ReceiverAnswer
  | readonly ReceiverAnswer[]
  | ((request: ReceivedRequest) => ReceiverAnswer | Promise<ReceiverAnswer>);

/**
 * Receivers by the beginning of the URL, optionally preceded by a method: "https://crm.example.com", "POST
 * https://crm.example.com/calls". The longest match responds.
 */
export type Receivers = Readonly<Record<string, Receiver>>;

export interface FlowTestOptions {
  /** A file with a flow: a project's flows.json, or an export. */
  file?: string;
  /** The flow itself, instead of a file. */
  flow?: readonly SavedNode[];
  /** The tabs to deploy, by label or id; subflows and configuration nodes are always deployed. Default: all. */
  tabs?: readonly string[];
  /** Credentials by node id, which a flow file does not contain. */
  credentials?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Environment variables: they override those of tabs, groups, and the process. */
  env?: Readonly<Record<string, string>>;
  world?: TestWorld;
  http?: Receivers;
  /**
   * Types of nodes that the test replaces, such as "mqtt in" and "mqtt out": messages that reach them are recorded and
   * go no further, and they send the messages that the test provides.
   */
  standIns?: readonly string[];
  /** The start time of the test. Default Monday, January 5, 2026, 08:00 UTC. */
  startAt?: Date | string;
  /** The messages to record: all, or, for long runs, those at the ends of the flow. Default `all`. */
  record?: 'all' | 'ends';
  /** The path of the Node-RED to use. Default: the one installed next to the test. */
  nodeRed?: string;
}
