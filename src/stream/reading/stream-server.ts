/**
 * The event stream as an object server: its events are those of the log, its objects are built from the log. Sessions
 * have the same modes and filters as at any other server. Requests are forwarded to a `ctios-server`, if one is
 * configured.
 */
import type { Clock } from '../../common/clock.js';
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

/** Carries out requests elsewhere. */
export type ForwardRequest = (
  request: string,
  target: string | undefined,
  args: Args,
  answerMs: number,
  ended: (result: RequestResult) => void,
) => void;

export class StreamServer implements ObjectServer {
  readonly #listeners = new Set<(publication: Publication) => void>();

  constructor(
    private readonly told: ToldObjects,
    private readonly clock: Clock,
    private readonly forward: ForwardRequest | undefined,
  ) {}

  /**
   * @param replayed it was published before this reader started
   * @param at when it was published, on the monotonic clock of this process
   */
  publish(record: StreamEvent, sequence: number, replayed: boolean, at: number): void {
    const { event, args, recovered, time } = record;
    this.told.apply(record, sequence, time);
    this.#tell({
      kind: 'event',
      event,
      args,
      time,
      at,
      ...(recovered === undefined ? {} : { recovered }),
      ...(replayed ? { replayed } : {}),
      to: event === 'OnCTIOSFailure' || event === 'OnConnectionGap' ? { everyone: true } : {},
    });
  }

  /** Reports events that are no longer in the stream. */
  reportGap(args: Args): void {
    this.#tell({ kind: 'event', event: 'OnConnectionGap', args, to: { everyone: true } });
  }

  subscribe(listener: (publication: Publication) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  request(
    _from: ObjectServerRequester,
    request: string,
    target: string | undefined,
    args: Args,
    answerMs: number,
    ended: (result: RequestResult) => void,
  ): void {
    if (this.forward === undefined) ended(NOT_FORWARDED);
    else this.forward(request, target, args, answerMs, ended);
  }

  *snapshot(): Iterable<Publication> {
    for (const message of this.told.snapshot(this.clock.now())) yield { ...message, to: {} };
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

/** If any of them is missing, the system is offline. */
const COMPONENTS = ['StatusCtiServerDriver', 'StatusCTIServer', 'StatusCentralController'] as const;

const NOT_FORWARDED: RequestResult = {
  outcome: 'failed',
  failure: {
    code: 'CTIOS_NO_REQUEST_SERVER',
    message: 'An event stream carries events only. Enter the URL of a ctios-server in the session to send requests.',
  },
};
