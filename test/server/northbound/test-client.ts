import type { Args, ClientMessage, EventMessage, ServerMessage } from '../../../src/ctios/transport.js';
import type { AcceptedClient, ClientSessions, Grants } from '../../../src/server/northbound/index.js';

/** A client that records the messages it receives. */
export class TestClient {
  readonly sent: ServerMessage[] = [];
  open = true;
  /** The code with which the server closed the connection. */
  closedWith: string | undefined;
  readonly accepted: AcceptedClient;
  #id = 0;

  constructor(sessions: ClientSessions, grants: Grants = { allowMonitorControl: false }, peer = '192.0.2.1') {
    this.accepted = sessions.accept({
      peer,
      grants,
      send: (message) => this.sent.push(message),
      close: (code) => {
        this.open = false;
        this.closedWith = code;
      },
    });
  }

  say(message: ClientMessage): void {
    this.accepted.receive(message);
  }

  hello(version = 1): this {
    this.say({ kind: 'hello', version, client: 'test' });
    return this;
  }

  request(request: string, args: Args = {}, target?: string): number {
    const id = ++this.#id;
    const message: ClientMessage = { kind: 'request', id, request, args, answerMs: 15_000 };
    this.say(target === undefined ? message : { ...message, target });
    return id;
  }

  monitor(filter = '', snapshotMode?: number): this {
    this.request('SetMessageFilter', {
      Filter: filter,
      ...(snapshotMode === undefined ? {} : { MonitorSessionSnapshotMode: snapshotMode }),
    });
    this.forget();
    return this;
  }

  get events(): EventMessage[] {
    return this.sent.filter((message) => message.kind === 'event');
  }

  get names(): string[] {
    return this.events.map((message) => message.event);
  }

  done(id: number): Extract<ServerMessage, { kind: 'done' }> | undefined {
    const all = this.sent.filter((message) => message.kind === 'done' && message.id === id);
    if (all.length > 1) throw new Error(`request ${id} was answered ${all.length} times`);
    return all[0] as Extract<ServerMessage, { kind: 'done' }> | undefined;
  }

  last<Kind extends ServerMessage['kind']>(kind: Kind): Extract<ServerMessage, { kind: Kind }> | undefined {
    return this.sent.filter((message) => message.kind === kind).at(-1) as
      | Extract<ServerMessage, { kind: Kind }>
      | undefined;
  }

  forget(): void {
    this.sent.length = 0;
  }
}
