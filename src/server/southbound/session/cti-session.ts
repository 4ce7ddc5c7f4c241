/**
 * One session with one CTI Server over one stream: opens it, keeps it alive, correlates responses with requests, ends
 * it. What happens after its end is decided elsewhere.
 */

import type { Timer } from '../../../common/clock.js';
import { deadline } from '../../../common/deadline.js';
import { type Machine, runTable } from '../../../common/machine.js';
import type { ByteStream, Endpoint } from '../../../common/network/byte-stream.js';
import type { CertificateFacts } from '../../../common/network/certificates.js';
import {
  type DecodeOptions,
  type DecodeReport,
  decodeAt,
  encode,
  FrameError,
  FrameReader,
  hasField,
  type Message,
  type MessageDefinition,
  type MessageInit,
  type MessageOf,
  messages,
  StatusCode,
} from '../../../ged188/index.js';
import { type LinkAnswer, LinkRequestError } from '../link-api.js';
import { openRequest, type Proposal } from '../opening.js';
import type { ResolvedLinkSettings } from '../settings.js';
import { takeLongAgentId, withAgentId } from './agent-id.js';
import { dismissal } from './dismissal.js';
import { Liveness } from './liveness.js';
import { PendingCtiRequests, statusOf } from './pending-requests.js';
import { RoundTrip } from './round-trip.js';
import { dialFailure, dialTimeout, misdirectedAnswer, openTimeout, streamClosed } from './session-failures.js';
import {
  type CtiSessionActions,
  type CtiSessionSignals,
  type CtiSessionState,
  SESSION_TABLE,
  type SessionEnd,
} from './session-table.js';

/** FAILURE_EVENTs that end the session; the others concern one object within it and are passed on. */
const DISMISSALS: ReadonlySet<number> = new Set([
  StatusCode.E_CTI_CTI_SERVER_OFFLINE,
  StatusCode.E_CTI_NEW_SESSION_OPENED,
  StatusCode.E_CTI_TIMEOUT,
  StatusCode.E_CTI_SESSION_NOT_OPEN,
  StatusCode.E_CTI_INVALID_MESSAGE_LENGTH,
  StatusCode.E_CTI_BAD_MESSAGE_FORMAT,
  StatusCode.E_CTI_AUTO_CONFIG_RESET,
]);

/**
 * Messages that are only passed to the owner, which are most of them. They are recognized by name, because checking each
 * message for an InvokeID would be a polymorphic access that takes longer than all other steps together.
 */
const PASSED_ON: ReadonlySet<string> = new Set(
  Object.values<MessageDefinition>(messages)
    .filter(({ name, facts }) => name !== 'FAILURE_EVENT' && !name.endsWith('_CONF') && !hasField(facts, 'InvokeID'))
    .map(({ name }) => name),
);

export interface SessionOwner {
  opened(openConf: MessageOf<'OPEN_CONF'>): void;
  /** Called once, as the last call. Pending requests have been settled before. */
  ended(end: SessionEnd): void;
  message(message: Message): void;
}

export class CtiSession implements CtiSessionActions {
  readonly #settings: ResolvedLinkSettings;
  readonly #endpoint: Endpoint;
  readonly #proposal: Proposal;
  readonly #owner: SessionOwner;
  readonly #decoding: DecodeOptions;
  readonly #pending: PendingCtiRequests;
  readonly #machine: Machine<CtiSessionState, CtiSessionSignals>;
  #stream: ByteStream | undefined;
  #giveUpDialing: (() => void) | undefined;
  #patience: Timer | undefined;
  #liveness: Liveness | undefined;
  #openId = 0;
  /** The InvokeID of an OPEN_CONF that is no answer to this session's request. */
  #otherOpenId: number | undefined;
  #closeId = 0;
  readonly #roundTrip: RoundTrip;

  /** @param report counts oddities in the CTI Server's messages */
  constructor(
    settings: ResolvedLinkSettings,
    endpoint: Endpoint,
    proposal: Proposal,
    owner: SessionOwner,
    report: DecodeReport,
  ) {
    this.#settings = settings;
    this.#decoding = { charset: settings.charset, report };
    this.#endpoint = endpoint;
    this.#proposal = proposal;
    this.#owner = owner;
    this.#pending = new PendingCtiRequests(settings.clock);
    this.#roundTrip = new RoundTrip(settings.clock);
    this.#machine = runTable<CtiSessionState, CtiSessionSignals, CtiSessionActions>(SESSION_TABLE, 'new', this);
  }

