/**
 * Reads the session's objects (calls, agents, skill groups, one object, its status) and stored data (contact records,
 * deliveries). Sends no request.
 */
import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red';
import type { CtiosObject, SessionApi } from '../../src/cil/index.js';
import type { Args } from '../../src/ctios/index.js';
import type { LocalStore } from '../../src/delivery/index.js';
import { supportOf } from '../admin/recording-routes.js';
import { pastPeriod } from '../shared/contacts/past-period.js';
import { deliveriesOf, listAllDeliveries } from '../shared/delivery/deliveries.js';
import { namedAgent } from '../shared/message/agent-choice.js';
import { fail, succeed } from '../shared/message/completion.js';
import { copyArgs } from '../shared/message/copy-args.js';
import { asError, inputError } from '../shared/message/errors.js';
import { compileFilter, type EventFilter } from '../shared/message/filter/event-filter.js';
import type { FilterRow, Join } from '../shared/message/filter/operators.js';
import { rowsFor } from '../shared/message/filter/row-values.js';
import {
  checkSession,
  isRecord,
  type Message,
  optionalPayloadOf,
  payloadOf,
  takeSecrets,
  textOf,
} from '../shared/message/input-rules.js';
import { isOn } from '../shared/message/saved-values.js';
import { evaluate } from '../shared/message/typed-value.js';
import { migrated } from '../shared/migrations.js';
import { type BoundSession, SessionBinding } from '../shared/session/session-binding.js';
import type { SessionHost } from '../shared/session/session-host.js';

interface QueryDef extends NodeDef {
  session: string;
  query: 'calls' | 'agents' | 'skillgroups' | 'object' | 'status' | 'contacts' | 'deliveries' | 'recording' | 'support';
  object: string;
  objectType: string;
  filter: FilterRow[];
  /** Whether all rows must match, or one is enough. */
  join: Join;
}

/** The lists, by the name of the query. */
const lists: Readonly<Record<string, (session: SessionApi) => Iterable<CtiosObject>>> = {
  calls: (session) => session.calls.values(),
  agents: (session) => session.agents.values(),
  skillgroups: (session) => session.skillGroups.values(),
};

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('ctios-query', function (this: Node, saved: QueryDef) {
    RED.nodes.createNode(this, saved);
    queryNode(RED, this, migrated('ctios-query', saved));
  });
};

function queryNode(RED: NodeAPI, node: Node, def: QueryDef): void {
  const rows = Array.isArray(def.filter) ? def.filter : [];
  const fixed = rows.every(isFixed) ? readable(rows, def.join) : undefined;
  let found: number | undefined;
  const deliveries = deliveriesOf(RED as never);
  let store: Promise<LocalStore> | undefined;
  node.on('close', (_removed: boolean, done: () => void) => {
    const released = store?.then(() => deliveries.release()) ?? Promise.resolve();
    released.then(done, () => done());
  });
  const binding = new SessionBinding(RED, node, String(def.session ?? ''), {
    ready: () => (found === undefined ? ['ready'] : ['found', { count: found }]),
  });

  node.on('input', (msg: NodeMessageInFlow, send, done) => {
    takeSecrets(msg);
    read(msg).then(
      (result) => {
        found = Array.isArray(result) ? result.length : 1;
        binding.refresh();
        msg.topic = def.query;
        msg.payload = result;
        succeed(node, () => send(msg), done);
      },
      (error: unknown) => {
        const known = asError(error);
        binding.status.show('error', { code: known.code, reason: known.message });
        fail(node, known, done);
      },
    );
  });

  /** The filter with this message's values; a missing value does not restrict. */
  async function filterFor(msg: Message): Promise<EventFilter> {
    return compileFilter(await rowsFor(RED, node, rows, msg), def.join);
  }

  /** The records sent by the contact nodes of this session. */
  async function contactsOf(host: SessionHost, msg: Message, matches: EventFilter): Promise<Args[]> {
    const store = await stored();
    const kept = await store.records.list({ sources: [host.id], ...pastPeriod(optionalPayloadOf(msg)) });
    return kept.map(({ body }) => JSON.parse(body) as Args).filter((record) => matches(record, {}));
  }

  /** The deliveries of the webhook nodes of this Node-RED and of those that share a queue with them, newest first. */
  async function deliveriesIn(msg: Message, matches: EventFilter): Promise<Args[]> {
    const period = pastPeriod(optionalPayloadOf(msg));
    await stored();
    const list = await listAllDeliveries(RED as never, period);
    return list.map((delivery) => ({ ...delivery }) as unknown as Args).filter((delivery) => matches(delivery, {}));
  }

  /** The store of this Node-RED, opened if no other node has it open, until this node is closed. */
  function stored(): Promise<LocalStore> {
    store ??= deliveries.acquire().catch((error: unknown) => {
      store = undefined;
      throw error;
    });
    return store;
  }

  /** Results that are the content of a file. */
  function fileOf(host: SessionHost, msg: Message): Buffer | undefined {
    if (def.query === 'recording') return recordingOf(host, msg);
    return def.query === 'support' ? supportOf(RED, host) : undefined;
  }

  async function read(msg: Message): Promise<Args | Args[] | Buffer> {
    const bound = binding.require();
    const { host, input } = bound;
    checkSession(msg, input);
    const file = fileOf(host, msg);
    if (file !== undefined) return file;
    const session = ofAgent(bound, msg);
    const list = lists[def.query];
    const matches = fixed ?? (await filterFor(msg));
    if (list !== undefined) {
      const objects: Args[] = [];
      for (const object of list(session)) {
        const properties = object.properties();
        if (matches(properties, {})) objects.push(copyArgs(properties));
      }
      return objects;
    }
    if (def.query === 'status') return { ...statusOf(session), ...lagOf(host), ...sessionsOf(host) };
    if (def.query === 'contacts') return contactsOf(host, msg, matches);
    if (def.query === 'deliveries') return deliveriesIn(msg, matches);
    const wanted = await evaluate(RED, node, { value: def.object, type: def.objectType }, msg);
    const id = wanted === undefined ? textOf(payloadOf(msg), 'UniqueObjectID') : String(wanted);
    if (id === undefined) {
      throw inputError('CTIOS_NO_OBJECT', 'Which object? Give its UniqueObjectID in the dialog or in msg.payload.');
    }
    const object = session.calls.get(id) ?? session.agents.get(id) ?? session.skillGroups.get(id);
    if (object === undefined) {
      throw inputError('CTIOS_NO_OBJECT', `The session knows no object "${id}".`, { objectId: id });
    }
    return copyArgs(object.properties());
  }
}

