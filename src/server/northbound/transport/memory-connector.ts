import type { ClientMessage, Connector, ServerMessage, Transport } from '../../../ctios/transport.js';
import type { AcceptedClient, ClientSessions } from '../session/session-registry.js';
import type { Grants } from '../session/settings.js';

/**
 * Messages in transit to one side. Delivered in order, never in the turn in which they were sent, and all accumulated
 * messages together: a burst takes one turn of the event loop in total.
 */
class Mailbox<Message> {
  #waiting: Message[] = [];
  #scheduled = false;

  constructor(private readonly deliver: (message: Message) => void) {}

  put(message: Message): void {
    this.#waiting.push(message);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#empty());
  }

  #empty(): void {
    const messages = this.#waiting;
    this.#waiting = [];
    this.#scheduled = false;
    let next = 0;
    try {
      while (next < messages.length) this.deliver(messages[next++]!);
    } finally {
      // If a receiver throws, it still receives the messages that follow.
      if (next < messages.length) {
        this.#waiting = [...messages.slice(next), ...this.#waiting];
        this.#schedule();
      }
    }
  }
}

const CLOSED = Symbol('closed');

/** One connection within this process. Messages are passed by reference; neither side may modify one it has sent. */
class MemoryTransport implements Transport {
  onMessage: (message: ServerMessage) => void = () => {};
  onClosed: (error?: Error) => void = () => {};
  #client: AcceptedClient | undefined;
  #open = true;

  readonly #toServer = new Mailbox<ClientMessage | typeof CLOSED>((message) => {
    if (message === CLOSED) this.#client?.closed();
    else this.#client?.receive(message);
  });
  readonly #toClient = new Mailbox<ServerMessage | typeof CLOSED>((message) => {
    if (!this.#open) return;
    if (message === CLOSED) {
      this.#open = false;
      this.onClosed();
    } else this.onMessage(message);
  });

  constructor(sessions: ClientSessions, grants: Grants) {
    this.#client = sessions.accept({
      peer: 'this process',
      grants,
      send: (message) => this.#toClient.put(message),
      close: () => this.#toClient.put(CLOSED),
    });
  }

  send(message: ClientMessage): void {
    if (this.#open) this.#toServer.put(message);
  }

  close(): void {
    if (!this.#open) return;
    this.#toServer.put({ kind: 'bye' });
    this.#toServer.put(CLOSED);
    this.#toClient.put(CLOSED);
  }
}

/** Connects to the client sessions of this process. */
export function memoryConnector(sessions: ClientSessions, grants: Grants, name = 'this process'): Connector {
  return {
    name,
    connect(opened) {
      let wanted = true;
      setImmediate(() => {
        if (wanted) opened(new MemoryTransport(sessions, grants));
      });
      return () => {
        wanted = false;
      };
    },
  };
}
