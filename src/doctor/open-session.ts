/** Opens a session, trying all versions and sets of services that the CTI Server may accept, and explains failures. */
import {
  bytesOf,
  ConfigMsgMask,
  Limits,
  type MessageInitOf,
  type MessageOf,
  messageName,
  nameOf,
  ServiceMask,
  StatusCode,
} from '../ged188/index.js';
import { Negotiation } from '../server/southbound/opening.js';
import type { Exchange } from './exchange.js';
import type { FindingCode } from './findings.js';

export interface Credentials {
  readonly clientId: string;
  readonly password: string;
}

export interface Opened {
  readonly exchange: Exchange;
  readonly conf: MessageOf<'OPEN_CONF'>;
  readonly version: number;
  readonly asked: number;
  /** The server accepts only what Unified CCX accepts. */
  readonly ccx: boolean;
}

export interface OpenOptions extends Credentials {
  readonly version: number | undefined;
  readonly charset: string | undefined;
  /** The client ID is the user's own. */
  readonly own: boolean;
  readonly limitMs: number;
}

const NONE = 0xffffffff;
const CCX_NEWEST = 18;
const CCX_SERVICES =
  ServiceMask.CTI_SERVICE_ALL_EVENTS |
  ServiceMask.CTI_SERVICE_CLIENT_CONTROL |
  ServiceMask.CTI_SERVICE_CALL_DATA_UPDATE;
/** More than enough attempts for all versions and sets of services. */
const MAX_ATTEMPTS = 80;

/** The way to reach the CTI Server. */
export interface Way {
  /** A connection for an attempt; undefined if it cannot be made. */
  connect(): Promise<Exchange | undefined>;
  /** Whether the port uses TLS, if plain TCP was tried. */
  speaksTls(): Promise<boolean>;
}
type Say = (code: FindingCode, message: string) => void;

/** @returns undefined if no session can be opened; the reason is passed to `say` */
export async function openSession(way: Way, options: OpenOptions, say: Say): Promise<Opened | undefined> {
  const negotiation = new Negotiation(options.version);
  let ccx = false;
  let monitorsClients = true;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const exchange = await way.connect();
    if (exchange === undefined) return undefined;
    const { version, services } = ccx
      ? { version: Math.min(CCX_NEWEST, negotiation.proposal.version), services: CCX_SERVICES }
      : negotiation.proposal;
    // A session that can see other clients shows whether the client ID is in use.
    const asked = monitorsClients && !ccx ? services | ServiceMask.CTI_SERVICE_CLIENT_MONITOR : services;
    exchange.version = version;
    exchange.send(openRequest(options, version, asked, ccx));
    const answer = await exchange.wait(
      ({ type }) => type === 'OPEN_CONF' || type === 'FAILURE_CONF' || type === 'FAILURE_EVENT',
      options.limitMs,
    );
    if (answer?.type === 'OPEN_CONF') return { exchange, conf: answer, version, asked, ccx };
    if (answer === undefined) {
      await explainSilence(exchange, way, options, say);
      exchange.close();
      return undefined;
    }
    exchange.close();
    const status = (answer as { Status?: number }).Status ?? -1;
    if (status === StatusCode.E_CTI_INVALID_PERIPHERAL_ID && !ccx) ccx = true;
    else if (isAboutServices(status) && monitorsClients) monitorsClients = false;
    else if (!negotiation.refused(status)) {
      explainRefusal(status, options, say);
      return undefined;
    }
  }
  say('version-unsupported', 'the CTI Server accepts none of the protocol versions 13 to 25');
  return undefined;
}

function isAboutServices(status: number): boolean {
  return status === StatusCode.E_CTI_INVALID_SERVICE_MASK || status === StatusCode.E_CTI_FUNCTION_NOT_AVAILABLE;
}

function openRequest(options: OpenOptions, version: number, services: number, ccx: boolean): MessageInitOf<'OPEN_REQ'> {
  const configuration = (services & ServiceMask.CTI_SERVICE_CONFIG_EVENTS) !== 0;
  return {
    type: 'OPEN_REQ',
    InvokeID: 1,
    VersionNumber: version,
    IdleTimeout: 60,
    PeripheralID: ccx ? 0 : NONE,
    ServicesRequested: services >>> 0,
    CallMsgMask: 0x00ffffff,
    AgentStateMask: 0x3ff,
    ConfigMsgMask: configuration ? ConfigMsgMask.CONFIG_MSG_SKILL_GROUP_MASK | ConfigMsgMask.CONFIG_MSG_AGENT_MASK : 0,
    ClientID: options.clientId,
    ClientPassword: bytesOf(options.password, options.charset),
    ClientSignature: options.clientId,
  };
}

