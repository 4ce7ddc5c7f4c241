/**
 * Tiers 2 and 3 within this process, for as long as somebody uses them: an object server with its link to a CTI Server
 * and, where asked for, the simulated contact center behind it. Counted by reference: whoever asks for the same gets
 * the same.
 */
import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import type { Endpoint } from './common/byte-stream.js';
import { type Clock, systemClock } from './common/clock.js';
import { socketDial } from './common/net-stream.js';
import { systemRandom } from './common/random.js';
import { CtiosError } from './ctios/ctios-error.js';
import type { Connector } from './ctios/transport.js';
import { FlightRecorder } from './recording/index.js';
import {
  type CtiLink,
  checkCharset,
  createLink,
  createObjectServer,
  type DeskLists,
  type LinkInfo,
  type LinkSettings,
  type ObjectServer,
} from './server/index.js';
import { ClientSessions, memoryConnector } from './server/northbound/index.js';
import {
  commands,
  type Listening,
  Replay,
  type ReplaySpeed,
  Simulator,
  type SimulatorOptions,
  siteBehavior,
  siteLists,
} from './simulator/index.js';

/** A simulated contact center, and how it is to be. */
export interface SimulatedCenter
  extends Pick<SimulatorOptions, 'scenario' | 'agents' | 'traffic' | 'seed' | 'profile'> {
  kind: 'simulator';
  /** A recording that is played in place of the contact center; the rest is then without meaning. */
  replay?: { readonly file: string; readonly speed: ReplaySpeed };
  recording?: Recorded;
}

/** Whether the last frames of the link are kept; absent: they are not. */
export type Recorded = 'on' | 'on-fault';

/** A Cisco CTI Server, or a simulator that runs by itself. */
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
    /** What tells these options from others, such as the id of a tls-config node. */
    id: string;
    options: ConnectionOptions;
  };
  recording?: Recorded;
}

export type EmbeddedSettings = SimulatedCenter | EmbeddedCtiServer;

/** What runs, as long as one holds it. */
export interface ServerHandle {
  /** @param grants.allowMonitorControl default: true for the simulated contact center, else false */
  connector(grants?: { allowMonitorControl?: boolean }): Connector;
  /** The simulated contact center, where there is one. */
  readonly simulator: Simulation | undefined;
  /** Settles when everything has been started; rejects when the simulator cannot listen. */
  readonly ready: Promise<void>;
  /** How the link to the CTI Server stands. */
  readonly link: LinkInfo;
  /** The last frames of that link, where they are kept. */
  readonly recorder: FlightRecorder | undefined;
  /** What its agents choose from, where somebody wrote it down. */
  readonly site: SiteLists | undefined;
  /** Lets go of it. When nobody is left, everything ends; the promise settles when it has. Harmless when repeated. */
  release(): Promise<void>;
}

/** The reasons and wrap-up texts of a site, and the numbers that its callers dial, with their names. */
export interface SiteLists extends DeskLists {
  readonly dialedNumbers: Readonly<Record<string, string>>;
}

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

/** What the object server is told about its site. */
type ServerSettings = { peripheralId?: number; agents?: readonly string[] } & Partial<DeskLists>;

/** How the parts are made; tests make others. */
export interface EmbeddedParts {
  simulator(options: SimulatorOptions): StartableSimulation;
  /** @throws CtiosError CTIOS_BAD_SETTINGS for a file that cannot be played */
  replay(file: string, speed: ReplaySpeed): StartableSimulation;
  link(settings: LinkSettings): CtiLink;
  server(options: { link: CtiLink; clock: Clock; settings: ServerSettings }): ObjectServer & { stop?(): void };
  clock: Clock;
}

/** What the simulator takes where it is not told. */
const DEFAULT_AGENTS = 20;
const DEFAULT_SEED = 1;
const DEFAULT_TRAFFIC = 'gentle';

/** The peripheral of the simulated contact center. */
const SIMULATED_PERIPHERAL = 5000;

/** Everything that runs in this process for one set of settings. */
class Running {
  users = 0;
  readonly ready: Promise<void>;
  readonly link: CtiLink;
  readonly sessions: ClientSessions;
  readonly simulator: StartableSimulation | undefined;
  readonly recorder: FlightRecorder | undefined;
  readonly #server: ObjectServer & { stop?(): void };
  readonly #sides: { A: Endpoint; B?: Endpoint };
  #started = false;
  #stopping: Promise<void> | undefined;

