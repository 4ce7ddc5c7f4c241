/** How the parts of an embedded server are made of its settings. */
import { readFileSync } from 'node:fs';
import type { Clock } from '../common/clock.js';
import type { Endpoint } from '../common/network/byte-stream.js';
import { socketDial } from '../common/network/net-stream.js';
import { systemRandom } from '../common/random.js';
import { CtiosError } from '../ctios/ctios-error.js';
import { Mask } from '../ctios/mask.js';
import { FlightRecorder } from '../recording/index.js';
import type { CtiLink, DeskLists, LinkSettings, ObjectServer } from '../server/index.js';
import type { Peers } from '../server/peers/index.js';
import {
  DEFAULT_PERIPHERAL_ID,
  type Listening,
  Replay,
  type ReplaySpeed,
  type SimulatorOptions,
  siteBehavior,
  siteLists,
} from '../simulator/index.js';
import type { MemberState, SiteMember, SiteMemberOptions } from '../stream/index.js';
import type { EmbeddedSettings, SimulatedCenter } from './embedded-settings.js';

/** A server's part in the event stream of its site. */
export interface StreamMembership {
  readonly state: MemberState;
  /** Called at each change. @returns stops it */
  onState(listener: (state: MemberState) => void): () => void;
}

/** The same as it is started and stopped here. */
export type StartableMembership = StreamMembership & Pick<SiteMember, 'peers' | 'start' | 'stop'>;

/** A simulated contact center as its users see it. */
export interface Simulation {
  /** Carries out a command of the simulator's table, at once. @throws CommandError */
  run(command: string, args?: Readonly<Record<string, unknown>>): object;
}

/** A simulated contact center as it is started and stopped here. */
export interface StartableSimulation extends Simulation {
  start(): Promise<Listening>;
  stop(): Promise<void>;
}

/** The settings of the object server for its site. */
type ServerSettings = { peripheralId?: number; agents?: readonly string[] } & Partial<DeskLists>;

/** How the parts are made; tests make others. */
export interface EmbeddedParts {
  simulator(options: SimulatorOptions): StartableSimulation;
  /** @throws CtiosError CTIOS_BAD_SETTINGS for a file that cannot be played */
  replay(file: string, speed: ReplaySpeed): StartableSimulation;
  link(settings: LinkSettings): CtiLink;
  server(options: {
    link: CtiLink;
    clock: Clock;
    settings: ServerSettings;
    peers: Peers;
  }): ObjectServer & { stop?(): void };
  member(options: SiteMemberOptions): StartableMembership;
  clock: Clock;
}

export function simulationOf(settings: SimulatedCenter, parts: EmbeddedParts): StartableSimulation {
  const { replay } = settings;
  return replay === undefined ? parts.simulator(simulatorOptions(settings)) : parts.replay(replay.file, replay.speed);
}

export function memberOf(settings: EmbeddedSettings, parts: EmbeddedParts): StartableMembership | undefined {
  if (settings.kind !== 'cti-server' || settings.stream === undefined) return undefined;
  const { nats, masked } = settings.stream;
  return parts.member({ settings: nats, clock: parts.clock, mask: new Mask(masked) });
}

export function replayOfFile(file: string, speed: ReplaySpeed): StartableSimulation {
  try {
    return Replay.of(readFileSync(file), { speed });
  } catch (error) {
    throw new CtiosError('CTIOS_BAD_SETTINGS', `The recording cannot be played: ${(error as Error).message}`);
  }
}

function simulatorOptions({ scenario, agents, traffic, seed, profile }: SimulatedCenter): SimulatorOptions {
  return {
    ...(scenario === undefined ? {} : { scenario }),
    ...(agents === undefined ? {} : { agents }),
    ...(traffic === undefined ? {} : { traffic }),
    ...(seed === undefined ? {} : { seed }),
    ...(profile === undefined ? {} : { profile }),
  };
}

export function simulatedSides(): { A: Endpoint; B?: Endpoint } {
  return { A: { host: '127.0.0.1', port: 0 } };
}

export function linkSettings(
  settings: EmbeddedSettings,
  sides: { A: Endpoint; B?: Endpoint },
  clock: Clock,
): LinkSettings {
  const common = { sides, clock, random: systemRandom };
  if (settings.kind === 'simulator')
    return { ...common, dial: socketDial(), clientId: 'node-red', charset: siteBehavior(settings.profile).charset };
  const { clientId, password, protocolVersion, charset, heartbeatMs, openMs, tls } = settings;
  return {
    ...common,
    dial: socketDial(tls?.options),
    clientId,
    ...(password === undefined ? {} : { password }),
    ...(protocolVersion === undefined ? {} : { protocolVersion }),
    ...(charset === undefined ? {} : { charset }),
    ...(heartbeatMs === undefined ? {} : { heartbeatMs }),
    ...(openMs === undefined ? {} : { openMs }),
  };
}

export function recorderOf(
  { recording }: EmbeddedSettings,
  sides: { A: Endpoint; B?: Endpoint },
  { clock, charset }: LinkSettings,
): FlightRecorder | undefined {
  if (recording === undefined) return undefined;
  const isAt = (one: Endpoint, other: Endpoint | undefined) => one.host === other?.host && one.port === other.port;
  return new FlightRecorder({
    clock,
    mode: recording,
    ...(charset === undefined ? {} : { charset }),
    sideOf: (endpoint) => {
      if (isAt(endpoint, sides.A)) return 'A';
      return isAt(endpoint, sides.B) ? 'B' : undefined;
    },
  });
}

export function serverSettings(settings: EmbeddedSettings): ServerSettings {
  if (settings.kind === 'simulator') {
    const { dialedNumbers: _, ...desk } = siteLists;
    return { peripheralId: DEFAULT_PERIPHERAL_ID, ...desk };
  }
  const { peripheralId, agents } = settings;
  return {
    ...(peripheralId === undefined ? {} : { peripheralId }),
    ...(agents === undefined ? {} : { agents }),
  };
}
