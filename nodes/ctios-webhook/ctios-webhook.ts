/**
 * Durable delivery of messages to an HTTP endpoint: a message is done when it is on disk, and its delivery ends exactly
 * once, as delivered or failed, whatever happens to this process. `src/delivery/` does the work; this node adapts it.
 */
import type { Node, NodeAPI, NodeMessageInFlow } from 'node-red';
import { systemClock } from '../../src/common/clock.js';
import { systemRandom } from '../../src/common/random.js';
import {
  Authenticator,
  DeliveryQueue,
  type EndedDelivery,
  HttpSender,
  nodeHttp,
  type DeliveryQueue as Queue,
} from '../../src/delivery/index.js';
import { type Deliveries, deliveriesOf, sharedDeliveriesOf } from '../shared/delivery/deliveries.js';
import { endMessage, prepareDelivery } from '../shared/delivery/delivery-message.js';
import { proxyOf } from '../shared/delivery/proxy.js';
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
import { traceparentIn } from '../shared/message/traceparent.js';
import { migrated } from '../shared/migrations.js';
import { natsSettings } from '../shared/session/opening/open-stream.js';
import type { SessionNode } from '../shared/session/session-binding.js';
import { tlsOf } from '../shared/session/settings/tls.js';
import { StatusLine } from '../shared/status/status.js';
import { deliveryTraces } from '../shared/tracing/delivery-traces.js';

/** How long a pending attempt may take to finish before a deploy aborts it and it is repeated. */
const GRACE_MS = 5_000;
/** Delay before a store that could not be opened is retried. */
const REOPEN_MS = 15_000;
const COUNT_MS = 250;

const isOfStore = ({ code }: { code: string }): boolean => /^CTIOS_STORE_/.test(code);

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
  const status = new StatusLine(node, (key, values) => RED._(key, values), systemClock);
  const settings = read();
  const traces = deliveryTraces(RED, node);
  let deliveries: Deliveries | undefined;
  let queue: Queue | undefined;
  /** Why the store cannot be reached. */
  let away: (Error & { code: string }) | undefined;
  let unwatch: (() => void) | undefined;
  let opening: Promise<Queue> | undefined;
  let reopen: { cancel(): void } | undefined;
  let closed = false;
  /** Error of the last attempt; none once one has succeeded. */
  let problem: (Error & { code: string }) | undefined;
  let counting: { again: boolean } | undefined;
  /** Until then the nodes behind this one may not exist, and Node-RED drops messages sent to them. */
  const wired = flowsStarted(RED.events);

  if (settings instanceof Error) status.show('error', { code: settings.code });
  // The store takes a while to open (its engine is loaded): not before all nodes are there, unless a message needs it.
  else void wired.then(start);

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
    // Without traces of its own the node still passes on where the message belongs.
    const placeOf = (order: string) => (traces === undefined ? traceparentIn(msg) : traces.placeOf(msg, order));
    const delivery = await prepareDelivery(RED, node, def, msg, settings.maxBodyBytes, placeOf);
    await (await open(settings)).accept(delivery);
  }

  /** The queue, with the store open; one attempt at a time to open it. */
  function open(from: WebhookSettings): Promise<Queue> {
    if (closed)
      return Promise.reject(inputError('CTIOS_NODE_CLOSED', 'The node was closed before the message was stored.'));
    if (queue !== undefined) return Promise.resolve(queue);
    opening ??= (async () => {
      const { parallel, timeoutMs, retry, authentication, signingSecret } = from;
      const tls = tlsOf(RED, def.tls)?.options;
      const limits = { timeoutMs, proxy: proxyOf(RED, def.proxy), ...(tls && { tls: tls as object }) };
      const place = placeOf();
      const store = await place.acquire();
      deliveries = place;
      const sender = new HttpSender(
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
        attempt: (delivery, signal) =>
          traces === undefined
            ? sender.attempt(delivery, signal)
            : traces.attempt(delivery, (traced) => sender.attempt(traced, signal)),
        clock: systemClock,
        random: systemRandom,
        ended,
        changed,
      });
      queue = made;
      place.queues.set(node.id, { name: node.name ?? '', wake: () => made.wake() });
      unwatch = store.watch({ reachable });
      void wired.then(() => made.start());
      return made;
    })().finally(() => {
      opening = undefined;
    });
    return opening;
  }

  /** @throws CtiosError when the session of the dialog has no event stream */
  function placeOf(): Deliveries {
    if (def.store !== 'stream') return deliveriesOf(RED as never);
    const session = RED.nodes.getNode(def.session) as SessionNode | null;
    const target = session?.eventStream?.();
    if (target === undefined) {
      throw inputError(
        'CTIOS_BAD_SETTINGS',
        session == null
          ? 'Queue: choose a session with an event stream.'
          : 'Queue: the session has no event stream. Choose one that is connected to NATS, or keep the deliveries on this machine.',
      );
    }
    return sharedDeliveriesOf(RED as never, natsSettings(target), target.group);
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
      unwatch?.();
      await queue.stop(GRACE_MS);
      deliveries?.queues.delete(node.id);
      await deliveries?.release();
    }
    status.dispose();
  }

  function ended(end: EndedDelivery): void {
    const message = endMessage(end);
    traces?.ended(end, message);
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

  /** Counts immediately, then once for many changes, because the store is on disk. */
  function count(): void {
    if (counting !== undefined) {
      counting.again = true;
      return;
    }
    if (closed) return;
    const current = { again: false };
    counting = current;
    deliveries?.store?.waiting(node.id).then(show, (error: unknown) => show(0, asError(error)));
    systemClock.after(COUNT_MS, () => {
      counting = undefined;
      if (current.again) count();
    });
  }

  function reachable(reason?: Error & { code: string }): void {
    if (reason !== undefined && away === undefined) node.warn(reason.message);
    away = reason;
    // It is the store's problem no longer.
    if (reason === undefined && problem !== undefined && isOfStore(problem)) problem = undefined;
    count();
  }

  function show(waiting: number, failed = away ?? problem): void {
    if (closed) return;
    if (failed !== undefined && isOfStore(failed)) status.show('error', { code: failed.code });
    else if (waiting === 0) status.show('ready');
    else status.show(failed === undefined ? 'delivering' : 'deliveryRetrying', { count: waiting });
  }

  function read(): WebhookSettings | (Error & { code: string }) {
    try {
      return readWebhookSettings(def, node.credentials ?? {}, (name) =>
        RED.util.evaluateNodeProperty(name, 'env', node, {}),
      );
    } catch (error) {
      return asError(error);
    }
  }
}
