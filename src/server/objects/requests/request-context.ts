import type { Args, RequestDefinition, RequestFailure } from '../../../ctios/index.js';
import type { ObjectServerRequester, RequestResult } from '../../object-server.js';

/** A client's request in progress, and the only way to end it. */
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

  /** Ends it, in sequence with the publications. A step that fails after that has no effect on the result. */
  respond(result: RequestResult): void {
    const ended = this.#ended;
    this.#ended = undefined;
    ended?.(result);
  }

  confirm(): void {
    this.respond({ outcome: 'confirmed' });
  }

  /**
   * Runs a step of it, now or when a response has arrived. An exception in a step ends the request, not the link or the
   * process.
   */
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
