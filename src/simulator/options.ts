import type { Clock } from '../common/clock.js';
import type { SiteBehavior, SiteProfileName } from './model/state/site-behavior.js';
import type { WorldConfig } from './model/state/types.js';
import type { Scenario } from './scenarios/format.js';

/**
 * How many calls arrive automatically. `gentle` is a demo's pace: the first within two seconds, then about ten a
 * minute.
 */
export type TrafficLevel = 'off' | 'gentle' | 'steady' | 'waves' | 'rush';

/** PEM texts, as Node's `tls` takes them. With `ca` set, a client must show a certificate signed by it. */
export interface SimulatorTls {
  key: string | Buffer;
  cert: string | Buffer;
  ca?: string | Buffer;
  passphrase?: string;
}

/** What a simulated contact center takes where it is not told. */
export const simulatorDefaults = { agents: 20, seed: 1, traffic: 'gentle' } as const;

/** The options of a simulated contact center. All are optional. */
export interface SimulatorOptions {
  /** The clock for everything: calls, timers, statistics. Default: the wall clock. */
  clock?: Clock;
  /** The same seed, clock and requests produce the same bytes. Default 1. */
  seed?: number;
  /** Agents "1001", "1002" … on instruments "2001", "2002" …; 1 to 24,000. Default 20. */
  agents?: number;
  /** A custom contact center, with peripherals, agents, lines and routes; `agents` is then ignored. */
  world?: WorldConfig;
  /** Default `gentle`, or `off` when a scenario is given. */
  traffic?: TrafficLevel;
  /**
   * Whether the agents are logged in at the start and handle calls automatically. Default true, or false when a
   * scenario is given.
   */
  automatic?: boolean;
  /**
   * How the site behaves: `standard`, like an ideal switch, or `real-site`, like those in the field. Default
   * `standard`.
   */
  profile?: SiteProfileName;
  /** Options of the site that differ from the profile. */
  site?: Partial<SiteBehavior>;
  /** The name of a built-in scenario, or a scenario. It starts with the simulator. */
  scenario?: string | Scenario;
  /**
   * Where sides A and B listen. Default 127.0.0.1 and any free ports (0); `false`: no sockets, only {@link
   * Simulator.accept}.
   */
  listen?: { host?: string; portA?: number; portB?: number } | false;
  /** Refuse anything the protocol does not allow, as written in the guide. Default: as lenient as real servers. */
  strict?: boolean;
  /** Required credentials. Default: any ClientID with any password. */
  credentials?: { clientId: string; clientPassword?: string };
  tls?: SimulatorTls;
  /** Bytes queued for a client before it is disconnected. Default 16 MiB. */
  unreadLimit?: number;
}

/** Where a started simulator listens. Ports are 0 if it has no sockets. */
export interface Listening {
  host: string;
  portA: number;
  portB: number;
}
