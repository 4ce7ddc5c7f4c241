/**
 * Deliveries of the webhook nodes: the state of each node's queue, and waiting or failed deliveries, which permitted
 * users can discard or resend. Requested while the panel is open and visible.
 */
import { element, icon, setText } from './dom.js';
import { count, duration, text } from './text.js';

const LOOK_MS = 3_000;
/** Older ones can be queried in a flow. */
const MAX_ROWS = 20;

interface QueueView {
  readonly id: string;
  readonly name: string;
  readonly deployed: boolean;
  /** Site and group, on an event stream. */
  readonly place?: string;
  readonly waiting: number;
  readonly sent: number;
  readonly givenUp: number;
  readonly oldest?: number;
  readonly lastError?: string;
}

interface DeliveryView {
  readonly id: number;
  readonly key: string;
  readonly state: 'waiting' | 'sent' | 'givenUp';
  readonly acceptedAt: number;
  readonly attempts: number;
  readonly place?: string;
  readonly error?: string;
}

interface DeliveriesView {
  readonly now: number;
  readonly queues: readonly QueueView[];
  readonly deliveries: readonly DeliveryView[];
}

export class DeliveriesPanel {
  readonly root = element('details', { class: 'ctios-sb-place ctios-sb-deliveries', hidden: true });
  readonly #count = element('span', { class: 'ctios-sb-matching' });
  readonly #queues = element('div', {});
  readonly #rows = element('ul', { 'aria-label': text('deliveries.open') });
  readonly #result = element('p', { class: 'ctios-sb-result', role: 'status' });
  #timer = 0;
  #shown = '';

  constructor() {
    this.root.append(
      element('summary', {}, icon('paper-plane'), text('deliveries.heading'), ' ', this.#count),
      element('div', { class: 'ctios-sb-deliveries-body' }, this.#queues, this.#rows, this.#result),
    );
  }

  start(): void {
    if (this.#timer !== 0) return;
    this.#timer = window.setInterval(() => this.#ask(), LOOK_MS);
    this.#ask();
  }

  stop(): void {
    window.clearInterval(this.#timer);
    this.#timer = 0;
  }

  #ask(): void {
    $.getJSON('ctios/deliveries', { state: 'open' })
      .done((view: DeliveriesView) => this.#show(view))
      .fail((answer: JQuery.jqXHR) => setText(this.#result, problemOf(answer)));
  }

  #show({ now, queues, deliveries }: DeliveriesView): void {
    this.root.hidden = queues.length === 0;
    const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0);
    const givenUp = queues.reduce((sum, queue) => sum + queue.givenUp, 0);
    setText(this.#count, text('deliveries.counts', { waiting: count(waiting), givenUp: count(givenUp) }));
    // Redrawing loses the focus, so only what has changed is redrawn.
    const rows = JSON.stringify(deliveries.slice(0, MAX_ROWS));
    this.#queues.replaceChildren(...queues.map((queue) => queueFacts(queue, now)));
    if (rows === this.#shown) return;
    this.#shown = rows;
    this.#rows.replaceChildren(...deliveries.slice(0, MAX_ROWS).map((delivery) => this.#row(delivery)));
  }

  #row(delivery: DeliveryView): HTMLElement {
    const isWaiting = delivery.state === 'waiting';
    const action = isWaiting ? 'discard' : 'send-again';
    const allowed = RED.user?.hasPermission?.('ctios-session.write') ?? true;
    const button = element(
      'button',
      {
        type: 'button',
        class: 'ctios-sb-link',
        disabled: !allowed,
        title: allowed ? undefined : text('deliveries.notAllowed'),
      },
      text(`deliveries.${isWaiting ? 'discard' : 'sendAgain'}`),
    );
    button.addEventListener('click', () => this.#act(delivery, action));
    const attempts = text('deliveries.attempts', { count: count(delivery.attempts) });
    return element(
      'li',
      { 'data-id': delivery.id },
      element('span', { class: 'ctios-sb-delivery-key', title: delivery.key }, delivery.key),
      button,
      element(
        'span',
        { class: 'ctios-sb-delivery-note' },
        [text(`deliveries.${delivery.state}`), attempts, delivery.error].filter(Boolean).join(' · '),
      ),
    );
  }

  #act({ id, place }: DeliveryView, action: 'discard' | 'send-again'): void {
    const where = place === undefined ? '' : `?place=${encodeURIComponent(place)}`;
    $.ajax({ url: `ctios/deliveries/${id}/${action}${where}`, method: 'POST' })
      .done(() => setText(this.#result, ''))
      .fail((answer: JQuery.jqXHR) => setText(this.#result, problemOf(answer)))
      .always(() => this.#ask());
  }
}

function queueFacts(queue: QueueView, now: number): HTMLElement {
  const fact = (name: string, value: string): HTMLElement =>
    element('div', {}, element('dt', {}, text(`deliveries.${name}`)), element('dd', {}, value));
  return element(
    'section',
    {},
    element(
      'h4',
      {},
      queue.name || queue.id,
      queue.place === undefined ? '' : ` · ${queue.place}`,
      queue.deployed ? '' : ` (${text('deliveries.notDeployed')})`,
    ),
    element(
      'dl',
      { class: 'ctios-sb-facts' },
      fact('waiting', count(queue.waiting)),
      fact('sent', count(queue.sent)),
      fact('givenUp', count(queue.givenUp)),
      fact('oldest', queue.oldest === undefined ? '–' : duration(now - queue.oldest)),
    ),
    queue.lastError === undefined
      ? ''
      : element('p', { class: 'ctios-sb-result' }, text('deliveries.lastError', { error: queue.lastError })),
  );
}

function problemOf({ status, responseJSON }: JQuery.jqXHR): string {
  if (status === 401 || status === 403) return text('deliveries.notAllowed');
  const known = (responseJSON as { error?: string } | undefined)?.error;
  return known ?? text('notice.noAnswer');
}