  get state(): CtiSessionState {
    return this.#machine.state;
  }

  get certificate(): CertificateFacts | undefined {
    return this.#stream?.certificate;
  }

  /** When the last message was received, in milliseconds since the epoch; undefined before the session was open. */
  get heardAt(): number | undefined {
    return this.#liveness === undefined ? undefined : this.#settings.clock.now() - this.#liveness.silentMs;
  }

  /** Round-trip time to the CTI Server, in milliseconds; undefined before the session was open. */
  get roundTripMs(): number | undefined {
    return this.#roundTrip.ms;
  }

  get version(): number {
    return this.#proposal.version;
  }

  start(): void {
    this.#machine.signal('start');
  }

  /** Closes gracefully: CLOSE_REQ, its confirmation or 5 s, then the stream. */
  close(): void {
    this.#machine.signal('close');
  }

  /** Drops the session at once. */
  abort(end: SessionEnd): void {
    this.#machine.signal('abort', end);
  }

  request(message: MessageInit, answerMs: number, ended: (answer: LinkAnswer) => void): void {
    // Callbacks of requests that fail when a session ends may send further requests.
    if (this.#stream === undefined) {
      ended(
        new LinkRequestError('failed', 'CTIOS_OFFLINE', 'there is no link to the CTI Server: the session has ended'),
      );
      return;
    }
    const invokeId = this.#pending.nextInvokeId();
    let frame: Buffer;
    try {
      frame = encode(
        withAgentId({ ...message, InvokeID: invokeId } as MessageInit),
        this.#proposal.version,
        this.#codec,
      );
    } catch (error) {
      ended(new LinkRequestError('failed', 'CTIOS_INVALID_ARGUMENT', (error as Error).message));
      return;
    }
    this.#pending.wait(invokeId, message.type, answerMs, ended);
    this.#write(frame);
  }

  send(message: MessageInit): boolean {
    if (this.#stream === undefined) return false;
    this.#write(encode(message, this.#proposal.version, this.#codec));
    return true;
  }

  // --- actions of the table's rows ---

  dial(): void {
    this.#wait(this.#settings.dialMs);
    this.#giveUpDialing = this.#settings.dial(
      this.#endpoint,
      (stream) => {
        this.#giveUpDialing = undefined;
        this.#machine.signal('dialed', stream);
      },
      (error) => {
        this.#giveUpDialing = undefined;
        this.#machine.signal('dialFailed', error);
      },
    );
  }

