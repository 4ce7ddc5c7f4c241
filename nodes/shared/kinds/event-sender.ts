/** Sends the messages of an event node: on one output or one per event, with its further properties, and counts them. */
import type { Node, NodeAPI } from 'node-red';
import { reportError } from '../message/completion.js';
import { asError } from '../message/errors.js';
import type { EventMessage } from '../message/events/event-message.js';
import { type OutputProperty, setOutputProperties } from '../message/output-properties.js';
import type { EventOutlet } from '../session/event-outlet.js';

/** Minimum time between two changes of the count in the status, in milliseconds. */
const COUNT_MS = 1000;

export interface SenderOptions {
  /** The number of outputs. */
  readonly outputs: number;
  readonly properties: readonly OutputProperty[];
  /** The user has chosen these events by name. */
  readonly chosen: boolean;
  /** The count has changed. */
  readonly counted: () => void;
}

export class EventSender {
  #sent = 0;
  #countedAt = 0;
  #counting: NodeJS.Timeout | undefined;
  #order = Promise.resolve();

  constructor(
    private readonly RED: NodeAPI,
    private readonly node: Node,
    private readonly options: SenderOptions,
  ) {
    node.on('close', () => clearTimeout(this.#counting));
  }

  get sent(): number {
    return this.#sent;
  }

  /** @param trace receives the message when it is sent */
  pass(
    message: EventMessage,
    output: number,
    outlet: EventOutlet | undefined,
    trace?: (message: EventMessage) => void,
  ): void {
    this.#sent++;
    this.count();
    outlet?.send({
      chosen: this.options.chosen,
      time: message.ctios.time,
      send: (lagMs) => {
        if (lagMs > 0) message.ctios.lag = lagMs;
        trace?.(message);
        if (this.options.properties.length === 0) this.#send(message, output);
        else this.#order = this.#order.then(() => this.#sendWithProperties(message, output));
      },
    });
  }

  /**
   * Setting properties may take a while (JSONata), so events are processed one after the other, in order of arrival.
   */
  async #sendWithProperties(message: EventMessage, output: number): Promise<void> {
    try {
      await setOutputProperties(this.RED, this.node, this.options.properties, message);
      this.#send(message, output);
    } catch (error) {
      reportError(this.node, asError(error), message);
    }
  }

  #send(message: EventMessage, output: number): void {
    const { outputs } = this.options;
    if (outputs === 1) {
      this.node.send(message);
      return;
    }
    const messages: (EventMessage | null)[] = new Array(outputs).fill(null);
    messages[output] = message;
    this.node.send(messages as never);
  }

  /** A count in the status has changed: it is shown at most once a second. */
  count(): void {
    if (this.#counting !== undefined) return;
    const wait = Math.max(0, this.#countedAt + COUNT_MS - Date.now());
    this.#counting = setTimeout(() => {
      this.#counting = undefined;
      this.#countedAt = Date.now();
      this.options.counted();
    }, wait);
    this.#counting.unref();
  }
}
