/**
 * The WaitObject of CTI OS: passes a message on when a named event comes (output 1), or when it does not come in time
 * (output 2). An event that came before the message is not missed: those retained by the session since the message's
 * sequence count too.
 */
import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red';
import type { CilEvent } from '../../src/cil/index.js';
import { eventByName } from '../../src/ctios/index.js';
import { fail, succeed } from '../shared/message/completion.js';
import { asError, inputError } from '../shared/message/errors.js';
import { compileFilter, type EventFilter } from '../shared/message/event-filter.js';
import { eventMessage } from '../shared/message/event-message.js';
import {
  checkSession,
  isRecord,
  type Message,
  objectFor,
  payloadOf,
  takeSecrets,
} from '../shared/message/input-rules.js';
import { seconds } from '../shared/message/numbers.js';
import { type ArgumentRow, evaluate, isData } from '../shared/message/typed-value.js';
import { migrated } from '../shared/migrations.js';
import { type ObjectViews, viewsOf } from '../shared/session/held-events.js';
import { SessionBinding } from '../shared/session/session-binding.js';

interface WaitDef extends NodeDef {
  session: string;
  events: string[];
  /** Rows of keyword and value; all have to match. */
  match: ArgumentRow[];
  /** Whose event: the message's call, the message's agent, or anybody's. */
  same: 'call' | 'agent' | 'any';
  timeout: string | number;
}

type Send = (messages: (NodeMessageInFlow | null)[]) => void;

/** A message that waits. */
interface Waiting {
  readonly matches: (event: CilEvent, objects: ObjectViews) => boolean;
  arrive(event: CilEvent, objects: ObjectViews): void;
  giveUp(): void;
}

const closed = () => inputError('CTIOS_NODE_CLOSED', 'The node was closed while the message waited.');

const MAX_WAIT_S = 24 * 3600;
const MAX_WAITING = 1000;

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('ctios-wait', function (this: Node, saved: WaitDef) {
    RED.nodes.createNode(this, saved);
    waitNode(RED, this, migrated('ctios-wait', saved));
  });
};

function waitNode(RED: NodeAPI, node: Node, def: WaitDef): void {
  const names = (Array.isArray(def.events) ? def.events : []).map((name) => eventByName(name)?.name ?? name);
  const rows = Array.isArray(def.match) ? def.match : [];
  const timeoutMs = seconds(def.timeout, 30, MAX_WAIT_S);
  const waiting = new Set<Waiting>();
  const binding = new SessionBinding(RED, node, String(def.session ?? ''), {
    events: 'AllInOne',
    deliver(event, objects) {
      if (waiting.size === 0 || !names.includes(event.event)) return;
      for (const each of [...waiting]) if (each.matches(event, objects)) each.arrive(event, objects);
    },
    ready: () => (waiting.size === 0 ? ['ready'] : ['pending', { count: waiting.size }]),
  });

  node.on('input', (msg: NodeMessageInFlow, send, done) => {
    takeSecrets(msg);
    begin(msg, send as Send, done).catch((error: unknown) => {
      const known = asError(error);
      binding.status.show('error', { code: known.code });
      fail(node, known, done);
    });
  });

  node.on('close', () => {
    for (const each of [...waiting]) each.giveUp();
  });

  async function begin(msg: NodeMessageInFlow, send: Send, done: (error?: Error) => void): Promise<void> {
    const { session, input } = binding.require();
    checkSession(msg, input);
    if (names.length === 0) throw inputError('CTIOS_NO_EVENT', 'Choose in the dialog which event to wait for.');
    if (waiting.size >= MAX_WAITING) {
      throw inputError('CTIOS_TOO_MANY_WAITING', `${MAX_WAITING} messages wait in this node already.`);
    }
    const matches = await matcher(msg);
    await new Promise<void>((resolve) => {
      const end = (finish: () => void) => {
        clearTimeout(timer);
        waiting.delete(entry);
        binding.refresh();
        finish();
        resolve();
      };
      const entry: Waiting = {
        matches,
        arrive(event, objects) {
          end(() => {
            const { topic, payload, call, agent, skillgroup, ctios } = eventMessage(
              event,
              objects,
              input.id,
              'AllInOne',
            );
            Object.assign(
              msg,
              { topic, payload, ctios },
              call && { call },
              agent && { agent },
              skillgroup && { skillgroup },
            );
            succeed(node, () => send([msg, null]), done);
          });
        },
        giveUp: () => end(() => fail(node, closed(), done)),
      };
      const timer = setTimeout(() => {
        end(() => {
          succeed(node, () => send([null, msg]), done);
        });
      }, timeoutMs);
      timer.unref();
      waiting.add(entry);
      binding.refresh();
      const since = isRecord(msg.ctios) ? msg.ctios.sequence : undefined;
      if (typeof since !== 'number') return;
      for (const event of session.history) {
        if (event.sequence <= since || !names.includes(event.event)) continue;
        const objects = viewsOf(event);
        if (!matches(event, objects)) continue;
        entry.arrive(event, objects);
        return;
      }
    });
  }

  /** The message's conditions: its object and the rows of the dialog, evaluated once. */
  async function matcher(msg: Message): Promise<Waiting['matches']> {
    const { input } = binding.require();
    const object = def.same === 'any' ? undefined : ownObject(msg, input, def.same === 'agent' ? 'Agent' : 'Call');
    const filters: EventFilter[] = [];
    for (const row of rows) {
      const value = await evaluate(RED, node, row, msg);
      if (value !== undefined && row.key.trim() !== '')
        filters.push(compileFilter([{ key: row.key, value: String(value), literal: isData(row) }]));
    }
    return (event, objects) =>
      (object === undefined ||
        event.objectId === object ||
        (def.same === 'agent' && objects.agent?.UniqueObjectID === object)) &&
      filters.every((filter) => filter(event.args, objects));
  }
}

/** The call or agent that the message is about, by the rules of the action nodes. */
function ownObject(msg: Message, input: Parameters<typeof objectFor>[4], kind: 'Call' | 'Agent'): string | undefined {
  const request = { name: 'the wait', object: kind, keywords: [], open: false } as const;
  return objectFor(request, { args: {} }, msg, isRecord(msg.payload) ? payloadOf(msg) : {}, input);
}
