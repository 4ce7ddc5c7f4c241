/**
 * A network between a test with a virtual clock and a real WebSocket: it tracks the messages in transit, so that the
 * test can wait until all have arrived before it advances its clock.
 */
import type { ClientMessage, Connector, ServerMessage, Transport } from '../../src/ctios/transport.js';
import type { AcceptedClient, ClientLink, ClientSessions } from '../../src/server/northbound/index.js';

/** How a suite connects to its server: the same assertions apply to each transport. */
export const TRANSPORTS = ['in memory', 'over WebSocket'] as const;
export type TransportName = (typeof TRANSPORTS)[number];

let chosen: TransportName = 'in memory';

/** The transport of the current suite. */
export function transport(): TransportName {
  return chosen;
}

/** Runs a suite unchanged over every transport. */
export function describeOverEachTransport(name: string, suite: (this: Mocha.Suite) => void): void {
  for (const each of TRANSPORTS) {
    describe(`${name}, ${each}`, function () {
      before(() => {
        chosen = each;
      });
      after(() => {
        chosen = 'in memory';
      });
      suite.call(this);
    });
  }
}

/** One connection, as long as either end exists. */
export class Passage {
  dialing = true;
  toServer = 0;
  toClient = 0;
  /** It is being closed, or was dropped: both ends are about to be notified. */
  ending = false;
  clientGone = false;
  serverGone = false;

  get busy(): boolean {
    if (this.clientGone && this.serverGone) return false;
    return this.dialing || this.ending || this.clientGone || this.serverGone || this.toServer > 0 || this.toClient > 0;
  }
}

export class Wire {
  /** Counts all messages so far. */
  moved = 0;
  readonly #passages = new Map<number, Passage>();
  #ids = 0;
  #waiting: Array<() => void> = [];

  open(): [number, Passage] {
    const passage = new Passage();
    this.#passages.set(++this.#ids, passage);
    return [this.#ids, passage];
  }

  passage(id: number): Passage | undefined {
    return this.#passages.get(id);
  }

  forget(id: number): void {
    this.#passages.delete(id);
    this.changed();
  }

  /** Something has arrived or ended. */
  changed(): void {
    this.moved++;
    for (const [id, { clientGone, serverGone }] of this.#passages)
      if (clientGone && serverGone) this.#passages.delete(id);
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Every connection is about to be dropped. */
  cut(): void {
    for (const passage of this.#passages.values()) passage.ending = true;
  }

  /** Resolves when nothing is in transit. */
  async quiet(): Promise<void> {
    while ([...this.#passages.values()].some(({ busy }) => busy)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** The client's end: the server identifies the connection from its hello. */
  connector(inner: Connector): Connector {
    return {
      name: inner.name,
      connect: (opened, failed) => {
        const [id, passage] = this.open();
        const cancel = inner.connect(
          (transport) => {
            passage.dialing = false;
            opened(this.#clientEnd(transport, id, passage));
            this.changed();
          },
          (error) => {
            this.forget(id);
            failed(error);
          },
        );
        return () => {
          cancel();
          if (passage.dialing) this.forget(id);
        };
      },
    };
  }

  #clientEnd(transport: Transport, id: number, passage: Passage): Transport {
    const end: Transport = {
      onMessage: () => {},
      onClosed: () => {},
      send: (message) => {
        passage.toServer++;
        transport.send(message.kind === 'hello' ? { ...message, client: `${message.client}#${id}` } : message);
      },
      close: () => {
        passage.ending = true;
        transport.close();
      },
    };
    transport.onMessage = (message) => {
      passage.toClient--;
      end.onMessage(message);
      this.changed();
    };
    transport.onClosed = (error) => {
      passage.clientGone = true;
      end.onClosed(error);
      this.changed();
    };
    return end;
  }

  /** The server's end. */
  sessions(inner: ClientSessions): Pick<ClientSessions, 'accept' | 'audit' | 'clock'> {
    return {
      clock: inner.clock,
      audit: (entry) => inner.audit(entry),
      accept: (link) => this.#serverEnd(inner, link),
    };
  }

  #serverEnd(inner: ClientSessions, link: ClientLink): AcceptedClient {
    let passage: Passage | undefined;
    const accepted = inner.accept({
      ...link,
      send: (message: ServerMessage) => {
        if (passage !== undefined && !passage.ending) passage.toClient++;
        link.send(message);
      },
      close: () => {
        if (passage !== undefined) passage.ending = true;
        link.close();
      },
    });
    return {
      session: accepted.session,
      receive: (message: ClientMessage) => {
        let received = message;
        if (message.kind === 'hello') {
          const [client = '', id] = message.client.split('#');
          passage = this.passage(Number(id));
          received = { ...message, client };
        }
        if (passage !== undefined) passage.toServer--;
        accepted.receive(received);
        this.changed();
      },
      closed: () => {
        accepted.closed();
        if (passage !== undefined) passage.serverGone = true;
        this.changed();
      },
    };
  }
}
