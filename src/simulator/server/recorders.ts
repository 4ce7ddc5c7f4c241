/** Clients that have registered as recorders of calls, and the requests forwarded to them. */
import { type MessageInit, type MessageOf, ServerMode } from '../../ged188/index.js';
import type { SimulatorSession } from './session/session.js';

type RecordingRequest = MessageOf<'START_RECORDING_REQ' | 'STOP_RECORDING_REQ'>;
type RecordingConfirmation = MessageOf<'START_RECORDING_CONF' | 'STOP_RECORDING_CONF'>;

interface Registration {
  readonly id: number;
  readonly session: SimulatorSession;
}

export class Recorders {
  #mode: number | undefined;
  #registrations: Registration[] = [];
  #ids = 0;
  #turn = 0;
  /** Forwarded requests, by the InvokeID that the recorder received. */
  readonly #asked = new Map<number, { from: SimulatorSession; invokeId: number; to: SimulatorSession[] }>();
  #invokeIds = 0x40000000;

  get available(): boolean {
    return this.#registrations.length > 0;
  }

  /** @returns the RegisteredServiceID; undefined if the existing recorders have another mode, or are exclusive */
  register(session: SimulatorSession, mode: number): number | undefined {
    const exclusive = mode === ServerMode.EXCLUSIVE || this.#mode === ServerMode.EXCLUSIVE;
    if (this.available && (exclusive || mode !== this.#mode)) return undefined;
    this.#mode = mode;
    const id = ++this.#ids;
    this.#registrations.push({ id, session });
    return id;
  }

  unregister(session: SimulatorSession, id: number): boolean {
    const index = this.#registrations.findIndex((each) => each.id === id && each.session === session);
    if (index < 0) return false;
    this.#registrations.splice(index, 1);
    return true;
  }

  /** The session is over: it no longer records, and its pending responses are dropped. */
  forget(session: SimulatorSession): void {
    this.#registrations = this.#registrations.filter((each) => each.session !== session);
    for (const [id, asked] of this.#asked) {
      if (asked.from === session || asked.to.includes(session)) this.#asked.delete(id);
    }
  }

  /** Forwards the request to the next recorder; in parallel mode to all, and the first response counts. */
  pass(from: SimulatorSession, request: RecordingRequest): void {
    const all = this.#registrations.map((each) => each.session);
    const to = this.#mode === ServerMode.PARALLEL ? all : [all[this.#turn++ % all.length]!];
    const invokeId = ++this.#invokeIds;
    this.#asked.set(invokeId, { from, invokeId: request.InvokeID, to });
    for (const session of to) {
      session.send({ ...request, InvokeID: invokeId, ClientID: from.grant?.clientId, ClientAddress: from.peer });
    }
  }

  /** A recorder's confirmation, which goes to the requester. */
  answered(session: SimulatorSession, confirmation: RecordingConfirmation): undefined {
    const asked = this.#asked.get(confirmation.InvokeID);
    if (!asked?.to.includes(session)) return undefined;
    this.#asked.delete(confirmation.InvokeID);
    const answer: MessageInit = {
      ...confirmation,
      InvokeID: asked.invokeId,
      ClientID: session.grant?.clientId,
      ClientAddress: session.peer,
    };
    asked.from.send(answer);
    return undefined;
  }
}
