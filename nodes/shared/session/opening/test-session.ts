/** The connection test of the dialog of a `ctios-session`. */
import { Session, type SessionApi } from '../../../../src/cil/index.js';
import { examine, type Finding, inDialog } from '../../../../src/embedded.js';
import type { SessionHost } from '../session-host.js';
import { type CtiServerTarget, type SessionSettings, settingsKey } from '../settings/settings.js';
import { testStream } from './open-stream.js';
import { reach } from './reach.js';

/** Time-out of a connection test, in milliseconds. */
const TEST_LIMIT_MS = 10_000;
/** Time-out of a test for the response to OPEN_REQ, which a CTI Server sends immediately, in milliseconds. */
const TEST_OPEN_MS = 3_000;
/** How long a test waits for an event, in milliseconds. */
const TEST_EVENT_MS = 1_000;

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
      return withCode({ ok: false, error, ...(code === undefined ? {} : { code }) });
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
    if (target.kind !== 'ctiserver') return withCode(await outcome(session));
    const [result, checks] = await Promise.all([outcome(session), checksOf(target, settings.mode)]);
    return { ...withTestClient(withCode(result), target), checks };
  } finally {
    await session.disconnect();
    await server?.release();
  }
}

/** The code is what the docs list, with what to do. */
function withCode(result: TestResult): TestResult {
  const { error, code } = result;
  if (error === undefined || code === undefined || error.includes(code)) return result;
  return { ...result, error: `${error.replace(/\.$/, '')} (${code}).` };
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
async function checksOf(target: CtiServerTarget, mode: SessionSettings['mode']): Promise<readonly Finding[]> {
  const { a, b, clientId, clientPassword, peripheralId, protocol, charset, tls, agentIds } = target;
  const { findings } = await examine({
    sides: { A: a, B: b },
    clientId,
    password: clientPassword,
    peripheralId,
    protocolVersion: protocol,
    charset,
    tls: tls?.options,
    agents: mode.mode === 'agent' ? [String(mode.agent.AgentID), ...agentIds] : agentIds,
    eventMs: TEST_EVENT_MS,
    limitMs: TEST_OPEN_MS,
  });
  return findings.map(inDialog);
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
