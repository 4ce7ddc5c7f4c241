/**
 * Durable delivery of messages to an HTTP endpoint: a message is done when it is on disk, and its delivery ends once,
 * made or given up, whatever happens to this process. The work is `src/delivery/`; this node adapts.
 */
import type { Node, NodeAPI, NodeMessageInFlow } from 'node-red';
import { systemClock } from '../../src/common/clock.js';
import { systemRandom } from '../../src/common/random.js';
import {
  Authenticator,
  DeliveryQueue,
  type EndedDelivery,
  nodeHttp,
  type DeliveryQueue as Queue,
  Sender,
} from '../../src/delivery/index.js';
import { deliveriesOf } from '../shared/delivery/deliveries.js';
import { endMessage, prepareDelivery } from '../shared/delivery/delivery-message.js';
import {
  readWebhookSettings,
  type WebhookCredentials,
  type WebhookDef,
  type WebhookSettings,
} from '../shared/delivery/webhook-settings.js';
import { flowsStarted } from '../shared/flows-started.js';
import { fail, succeed } from '../shared/message/completion.js';
import { asError, inputError } from '../shared/message/errors.js';
import { takeSecrets } from '../shared/message/input-rules.js';
import { migrated } from '../shared/migrations.js';
import { tlsOf } from '../shared/session/tls.js';
import { StatusLine } from '../shared/status/status.js';

/** What is under way may finish, before a deploy cuts it off and it is made again. */
const GRACE_MS = 5_000;
/** A store that could not be opened is tried again. */
const REOPEN_MS = 15_000;
const COUNT_MS = 250;

export = (RED: NodeAPI): void => {
  RED.nodes.registerType(
    'ctios-webhook',
    function (this: Node, saved: WebhookDef) {
      RED.nodes.createNode(this, saved);
      webhookNode(RED, this as Node<WebhookCredentials>, migrated('ctios-webhook', saved));
    },
    { credentials: { secret: { type: 'password' }, signingSecret: { type: 'password' } } },
  );
};

function webhookNode(RED: NodeAPI, node: Node<WebhookCredentials>, def: WebhookDef): void {
  const deliveries = deliveriesOf(RED as never);
  const status = new StatusLine(node, (key, values) => RED._(key, values), systemClock);
  const settings = read();
  let queue: Queue | undefined;
  let opening: Promise<Queue> | undefined;
  let reopen: { cancel(): void } | undefined;
  let closed = false;
  /** Of the last attempt; none once one has succeeded. */
  let problem: (Error & { code: string }) | undefined;
  let counting: { again: boolean } | undefined;
  /** Before, the nodes behind this one may not exist yet, and Node-RED drops what is sent to them. */
  const wired = flowsStarted(RED.events);

  if (settings instanceof Error) status.show('error', { code: settings.code });
  else void start();

  node.on('input', (msg: NodeMessageInFlow, _send, done) => {
    takeSecrets(msg);
    accept(msg as never).then(
      () => succeed(node, () => {}, done),
      (error: unknown) => {
        const known = asError(error);
        status.show('error', { code: known.code });
        fail(node, known, done);
      },
    );
  });

  node.on('close', (_removed: boolean, done: () => void) => {
    closed = true;
    reopen?.cancel();
    stop().then(done, done);
  });

  async function accept(msg: Record<string, unknown>): Promise<void> {
    if (settings instanceof Error) throw settings;
    const delivery = await prepareDelivery(RED, node, def, msg, settings.maxBodyBytes);
    await (await open(settings)).accept(delivery);
  }

  /** The queue, with the store open; one attempt at a time to open it. */
  function open(from: WebhookSettings): Promise<Queue> {
    if (closed)
      return Promise.reject(inputError('CTIOS_NODE_CLOSED', 'The node was closed before the message was stored.'));
    if (queue !== undefined) return Promise.resolve(queue);
    opening ??= (async () => {
      const store = await deliveries.acquire();
      const { parallel, timeoutMs, retry, authentication, signingSecret } = from;
      const tls = tlsOf(RED, def.tls)?.options;
      const limits = { timeoutMs, ...(tls === undefined ? {} : { tls: tls as object }) };
      const sender = new Sender(
        { ...limits, retry, ...(signingSecret === undefined ? {} : { signingSecret }) },
        new Authenticator(authentication, nodeHttp, systemClock, limits),
        nodeHttp,
        systemClock,
      );
      const made: Queue = new DeliveryQueue({
        queue: node.id,
        store,
        parallel,
        retry,
        attempt: (delivery, signal) => sender.attempt(delivery, signal),
        clock: systemClock,
        random: systemRandom,
        ended,
        changed,
      });
      queue = made;
      deliveries.queues.set(node.id, { name: node.name ?? '', wake: () => made.wake() });
      void wired.then(() => made.start());
      return made;
    })().finally(() => {
      opening = undefined;
    });
    return opening;
  }

  async function start(): Promise<void> {
    if (settings instanceof Error || closed) return;
    try {
      await open(settings);
      count();
    } catch (error) {
      const known = asError(error);
      status.show('error', { code: known.code });
      node.warn(known.message);
      if (!closed) reopen = systemClock.after(REOPEN_MS, () => void start());
    }
  }

  async function stop(): Promise<void> {
    await opening?.catch(() => undefined);
    if (queue !== undefined) {
      await queue.stop(GRACE_MS);
      deliveries.queues.delete(node.id);
      await deliveries.release();
    }
    status.dispose();
  }

  function ended(end: EndedDelivery): void {
    const message = endMessage(end);
    if (end.end.state === 'sent') problem = undefined;
    node.send((end.end.state === 'sent' ? [message, null] : [null, message]) as never);
  }

  function changed(error?: Error & { code: string }): void {
    if (error !== undefined) {
      if (error.message !== problem?.message) node.debug(error.message);
      problem = error;
    }
    count();
  }

  /** Counts at once, then once for many changes: the store is on disk. */
  function count(): void {
    if (counting !== undefined) {
      counting.again = true;
      return;
    }
    if (closed) return;
    const current = { again: false };
    counting = current;
    deliveries.store?.waiting(node.id).then(show, (error: unknown) => show(0, asError(error)));
    systemClock.after(COUNT_MS, () => {
      counting = undefined;
      if (current.again) count();
    });
  }

  function show(waiting: number, failed = problem): void {
    if (closed) return;
    if (failed !== undefined && /^CTIOS_STORE_/.test(failed.code)) status.show('error', { code: failed.code });
    else if (waiting === 0) status.show('ready');
    else status.show(failed === undefined ? 'delivering' : 'deliveryRetrying', { count: waiting });
  }

  function read(): WebhookSettings | (Error & { code: string }) {
    try {
      return readWebhookSettings(def, node.credentials ?? {});
    } catch (error) {
      return asError(error);
    }
  }
}