/** The session of the agent in the message, if there are sessions for many agents; without one, all of them. */
function ofAgent({ host: { agents }, session }: BoundSession, msg: Message): SessionApi {
  if (agents === undefined) return session;
  // A UniqueObjectID selects the object, not the session; a call is found among those of all agents.
  const { UniqueObjectID: _, ...payload } = isRecord(msg.payload) ? payloadOf(msg) : {};
  const named = { ctios: msg.ctios, agent: msg.agent };
  const input = { request: 'The query', object: 'Session', dialog: { args: {} }, payload, msg: named } as const;
  return namedAgent(input, agents) ?? session;
}

const isFixed = ({ type, toType }: FilterRow): boolean => [type, toType].every((each) => !each || each === 'str');

/** Compiled once if it is valid; an invalid one is reported with each message. */
function readable(rows: readonly FilterRow[], join: Join): EventFilter | undefined {
  try {
    return compileFilter(rows, join);
  } catch {
    return undefined;
  }
}

/** The last frames of the link, as the content of a pcapng file. */
function recordingOf({ recorder }: SessionHost, msg: Message): Buffer {
  if (recorder === undefined) {
    throw inputError(
      'CTIOS_NOT_RECORDED',
      'This session is not recorded. Turn on recording in its dialog; with a ctios-server, start that with --record.',
    );
  }
  const { redact } = optionalPayloadOf(msg);
  const { file, frames, sessions, redacted } = recorder.save(redact === undefined || isOn(redact, true));
  msg.recording = { frames, sessions, redacted };
  return file;
}

/** Events that wait for the flows of the session, and how long the last one had waited. */
function lagOf({ outlet: { lagMs, waiting } }: SessionHost): Args {
  return { LagMs: lagMs, EventsWaiting: waiting };
}

/** How many agents have a session, and how many may have one. */
function sessionsOf({ agents }: SessionHost): Args {
  return agents === undefined ? {} : { AgentSessions: agents.sessions.size, AgentLimit: agents.limit };
}

/** The session's status, as data. */
function statusOf(session: SessionApi): Args {
  const { state, mode, online, server, side, reason, code, link, statusSystem } = session.status;
  // A server in this process has a single connector; the relevant side is that of the link behind it.
  const carrier = link?.side ?? side;
  return {
    State: state,
    Mode: mode,
    Online: online,
    ...(server === undefined ? {} : { Server: server }),
    ...(carrier === undefined ? {} : { Side: carrier }),
    ...(reason === undefined ? {} : { Reason: reason }),
    ...(code === undefined ? {} : { Code: code }),
    StatusSystem: copyArgs(statusSystem),
    Calls: session.calls.size,
    Agents: session.agents.size,
    SkillGroups: session.skillGroups.size,
    Sequence: session.sequence,
  };
}
