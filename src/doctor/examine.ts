/** Examines a CTI Server, or a pair of them, without disturbing existing sessions. */
import type { ConnectionOptions } from 'node:tls';
import type { Endpoint } from '../common/network/byte-stream.js';
import { examineSession } from './examine-session.js';
import { Exchange } from './exchange.js';
import { type Finding, type FindingCode, finding } from './findings.js';
import { openSession } from './open-session.js';
import { handshakes, reach } from './reach.js';

export interface DoctorOptions {
  readonly sides: { readonly A: Endpoint; readonly B?: Endpoint | undefined };
  readonly clientId: string;
  readonly password?: string | undefined;
  /** Uses the client ID itself, which disconnects a session that uses it. Default: the ID with `-doctor` appended. */
  readonly sameId?: boolean | undefined;
  readonly tls?: ConnectionOptions | undefined;
  readonly peripheralId?: number | undefined;
  readonly protocolVersion?: number | undefined;
  readonly charset?: string | undefined;
  /** Agents, of which the first one is queried. Default: the first one that the CTI Server lists. */
  readonly agents?: readonly string[] | undefined;
  /** How long to wait for events, in milliseconds. Default: 3,000. */
  readonly eventMs?: number | undefined;
  /** Timeout of each connection and each response, in milliseconds. Default: 5,000. */
  readonly limitMs?: number | undefined;
  readonly now?: (() => number) | undefined;
  /** Receives each finding as soon as it is made. */
  readonly tell?: ((found: Finding) => void) | undefined;
}

export interface Examination {
  /** No errors and no warnings. */
  readonly healthy: boolean;
  readonly errors: number;
  readonly warnings: number;
  readonly findings: readonly Finding[];
}

/** A TLS server responds immediately. */
const TLS_PROBE_MS = 2_000;
const SUFFIX = '-doctor';
/** Maximum length of a client ID, without the terminating null. */
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
    tell(finding('A', 'not-master', 'this side is on standby, and the other side was not specified'));
  // In a pair, one side is expected not to be active.
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
  // The path is reported only once; attempts with other versions use the same one.
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
    const { misdirected } = opened.exchange;
    if (misdirected.length > 0) say('answer-odd', misdirected.join('; '));
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
