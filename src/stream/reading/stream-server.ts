/**
 * The event stream as an object server: its events are those of the log, its objects those that the log has told of. With
 * it, sessions have the modes and filters of any other server. Requests go to a `ctios-server`, where one is configured.
 */
import type { Args, LinkStatus } from '../../ctios/transport.js';
import type {
  ObjectServer,
  ObjectServerRequester,
  Publication,
  RequestResult,
  ServerSystemStatus,
} from '../../server/object-server.js';
import type { StreamEvent } from '../stream-event.js';
import type { ToldObjects } from '../told-objects.js';

/** Carries out requests elsewhere. Never rejects. */
export type ForwardRequest = (
  request: string,
  target: string | undefined,
  args: Args,
  answerMs: number,
) => Promise<RequestResult>;

export class StreamServer implements ObjectServer {
  readonly #listeners = new Set<(publication: Publication) => void>();

  constructor(
    private readonly told: ToldObjects,
    private readonly forward: ForwardRequest | undefined,
  ) {}

  /** @param replayed it was published before this reader came */
  publish(record: StreamEvent, sequence: number, replayed: boolean): void {
    const { event, args, recovered, time } = record;
    this.told.apply(record, sequence, time);
    this.#tell({
      kind: 'event',
      event,
      args,
      ...(recovered === undefined ? {} : { recovered }),
      ...(replayed ? { replayed } : {}),
      to: event === 'OnCTIOSFailure' || event === 'OnConnectionGap' ? { everyone: true } : {},
    });
  }

  /** Events that the stream does not hold any more. */
  reportGap(args: Args): void {
    this.#tell({ kind: 'event', event: 'OnConnectionGap', args, to: { everyone: true } });
  }

  subscribe(listener: (publication: Publication) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async request(
    _from: ObjectServerRequester,
    request: string,
    target: string | undefined,
    args: Args,
    answerMs: number,
    ended: (result: RequestResult) => void = () => {},
  ): Promise<RequestResult> {
    const result = this.forward === undefined ? NOT_FORWARDED : await this.forward(request, target, args, answerMs);
    ended(result);
    return result;
  }

  *snapshot(): Iterable<Publication> {
    for (const message of this.told.snapshot()) yield { ...message, to: {} };
  }

  release(): void {}

  link(): LinkStatus {
    const { online, reason } = this.status();
    return { state: online ? 'up' : 'connecting', standby: false, ...(reason === undefined ? {} : { reason }) };
  }

  status(): ServerSystemStatus {
    const { StatusSystem, ErrorMessage } = this.told.status ?? {};
    const statusSystem = typeof StatusSystem === 'object' ? StatusSystem : {};
    const online = COMPONENTS.every((component) => statusSystem[component] !== false);
    return { online, statusSystem, ...(online ? {} : { reason: String(ErrorMessage ?? 'The system is offline.') }) };
  }

  #tell(publication: Publication): void {
    for (const listener of [...this.#listeners]) listener(publication);
  }
}

/** Without any of them the system is offline. */
const COMPONENTS = ['StatusCtiServerDriver', 'StatusCTIServer', 'StatusCentralController'] as const;

const NOT_FORWARDED: RequestResult = {
  outcome: 'failed',
  failure: {
    code: 'CTIOS_NO_REQUEST_SERVER',
    message: 'An event stream carries events only. Enter the URL of a ctios-server in the session to send requests.',
  },
};
