/** A server's objects as the publisher sees them: a few calls that a test changes. */
import type { Args, EventMessage } from '../../src/ctios/transport.js';
import type { Publication, ServerSystemStatus } from '../../src/server/object-server.js';

export class FakeServer {
  readonly calls = new Map<string, Args>();
  online = true;
  readonly #listeners = new Set<(publication: Publication) => void>();

  subscribe(listener: (publication: Publication) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  *snapshot(): Iterable<Publication> {
    for (const args of this.calls.values())
      yield { kind: 'event', event: 'OnSnapshotCallConf', args: { ...args }, recovered: true, to: {} };
  }

  status(): ServerSystemStatus {
    return {
      online: this.online,
      side: 'A',
      statusSystem: { StatusCtiServerDriver: this.online, StatusCTIServer: this.online, StatusObjects: this.online },
    };
  }

  publish(event: string, args: Args, to: Publication['to'] = {}): void {
    for (const listener of [...this.#listeners]) listener({ kind: 'event', event, args, to });
  }

  begin(call: string, data: Args = {}): void {
    const args = { UniqueObjectID: id(call), CallStatus: 1, ...data };
    this.calls.set(call, args);
    this.publish('OnCallBegin', args);
  }

  change(call: string, event: string, data: Args = {}): void {
    Object.assign(this.calls.get(call)!, data);
    this.publish(event, { UniqueObjectID: id(call), ...data });
  }

  end(call: string): void {
    this.calls.delete(call);
    this.publish('OnCallEnd', { UniqueObjectID: id(call), CallStatus: 0 });
  }
}

export const id = (call: string): string => `call.5000.${call}.2001`;

/** An event in short form: its name, its call, and an r if it was recovered. */
export function brief({ event, args, recovered }: Pick<EventMessage, 'event' | 'args' | 'recovered'>): string {
  const call = typeof args.UniqueObjectID === 'string' ? ` ${args.UniqueObjectID.split('.')[2]}` : '';
  return `${event}${call}${recovered ? ' r' : ''}`;
}
