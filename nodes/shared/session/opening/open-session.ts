/**
 * Opens what the settings of a `ctios-session` describe: the connection to a server (in this process, or a
 * `ctios-server`), a session of the client library, its mode, and for an agent the log-in.
 */

import {
  type Agent,
  AgentSessions,
  type AgentSessionsOptions,
  Session,
  type SessionApi,
} from '../../../../src/cil/index.js';
import { systemClock } from '../../../../src/common/clock.js';
import { LOGGED_OUT } from '../../../../src/ctios/enums/agent-states.js';
import { type Connector, CtiosError, enumValue } from '../../../../src/ctios/index.js';
import {
  acquireServer,
  type EmbeddedSettings,
  examine,
  type Finding,
  type ServerHandle,
  saveRecording,
} from '../../../../src/embedded.js';
import type { SessionHost } from '../session-host.js';
import {
  type AgentsMode,
  type CtiServerTarget,
  type Mode,
  type SessionSettings,
  settingsKey,
  type Target,
} from '../settings/settings.js';
import { certificatesOf, ownCertificate } from './certificates.js';
import { natsSettings, openStream, requestConnectors, testStream } from './open-stream.js';
import type { OpenedSession, RecorderFace } from './opened-session.js';

/** Time-out of a connection test, in milliseconds. */
const TEST_LIMIT_MS = 10_000;
/** Time-out of a test for the response to OPEN_REQ, which a CTI Server sends immediately, in milliseconds. */
const TEST_OPEN_MS = 3_000;
/** How long a test waits for an event, in milliseconds. */
const TEST_EVENT_MS = 1_000;
/** Delay before an agent is queried again, in milliseconds. */
const RETRY_MS = 250;
/** A stream that does not exist yet is made like this: one copy, a day. */
const NEW_STREAM = { replicas: 1, maxAgeMs: 24 * 3_600_000 };
const UNKNOWN = enumValue('AgentState', 'Unknown');

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

/**
 * Agent mode, and the log-in if configured. Both need the CTI Server itself: at a cold start it may become reachable
 * only after the session is connected, and may be lost in between, so they are requested each time it comes online.
 * Rejects when they are refused.
 */
export async function becomeAgent(session: SessionApi, mode: Mode & { mode: 'agent' }): Promise<void> {
  for (;;) {
    await online(session);
    try {
      const known = await session.setAgent(mode.agent);
      if (!mode.login || isLoggedIn(known)) return;
      // The single log-in of a start. With AutoLogin the server repeats it after a gap, and the library after its own.
      const args = { ...mode.agent, AutoLogin: true };
      await session
        .request('Login', { target: known.uniqueObjectID, args, linkWaitMs: TEST_LIMIT_MS })
        .catch((error: unknown) => {
          // The agent may have logged in meanwhile, at another desktop or at the phone itself.
          if (!isLoggedIn(known)) throw error;
        });
      await loggedIn(session, known);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== 'CTIOS_OFFLINE') throw error;
      // The link may be lost before the session is notified: no reason for a busy loop.
      await new Promise<void>((resolve) => systemClock.after(RETRY_MS, resolve));
    }
  }
}

/** The log-in was accepted; the resulting state arrives as an event. Without a log-in, requests report the problem. */
function loggedIn(session: SessionApi, agent: Agent): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      timer.cancel();
      stop();
      resolve();
    };
    const timer = systemClock.after(TEST_LIMIT_MS, end);
    const stop = session.subscribe('AllInOne', () => {
      if (isLoggedIn(agent)) end();
    });
    if (isLoggedIn(agent)) end();
  });
}

function isLoggedIn(agent: Agent): boolean {
  const { AgentState } = agent.properties();
  return AgentState !== undefined && AgentState !== LOGGED_OUT && AgentState !== UNKNOWN;
}

/** Ends when requests can succeed; rejects when the session is closed. */
function online(session: SessionApi): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const { state, online: isOnline } = session.status;
      if (state !== 'disconnected' && state !== 'closing' && !isOnline) return;
      stop();
      if (isOnline) resolve();
      else reject(new CtiosError('CTIOS_CLOSED', 'The session was closed before it came online.'));
    };
    const stop = session.onStatus(look);
    look();
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

/** The connectors to the servers of a target, and what runs in this process for it. */
function reach(
  target: Target,
  control: boolean,
  { acquire = acquireServer, openMs }: { acquire?: typeof acquireServer; openMs?: number } = {},
): { connectors: readonly [Connector] | readonly [Connector, Connector]; server?: ServerHandle } {
  if (target.kind === 'ctios-server' || target.kind === 'nats') return { connectors: requestConnectors(target) };
  const server = acquire({ ...embedded(target), ...(openMs === undefined ? {} : { openMs }) });
  return { connectors: [server.connector({ allowMonitorControl: control })], server };
}

function embedded(target: Exclude<Target, { kind: 'ctios-server' | 'nats' }>): EmbeddedSettings {
  if (target.kind === 'simulator') {
    const { kind, scenario, agents, traffic, seed, profile, recording, replay } = target;
    return {
      kind,
      agents,
      traffic,
      seed,
      ...(scenario === undefined ? {} : { scenario }),
      ...(profile === undefined ? {} : { profile }),
      ...(recording === undefined ? {} : { recording }),
      ...(replay === undefined ? {} : { replay }),
    };
  }
  const { a, b, clientId, clientPassword, peripheralId, agentIds, protocol, charset, tls, recording, stream } = target;
  return {
    kind: 'cti-server',
    sides: { A: a, ...(b === undefined ? {} : { B: b }) },
    clientId,
    password: clientPassword,
    peripheralId,
    agents: agentIds,
    ...(protocol === undefined ? {} : { protocolVersion: protocol }),
    ...(charset === undefined ? {} : { charset }),
    ...(tls === undefined ? {} : { tls }),
    ...(recording === undefined ? {} : { recording }),
    ...(stream === undefined
      ? {}
      : { stream: { nats: { ...natsSettings(stream.broker), create: NEW_STREAM }, masked: stream.masked } }),
  };
}

