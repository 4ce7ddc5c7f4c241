import type { Clock } from '../common/clock.js';
import type { SiteBehavior, SiteProfileName } from './model/state/site-behavior.js';
import type { WorldConfig } from './model/state/types.js';
import type { Scenario } from './scenarios/format.js';

/** How many calls arrive by themselves. `gentle` is a demo's pace: the first within two seconds, then about ten a minute. */
export type TrafficLevel = 'off' | 'gentle' | 'steady' | 'rush';

/** PEM texts, as Node's `tls` takes them. With `ca` set, a client must show a certificate signed by it. */
export interface SimulatorTls {
  key: string | Buffer;
  cert: string | Buffer;
  ca?: string | Buffer;
  passphrase?: string;
}

/** Everything a simulated contact center can be told. All of it may be left out. */
export interface SimulatorOptions {
  /** Time, for everything in it: calls, timers, statistics. Default: the wall clock. */
  clock?: Clock;
  /** The same seed, clock and requests give the same bytes. Default 1. */
  seed?: number;
  /** Agents "1001", "1002" … on instruments "2001", "2002" …; 1 to 24,000. Default 20. */
  agents?: number;
  /** A contact center of your own, with peripherals, agents, lines and routes; `agents` is then without meaning. */
  world?: WorldConfig;
  /** Default `gentle`, or `off` when a scenario is given. */
  traffic?: TrafficLevel;
  /** Whether the agents are logged in at the start and serve calls by themselves. Default true, or false when a scenario is given. */
  automatic?: boolean;
  /** How the site behaves: `standard`, as gently as a switch can, or `real-site`, as those in the field do. Default `standard`. */
  profile?: SiteProfileName;
  /** Options of the site that are other than the profile has them. */
  site?: Partial<SiteBehavior>;
  /** A shipped scenario's name, or a scenario. It starts when the simulator does. */
  scenario?: string | Scenario;
  /** Where sides A and B listen. Default 127.0.0.1 and ports of the system's choice (0); `false`: no sockets, only {@link Simulator.accept}. */
  listen?: { host?: string; portA?: number; portB?: number } | false;
  /** Refuse whatever the protocol does not allow, as the guide writes it. Default: as forgiving as real servers are. */
  strict?: boolean;
  /** Whom to let in. Default: any ClientID with any password. */
  credentials?: { clientId: string; clientPassword?: string };
  tls?: SimulatorTls;
  /** Bytes that a client may leave unread before it is given up. Default 16 MiB. */
  unreadLimit?: number;
}

/** Where a started simulator listens. Ports are 0 when it has no sockets. */
export interface Listening {
  host: string;
  portA: number;
  portB: number;
}
