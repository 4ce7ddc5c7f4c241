/** Matches the requests of a client of a replay to the recorded ones, and their InvokeIDs. */
import { OPEN_REQ_NUMBER, withoutSecrets } from '../../recording/index.js';
import { type ReplayScript, requestKey, type ScriptFrame, type ScriptRequest } from './replay-script.js';

export class ReplayRequests {
  readonly #script: ReplayScript;
  /** InvokeIDs of the client, by the recorded request that each one matches. */
  readonly #live = new Map<ScriptRequest, number>();
  /** Recorded requests without a matching request of the client so far, by their content. */
  readonly #expected = new Map<string, ScriptRequest[]>();

  /** @param invokeId of the client's OPEN_REQ, which matches the recorded one regardless of its content */
  constructor(script: ReplayScript, invokeId: number) {
    this.#script = script;
    for (const request of script.requests) {
      if (request.number === OPEN_REQ_NUMBER) {
        this.#live.set(request, invokeId);
        continue;
      }
      const same = this.#expected.get(request.key);
      if (same === undefined) this.#expected.set(request.key, [request]);
      else same.push(request);
    }
  }

  /** @returns the recorded request with the same content */
  take(frame: Buffer, invokeId: number): ScriptRequest | undefined {
    const copy = withoutSecrets(Buffer.from(frame), this.#script.version);
    const recorded = this.#expected.get(requestKey(copy))?.shift();
    if (recorded !== undefined) this.#live.set(recorded, invokeId);
    return recorded;
  }

  /** Whether the frame answers no request, or one that the client has sent. */
  allows({ answers }: ScriptFrame): boolean {
    return answers === undefined || this.#live.has(answers);
  }

  /** The InvokeID that a frame must carry; undefined: the recorded one. */
  invokeIdFor({ answers, confirms }: ScriptFrame): number | undefined {
    return answers === undefined || !confirms ? undefined : this.#live.get(answers);
  }

  /** Whether the recorded client has sent a request since then that this one has not sent yet. */
  awaits(since: number): boolean {
    return this.#script.requests.some((request) => request.at >= since && !this.#live.has(request));
  }
}
