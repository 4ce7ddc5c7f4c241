/**
 * The editor's requests to the runtime: sessions and their objects for pickers, a connection test, commands for a
 * simulated contact center. Every route requires a permission, and no response contains a secret. The sidebar has
 * routes of its own (`../sidebar/`).
 */
import type { Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import type { CtiosObject, SessionApi } from '../../src/cil/index.js';
import type { LinkStatus } from '../../src/ctios/index.js';
import { copyArgs } from '../shared/message/copy-args.js';
import { asError } from '../shared/message/errors.js';
import { isRecord } from '../shared/message/input-rules.js';
import { opening } from '../shared/session/opening/session-factory.js';
import type { SessionHost } from '../shared/session/session-host.js';
import { sessionsOf } from '../shared/session/sessions.js';
import { readsOtherVariables, withVariables } from '../shared/session/settings/environment.js';
import { isOtherTarget, secretsFor } from '../shared/session/settings/saved-secrets.js';
import {
  readMask,
  readSettings,
  type SessionCredentials,
  type SessionDef,
} from '../shared/session/settings/settings.js';
import { tlsChosen } from '../shared/session/settings/tls.js';
import { findSession } from './find-session.js';
import { siteChoices } from './site-choices.js';
import type { ObjectPage, ObjectProperties, SessionSummary } from './view.js';

/** Maximum number of rows in a picker or a list. */
const MAX_ROWS = 200;

interface ObjectList {
  objects(session: SessionApi): ReadonlyMap<string, CtiosObject>;
  /** The columns of each object for the editor: enough to select one, and to follow it. */
  readonly columns: readonly string[];
}

const lists: Readonly<Record<string, ObjectList>> = {
  agents: {
    objects: (session) => session.agents,
    columns: [
      'UniqueObjectID',
      'AgentID',
      'AgentFirstName',
      'AgentLastName',
      'AgentName',
      'AgentInstrument',
      'AgentExtension',
      'AgentState',
      'PeripheralID',
      'SkillGroupNumber',
    ],
  },
  calls: {
    objects: (session) => session.calls,
    columns: [
      'UniqueObjectID',
      'ANI',
      'DNIS',
      'DialedNumber',
      'CallStatus',
      'CallType',
      'DeviceID',
      'ConnectionCallID',
      'ConnectionDeviceID',
    ],
  },
  skillgroups: {
    objects: (session) => session.skillGroups,
    columns: [
      'UniqueObjectID',
      'SkillGroupNumber',
      'SkillGroupName',
      'SkillGroupID',
      'PeripheralID',
      'AgentsLoggedOn',
      'AgentsAvail',
      'CallsQNow',
    ],
  },
};

type Handler = (request: Request, response: Response, host: SessionHost) => void;

export function registerAdminRoutes(RED: NodeAPI): void {
  const { httpAdmin } = RED;
  const sessions = sessionsOf(RED.events);
  const read = RED.auth.needsPermission('ctios-session.read');
  const write = RED.auth.needsPermission('ctios-session.write');

  /** A route for one session. */
  const about =
    (handler: Handler) =>
    (request: Request, response: Response): void => {
      const { node, session } = request.query;
      const host = findSession(RED, sessions, String(request.params.id), textOr(node), textOr(session));
      if (host === undefined)
        response.status(404).json({ error: 'There is no such session, or it is not deployed yet.' });
      else handler(request, response, host);
    };

  httpAdmin.get('/ctios/sessions', read, (_, response) => {
    response.json([...sessions].map((host) => summaryOf(RED, host)));
  });
  httpAdmin.get(
    '/ctios/sessions/:id',
    read,
    about((_, response, host) => void response.json(summaryOf(RED, host))),
  );
  httpAdmin.get(
    '/ctios/sessions/:id/choices',
    read,
    about((_, response, host) => void response.json(siteChoices(host))),
  );
  httpAdmin.get('/ctios/sessions/:id/:list', read, about(sendObjects));
  httpAdmin.get('/ctios/commands', read, (_, response) => {
    response.json(opening.commands);
  });
  httpAdmin.post('/ctios/sessions/:id/simulate', write, about(simulate));
  const deploy = RED.auth.needsPermission('flows.write');
  httpAdmin.post('/ctios/test', write, (request, response) => {
    const run = () => void test(RED, request, response);
    if (sendsVariables(RED, request.body)) void deploy(request, response, run);
    else run();
  });
}

const textOr = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function summaryOf(RED: NodeAPI, host: SessionHost): SessionSummary {
  const { session, view } = host;
  const status = session?.status;
  return {
    id: host.id,
    name: RED.nodes.getNode(host.id)?.name ?? '',
    phase: view.phase,
    reason: view.reason,
    users: host.users,
    simulated: host.simulator !== undefined,
    ...(session === undefined || status === undefined
      ? {}
      : {
          mode: status.mode,
          online: status.online,
          server: status.server,
          side: status.side,
          ...linkSummary(host.link),
          statusSystem: copyArgs(status.statusSystem),
          calls: session.calls.size,
          agents: session.agents.size,
          skillGroups: session.skillGroups.size,
          sequence: session.sequence,
        }),
  };
}

/** The state of the server's link, under the names of this response. Undefined members are not sent. */
function linkSummary(link: LinkStatus | undefined): Record<string, unknown> {
  if (link === undefined) return {};
  const { state, side, reason, code, protocolVersion, roundTripMs, standby, services } = link;
  return {
    linkState: state,
    ...(side === undefined ? {} : { side }),
    linkReason: reason,
    linkCode: code,
    protocol: protocolVersion,
    roundTripMs,
    standby,
    services,
  };
}

/** The objects of a list that have the text of the query in one of their columns: `{ phase, total, rows }`. */
function sendObjects(request: Request, response: Response, { session, view, mask }: SessionHost): void {
  const name = String(request.params.list);
  const list = Object.hasOwn(lists, name) ? lists[name] : undefined;
  if (list === undefined) {
    response.status(404).json({ error: 'There is no such list.' });
    return;
  }
  const wanted = String(request.query.text ?? '')
    .trim()
    .toLowerCase();
  const rows: ObjectProperties[] = [];
  let total = 0;
  for (const object of session === undefined ? [] : list.objects(session).values()) {
    const properties = mask.apply(object.properties());
    const row = Object.fromEntries(
      list.columns.flatMap((key) => {
        const value = properties[key];
        return value === undefined || typeof value === 'object' ? [] : [[key, value] as const];
      }),
    );
    if (wanted !== '' && !Object.values(row).some((value) => String(value).toLowerCase().includes(wanted))) continue;
    total++;
    if (rows.length < MAX_ROWS) rows.push(row);
  }
  response.json({ phase: view.phase, total, rows } satisfies ObjectPage);
}

function simulate(request: Request, response: Response, { simulator }: SessionHost): void {
  if (simulator === undefined) {
    response.status(409).json({ error: 'This session has no simulated contact center, or is not in use.' });
    return;
  }
  const body: unknown = request.body;
  const { command, args } = isRecord(body) ? body : {};
  try {
    response.json({ result: simulator.run(String(command), isRecord(args) ? args : {}) });
  } catch (error) {
    const { message, code } = asError(error);
    response.status(422).json({ error: message, code });
  }
}

/** The saved settings that a session was deployed with. */
function deployedSettings(RED: NodeAPI, id: unknown): Partial<SessionDef> | undefined {
  let found: Partial<SessionDef> | undefined;
  RED.nodes.eachNode((config) => {
    if (config.id === id) found = config as unknown as Partial<SessionDef>;
  });
  return found;
}

/**
 * Whether a test would send environment variables to a target of the user's choice. They may hold secrets of the machine,
 * and only who may deploy flows can read them anyway.
 */
function sendsVariables(RED: NodeAPI, body: unknown): boolean {
  const { id, settings, credentials } = isRecord(body) ? body : {};
  const [def, typed] = [isRecord(settings) ? settings : {}, isRecord(credentials) ? credentials : {}];
  const deployed = deployedSettings(RED, id);
  const known = isOtherTarget(def, deployed) ? undefined : deployed;
  return readsOtherVariables(def, known) || readsOtherVariables(typed, undefined);
}

async function test(RED: NodeAPI, request: Request, response: Response): Promise<void> {
  const body: unknown = request.body;
  const { id, z, settings, credentials } = isRecord(body) ? body : {};
  const host = typeof id === 'string' ? sessionsOf(RED.events).get(id) : undefined;
  try {
    const typed = isRecord(credentials) ? (credentials as SessionCredentials) : {};
    // The browser does not know a saved password; the runtime does.
    const saved = typeof id === 'string' ? (RED.nodes.getCredentials(id) as SessionCredentials | null) : null;
    const def = withVariables(RED, isRecord(settings) ? settings : {}, id, z) as unknown as SessionDef;
    readMask(def);
    const deployed = deployedSettings(RED, id);
    const kept = secretsFor(def, deployed && withVariables(RED, deployed, id, z), saved, typed);
    const secrets = withVariables(RED, kept, id, z);
    response.json(await opening.test(readSettings(def, secrets, tlsChosen(RED, def)), host));
  } catch (error) {
    const { message, code } = asError(error);
    response.json({ ok: false, error: message, code });
  }
}
