/**
 * Opens what the settings of a `ctios-session` describe: the way to a server (in this process, or a `ctios-server`), a
 * session of the client library over it, its mode, and for an agent the log-in.
 */
import { type Agent, Session, type SessionApi } from '../../../src/cil/index.js';
import { systemClock } from '../../../src/common/clock.js';
import { type Connector, CtiosError, enumValue } from '../../../src/ctios/index.js';
import {
  acquireServer,
  type EmbeddedSettings,
  examine,
  type Finding,
  type ServerHandle,
  saveRecording,
} from '../../../src/embedded.js';
import { certificatesOf, ownCertificate } from './certificates.js';
import { openStream, requestConnectors, testStream } from './open-stream.js';
import type { LinkView, OpenedSession, RecorderFace } from './opened-session.js';
import type { SessionHost } from './session-host.js';
import { type CtiServerTarget, type Mode, type SessionSettings, settingsKey, type Target } from './settings.js';

/** How long a test of a connection may take, in milliseconds. */
const TEST_LIMIT_MS = 10_000;
/** How long a test waits for the answer to OPEN_REQ: a server that is one answers at once. In milliseconds. */
const TEST_OPEN_MS = 3_000;
/** How long a test waits for an event, in milliseconds. */
const TEST_EVENT_MS = 1_000;
/** Pause before an agent is asked for again, in milliseconds. */
const RETRY_MS = 250;
const LOGGED_OUT = enumValue('AgentState', 'Logout');
const UNKNOWN = enumValue('AgentState', 'Unknown');

/** @throws CtiosError CTIOS_CLIENT_ID_IN_USE, or what is wrong with the settings */
export function openSession({ target, mode }: SessionSettings): OpenedSession {
  if (target.kind === 'nats' && mode.mode === 'monitor') return openStream(target, mode);
  const control = mode.mode === 'monitor' && mode.control;
  const { connectors, server } = reach(target, control);
  const session = new Session({ connectors, client: 'node-red' });
  const own = 'tls' in target ? ownCertificate(target.tls?.options) : undefined;
  return {
    session,
    simulator: server?.simulator,
    site: server?.site,
    recorder: recorderFace(server?.recorder),
    get link() {
      return linkOf(session);
    },
    get certificates() {
      return certificatesOf(session.status, own);
    },
    control: mode.mode === 'agent' || mode.control,
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
      await becomeAgent(session, mode);
    },
    async close() {
      await session.disconnect();
      await server?.release();
    },
  };
}

/**
 * Agent mode, and the log-in where it is wanted. Both need the CTI Server itself: at a cold start it may be reached only
 * after the session is connected, and may be lost in between, so they are asked for as often as it comes online.
 * Rejects when they are refused.
 */
export async function becomeAgent(session: SessionApi, mode: Mode & { mode: 'agent' }): Promise<void> {
  for (;;) {
    await online(session);
    try {
      const known = await session.setAgent(mode.agent);
      if (!mode.login || isLoggedIn(known)) return;
      // The one log-in of a start. With AutoLogin it is repeated by the server after a gap, and by the library after its own.
      const args = { ...mode.agent, AutoLogin: true };
      await session
        .request('Login', { target: known.uniqueObjectID, args, linkWaitMs: TEST_LIMIT_MS })
        .catch((error: unknown) => {
          // At another desktop, or at the phone itself, the agent may have logged in meanwhile.
          if (!isLoggedIn(known)) throw error;
        });
      await loggedIn(session, known);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== 'CTIOS_OFFLINE') throw error;
      // The link may be lost before the session is told: no reason to ask in a circle.
      await new Promise<void>((resolve) => systemClock.after(RETRY_MS, resolve));
    }
  }
}

/** The log-in was accepted; the state that shows it comes as an event. Without one, requests say themselves what is wrong. */
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

/** The ways to the servers of a target, and what runs in this process for it. */
function reach(
  target: Target,
  control: boolean,
  openMs?: number,
): { connectors: readonly [Connector] | readonly [Connector, Connector]; server?: ServerHandle } {
  if (target.kind === 'ctios-server' || target.kind === 'nats') return { connectors: requestConnectors(target) };
  const server = acquireServer({ ...embedded(target), ...(openMs === undefined ? {} : { openMs }) });
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
  const { a, b, clientId, clientPassword, peripheralId, agentIds, protocol, charset, tls, recording } = target;
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
  };
}

export interface TestResult {
  ok: boolean;
  error?: string;
  code?: string;
  /** What the server granted, for people. */
  granted?: Granted;
  /** What the doctor found at a CTI Server. */
  checks?: readonly Finding[];
}

/**
 * Says whether a session can be had. The running one is asked if it has these settings; else one is opened for the
 * moment, at a CTI Server under a client ID of its own: a second session under one client ID throws out the first.
 */
export async function testSession(settings: SessionSettings, running: SessionHost | undefined): Promise<TestResult> {
  if (running?.session !== undefined && running.key === settingsKey(settings)) {
    const { phase, reason, code } = running.view;
    if (phase !== 'ready') return { ok: false, error: reason ?? phase, ...(code === undefined ? {} : { code }) };
    return { ok: true, granted: grantedTo(running.session) };
  }
  const { target } = settings;
  if (target.kind === 'nats' && settings.mode.mode === 'monitor') {
    const { server, ...result } = await testStream(target, TEST_LIMIT_MS);
    return server === undefined ? result : { ...result, granted: { server } };
  }
  const trial: Target = target.kind === 'ctiserver' ? { ...target, clientId: testClientId(target) } : target;
  const { connectors, server } = reach(trial, false, TEST_OPEN_MS);
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

/** A site may admit the client IDs that it knows and no other; then the test proves nothing about the one in the dialog. */
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

const testClientId = ({ clientId }: CtiServerTarget): string => `${clientId}-test`;

/** Waits until the session is online or cannot be. */
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

/** Whether each side was tried and has failed: more of the same would only repeat it. */
function isFinal({ state, reason, link }: SessionApi['status']): boolean {
  if (state === 'rejected' || (state === 'waiting' && reason !== undefined)) return true;
  return state === 'ready' && (link?.state === 'failed' || (link?.state === 'pausing' && link.code !== undefined));
}

/** Facts about a connection: each has its words in the catalog, under `test.facts`. */
export interface Granted {
  server?: string;
  side?: string;
  mode?: string;
  protocol?: number;
  /** Milliseconds of the last heartbeat, there and back. */
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

/** How the server's link to the CTI Server stands: told the same by a server in this process and by a `ctios-server`. */
function linkOf({ status: { link } }: SessionApi): LinkView | undefined {
  if (link === undefined) return undefined;
  const { state, side, protocolVersion, roundTripMs, standby, reason, code, services } = link;
  return {
    linkState: state,
    standby,
    ...(side === undefined ? {} : { side }),
    ...(reason === undefined ? {} : { linkReason: reason }),
    ...(code === undefined ? {} : { linkCode: code }),
    ...(protocolVersion === undefined ? {} : { protocol: protocolVersion }),
    ...(roundTripMs === undefined ? {} : { roundTripMs }),
    ...(services === undefined ? {} : { services }),
  };
}
