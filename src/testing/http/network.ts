/**
 * The network of a flow test. Requests through Node.js' `http` and `https` are sent, in memory, to a server of this
 * process (Node-RED's own, or one started by a flow) or to the test's receivers. Nothing leaves the process, TLS is
 * omitted, and no time passes in transit.
 */
import { Agent as PlainAgent, type Server } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { Server as NetServer } from 'node:net';
import type { Activity } from '../virtual-time.js';
import { PairedStream } from './duplex-pair.js';

interface Target {
  host?: string | null;
  port?: number | string | null;
  socketPath?: string | null;
}
type Connect = (this: PlainAgent, target: Target, ...rest: unknown[]) => unknown;
type Agents = { createConnection: Connect };

/** The target of a request. */
export interface RequestTarget {
  readonly origin: string;
  readonly host: string;
}

/** Accepts connections. @returns false if it refuses this one */
export type Accept = (connection: PairedStream, to: RequestTarget) => boolean;

export class Network {
  /** Servers of this process, by port. */
  readonly #inside = new Map<number, NetServer>();
  readonly #restore: Array<() => void> = [];
  /** Open connections: clients keep them for the next request, which must not belong to the next test. */
  readonly #open = new Set<PairedStream>();

  /** @param nodeRed the server of Node-RED, which responds on `port` of this computer */
  constructor(
    private readonly activity: Activity,
    private readonly outside: Accept,
    nodeRed: Server,
    port: number,
    private readonly heard: (server: NetServer) => void,
  ) {
    this.#inside.set(port, nodeRed);
    this.#noticeServers();
    this.#ignoreProxies();
    this.#replace(PlainAgent.prototype as unknown as Agents, 'http:');
    this.#replace(TlsAgent.prototype as unknown as Agents, 'https:');
  }

  /** A connection to a server of this process. */
  connect(server: NetServer): PairedStream {
    const [client, other] = this.#pair();
    server.emit('connection', other);
    return client;
  }

  end(): void {
    for (const each of this.#open) each.destroy();
    for (const each of this.#restore.splice(0)) each();
  }

  /** The machine of a test may need a proxy for the Internet: the flow's requests stay in this process. */
  #ignoreProxies(): void {
    for (const name of Object.keys(process.env).filter((each) => /^(https?|all)_proxy$/i.test(each))) {
      const value = process.env[name]!;
      delete process.env[name];
      this.#restore.push(() => {
        process.env[name] = value;
      });
    }
  }

  #replace(agents: Agents, protocol: 'http:' | 'https:'): void {
    const { createConnection } = agents;
    const network = this;
    agents.createConnection = function (target, ...rest) {
      if (target.socketPath) return createConnection.call(this, target, ...rest);
      return network.#connect(protocol, target);
    };
    this.#restore.push(() => {
      agents.createConnection = createConnection;
    });
  }

  #pair(): [PairedStream, PairedStream] {
    const pair = PairedStream.pair(this.activity);
    for (const each of pair) {
      this.#open.add(each);
      each.once('close', () => this.#open.delete(each));
    }
    return pair;
  }

  #connect(protocol: 'http:' | 'https:', target: Target): PairedStream {
    const host = target.host || 'localhost';
    const port = Number(target.port ?? (protocol === 'https:' ? 443 : 80));
    const inside = protocol === 'http:' && isThisComputer(host) ? this.#inside.get(port) : undefined;
    if (inside !== undefined) return this.connect(inside);
    const usual = port === (protocol === 'https:' ? 443 : 80);
    const [client, server] = this.#pair();
    const origin = `${protocol}//${host}${usual ? '' : `:${port}`}`;
    if (!this.outside(server, { origin, host })) {
      const error = Object.assign(new Error(`connect ECONNREFUSED ${host}:${port}`), { code: 'ECONNREFUSED' });
      setImmediate(() => client.destroy(error));
    }
    return client;
  }

  /** Flows may start servers themselves, like the mock servers of the examples. */
  #noticeServers(): void {
    const { listen } = NetServer.prototype;
    const network = this;
    NetServer.prototype.listen = function (this: NetServer, ...args: unknown[]) {
      this.once('listening', () => {
        const address = this.address();
        if (address === null || typeof address === 'string') return;
        network.#inside.set(address.port, this);
        network.heard(this);
        this.once('close', () => network.#inside.delete(address.port));
      });
      return Reflect.apply(listen, this, args) as NetServer;
    } as typeof listen;
    this.#restore.push(() => {
      NetServer.prototype.listen = listen;
    });
  }
}

function isThisComputer(host: string): boolean {
  return ['localhost', '127.0.0.1', '::1', '[::1]'].includes(host);
}
