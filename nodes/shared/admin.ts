/**
 * What the editor asks the runtime: sessions and their objects for pickers and the sidebar, a test of a connection,
 * commands for a simulated contact center. Every route needs a permission, and answers with no secret.
 */
import type { NodeAPI } from 'node-red';
import type { CtiosObject, SessionFace } from '../../src/cil/index.js';
import { asError } from './errors.js';
import { copyArgs } from './event-message.js';
import { isRecord } from './input.js';
import { opening } from './opening.js';
import type { SessionNode } from './session-binding.js';
import { sessionsOf } from './sessions.js';
import { readSettings, type SessionCredentials, type SessionDef } from './settings.js';

/** As much as a picker or a list can show. */
const MOST_OBJECTS = 5000;

const lists: Readonly<Record<string, (session: SessionFace) => ReadonlyMap<string, CtiosObject>>> = {
  agents: (session) => session.agents,
  calls: (session) => session.calls,
  skillgroups: (session) => session.skillGroups,
};

/** What of each object the editor sees: enough to choose one by. */
const columns: Readonly<Record<string, readonly string[]>> = {
  agents: [
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
  calls: ['UniqueObjectID', 'ANI', 'DNIS', 'DialedNumber', 'CallStatus', 'CallType', 'AgentID', 'ConnectionDeviceID'],
  skillgroups: ['UniqueObjectID', 'SkillGroupNumber', 'SkillGroupName', 'SkillGroupID', 'PeripheralID'],
};

export function registerAdminRoutes(RED: NodeAPI): void {
  const read = RED.auth.needsPermission('ctios-session.read');
  const write = RED.auth.needsPermission('ctios-session.write');
  const { httpAdmin } = RED;
  const sessions = sessionsOf(RED.events);

  httpAdmin.get('/ctios/sessions', read, (_, response) => {
    response.json([...sessions].map((host) => ({ id: host.id, ...summaryOf(host) })));
  });

  httpAdmin.get('/ctios/sessions/:id', read, (request, response) => {
    const host = sessions.get(request.params.id as string);
    if (host === undefined)
      response.status(404).json({ error: 'There is no such session, or it is not deployed yet.' });
    else response.json({ id: host.id, ...summaryOf(host) });
  });

  httpAdmin.get('/ctios/sessions/:id/:list', read, (request, response) => {
    const { id, list } = request.params as { id: string; list: string };
    const session = sessions.get(id)?.session;
    const of = lists[list];
    if (of === undefined) {
      response.status(404).json({ error: 'There is no such list.' });
      return;
    }
    const shown = columns[list]!;
    const rows: Record<string, unknown>[] = [];
    for (const object of session === undefined ? [] : of(session).values()) {
      const properties = object.properties();
      rows.push(
        Object.fromEntries(shown.flatMap((key) => (properties[key] === undefined ? [] : [[key, properties[key]]]))),
      );
      if (rows.length >= MOST_OBJECTS) break;
    }
    response.json(rows);
  });

  httpAdmin.get('/ctios/commands', read, (_, response) => {
    response.json(opening.commands);
  });

  httpAdmin.post('/ctios/sessions/:id/simulate', write, (request, response) => {
    const simulator = sessions.get(request.params.id as string)?.simulator;
    if (simulator === undefined) {
      response.status(409).json({ error: 'This session has no simulated contact center, or is not in use.' });
      return;
    }
    const body: unknown = request.body;
    const { command, args } = isRecord(body) ? body : {};
    try {
      response.json({ result: simulator.run(String(command), isRecord(args) ? args : {}) });
    } catch (error) {
      const known = asError(error);
      response.status(422).json({ error: known.message, code: known.code });
    }
  });

  httpAdmin.post('/ctios/test', write, (request, response) => {
    const body: unknown = request.body;
    const { id, settings, credentials } = isRecord(body) ? body : {};
    const host = typeof id === 'string' ? sessions.get(id) : undefined;
    void test();

    async function test(): Promise<void> {
      try {
        const given = isRecord(credentials) ? (credentials as SessionCredentials) : {};
        // The browser does not know a password that was saved before; the runtime does.
        const saved =
          (typeof id === 'string' ? (RED.nodes.getCredentials(id) as SessionCredentials | null) : null) ?? {};
        const wanted = readSettings((isRecord(settings) ? settings : {}) as unknown as SessionDef, {
          ...saved,
          ...given,
        });
        response.json(await opening.test(wanted, host));
      } catch (error) {
        const known = asError(error);
        response.json({ ok: false, error: known.message, code: known.code });
      }
    }
  });

  function summaryOf(host: NonNullable<ReturnType<typeof sessions.get>>): Record<string, unknown> {
    const { session, view } = host;
    const config = RED.nodes.getNode(host.id) as SessionNode | null;
    const status = session?.status;
    return {
      name: config?.name ?? '',
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
            statusSystem: copyArgs(status.statusSystem),
            calls: session.calls.size,
            agents: session.agents.size,
            skillGroups: session.skillGroups.size,
            sequence: session.sequence,
          }),
    };
  }
}
