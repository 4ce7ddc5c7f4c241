/**
 * Opens a session on an event stream: it reads as a member of a group, and sends its requests to a `ctios-server`, if
 * one is configured.
 */
import { hostname } from 'node:os';
import { type Confirmation, Session, type SessionApi, webSocketConnector } from '../../../../src/cil/index.js';
import { systemClock } from '../../../../src/common/clock.js';
import { type Connector, CtiosError } from '../../../../src/ctios/index.js';
import {
  Claims,
  type ForwardRequest,
  GroupReader,
  GroupRecords,
  NatsEngine,
  type NatsReport,
  type NatsSettings,
  type RequestResult,
} from '../../../../src/stream/index.js';
import type { NatsBroker } from '../settings/nats-broker.js';
import type { Mode, NatsTarget } from '../settings/settings.js';
import type { OpenedSession, ReaderFace } from './opened-session.js';

/** A standby process waits for its turn without limit. */
const NO_LIMIT_MS = 2 ** 31 - 1;
/** The stream may be ready before the server for requests is, in milliseconds. */
const LINK_WAIT_MS = 5_000;
/** Passes no event: a session for requests only. */
const NOTHING = 'UniqueObjectID=none';
/** The name of a process, as shown to others. */
const PROCESS_NAME = `${hostname().replace(/\s/g, '-')}/${process.pid}`;

export function openStream(target: NatsTarget, mode: Mode & { mode: 'monitor' }): OpenedSession {
  const engine = new NatsEngine(natsSettings(target), systemClock, (report) => onReport(report));
  const requests = target.urls.length === 0 ? undefined : requestSession(target);
  const { site, group } = target;
  const reader = new GroupReader({
    engine,
    site,
    group,
    name: PROCESS_NAME,
    clock: systemClock,
    ...(requests === undefined ? {} : { forward: forwarder(requests) }),
  });
  function onReport({ what, reason }: NatsReport): void {
    if (what !== 'connected' && reason !== undefined) reader.unreachable(`NATS: ${reason}`);
  }
  const session = new Session({
    connectors: [reader.connector({ allowMonitorControl: mode.control })],
    client: 'node-red',
    heartbeatMs: 0,
    connectMs: NO_LIMIT_MS,
  });
  session.onStatus((status) => reader.listen(status.state === 'ready' && status.mode === 'monitor'));
  const claims = new Claims(engine.claims, group);
  const visits = new GroupRecords(engine, 'visit', group);
  const face: ReaderFace = {
    get state() {
      return reader.state;
    },
    onState: (listener) => reader.onState(listener),
    pause: (paused) => reader.pause(paused),
    claim: (key) => claims.claim(key),
    visits,
    beforeWork: (prepare) => reader.beforeWork(prepare),
  };
  return {
    session,
    reader: face,
    control: mode.control,
    filter: mode.filter,
    async start() {
      engine.start();
      reader.start();
      requests?.connect();
      const password = target.password === undefined ? {} : { password: target.password };
      requests?.setMessageFilter(NOTHING, { snapshot: false, ...password }).catch(() => {});
      session.connect();
      await session.setMessageFilter(mode.filter, { snapshot: mode.snapshot });
    },
    async close() {
      reader.pause(true);
      // The process that takes over reads them.
      await visits.flushed();
      await reader.stop();
      visits.stop();
      await Promise.all([session.disconnect(), requests?.disconnect()]);
      await engine.close();
    },
  };
}

/** The connectors to the servers for requests and agent mode. */
export function requestConnectors(
  target: Pick<NatsTarget, 'urls' | 'tls'>,
): readonly [Connector] | readonly [Connector, Connector] {
  const [a, b] = target.urls.map((url) => webSocketConnector(url, target.tls?.options)) as [Connector, Connector?];
  return b === undefined ? [a] : [a, b];
}

function requestSession(target: NatsTarget): Session {
  return new Session({ connectors: requestConnectors(target), client: 'node-red requests' });
}

function forwarder(session: SessionApi): ForwardRequest {
  return (request, target, args, answerMs, ended) => {
    void session
      .request(request, { ...(target === undefined ? {} : { target }), args, answerMs, linkWaitMs: LINK_WAIT_MS })
      .then(confirmed, refused)
      .then(ended);
  };
}

function confirmed({ event, args, newObject }: Confirmation): RequestResult {
  return {
    outcome: 'confirmed',
    ...(event === undefined ? {} : { conf: { kind: 'event', event, args } }),
    ...(newObject === undefined ? {} : { newObject }),
  };
}

function refused(error: unknown): RequestResult {
  if (!(error instanceof CtiosError)) throw error;
  const { outcome = 'failed', failureCode, peripheralErrorCode } = error.cause;
  return {
    outcome,
    failure: {
      code: error.code,
      message: error.message,
      ...(failureCode === undefined ? {} : { failureCode }),
      ...(peripheralErrorCode === undefined ? {} : { peripheralErrorCode }),
    },
  };
}

export function natsSettings({ servers, site, user, natsPassword, credentials, tls }: NatsBroker): NatsSettings {
  const { ca, cert, key } = tls?.options ?? {};
  const pem = (value: unknown) => (value === undefined ? undefined : String(value));
  return {
    servers,
    site,
    name: `node-red ${PROCESS_NAME}`,
    ...(user === undefined ? {} : { user }),
    ...(natsPassword === undefined ? {} : { password: natsPassword }),
    ...(credentials === undefined ? {} : { credentials }),
    ...(tls === undefined
      ? {}
      : {
          tls: {
            ...(ca === undefined ? {} : { ca: pem(ca)! }),
            ...(cert === undefined ? {} : { cert: pem(cert)! }),
            ...(key === undefined ? {} : { key: pem(key)! }),
          },
        }),
  };
}

/** Whether NATS is reachable and has the site's stream. Does not affect the group. */
export function testStream(
  target: NatsTarget,
  limitMs: number,
): Promise<{ ok: boolean; error?: string; code?: string; server?: string }> {
  return new Promise((resolve) => {
    let problem = `There was no answer within ${limitMs / 1000} s.`;
    const end = (result: { ok: boolean; error?: string; code?: string; server?: string }): void => {
      limit.cancel();
      void engine.close();
      resolve(result);
    };
    const limit = systemClock.after(limitMs, () => end({ ok: false, error: problem, code: 'CTIOS_STREAM_AWAY' }));
    const engine = new NatsEngine(natsSettings(target), systemClock, ({ what, server, reason }) => {
      if (what === 'connected') end({ ok: true, server: `${server ?? ''} (${target.site})` });
      else if (reason !== undefined) problem = `NATS: ${reason}`;
    });
    engine.start();
  });
}
