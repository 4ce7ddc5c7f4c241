/**
 * What the event nodes have in common: they choose events of one interface, filter them, and send each on as a message
 * of its own, on one output or on one output per chosen event.
 */
import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { CilEvent } from '../../../src/cil/index.js';
import { eventByName } from '../../../src/ctios/index.js';
import { reportError } from '../message/completion.js';
import { asError } from '../message/errors.js';
import { compileFilter, type EventFilter, type FilterRow } from '../message/event-filter.js';
import { type EventMessage, eventMessage } from '../message/event-message.js';
import { type OutputProperty, setOutputProperties } from '../message/output-properties.js';
import type { ObjectViews } from '../session/held-events.js';
import { reasonText } from '../session/own-lists.js';
import { SessionBinding } from '../session/session-binding.js';
import type { SessionHost } from '../session/session-host.js';

/** The saved form of an event node. */
export interface EventDef extends NodeDef {
  session: string;
  /** Names of the chosen events; none: every event of the interface. */
  events: string[];
  filter: FilterRow[];
  /** `one`: a single output; `each`: one per chosen event, in their order. */
  split: 'one' | 'each';
  properties: OutputProperty[];
}

/** Interfaces whose events come to an agent's session only. */
const AGENT_MODE_ONLY = new Set(['IButtonEnablementEvents', 'IMonitoredAgentEvents', 'IMonitoredCallEvents']);

/** How often the count under a node changes at most, in milliseconds. */
const COUNT_MS = 1000;

/** Makes an event node of `node`, for the events of `through`: an interface, or 'AllInOne'. Never throws. */
export function eventNode(RED: NodeAPI, node: Node, def: EventDef, through: string): void {
  const chosen = (Array.isArray(def.events) ? def.events : []).map((name) => eventByName(name)?.name ?? name);
  const outputs = new Map<string, number>(chosen.map((name, index) => [name, index]));
  const matches = filterOf(node, Array.isArray(def.filter) ? def.filter : []);
  const properties = Array.isArray(def.properties) ? def.properties.filter(({ p }) => p?.trim()) : [];
  const split = def.split === 'each' && chosen.length > 1;
  let sent = 0;
  let countedAt = 0;
  let counting: NodeJS.Timeout | undefined;
  let order = Promise.resolve();

  const binding = new SessionBinding(RED, node, String(def.session ?? ''), {
    events: through,
    deliver,
    usable: () => (matches === undefined ? 'badFilter' : undefined),
    ready(session) {
      const monitor = session?.status.mode === 'monitor';
      if (monitor && AGENT_MODE_ONLY.has(through)) return ['agentModeOnly'];
      return sent === 0 ? ['ready'] : ['events', { count: sent }];
    },
  });

  node.on('close', () => clearTimeout(counting));

  /** Undefined for an event that this node does not send. */
  function outputOf(event: CilEvent): number | undefined {
    if (chosen.length > 0) return outputs.get(event.event);
    return binding.host?.passes(event) ? 0 : undefined;
  }

  function deliver(event: CilEvent, objects: ObjectViews): void {
    // Cheapest first: of a hundred nodes on one session most do not want the event.
    if (matches === undefined || (chosen.length > 0 && !outputs.has(event.event))) return;
    if (!matches(event.args, objects)) return;
    const output = outputOf(event);
    if (output === undefined) return;
    const message = eventMessage(event, objects, binding.configId, through);
    if (event.event === 'OnAgentStateChange') nameReason(message, binding.host);
    sent++;
    count();
    binding.host?.outlet.send({
      chosen: chosen.length > 0,
      time: event.time,
      send(lagMs) {
        if (lagMs > 0) message.ctios.lag = lagMs;
        if (properties.length === 0) send(message, output);
        else order = order.then(() => sendWithProperties(message, output));
      },
    });
  }

  /** Setting properties may take a while (JSONata): one after the other, so that the order of arrival stays. */
  async function sendWithProperties(message: EventMessage, output: number): Promise<void> {
    try {
      await setOutputProperties(RED, node, properties, message);
      send(message, output);
    } catch (error) {
      reportError(node, asError(error), message);
    }
  }

  function send(message: EventMessage, output: number): void {
    if (!split) {
      node.send(message);
      return;
    }
    const messages: (EventMessage | null)[] = new Array(chosen.length).fill(null);
    messages[output] = message;
    node.send(messages as never);
  }

  function count(): void {
    if (counting !== undefined) return;
    const wait = Math.max(0, countedAt + COUNT_MS - Date.now());
    counting = setTimeout(() => {
      counting = undefined;
      countedAt = Date.now();
      binding.refresh();
    }, wait);
    counting.unref();
  }
}

/** A filter that cannot be read lets nothing pass, and reports why: everything would be more than anybody asked for. */
function filterOf(node: Node, rows: readonly FilterRow[]): EventFilter | undefined {
  try {
    return compileFilter(rows);
  } catch (error) {
    node.error(asError(error).message);
    return undefined;
  }
}

/** The site's own word for the reason of a state, beside the enumerations. */
function nameReason({ payload, ctios }: EventMessage, host: SessionHost | undefined): void {
  const text = reasonText(host?.site, payload.AgentState, payload.EventReasonCode);
  if (text !== undefined) ctios.names = { ...ctios.names, EventReasonCode: text };
}
