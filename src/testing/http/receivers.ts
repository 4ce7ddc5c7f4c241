/** Responds to the requests of a flow as configured by the test, in virtual time. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { systemClock } from '../../common/clock.js';
import { milliseconds } from '../durations.js';
import type { ReceivedRequest, Receiver, ReceiverAnswer, Receivers } from '../options.js';
import type { Activity } from '../virtual-time.js';
import type { PairedStream } from './duplex-pair.js';
import type { Accept, RequestTarget } from './network.js';

/** Called for a request without a receiver. */
export type Unexpected = (origin: string) => void;

export class TestReceivers {
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #to = new WeakMap<object, RequestTarget>();
  /** The number of requests to each receiver. */
  readonly #served = new Map<string, number>();

  constructor(
    private readonly receivers: Receivers,
    private readonly activity: Activity,
    private readonly received: (request: ReceivedRequest) => void,
    private readonly unexpected: Unexpected,
  ) {}

  readonly accept: Accept = (connection: PairedStream, to) => {
    const concerned = this.#keys().filter(
      (key) => urlOf(key).startsWith(to.origin) || to.origin.startsWith(urlOf(key)),
    );
    if (concerned.length === 0) {
      this.unexpected(to.origin);
      return false;
    }
    if (concerned.every((key) => isRefusal(this.receivers[key]!, this.#served.get(key) ?? 0))) {
      for (const key of concerned) this.#served.set(key, (this.#served.get(key) ?? 0) + 1);
      return false;
    }
    this.#to.set(connection, to);
    this.#server.emit('connection', connection);
    return true;
  };

  #keys(): string[] {
    return Object.keys(this.receivers).sort((a, b) => urlOf(b).length - urlOf(a).length || b.length - a.length);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { origin } = this.#to.get(request.socket)!;
    const received = await receivedRequest(request, origin);
    this.activity.count++;
    this.received(received);
    const key = this.#keys().find((each) => fits(each, received));
    const answer = key === undefined ? { status: 404 } : await this.#answer(key, received);
    const { fails, after = 0 } = answer;
    if (fails === 'silent') return;
    const write = () => {
      this.activity.count++;
      if (fails !== undefined) request.socket.destroy();
      else send(response, answer);
    };
    if (milliseconds(after) > 0) systemClock.after(milliseconds(after), write);
    else write();
  }

  #answer(key: string, request: ReceivedRequest): ReceiverAnswer | Promise<ReceiverAnswer> {
    const receiver = this.receivers[key]!;
    const count = this.#served.get(key) ?? 0;
    this.#served.set(key, count + 1);
    if (typeof receiver === 'function') return receiver(request);
    return inTurn(receiver, count);
  }
}

/** Records requests to servers of this process without affecting them. */
export async function receivedRequest(request: IncomingMessage, origin: string): Promise<ReceivedRequest> {
  const parts: Buffer[] = [];
  await new Promise<void>((end) => {
    request.on('data', (part: Buffer) => parts.push(part));
    request.once('end', end);
    request.once('close', end);
    request.on('error', () => {});
  });
  const text = Buffer.concat(parts).toString('utf8');
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  return { method: request.method ?? 'GET', url: `${origin}${request.url ?? '/'}`, headers, body: bodyOf(text), text };
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function send(response: ServerResponse, { status = 200, headers, body }: ReceiverAnswer): void {
  const isText = typeof body === 'string';
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json';
  response.writeHead(status, { ...(body === undefined ? {} : { 'content-type': type }), ...headers });
  response.end(body === undefined || isText ? body : JSON.stringify(body));
}

function inTurn(receiver: Exclude<Receiver, (request: ReceivedRequest) => unknown>, count: number): ReceiverAnswer {
  if (!isList(receiver)) return receiver;
  return receiver[Math.min(count, receiver.length - 1)] ?? {};
}

function isList(receiver: Receiver): receiver is readonly ReceiverAnswer[] {
  return Array.isArray(receiver);
}

function isRefusal(receiver: Receiver, count: number): boolean {
  return typeof receiver !== 'function' && inTurn(receiver, count).fails === 'refused';
}

const urlOf = (key: string): string => /^(?:[A-Z]+ )?(.*)$/.exec(key)![1]!;

function fits(key: string, { method, url }: ReceivedRequest): boolean {
  const [, wanted] = /^([A-Z]+) /.exec(key) ?? [];
  return (wanted === undefined || wanted === method) && url.startsWith(urlOf(key));
}
