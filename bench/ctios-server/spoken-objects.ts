import type { Args } from '../../src/ctios/transport.js';
import { agentObjectId } from '../../src/ctios/unique-object-id.js';
import type { Audience, ObjectServer, Publication, RequestResult } from '../../src/server/object-server.js';

/** Objects that only publish what a bench tells them to. */
export class SpokenObjects implements ObjectServer {
  #listener: (publication: Publication) => void = () => {};

  subscribe(listener: (publication: Publication) => void): () => void {
    this.#listener = listener;
    return () => {};
  }

  publish(event: string, args: Args, to: Audience = {}): void {
    this.#listener({ kind: 'event', event, args, to });
  }

  request(
    _from: object,
    request: string,
    _target: string | undefined,
    args: Args,
    _answerMs: number,
    ended: (result: RequestResult) => void,
  ): void {
    ended(request === 'SetAgent' ? agentSet(args) : CONFIRMED);
  }

  snapshot(): Iterable<Publication> {
    return [];
  }

  release(): void {}

  status() {
    return { online: true, statusSystem: {} };
  }
}

const CONFIRMED: RequestResult = { outcome: 'confirmed' };

function agentSet(args: Args): RequestResult {
  const AgentID = String(args.AgentID);
  const conf = { UniqueObjectID: agentObjectId(5000, AgentID), PeripheralID: 5000, AgentInstrument: `2${AgentID}` };
  return { outcome: 'confirmed', conf: { kind: 'event', event: 'OnSetAgentModeEvent', args: conf } };
}
