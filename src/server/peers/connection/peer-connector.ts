/** Keeps connecting to one configured peer. Its state machine is `peer-connector-states.ts`. */
import type { Clock, Timer } from '../../../common/clock.js';
import { type Machine, runTable } from '../../../common/machine.js';
import type { Random } from '../../../common/random.js';
import { BackOff } from './back-off.js';
import type { ConnectionEnd } from './connection-states.js';
import type { PeerConnection } from './peer-connection.js';
import {
  PEER_CONNECTOR_TABLE,
  type PeerConnectorActions,
  type PeerConnectorSignals,
  type PeerConnectorState,
} from './peer-connector-states.js';
import type { PeerDial, PeerTransport } from './peer-transport.js';

/** What a connector needs from its server. */
export interface PeerConnectorHost {
  readonly clock: Clock;
  readonly random: Random;
  readonly dial: PeerDial;
  readonly dialMs: number;
  /** Starts the handshake over a transport that this server has opened. */
  greet(wire: PeerTransport): PeerConnection;
  /** Whether that peer is linked, or about to be. */
  reaches(peerId: string): boolean;
  /** An attempt failed, for a different reason than the one before; reported once per reason. */
  notLinked(connector: PeerConnector, why: ConnectionEnd): void;
}

export class PeerConnector implements PeerConnectorActions {
  readonly #machine: Machine<PeerConnectorState, PeerConnectorSignals>;
  readonly #backOff: BackOff;
  #cancelDial: (() => void) | undefined;
  #connection: PeerConnection | undefined;
  #timer: Timer | undefined;
  /** The peer that was last found at the address. */
  #peerId: string | undefined;
  #trouble: ConnectionEnd | undefined;

  /** @param url where the peer listens */
  constructor(
    readonly url: string,
    private readonly host: PeerConnectorHost,
  ) {
    this.#backOff = new BackOff(host.random);
    this.#machine = runTable<PeerConnectorState, PeerConnectorSignals, PeerConnectorActions>(
      PEER_CONNECTOR_TABLE,
      'stopped',
      this,
    );
  }

  get state(): PeerConnectorState {
    return this.#machine.state;
  }

  /** The peer at this address is linked, over this or another connection. */
  get up(): boolean {
    return this.state === 'linked' || this.state === 'covered';
  }

  /** Why it is not. */
  get trouble(): ConnectionEnd | undefined {
    return this.up ? undefined : this.#trouble;
  }

  start(): void {
    this.#machine.signal('start');
  }

  stop(): void {
    this.#machine.signal('stop');
  }

  /** A peer was linked that this server did not connect to. */
  news(): void {
    this.#machine.signal('news');
  }

  connectionLinked(connection: PeerConnection): void {
    if (connection === this.#connection) this.#machine.signal('linked');
  }

  connectionEnded(connection: PeerConnection, end: ConnectionEnd): void {
    const peerId = connection.peer?.id;
    if (connection === this.#connection) {
      this.#peerId = peerId ?? this.#peerId;
      this.#connection = undefined;
      this.#machine.signal('ended', end);
    } else if (peerId !== undefined && peerId === this.#peerId && !this.host.reaches(peerId)) {
      this.#machine.signal('uncovered', end);
    }
  }

  // Actions of the table.

  get isCovered(): boolean {
    return this.#peerId !== undefined && this.host.reaches(this.#peerId);
  }

  dial(): void {
    this.#timer?.cancel();
    const { clock, dial, dialMs } = this.host;
    const failed = (why: string) => {
      this.#timer?.cancel();
      this.#cancelDial = undefined;
      this.#machine.signal('failed', { code: 'CTIOS_CONNECT_FAILED', message: `${this.url}: ${why}` });
    };
    this.#timer = clock.after(dialMs, () => {
      this.#cancelDial?.();
      failed(`no connection within ${dialMs / 1000} s`);
    });
    this.#cancelDial = dial(
      this.url,
      (wire) => {
        this.#timer?.cancel();
        this.#cancelDial = undefined;
        this.#machine.signal('opened', wire);
      },
      failed,
    );
  }

  greet(wire: PeerTransport): void {
    this.#connection = this.host.greet(wire);
  }

  reached(): void {
    this.#peerId = this.#connection?.peer?.id;
    this.#trouble = undefined;
    this.#backOff.reset();
  }

  pause(why: ConnectionEnd): void {
    this.#note(why);
    this.#wait(why);
  }

  pauseAfterLoss(why: ConnectionEnd): void {
    this.#trouble = why;
    this.#wait(why);
  }

  cover(): void {
    this.#timer?.cancel();
    this.#trouble = undefined;
    this.#backOff.reset();
  }

  giveUp(): void {
    this.#timer?.cancel();
    this.#cancelDial?.();
    this.#cancelDial = undefined;
    this.#trouble = undefined;
  }

  #note(why: ConnectionEnd): void {
    const known = this.#trouble?.code === why.code && this.#trouble.message === why.message;
    this.#trouble = why;
    if (!known) this.host.notLinked(this, why);
  }

  #wait({ code }: ConnectionEnd): void {
    this.#timer = this.host.clock.after(this.#backOff.next(code), () => this.#machine.signal('retry'));
  }
}