  sendOpen(stream: ByteStream): void {
    this.#attach(stream);
    this.#wait(this.#settings.openMs);
    this.#openId = this.#pending.nextInvokeId();
    this.#roundTrip.opening();
    try {
      this.send(openRequest(this.#settings, this.#proposal, this.#openId));
    } catch (error) {
      // A client ID or password over the protocol's limit: the codec's error names the field and the limit.
      const reason = (error as Error).message;
      this.#machine.signal('refused', { code: 'CTIOS_INVALID_SETTING', reason, terminal: true });
    }
  }

  becomeOpen(openConf: MessageOf<'OPEN_CONF'>): void {
    this.#patience?.cancel();
    this.#roundTrip.opened();
    this.#liveness = new Liveness({
      clock: this.#settings.clock,
      intervalMs: this.#settings.heartbeatMs,
      misses: this.#settings.heartbeatMisses,
      probe: () => this.#probe(),
      dead: (silentMs) =>
        this.#machine.signal('silent', {
          code: 'CTIOS_LINK_SILENT',
          reason: `${this.#peer} has been silent for ${Math.round(silentMs / 1_000)} s`,
        }),
    });
    this.#owner.opened(openConf);
  }

  sendClose(): void {
    this.#liveness?.stop();
    this.#wait(this.#settings.closeMs);
    this.#closeId = this.#pending.nextInvokeId();
    this.send({ type: 'CLOSE_REQ', InvokeID: this.#closeId, Status: StatusCode.E_CTI_NO_ERROR });
  }

  finish(end: SessionEnd): void {
    this.#finish(end, 'drop');
  }

  finishClosed(): void {
    this.#finish({ code: 'CTIOS_CLOSED', reason: 'closed on request' }, 'end');
  }

  finishDialFailed(error: Error): void {
    this.#finish(dialFailure(error, this.#endpoint), 'drop');
  }

  finishTimeout(): void {
    const { dialMs, openMs } = this.#settings;
    if (this.#stream === undefined) this.#finish(dialTimeout(this.#peer, dialMs), 'drop');
    else if (this.#otherOpenId === undefined) this.#finish(openTimeout(this.#peer, openMs, this.#secured), 'drop');
    else this.#finish(misdirectedAnswer(this.#peer, this.#otherOpenId, this.#openId), 'drop');
  }

  finishStreamClosed(error: Error | undefined): void {
    const opening = this.#machine.state === 'opening';
    this.#finish(streamClosed(this.#peer, opening, error, this.#secured), 'drop');
  }

  // --- internals ---

  get #secured(): boolean {
    return this.#stream?.certificate !== undefined;
  }

  get #peer(): string {
    return `${this.#endpoint.host}:${this.#endpoint.port}`;
  }

  get #codec() {
    return this.#settings.charset === undefined ? undefined : { charset: this.#settings.charset };
  }

  #wait(ms: number): void {
    this.#patience?.cancel();
    this.#patience = deadline(this.#settings.clock, ms, () => this.#machine.signal('timeout'));
  }

  #attach(stream: ByteStream): void {
    this.#stream = stream;
    const reader = new FrameReader({ onFrameAt: (bytes, begin, end) => this.#receive(bytes, begin, end) });
    stream.onData = (bytes) => {
      this.#liveness?.received();
      try {
        reader.push(bytes);
      } catch (error) {
        if (!(error instanceof FrameError)) throw error;
        this.#machine.signal('garbage', {
          code: 'E_CTI_INVALID_MESSAGE_LENGTH',
          reason: `${this.#peer} sent bytes that are no CTI Server message: ${error.message}`,
        });
      }
    };
    stream.onClose = (error) => this.#machine.signal('streamClosed', error);
  }

  #write(frame: Buffer): void {
    this.#stream?.write(frame);
  }

  #receive(bytes: Buffer, begin: number, end: number): void {
    if (this.#machine.state === 'ended') return;
    const message = decodeAt(bytes, begin, end, this.#proposal.version, this.#decoding);
    takeLongAgentId(message);
    if (PASSED_ON.has(message.type)) {
      this.#owner.message(message);
      return;
    }
    switch (message.type) {
      case 'HEARTBEAT_CONF':
        this.#roundTrip.answered(message.InvokeID);
        return;
      case 'OPEN_CONF':
        if (message.InvokeID === this.#openId) this.#machine.signal('opened', message);
        else this.#otherOpenId = message.InvokeID;
        return;
      case 'CLOSE_CONF':
        this.#machine.signal('closeConfirmed');
        return;
      case 'FAILURE_EVENT':
        if (DISMISSALS.has(message.Status)) this.#machine.signal('dismissed', this.#dismissal(message.Status));
        else this.#owner.message(message);
        return;
      case 'FAILURE_CONF':
        if (this.#pending.settle(message)) return;
        if (this.#machine.state === 'opening') this.#machine.signal('refused', this.#dismissal(statusOf(message)));
        // The guide: a failure in response to a heartbeat means that the server goes off-line.
        else if (this.#roundTrip.awaits(message.InvokeID))
          this.#machine.signal('dismissed', this.#dismissal(statusOf(message)));
        return;
      default:
        // A confirmation without a pending request came too late: its request was already reported as of unknown
        // outcome.
        if (!this.#pending.settle(message) && !message.type.endsWith('_CONF')) this.#owner.message(message);
    }
  }

  #probe(): void {
    const id = this.#pending.nextInvokeId();
    this.#roundTrip.sent(id);
    this.send({ type: 'HEARTBEAT_REQ', InvokeID: id });
  }

  #dismissal(status: number): SessionEnd {
    return dismissal(status, this.#peer, this.#settings.clientId);
  }

  #finish(end: SessionEnd, how: 'end' | 'drop'): void {
    this.#patience?.cancel();
    this.#liveness?.stop();
    this.#giveUpDialing?.();
    this.#giveUpDialing = undefined;
    const stream = this.#stream;
    this.#stream = undefined;
    if (stream !== undefined) {
      stream.onData = () => {};
      stream.onClose = () => {};
      if (how === 'end') stream.end();
      else stream.destroy();
    }
    this.#pending.abandon(end.reason);
    const { heardAt } = this;
    this.#owner.ended(heardAt === undefined ? end : { ...end, heardAt });
  }
}
