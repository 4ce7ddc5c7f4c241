/**
 * Opens what the settings of a `ctios-session` describe: the connection to a server (in this process, or a
 * `ctios-server`), a session of the client library, its mode, and for an agent the log-in.
 */
import { AgentSessions, type AgentSessionsOptions, Session } from '../../../../src/cil/index.js';
import { acquireServer, type ServerHandle, saveRecording } from '../../../../src/embedded.js';
import type { AgentsMode, SessionSettings } from '../settings/settings.js';
import { becomeAgent } from './agent-login.js';
import { certificatesOf, ownCertificate } from './certificates.js';
import { openStream } from './open-stream.js';
import type { OpenedSession, RecorderFace } from './opened-session.js';
import { reach } from './reach.js';

/**
 * @param acquire starts the servers that a session needs in this process; a flow test has its own contact center
 * @throws CtiosError CTIOS_CLIENT_ID_IN_USE, or an error in the settings
 */
export function openSession({ target, mode, peripheralId }: SessionSettings, acquire = acquireServer): OpenedSession {
  if (target.kind === 'nats' && mode.mode === 'monitor') return openStream(target, mode);
  const control = mode.mode === 'monitor' && mode.control;
  const { connectors, server } = reach(target, control, { acquire });
  const agents = mode.mode === 'agents' ? agentSessions(connectors, mode, peripheralId) : undefined;
  const session = agents ?? new Session({ connectors, client: 'node-red' });
  const own = 'tls' in target ? ownCertificate(target.tls?.options) : undefined;
  return {
    session,
    ...(agents === undefined ? {} : { agents }),
    simulator: server?.simulator,
    site: server?.site,
    recorder: recorderFace(server?.recorder),
    ...(server?.stream === undefined ? {} : { stream: server.stream }),
    get link() {
      return session.status.link;
    },
    get certificates() {
      return certificatesOf(session.status, own);
    },
    control: mode.mode !== 'monitor' || mode.control,
    ...(mode.mode === 'monitor' ? { filter: mode.filter } : {}),
    async start() {
      session.connect();
      if (mode.mode === 'monitor') {
        const password = target.kind === 'ctios-server' ? target.password : undefined;
        await session.setMessageFilter(mode.filter, {
          snapshot: mode.snapshot,
          ...(password === undefined ? {} : { password }),
        });
        return;
      }
      if (mode.mode === 'agent') await becomeAgent(session, mode);
    },
    async close() {
      await session.disconnect();
      await server?.release();
    },
  };
}

function agentSessions(
  connectors: AgentSessionsOptions['connectors'],
  { limit, idleMs }: AgentsMode,
  peripheralId: string | undefined,
): AgentSessions {
  return new AgentSessions({
    connectors,
    client: 'node-red',
    limit,
    idleMs,
    ...(peripheralId === undefined ? {} : { peripheralId: Number(peripheralId) }),
  });
}

function recorderFace(recorder: ServerHandle['recorder']): RecorderFace | undefined {
  if (recorder === undefined) return undefined;
  return {
    get status() {
      return recorder.status;
    },
    save: (redact) => saveRecording(recorder, { redact }),
  };
}