export interface TestResult {
  ok: boolean;
  error?: string;
  code?: string;
  /** The services granted by the server, for display. */
  granted?: Granted;
  /** The doctor's findings at a CTI Server. */
  checks?: readonly Finding[];
}

/**
 * Tests whether a session is possible. If the running one has these settings it is checked; otherwise a temporary one
 * is opened, at a CTI Server under a client ID of its own, because a second session with the same client ID disconnects
 * the first.
 */
export async function testSession(settings: SessionSettings, running: SessionHost | undefined): Promise<TestResult> {
  if (running?.session !== undefined && running.key === settingsKey(settings)) {
    const { phase, reason, code } = running.view;
    if (phase !== 'ready') {
      const error =
        reason ??
        `The session is running with these settings, but it is still ${phase}: the server has not answered yet.`;
      return { ok: false, error, ...(code === undefined ? {} : { code }) };
    }
    return { ok: true, granted: grantedTo(running.session) };
  }
  const { target } = settings;
  if (target.kind === 'nats' && settings.mode.mode === 'monitor') {
    const { server, ...result } = await testStream(target, TEST_LIMIT_MS);
    return server === undefined ? result : { ...result, granted: { server } };
  }
  const trial = target.kind === 'ctiserver' ? trialOf(target) : target;
  const { connectors, server } = reach(trial, false, { openMs: TEST_OPEN_MS });
  const session = new Session({ connectors, client: 'node-red test' });
  try {
    session.connect();
    if (target.kind !== 'ctiserver') return await outcome(session);
    const [result, checks] = await Promise.all([outcome(session), checksOf(target)]);
    return { ...withTestClient(result, target), checks };
  } finally {
    await session.disconnect();
    await server?.release();
  }
}

/** A site may accept configured client IDs only; then the test proves nothing about the one in the dialog. */
function withTestClient(result: TestResult, target: CtiServerTarget): TestResult {
  if (result.code !== 'E_CTI_INVALID_PASSWORD') return result;
  const error =
    `${result.error} The test uses the client ID "${testClientId(target)}", so that it does not end a session that runs as ` +
    `"${target.clientId}". If the CTI Server admits configured client IDs only, deploy, and read the status of the session.`;
  return { ...result, error };
}

/** The checks of `ctios-doctor`, under an ID of its own. */
async function checksOf(target: CtiServerTarget): Promise<readonly Finding[]> {
  const { a, b, clientId, clientPassword, peripheralId, protocol, charset, tls, agentIds } = target;
  const { findings } = await examine({
    sides: { A: a, B: b },
    clientId,
    password: clientPassword,
    peripheralId,
    protocolVersion: protocol,
    charset,
    tls: tls?.options,
    agents: agentIds,
    eventMs: TEST_EVENT_MS,
    limitMs: TEST_OPEN_MS,
  });
  return findings;
}

/** The same under another client ID, and without publishing anything. */
function trialOf({ stream: _, ...target }: CtiServerTarget): CtiServerTarget {
  return { ...target, clientId: testClientId(target) };
}

const testClientId = ({ clientId }: CtiServerTarget): string => `${clientId}-test`;

/** Waits until the session is online, or known to fail. */
function outcome(session: SessionApi): Promise<TestResult> {
  return new Promise((resolve) => {
    const end = (result: TestResult): void => {
      clearTimeout(timer);
      stop();
      resolve(result);
    };
    const look = (): void => {
      const { state, online } = session.status;
      if (state === 'ready' && online) end({ ok: true, granted: grantedTo(session) });
      else if (isFinal(session.status)) end(refusal());
    };
    const refusal = (): TestResult => {
      const { link, reason, code = link?.code } = session.status;
      const why = reason ?? link?.reason ?? `There was no answer within ${TEST_LIMIT_MS / 1000} s.`;
      return { ok: false, error: why, ...(code === undefined ? {} : { code }) };
    };
    const timer = setTimeout(() => end(refusal()), TEST_LIMIT_MS);
    const stop = session.onStatus(look);
    look();
  });
}

/** Whether each side was tried and has failed: further attempts would only repeat that. */
function isFinal({ state, reason, link }: SessionApi['status']): boolean {
  if (state === 'rejected' || (state === 'waiting' && reason !== undefined)) return true;
  if (state !== 'ready' || link === undefined) return false;
  return link.state === 'failed' || link.state === 'yielded' || (link.state === 'pausing' && link.code !== undefined);
}

/** Facts about a connection: the texts are in the catalog, under `test.facts`. */
export interface Granted {
  server?: string;
  side?: string;
  mode?: string;
  protocol?: number;
  /** Round-trip time of the last heartbeat, in milliseconds. */
  roundTrip?: number;
  standby?: boolean;
  /** Services of the CTI Server, by name. */
  services?: string;
}

function grantedTo({ status }: SessionApi): Granted {
  const { server, side, mode, link } = status;
  const carrier = link?.side ?? side;
  return {
    ...(server === undefined ? {} : { server }),
    ...(carrier === undefined ? {} : { side: carrier }),
    ...(mode === 'none' ? {} : { mode }),
    ...(link?.protocolVersion === undefined ? {} : { protocol: link.protocolVersion }),
    ...(link?.roundTripMs === undefined ? {} : { roundTrip: link.roundTripMs }),
    ...(link?.standby === true ? { standby: true } : {}),
    ...(link?.services === undefined ? {} : { services: link.services.join(' ') }),
  };
}
