import type { Args, RequestDefinition, RequestFailure } from '../../../ctios/index.js';
import type { ObjectServerRequester, RequestResult } from '../../object-server.js';

/** A request of a client on its way, and the one way in which it ends. */
export class RequestContext {
  #ended: ((result: RequestResult) => void) | undefined;

  constructor(
    readonly from: ObjectServerRequester,
    readonly definition: RequestDefinition,
    readonly target: string | undefined,
    readonly args: Args,
    readonly answerMs: number,
    ended: (result: RequestResult) => void,
  ) {
    this.#ended = ended;
  }

  /** Ends it, in its place among the publications. A step that fails after that has nothing left to end. */
  respond(result: RequestResult): void {
    const ended = this.#ended;
    this.#ended = undefined;
    ended?.(result);
  }

  confirm(): void {
    this.respond({ outcome: 'confirmed' });
  }

  /** Takes a step of it, now or when an answer has come. A bug in a step ends the request, not the link or the process. */
  attempt(step: () => void): void {
    try {
      step();
    } catch (error) {
      this.respond({ outcome: 'failed', failure: unexpected(this.definition.name, error) });
    }
  }
}

function unexpected(request: string, error: unknown): RequestFailure {
  return { code: 'CTIOS_INTERNAL', message: `${request}: ${error instanceof Error ? error.message : String(error)}` };
}
