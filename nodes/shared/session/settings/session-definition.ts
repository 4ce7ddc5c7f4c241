/** The settings of a `ctios-session`: as the editor saves them, and as they are once they are read. */
import type { NodeDef } from 'node-red';
import type { AgentArgs } from '../../../../src/cil/index.js';
import type { NatsBroker } from './nats-broker.js';
import type { TlsSettings } from './tls.js';

/** The saved form; all texts, as the editor keeps them. */
export interface SessionDef extends NodeDef {
  connect: 'simulator' | 'ctiserver' | 'ctios-server' | 'nats';
  scenario: string;
  agents: string | number;
  traffic: string;
  profile?: string;
  /** Whether the last frames are recorded; absent in flows of earlier versions. */
  recording?: string;
  /** The recording that is replayed instead of the simulated contact center, and its pace. */
  replay?: string;
  replaySpeed?: string | number;
  seed: string | number;
  hostA: string;
  portA: string | number;
  hostB: string;
  portB: string | number;
  peripheralId: string | number;
  clientId: string;
  protocol: string | number;
  /** Encoding of text outside ASCII; blank: Latin 1. */
  charset: string;
  tls: string;
  agentIds: string;
  urlA: string;
  urlB: string;
  /** NATS servers, separated by commas. */
  natsServers: string;
  natsSite: string;
  natsGroup: string;
  natsUser: string;
  /** Path of a credentials file of NATS. */
  natsCredentials: string;
  /** Whether a session at a CTI Server publishes its events to the stream. */
  natsPublish?: boolean;
  /** Id of the `tls-config` node for NATS of a session that publishes. */
  natsTls?: string;
  mode: 'monitor' | 'agent' | 'agents';
  filter: string;
  snapshot: boolean;
  allowControl: boolean;
  agentId: string;
  agentInstrument: string;
  agentLogin: boolean;
  /** With a session for each of many agents: how many at a time, and how many minutes one may be idle (0: any time). */
  agentLimit?: string | number;
  agentIdle?: string | number;
  /** Keywords that are masked in the editor and in logs. */
  masked: string;
  /** The site's reasons and wrap-up texts, as JSON. */
  lists: string;
  /** The same in a file. */
  listsFile: string;
  /** What happens while flows are slower than events: `hold` or `drop`. */
  whenBehind: string;
}
export interface SessionCredentials {
  clientPassword?: string;
  /** The password that a `ctios-server` requires for monitor mode. */
  monitorPassword?: string;
  natsPassword?: string;
  agentPassword?: string;
}

export const TRAFFIC = ['off', 'gentle', 'steady', 'waves', 'rush'] as const;
export type Traffic = (typeof TRAFFIC)[number];

export const PROFILES = ['standard', 'real-site'] as const;
export type SiteProfile = (typeof PROFILES)[number];

export const RECORDINGS = ['off', 'on', 'on-fault'] as const;
export type Recorded = Exclude<(typeof RECORDINGS)[number], 'off'>;

export interface SimulatorTarget {
  readonly kind: 'simulator';
  readonly recording?: Recorded;
  readonly scenario?: string;
  readonly agents: number;
  readonly traffic: Traffic;
  readonly seed: number;
  readonly profile?: SiteProfile;
  /** A recording that is replayed instead. */
  readonly replay?: { readonly file: string; readonly speed: number | 'stepped' };
}
export interface CtiServerTarget {
  readonly kind: 'ctiserver';
  /** How much of the link is kept for a recording; absent: nothing. */
  readonly recording?: Recorded;
  readonly a: { readonly host: string; readonly port: number };
  readonly b?: { readonly host: string; readonly port: number };
  readonly peripheralId: number;
  readonly clientId: string;
  readonly clientPassword: string;
  /** Highest protocol version to offer; absent: the highest supported. */
  readonly protocol?: number;
  /** Encoding of text outside ASCII on the wire; absent: Latin 1. */
  readonly charset?: string;
  readonly tls?: TlsSettings;
  /** Agents to query at a cold start, which a CTI Server does not list. */
  readonly agentIds: readonly string[];
  /** The event stream that it publishes to while it is the leader of its site, without masked values. */
  readonly stream?: { readonly broker: NatsBroker; readonly masked: string };
}
export interface CtiosServerTarget {
  readonly kind: 'ctios-server';
  readonly urls: readonly [string] | readonly [string, string];
  /** The server's password for monitor mode, if it has one. */
  readonly password?: string;
  readonly tls?: TlsSettings;
}
/** An event stream and, optionally, a `ctios-server` for requests. */
export interface NatsTarget extends NatsBroker {
  readonly kind: 'nats';
  /** Readers of one group share the work: each event is processed by one of them. */
  readonly group: string;
  /** Of the `ctios-server`s; `tls` is for them, too. */
  readonly urls: readonly string[];
  readonly password?: string;
}
export type Target = SimulatorTarget | CtiServerTarget | CtiosServerTarget | NatsTarget;

export type Mode =
  | { readonly mode: 'monitor'; readonly filter: string; readonly snapshot: boolean; readonly control: boolean }
  | { readonly mode: 'agent'; readonly agent: AgentArgs; readonly login: boolean }
  | AgentsMode;

/** A session for each of many agents, opened by a request. */
export interface AgentsMode {
  readonly mode: 'agents';
  readonly limit: number;
  /** 0: a session is never closed for being idle. */
  readonly idleMs: number;
}

export interface SessionSettings {
  readonly target: Target;
  readonly mode: Mode;
  /** The peripheral of agents that a message names without one. */
  readonly peripheralId?: string;
}