  /** @param after what has to be over first: a CTI Server throws out the older of two sessions of one ClientID */
  constructor(
    readonly settings: EmbeddedSettings,
    parts: EmbeddedParts,
    after: Promise<void>,
  ) {
    const { kind } = settings;
    this.simulator = kind === 'simulator' ? simulationOf(settings, parts) : undefined;
    // The link reads the endpoints when it dials; the simulator's are known once it listens.
    this.#sides = kind === 'simulator' ? simulatedSides() : settings.sides;
    const wanted = linkSettings(settings, this.#sides, parts.clock);
    this.recorder = recorderOf(settings, this.#sides, wanted);
    this.link = parts.link({ ...wanted, dial: this.recorder?.dial(wanted.dial) ?? wanted.dial });
    this.#server = parts.server({ link: this.link, clock: parts.clock, settings: serverSettings(settings) });
    this.sessions = new ClientSessions({
      server: this.#server,
      clock: parts.clock,
      // Within a process nobody falls silent unnoticed.
      settings: { name: kind === 'simulator' ? 'simulated contact center' : 'this process', heartbeatMs: 0 },
    });
    this.ready = after.then(() => this.#start());
    // Whoever cares asks `ready`; the others see a session that does not come online.
    this.ready.catch(() => {});
  }

  async #start(): Promise<void> {
    if (this.#stopping !== undefined) return;
    if (this.simulator !== undefined) {
      const { host, portA, portB } = await this.simulator.start();
      this.#sides.A = { host, port: portA };
      this.#sides.B = { host, port: portB };
    }
    if (this.#stopping !== undefined) return;
    this.#started = true;
    this.link.start();
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    this.sessions.stop();
    await this.ready.catch(() => {});
    if (this.#started) await this.link.stop();
    this.#server.stop?.();
    await this.simulator?.stop();
  }
}

/** What runs in this process, by its settings. */
export class EmbeddedServers {
  #running = new Map<string, Running>();
  /** What is being stopped, so that its successor waits. */
  #ending = new Map<Running, Promise<void>>();

  constructor(private readonly parts: EmbeddedParts) {}

  /**
   * Starts what the settings ask for, or joins those who asked for the same.
   * @throws CtiosError `CTIOS_CLIENT_ID_IN_USE` where the same ClientID is in use on the same CTI Server with anything
   *   else different: the CTI Server would throw out the first
   */
  acquire(settings: EmbeddedSettings): ServerHandle {
    const key = keyOf(settings);
    this.#refuseConflict(settings, key);
    let running = this.#running.get(key);
    if (running === undefined) {
      const before = [...this.#ending]
        .filter(([other]) => inTheWay(settings, other.settings))
        .map(([, ended]) => ended);
      running = new Running(
        settings,
        this.parts,
        Promise.all(before).then(() => {}),
      );
      this.#running.set(key, running);
    }
    running.users++;
    return this.#handle(key, running);
  }

  /** How many servers run. */
  get size(): number {
    return this.#running.size;
  }

  #handle(key: string, running: Running): ServerHandle {
    let released: Promise<void> | undefined;
    return {
      connector: (grants) =>
        afterStart(
          running,
          memoryConnector(
            running.sessions,
            { allowMonitorControl: grants?.allowMonitorControl ?? running.settings.kind === 'simulator' },
            nameOf(running.settings),
          ),
        ),
      simulator: running.simulator,
      ready: running.ready,
      get link() {
        return running.link.info;
      },
      recorder: running.recorder,
      site: running.settings.kind === 'simulator' ? siteLists : undefined,
      release: () => {
        released ??= this.#release(key, running);
        return released;
      },
    };
  }

  async #release(key: string, running: Running): Promise<void> {
    running.users--;
    if (running.users > 0) return;
    this.#running.delete(key);
    const ended = running.stop();
    this.#ending.set(
      running,
      ended.catch(() => {}).then(() => void this.#ending.delete(running)),
    );
    await ended;
  }

  #refuseConflict(settings: EmbeddedSettings, key: string): void {
    if (settings.kind !== 'cti-server') return;
    for (const [otherKey, { settings: other }] of this.#running) {
      const shared = otherKey === key ? undefined : inTheWay(settings, other);
      if (shared === undefined) continue;
      throw new CtiosError(
        'CTIOS_CLIENT_ID_IN_USE',
        `The client ID "${settings.clientId}" is in use on ${shared} with other settings. The CTI Server would throw out the ` +
          'first session: make the settings equal, or give this session a client ID of its own.',
      );
    }
  }
}

/** The CTI Server on which two sessions would have the same ClientID. Simulated centers are in nobody's way. */
function inTheWay(one: EmbeddedSettings, other: EmbeddedSettings): string | undefined {
  if (one.kind !== 'cti-server' || other.kind !== 'cti-server' || one.clientId !== other.clientId) return undefined;
  const theirs = endpoints(other);
  return endpoints(one).find((endpoint) => theirs.includes(endpoint));
}

/** Attempts to connect wait until everything is started, and fail for the reason for which it is not. */
function afterStart(running: Running, connector: Connector): Connector {
  return {
    name: connector.name,
    connect(opened, failed) {
      let giveUp = () => {
        wanted = false;
      };
      let wanted = true;
      running.ready.then(
        () => {
          if (wanted) giveUp = connector.connect(opened, failed);
        },
        (error: unknown) => {
          if (wanted) failed(error instanceof Error ? error : new Error(String(error)));
        },
      );
      return () => giveUp();
    },
  };
}

function simulationOf(settings: SimulatedCenter, parts: EmbeddedParts): StartableSimulation {
  const { replay } = settings;
  return replay === undefined ? parts.simulator(simulatorOptions(settings)) : parts.replay(replay.file, replay.speed);
}

function replayOf(file: string, speed: ReplaySpeed): StartableSimulation {
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

function simulatedSides(): { A: Endpoint; B?: Endpoint } {
  return { A: { host: '127.0.0.1', port: 0 } };
}

function linkSettings(settings: EmbeddedSettings, sides: { A: Endpoint; B?: Endpoint }, clock: Clock): LinkSettings {
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

function recorderOf(
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

function serverSettings(settings: EmbeddedSettings): ServerSettings {
  if (settings.kind === 'simulator') {
    const { dialedNumbers: _, ...desk } = siteLists;
    return { peripheralId: SIMULATED_PERIPHERAL, ...desk };
  }
  const { peripheralId, agents } = settings;
  return {
    ...(peripheralId === undefined ? {} : { peripheralId }),
    ...(agents === undefined ? {} : { agents }),
  };
}

function endpoints({ sides }: EmbeddedCtiServer): string[] {
  return [sides.A, sides.B]
    .filter((side) => side !== undefined)
    .map(({ host, port }) => `${host.toLowerCase()}:${port}`);
}

/** Equal settings have equal keys, and only they. It holds a password: never to be shown. */
function keyOf(settings: EmbeddedSettings): string {
  const { kind } = settings;
  if (kind === 'simulator') {
    const { scenario, agents, traffic, seed, profile, recording, replay } = settings;
    if (replay !== undefined) return JSON.stringify([kind, replay, recording]);
    // A scenario says itself what is left out; without one, left out and given as its default is the same center.
    if (scenario !== undefined) return JSON.stringify([kind, scenario, agents, traffic, seed, profile, recording]);
    const center = [agents ?? DEFAULT_AGENTS, traffic ?? DEFAULT_TRAFFIC, seed ?? DEFAULT_SEED, profile ?? 'standard'];
    const rest = [...center, recording];
    return JSON.stringify([kind, ...rest]);
  }
  const { clientId, password, peripheralId, agents, protocolVersion, charset, heartbeatMs, tls, recording } = settings;
  const rest = [clientId, password, peripheralId, agents, protocolVersion, charset, heartbeatMs, tls?.id, recording];
  return `${kind} ${JSON.stringify([endpoints(settings), ...rest])}`;
}

function nameOf(settings: EmbeddedSettings): string {
  if (settings.kind === 'simulator') return 'simulated contact center';
  return `CTI Server ${endpoints(settings).join(' / ')}`;
}

const ownServers = new EmbeddedServers({
  simulator: (options) => new Simulator(options),
  replay: replayOf,
  link: createLink,
  server: createObjectServer,
  clock: systemClock,
});

/**
 * Starts, or joins, what the settings ask for, in this process.
 * @throws CtiosError `CTIOS_CLIENT_ID_IN_USE`, as {@link EmbeddedServers.acquire}; ScenarioError, RangeError for a
 *   simulated center that cannot be
 */
export function acquireServer(settings: EmbeddedSettings): ServerHandle {
  return ownServers.acquire(settings);
}

export { examine, type Finding } from './doctor/index.js';
export { type RecorderStatus, type SavedRecording, saveRecording } from './recording/index.js';
export { RecentLines, supportBundle } from './support/index.js';
export { checkCharset };

/** What can be done to a simulated contact center, for lists and checks. */
export const simulatorCommands = commands;