/** There was no response, or that of another service. */
async function explainSilence(exchange: Exchange, way: Way, { limitMs }: OpenOptions, say: Say): Promise<void> {
  const { head, closed, broken, error } = exchange;
  const protocol = protocolOf(head);
  if (protocol === 'TLS') say('tls-expected', 'the port expects TLS');
  else if (protocol !== undefined)
    say('another-protocol', `the service on this port uses another protocol: ${protocol}`);
  else if (tellCtiData(exchange, limitMs, say)) return;
  else if (broken !== undefined || head.length > 0) {
    say(
      'another-protocol',
      `the service on this port sends data that is not a CTI Server message: ${head.subarray(0, 16).toString('hex')}`,
    );
  } else if (
    /ALERT_(CERTIFICATE|UNKNOWN_CA|BAD_CERTIFICATE)/.test((error as NodeJS.ErrnoException | undefined)?.code ?? '')
  ) {
    say('tls-client-certificate', 'the CTI Server requires a client certificate, or a different one');
  } else if (await way.speaksTls()) say('tls-expected', 'the port expects TLS');
  else if (closed) say('closed-at-once', 'the connection was closed without a response to OPEN_REQ');
  else say('no-cti-answer', `OPEN_REQ was not answered within ${limitMs / 1_000} s`);
}

/** @returns whether the data look like those of a CTI Server */
function tellCtiData({ head, frames, broken, closed }: Exchange, limitMs: number, say: Say): boolean {
  if (broken !== undefined || head.length < 4) return false;
  const size = head.readUInt32BE(0) + 8;
  const type = head.length < 8 ? undefined : messageName(head.readUInt32BE(4));
  if (size > Limits.MAX_MESSAGE_SIZE || (type === undefined && (head.length >= 8 || size === 8))) return false;
  if (frames === 0 && closed)
    say('closed-at-once', 'the connection was closed in the middle of the response to OPEN_REQ');
  else if (frames === 0)
    say('no-cti-answer', `the response to OPEN_REQ was not complete within ${limitMs / 1_000} s: it has ${size} bytes`);
  else if (type === 'OPEN_REQ') say('another-protocol', 'the service on this port sends back what it receives');
  else say('refused-otherwise', `the CTI Server did not respond to OPEN_REQ; it sent ${type}`);
  return true;
}

/** Protocols by their first bytes, as Latin 1. */
const PROTOCOLS: readonly (readonly [RegExp, string])[] = [
  [/^HTTP\//, 'HTTP (a web server)'],
  [/^SSH-/, 'SSH'],
  [/^(220|\+OK|\* OK)/, 'mail or FTP, by its greeting'],
  [/^SIP\/2\.0/, 'SIP'],
  [/^-(ERR|NOAUTH|DENIED)/, 'Redis'],
  [/^INFO \{/, 'NATS'],
  [/^.{4}\n\d+\.\d/s, 'MySQL'],
  [/^\xff[\xfb-\xfe]/, 'Telnet'],
];

function protocolOf(head: Buffer): string | undefined {
  const text = head.toString('latin1');
  // A TLS alert: its type and the major version.
  if (head[0] === 0x15 && head[1] === 0x03) return 'TLS';
  // A TPKT header.
  if (head[0] === 0x03 && head[1] === 0 && head[2] === 0) return 'Remote Desktop or H.323';
  return PROTOCOLS.find(([beginning]) => beginning.test(text))?.[1];
}

function explainRefusal(status: number, { own, clientId, version }: OpenOptions, say: Say): void {
  const name = nameOf(StatusCode, status) ?? `status ${status}`;
  switch (status) {
    case StatusCode.E_CTI_INVALID_VERSION:
    case StatusCode.E_CTI_INVALID_MSG_TYPE_FOR_VERSION:
      if (version === undefined)
        say('version-unsupported', 'the CTI Server accepts none of the protocol versions 13 to 25');
      else say('version-not-spoken', `the CTI Server does not support protocol version ${version}`);
      return;
    case StatusCode.E_CTI_INVALID_PASSWORD:
      if (own) say('password-refused', `the CTI Server refused the client ID "${clientId}" or its password`);
      else
        say(
          'test-id-refused',
          `the CTI Server refused the client ID "${clientId}" or the password; the check uses this ID so that it does not end your session`,
        );
      return;
    case StatusCode.E_CTI_SERVER_NOT_MASTER:
    case StatusCode.E_CTI_INVALID_CLIENT_FOR_STANDBY:
      say('not-master', `this side is not the active one (${name})`);
      return;
    case StatusCode.E_CTI_CTI_SERVER_OFFLINE:
      say('cti-server-offline', `the CTI Server reports that it is offline (${name})`);
      return;
    case StatusCode.E_CTI_SERVER_IN_MAINTENANCE_MODE:
      say('in-maintenance', `the CTI Server is in maintenance (${name})`);
      return;
    case StatusCode.E_CTI_INVALID_SERVICE_MASK:
    case StatusCode.E_CTI_FUNCTION_NOT_AVAILABLE:
      say('services-essential', `the CTI Server grants no sufficient set of services (${name})`);
      return;
    default:
      say('refused-otherwise', `the CTI Server refused the session: ${name}`);
  }
}
