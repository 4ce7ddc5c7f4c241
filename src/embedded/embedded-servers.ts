/** The servers in this process, reference-counted: equal settings share one server. */
import { CtiosError } from '../ctios/ctios-error.js';
import type { Connector } from '../ctios/transport.js';
import type { FlightRecorder } from '../recording/index.js';
import type { DeskLists, LinkInfo } from '../server/index.js';
import { memoryConnector } from '../server/northbound/index.js';
import { siteLists } from '../simulator/index.js';
import type { EmbeddedParts, Simulation, StreamMembership } from './embedded-parts.js';
import { type EmbeddedSettings, inTheWay, keyOf, serverNameOf } from './embedded-settings.js';
import { EmbeddedServer } from './running-server.js';

/** What runs, as long as one holds it. */
export interface ServerHandle {
  /** @param grants.allowMonitorControl default: true for the simulated contact center, else false */
  connector(grants?: { allowMonitorControl?: boolean }): Connector;
  /** The simulated contact center, if there is one. */
  readonly simulator: Simulation | undefined;
  /** Settles when everything has been started; rejects when the simulator cannot listen. */
  readonly ready: Promise<void>;
  /** How the link to the CTI Server stands. */
  readonly link: LinkInfo;
  /** The last frames of that link, where they are kept. */
  readonly recorder: FlightRecorder | undefined;
  /** Its part in the event stream of its site, if there is one. */
  readonly stream: StreamMembership | undefined;
  /** The site's own lists for its agents, if configured. */
  readonly site: SiteLists | undefined;
  /**
   * Releases it. After the last release everything stops; the promise resolves when it has. Repeated calls have no
   * effect.
   */
  release(): Promise<void>;
}

/** The reasons and wrap-up texts of a site, and the numbers that its callers dial, with their names. */
export interface SiteLists extends DeskLists {
  readonly dialedNumbers: Readonly<Record<string, string>>;
}

/** What runs in this process, by its settings. */
export class EmbeddedServers {
  #running = new Map<string, EmbeddedServer>();
  /** Servers that are stopping, for which a successor must wait. */
  #ending = new Map<EmbeddedServer, Promise<void>>();

  constructor(private readonly parts: EmbeddedParts) {}

  /**
   * Starts a server with these settings, or shares one that has the same settings.
   * @throws CtiosError `CTIOS_CLIENT_ID_IN_USE` if the same ClientID is in use on the same CTI Server with any other
   *   setting: the CTI Server would displace the first session
   */
  acquire(settings: EmbeddedSettings): ServerHandle {
    const key = keyOf(settings);
    this.#refuseConflict(settings, key);
    let running = this.#running.get(key);
    if (running === undefined) {
      const before = [...this.#ending]
        .filter(([other]) => inTheWay(settings, other.settings))
        .map(([, ended]) => ended);
      running = new EmbeddedServer(
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

  #handle(key: string, running: EmbeddedServer): ServerHandle {
    let released: Promise<void> | undefined;
    return {
      connector: (grants) =>
        afterStart(
          running,
          memoryConnector(
            running.sessions,
            { allowMonitorControl: grants?.allowMonitorControl ?? running.settings.kind === 'simulator' },
            serverNameOf(running.settings),
          ),
        ),
      simulator: running.simulator,
      ready: running.ready,
      get link() {
        return running.link.info;
      },
      recorder: running.recorder,
      stream: running.member,
      site: running.settings.kind === 'simulator' ? siteLists : undefined,
      release: () => {
        released ??= this.#release(key, running);
        return released;
      },
    };
  }

  async #release(key: string, running: EmbeddedServer): Promise<void> {
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
        `The client ID "${settings.clientId}" is in use on ${shared} with other settings. The CTI Server would disconnect the ` +
          'first session: make the settings equal, or give this session a client ID of its own.',
      );
    }
  }
}

/** Attempts to connect wait until everything is started, and fail for the reason for which it is not. */
function afterStart(running: EmbeddedServer, connector: Connector): Connector {
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
