/** One CTI OS Server of a test, assembled: the link to a CTI Server, the objects on it, and their clients. */

import type { Clock } from '../../src/common/clock.js';
import type { Dial } from '../../src/common/network/byte-stream.js';
import {
  ClientSessions,
  type CtiLink,
  createLink,
  createObjectServer,
  type ObjectServer,
  type ObjectServerOptions,
  type ObjectServerSettings,
} from '../../src/server/index.js';

type LinkOptions = Parameters<typeof createLink>[0];

export interface ServerTierOptions {
  /** The name of the server, and its client ID at the CTI Server. */
  name: string;
  clock: Clock;
  dial: Dial;
  sides: LinkOptions['sides'];
  /** Options of the link that differ from the defaults. */
  link?: Partial<LinkOptions>;
  settings?: Partial<ObjectServerSettings>;
  peers?: ObjectServerOptions['peers'];
  /** Wraps the object server, to observe what its clients request. */
  wrap?: (server: ObjectServer) => ObjectServer;
}

export class ServerTier {
  readonly name: string;
  readonly link: CtiLink;
  readonly objects: ObjectServer;
  readonly clients: ClientSessions;

  constructor({ name, clock, dial, sides, link, settings, peers, wrap }: ServerTierOptions) {
    this.name = name;
    this.link = createLink({ sides, dial, clock, random: { next: () => 0.5 }, clientId: name, ...link });
    const objects = createObjectServer({
      link: this.link,
      clock,
      settings: { peripheralId: 5000, ...settings },
      ...(peers && { peers }),
    });
    this.objects = wrap?.(objects) ?? objects;
    this.clients = new ClientSessions({ server: this.objects, clock, settings: { heartbeatMs: 0, name } });
  }

  /** Starts the link. @returns when the server is online */
  async start(): Promise<void> {
    const online = new Promise<void>((resolve) => {
      const unsubscribe = this.objects.subscribe(() => {
        if (!this.objects.status().online) return;
        unsubscribe();
        resolve();
      });
    });
    this.link.start();
    await online;
  }

  /** Disconnects the clients, then the link. */
  stop(): Promise<void> {
    this.clients.stop();
    return this.link.stop();
  }
}
