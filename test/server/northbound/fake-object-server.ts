import type { Args, EventMessage } from '../../../src/ctios/transport.js';
import type {
  Audience,
  ObjectServer,
  ObjectServerRequester,
  Publication,
  RequestResult,
  ServerSystemStatus,
} from '../../../src/server/object-server.js';

export interface AskedRequest {
  from: ObjectServerRequester;
  request: string;
  target: string | undefined;
  args: Args;
  end(result: RequestResult): void;
}

/** An object server that behaves as configured by a test. */
export class FakeObjectServer implements ObjectServer {
  readonly asked: AskedRequest[] = [];
  readonly released: Array<[string, string]> = [];
  snapshotEvents: Publication[] = [];
  systemStatus: ServerSystemStatus = {
    online: true,
    statusSystem: { StatusCtiServerDriver: true, StatusCTIServer: true, StatusCentralController: true },
  };
  #listeners = new Set<(publication: Publication) => void>();

  subscribe(listener: (publication: Publication) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  publish(event: string, args: Args, to: Audience = {}): void {
    for (const listener of this.#listeners) listener({ kind: 'event', event, args, to });
  }

  request(
    from: ObjectServerRequester,
    request: string,
    target: string | undefined,
    args: Args,
    _answerMs: number,
    end: (result: RequestResult) => void,
  ): void {
    this.asked.push({ from, request, target, args, end });
  }

  *snapshot(): Iterable<Publication> {
    yield* this.snapshotEvents;
  }

  release(clientId: string, how: 'closed' | 'lost' = 'closed'): void {
    this.released.push([clientId, how]);
  }

  status(): ServerSystemStatus {
    return this.systemStatus;
  }
}

export function snapshotOf(event: string, args: Args): Publication {
  return { kind: 'event', event, args, recovered: true, to: {} };
}

export function named(messages: readonly EventMessage[]): string[] {
  return messages.map((message) => message.event);
}
