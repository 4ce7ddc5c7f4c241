/** Examines a CTI Server or a pair of them, without disturbing a session that runs there. */
import type { ConnectionOptions } from 'node:tls';
import type { Endpoint } from '../common/byte-stream.js';
import { examineSession } from './examine-session.js';
import { Exchange } from './exchange.js';
import { type Finding, type FindingCode, finding } from './findings.js';
import { openSession } from './open-session.js';
import { handshakes, reach } from './reach.js';

export interface DoctorOptions {
  readonly sides: { readonly A: Endpoint; readonly B?: Endpoint | undefined };
  readonly clientId: string;
  readonly password?: string | undefined;
  /** Uses the client ID itself; a session that runs under it is thrown out. Default: the ID with `-doctor` behind it. */
  readonly sameId?: boolean | undefined;
  readonly tls?: ConnectionOptions | undefined;
  readonly peripheralId?: number | undefined;
  readonly protocolVersion?: number | undefined;
  readonly charset?: string | undefined;
  /** Agents of which the first is asked for; default: the first that the CTI Server lists. */
  readonly agents?: readonly string[] | undefined;
  /** How long events are waited for, in milliseconds. Default: 3,000. */
  readonly eventMs?: number | undefined;
  /** For each connection and each answer, in milliseconds. Default: 5,000. */
  readonly limitMs?: number | undefined;
  readonly now?: (() => number) | undefined;
  /** Told of each finding when it is made. */
  readonly tell?: ((found: Finding) => void) | undefined;
}

export interface Examination {
  /** No errors and no warnings. */
  readonly healthy: boolean;
  readonly errors: number;
  readonly warnings: number;
  readonly findings: readonly Finding[];
}

/** A server that speaks TLS answers at once. */
const TLS_PROBE_MS = 2_000;
const SUFFIX = '-doctor';
/** Of a client ID, without its null. */
const MAX_ID = 63;

export async function examine(options: DoctorOptions): Promise<Examination> {
  const found: Finding[] = [];
  const tell = (each: Finding) => {
    found.push(each);
    options.tell?.(each);
  };
  const { A, B } = options.sides;
  await examineSide('A', A, options, tell);
  if (B !== undefined) {
    await examineSide('B', B, options, tell);
    tellPair(found, tell);
  } else if (found.some(({ code }) => code === 'side-standby'))
    tell(finding('A', 'not-master', 'this side stands by, and the other one is not given'));
  // A side that is not the active one is what the other side of a pair is expected to be.
  const judged = B === undefined ? found : found.filter(({ code }) => !isStandby(code) || noneActive(found));
  const count = (severity: Finding['severity']) => judged.filter((each) => each.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  return { healthy: errors + warnings === 0, errors, warnings, findings: judged };
}

async function examineSide(
  side: 'A' | 'B',
  { host, port }: Endpoint,
  options: DoctorOptions,
  tell: (found: Finding) => void,
): Promise<void> {
  const { clientId, password = '', sameId = false, tls, peripheralId, protocolVersion, charset, agents = [] } = options;
  const { eventMs = 3_000, limitMs = 5_000, now = Date.now } = options;
  const say = (code: FindingCode, message: string) => tell(finding(side, code, message));
  // The way is told once; an attempt with another version takes the same.
  let isFirst = true;
  const connect = async (): Promise<Exchange | undefined> => {
    const told = isFirst ? tell : () => {};
    isFirst = false;
    const socket = await reach({ side, host, port, tls, limitMs, now: now() }, told);
    return socket === undefined ? undefined : new Exchange(socket, charset);
  };
  const ownId = sameId ? clientId : `${clientId.slice(0, MAX_ID - SUFFIX.length)}${SUFFIX}`;
  const speaksTls = async () =>
    tls === undefined && (await handshakes({ host, port }, Math.min(limitMs, TLS_PROBE_MS)));
  const opened = await openSession(
    { connect, speaksTls },
    { clientId: ownId, password, own: sameId, version: protocolVersion, charset, limitMs },
    say,
  );
  if (opened === undefined) return;
  try {
    await examineSession(opened, { clientId, ownId, peripheralId, agents, eventMs, limitMs, now }, say);
    if (!opened.exchange.closed && opened.exchange.broken === undefined) {
      opened.exchange.send({ type: 'CLOSE_REQ', InvokeID: 4, Status: 0 });
      await opened.exchange.wait(({ type }) => type === 'CLOSE_CONF', Math.min(limitMs, 1_000));
    }
  } finally {
    opened.exchange.close();
  }
}

function isStandby(code: FindingCode): boolean {
  return code === 'not-master' || code === 'cti-server-offline';
}

function noneActive(found: readonly Finding[]): boolean {
  return !found.some(({ code }) => code === 'side-active');
}

function tellPair(found: readonly Finding[], tell: (found: Finding) => void): void {
  const standing = found.filter(({ code }) => code === 'side-standby' || isStandby(code));
  if (noneActive(found) && standing.length === 2)
    tell(finding('A', 'no-active-side', 'neither side of the pair is active'));
}
