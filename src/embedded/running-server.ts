import type { Endpoint } from '../common/network/byte-stream.js';
import type { FlightRecorder } from '../recording/index.js';
import type { CtiLink, ObjectServer } from '../server/index.js';
import { ClientSessions } from '../server/northbound/index.js';
import { noPeers } from '../server/peers/index.js';
import {
  type EmbeddedParts,
  linkSettings,
  memberOf,
  recorderOf,
  type StartableMembership,
  type StartableSimulation,
  serverSettings,
  simulatedSides,
  simulationOf,
} from './embedded-parts.js';
import type { EmbeddedSettings } from './embedded-settings.js';

/** Everything that runs in this process for one set of settings. */
export class EmbeddedServer {
  users = 0;
  readonly ready: Promise<void>;
  readonly link: CtiLink;
  readonly sessions: ClientSessions;
  readonly simulator: StartableSimulation | undefined;
  readonly recorder: FlightRecorder | undefined;
  readonly member: StartableMembership | undefined;
  readonly #server: ObjectServer & { stop?(): void };
  readonly #sides: { A: Endpoint; B?: Endpoint };
  #started = false;
  #stopping: Promise<void> | undefined;

  /** @param after must end first: a CTI Server displaces the older of two sessions with one ClientID */
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
    this.member = memberOf(settings, parts);
    const peers = this.member?.peers ?? noPeers;
    this.#server = parts.server({ link: this.link, clock: parts.clock, settings: serverSettings(settings), peers });
    this.sessions = new ClientSessions({
      server: this.#server,
      clock: parts.clock,
      peers,
      // Within a process a connection cannot fall silent unnoticed.
      settings: { name: kind === 'simulator' ? 'simulated contact center' : 'this process', heartbeatMs: 0 },
    });
    this.ready = after.then(() => this.#start());
    // Reported through `ready`; sessions simply do not come online.
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
    this.member?.start(this.#server);
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    this.sessions.stop();
    await this.ready.catch(() => {});
    // Before the link: a leader gives its lease back with everything published.
    if (this.#started) await this.member?.stop();
    if (this.#started) await this.link.stop();
    this.#server.stop?.();
    await this.simulator?.stop();
  }
}
