import {
  decode,
  encode,
  type Message,
  type MessageInit,
  type MessageInitOf,
  type MessageName,
  type MessageOf,
} from '../../../src/ged188/index.js';
import {
  type CtiLink,
  type LinkAnswer,
  type LinkInfo,
  type LinkOwner,
  LinkRequestError,
  type LinkUp,
} from '../../../src/server/southbound/link-api.js';

type Answer = MessageInit | LinkRequestError | undefined;
type AnswerTo<N extends MessageName> = (request: MessageOf<N>) => Answer;

/**
 * A link that responds as configured by a test. Messages pass through the codec, so that they are the same as on a real
 * link.
 */
export class ScriptedLink implements CtiLink {
  up: LinkUp | undefined;
  owner: LinkOwner = { up() {}, down() {}, message() {} };
  readonly sent: Message[] = [];
  /** The timeout of each request, in milliseconds. */
  readonly patience: number[] = [];
  readonly #answers = new Map<string, (request: Message) => Answer>();
  readonly #waiting: { request: Message; settle: (answer: Answer) => void }[] = [];
  version = 24;

  get info(): LinkInfo {
    return {
      state: 'scripted',
      side: this.up?.side,
      version: this.up?.version,
      roundTripMs: 1,
      standby: false,
      services: 0x16,
      certificate: undefined,
      oddities: [],
      reason: undefined,
    };
  }

  listen(owner: LinkOwner): void {
    this.owner = owner;
  }

  start(): void {}
  async stop(): Promise<void> {}

  /** Defines the response to a request type; without one, requests remain pending until {@link settle}. */
  answer<N extends MessageName>(type: N, answer: AnswerTo<N> | Answer): this {
    this.#answers.set(type, typeof answer === 'function' ? (answer as AnswerTo<MessageName> as never) : () => answer);
    return this;
  }

  connect(
    side: 'A' | 'B' = 'A',
    openConf: Partial<MessageInitOf<'OPEN_CONF'>> = {},
    seamless = false,
    stoodBy = seamless,
  ): void {
    const conf = this.pass({ type: 'OPEN_CONF', PGStatus: 0, PeripheralOnline: true, ...openConf } as MessageInit);
    this.up = { side, version: this.version, openConf: conf as LinkUp['openConf'], stoodBy, seamless };
    this.owner.up(this.up);
  }

  /** @param heardAt for a side that fell silent: the time of its last message */
  disconnect(reason = 'connection reset', heardAt?: number): void {
    const side = this.up?.side ?? 'A';
    this.up = undefined;
    for (const { settle } of this.#waiting.splice(0)) {
      settle(new LinkRequestError('unknown', 'CTIOS_OUTCOME_UNKNOWN', 'the link was lost'));
    }
    this.owner.down({ side, code: 'CTIOS_LINK_CLOSED', reason, terminal: false, heardAt });
  }

  /** A message of the CTI Server arrives. */
  tell(message: MessageInit): void {
    this.owner.message(this.pass(message));
  }

  request(message: MessageInit, answerMs: number, ended: (answer: LinkAnswer) => void): void {
    if (this.up === undefined) {
      ended(new LinkRequestError('failed', 'CTIOS_OFFLINE', 'there is no link to the CTI Server'));
      return;
    }
    const request = this.pass(message);
    this.sent.push(request);
    this.patience.push(answerMs);
    const settle = (answer: Answer) => {
      const confirmation = answer instanceof LinkRequestError ? answer : this.pass(answer!);
      const refused =
        !(confirmation instanceof LinkRequestError) &&
        (confirmation.type === 'CONTROL_FAILURE_CONF' || confirmation.type === 'FAILURE_CONF');
      ended(refused ? new LinkRequestError('failed', 'REFUSED', 'refused', confirmation) : confirmation);
    };
    const answer = this.#answers.get(request.type)?.(request);
    if (answer === undefined) this.#waiting.push({ request, settle });
    else settle(answer);
  }

  send(message: MessageInit): boolean {
    if (this.up === undefined) return false;
    const request = this.pass(message);
    this.sent.push(request);
    const answer = this.#answers.get(request.type)?.(request);
    if (answer !== undefined && !(answer instanceof LinkRequestError)) queueMicrotask(() => this.tell(answer));
    return true;
  }

  /** Responds to the oldest pending request of the type. */
  settle(type: MessageName, answer: Answer): void {
    const index = this.#waiting.findIndex(({ request }) => request.type === type);
    if (index < 0) throw new Error(`no ${type} is waiting`);
    this.#waiting.splice(index, 1)[0]!.settle(answer);
  }

  sentOf<N extends MessageName>(type: N): MessageOf<N>[] {
    return this.sent.filter((each) => each.type === type) as MessageOf<N>[];
  }

  pass(message: MessageInit): Message {
    return decode(encode(message, this.version), this.version);
  }
}

/** Waits until all promises that can settle have settled. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}
