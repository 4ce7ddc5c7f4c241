/** What can run in this process: a link to a CTI Server, or a simulated contact center; and when two of them are the same. */
import type { ConnectionOptions } from 'node:tls';
import type { Endpoint } from '../common/network/byte-stream.js';
import { type ReplaySpeed, type SimulatorOptions, simulatorDefaults } from '../simulator/index.js';
import type { NatsSettings } from '../stream/index.js';

/** The settings of a simulated contact center. */
export interface SimulatedCenter
  extends Pick<SimulatorOptions, 'scenario' | 'agents' | 'traffic' | 'seed' | 'profile'> {
  kind: 'simulator';
  /** A recording that is played in place of the contact center; the rest is then without meaning. */
  replay?: { readonly file: string; readonly speed: ReplaySpeed };
  recording?: Recorded;
}

/** Whether the last frames of the link are kept; absent: they are not. */
export type Recorded = 'on' | 'on-fault';

/** A Cisco CTI Server, or a simulator in another process. */
export interface EmbeddedCtiServer {
  kind: 'cti-server';
  sides: { A: Endpoint; B?: Endpoint };
  /** Unique on the CTI Server. */
  clientId: string;
  password?: string;
  /** The peripheral that requests concern when they name none. */
  peripheralId?: number;
  /** Agents to ask for at a cold start, where nothing lists them. */
  agents?: readonly string[];
  /** A version to insist upon; absent: the newest that both know. */
  protocolVersion?: number;
  /** How text outside ASCII is encoded on the wire: `latin1` (the default), `utf8`, or a label that TextDecoder knows. */
  charset?: string;
  heartbeatMs?: number;
  /** How long OPEN_REQ may be unanswered, in milliseconds. */
  openMs?: number;
  tls?: {
    /** Identifies these options, for example by the id of a tls-config node. */
    id: string;
    options: ConnectionOptions;
  };
  recording?: Recorded;
  /** The event stream that it publishes to while it leads its site; absent: none. */
  stream?: {
    nats: NatsSettings;
    /** Keywords that are never published, separated by commas. */
    masked: string;
  };
}

export type EmbeddedSettings = SimulatedCenter | EmbeddedCtiServer;

/** The CTI Server on which two sessions would have the same ClientID. Simulated contact centers do not conflict. */
export function inTheWay(one: EmbeddedSettings, other: EmbeddedSettings): string | undefined {
  if (one.kind !== 'cti-server' || other.kind !== 'cti-server' || one.clientId !== other.clientId) return undefined;
  const theirs = endpoints(other);
  return endpoints(one).find((endpoint) => theirs.includes(endpoint));
}

function endpoints({ sides }: EmbeddedCtiServer): string[] {
  return [sides.A, sides.B]
    .filter((side) => side !== undefined)
    .map(({ host, port }) => `${host.toLowerCase()}:${port}`);
}

/** Equal settings have equal keys, and only they. It holds a password: never to be shown. */
export function keyOf(settings: EmbeddedSettings): string {
  const { kind } = settings;
  if (kind === 'simulator') {
    const { scenario, agents, traffic, seed, profile, recording, replay } = settings;
    if (replay !== undefined) return JSON.stringify([kind, replay, recording]);
    // A scenario defines its own defaults; without one, an omitted value and its default mean the same contact center.
    if (scenario !== undefined) return JSON.stringify([kind, scenario, agents, traffic, seed, profile, recording]);
    const center = [
      agents ?? simulatorDefaults.agents,
      traffic ?? simulatorDefaults.traffic,
      seed ?? simulatorDefaults.seed,
      profile ?? 'standard',
    ];
    const rest = [...center, recording];
    return JSON.stringify([kind, ...rest]);
  }
  const { clientId, password, peripheralId, agents, protocolVersion, charset, heartbeatMs, tls, recording } = settings;
  const { stream } = settings;
  const rest = [
    clientId,
    password,
    peripheralId,
    agents,
    protocolVersion,
    charset,
    heartbeatMs,
    tls?.id,
    recording,
    stream,
  ];
  return `${kind} ${JSON.stringify([endpoints(settings), ...rest])}`;
}

export function serverNameOf(settings: EmbeddedSettings): string {
  if (settings.kind === 'simulator') return 'simulated contact center';
  return `CTI Server ${endpoints(settings).join(' / ')}`;
}
