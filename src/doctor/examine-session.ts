/** Examines an open session: role, services, gateway, peripherals, clock, round trip, agents, events, clients, unexpected messages. */
import {
  ConfigMsgMask,
  type Message,
  type MessageOf,
  NULL_PERIPHERAL_ID,
  nameOf,
  PGStatus,
  ServiceMask,
  SessionType,
  StatusCode,
  SystemEventID,
} from '../ged188/index.js';
import type { Exchange } from './exchange.js';
import type { FindingCode } from './findings.js';
import type { Opened } from './open-session.js';
import { isCcx, releaseOf } from './releases.js';

export interface SessionQuestions {
  /** Client ID that the user's own client uses. */
  readonly clientId: string;
  /** Client ID of this session; a different one, unless the same ID was requested. */
  readonly ownId: string;
  readonly peripheralId: number | undefined;
  readonly agents: readonly string[];
  /** How long to wait for events. */
  readonly eventMs: number;
  readonly limitMs: number;
  readonly now: () => number;
}

type Say = (code: FindingCode, message: string) => void;

const ESSENTIAL =
  ServiceMask.CTI_SERVICE_ALL_EVENTS |
  ServiceMask.CTI_SERVICE_CLIENT_CONTROL |
  ServiceMask.CTI_SERVICE_CALL_DATA_UPDATE;
const MAX_CLOCK_MS = 60_000;
const LONG_ROUND_TRIP_MS = 500;
/** Messages that do not count as events of the contact center. */
const HOUSEKEEPING = /^(SYSTEM_EVENT|CLIENT_SESSION_|CONFIG_|AGENT_TEAM_CONFIG_EVENT|HEARTBEAT_|FAILURE_)/;
const MAX_ODDITIES = 5;

export async function examineSession(opened: Opened, questions: SessionQuestions, say: Say): Promise<void> {
  const { exchange, conf, version } = opened;
  say('cti-server-answers', 'OPEN_REQ was answered');
  say('version-negotiated', `protocol version ${version}`);
  say('credentials-accepted', `client ID "${questions.ownId}" was accepted`);
  const cut = [...exchange.report.oddities].find(
    ({ kind, message }) => kind === 'short-fixed-part' && message === 'OPEN_CONF',
  );
  if (cut !== undefined) {
    // What it does not say would be read as zeros, and be mistaken for a state of the gateway.
    say('answer-odd', `OPEN_CONF has ${cut.value} bytes, fewer than protocol version ${version} requires`);
    return;
  }
  tellRole(conf, say);
  tellServices(opened, say);
  tellGateway(conf, say);
  tellFamily(opened, say);
  tellClock(conf, questions.now(), say);
  await tellRoundTrip(exchange, questions, say);
  const standsBy = conf.SessionType === SessionType.STANDBY;
  const known = standsBy ? [] : await readAgents(opened, questions);
  if (!standsBy) {
    await tellAgents(opened, questions, known, say);
    await tellEvents(exchange, questions, say);
  }
  const messages = exchange.take();
  tellPeripherals(conf, messages, questions, say);
  tellClients(opened, messages, questions, say);
  tellMessages(exchange, say);
}

function tellRole(conf: MessageOf<'OPEN_CONF'>, say: Say): void {
  if (conf.SessionType === SessionType.STANDBY) say('side-standby', 'this side is on standby');
  else say('side-active', 'this side is active');
}

function tellServices({ conf, asked, ccx }: Opened, say: Say): void {
  const refused = asked & ~conf.ServicesGranted & ~ServiceMask.CTI_SERVICE_CLIENT_MONITOR;
  const missing = bits(ServiceMask, refused);
  if (conf.SessionType === SessionType.STANDBY || missing.length === 0)
    say('services-granted', bits(ServiceMask, conf.ServicesGranted).join(', ') || 'none were listed');
  else if (refused & ESSENTIAL) say('services-essential', `not granted: ${missing.join(', ')}`);
  else if (ccx) say('services-granted', `granted, except for ${missing.join(', ')}`);
  else say('services-missing', `not granted: ${missing.join(', ')}`);
}

function tellGateway({ PGStatus: status, PeripheralType }: MessageOf<'OPEN_CONF'>, say: Say): void {
  // Unified CCX has its own states in this field.
  if (isCcx(PeripheralType)) return;
  if (status & PGStatus.PGS_OPC_DOWN) say('opc-down', 'the Open Peripheral Controller of the gateway is down');
  else if (status & PGStatus.PGS_CC_DOWN)
    say('controller-down', 'the gateway has no connection to the central controller');
  else if (status & PGStatus.PGS_CTI_SERVER_OFFLINE)
    say('cti-server-offline', 'the CTI Server reports that it is offline');
  else if (status & PGStatus.PGS_LIMITED_FUNCTION) say('limited-function', 'the gateway has limited function');
  else say('gateway-fine', 'the peripheral gateway is fully operational');
}

function tellFamily({ conf, version, ccx }: Opened, say: Say): void {
  if (ccx || isCcx(conf.PeripheralType)) say('family-ccx', `this looks like Unified CCX, protocol version ${version}`);
  else say('family-cce', `this looks like ${releaseOf(version)}`);
}

function tellClock({ ICMCentralControllerTime: seconds }: MessageOf<'OPEN_CONF'>, now: number, say: Say): void {
  if (seconds === undefined || seconds === 0) return;
  const differs = seconds * 1_000 - now;
  const apart = Math.round(Math.abs(differs) / 1_000);
  const how = `is ${apart} s ${differs < 0 ? 'behind' : 'ahead of'} this machine`;
  const words = `the central controller's clock ${apart === 0 ? "agrees with this machine's" : how}`;
  say(Math.abs(differs) > MAX_CLOCK_MS ? 'clock-differs' : 'clock-agrees', words);
}

async function tellRoundTrip(exchange: Exchange, { limitMs }: SessionQuestions, say: Say): Promise<void> {
  const before = performance.now();
  exchange.send({ type: 'HEARTBEAT_REQ', InvokeID: 2 });
  const answer = await exchange.wait(({ type }) => type === 'HEARTBEAT_CONF', limitMs);
  const ms = Math.round(performance.now() - before);
  if (answer === undefined && exchange.over) return;
  if (answer === undefined) say('heartbeat-unanswered', `a heartbeat was not answered within ${limitMs / 1_000} s`);
  else if (ms > LONG_ROUND_TRIP_MS) say('round-trip-long', `${ms} ms`);
  else say('round-trip-short', `${ms} ms`);
}

interface KnownAgent {
  readonly peripheralId: number;
  readonly agentId: string;
}

/** Configured agents, if the CTI Server reports them. */
async function readAgents(
  { exchange, conf, version, ccx }: Opened,
  { limitMs, peripheralId }: SessionQuestions,
): Promise<KnownAgent[]> {
  const tells = (conf.ServicesGranted & ServiceMask.CTI_SERVICE_CONFIG_EVENTS) !== 0;
  if (!tells || version < 19 || ccx) return [];
  const item = ConfigMsgMask.CONFIG_MSG_AGENT_MASK;
  exchange.send({
    type: 'CONFIG_REQUEST_EVENT',
    ConfigInformation: item,
    ConfigMsgMask: 0xffffffff,
    PeripheralID: peripheralId ?? firstPeripheral(conf),
  });
  const agents: KnownAgent[] = [];
  for (;;) {
    const message = await exchange.wait(
      ({ type }) => type === 'CONFIG_AGENT_EVENT' || type === 'CONFIG_END_EVENT',
      limitMs,
    );
    if (message?.type !== 'CONFIG_AGENT_EVENT') return agents;
    agents.push(...agentsIn(message));
  }
}

function agentsIn({ Records }: MessageOf<'CONFIG_AGENT_EVENT'>): KnownAgent[] {
  return Records.flatMap(({ LoginID: agentId, FltPeripheralID: peripheralId = 0 }) =>
    agentId === undefined || agentId === '' ? [] : [{ agentId, peripheralId }],
  );
}

async function tellAgents(
  { exchange, conf }: Opened,
  { agents, peripheralId, limitMs }: SessionQuestions,
  known: readonly KnownAgent[],
  say: Say,
): Promise<void> {
  const named = agents.map((agentId) => ({ agentId, peripheralId: peripheralId ?? firstPeripheral(conf) }));
  const [agent] = [...named, ...known];
  if (agent === undefined) {
    say('agents-none', 'the CTI Server lists no agents');
    return;
  }
  exchange.send({
    type: 'QUERY_AGENT_STATE_REQ',
    InvokeID: 3,
    PeripheralID: agent.peripheralId,
    AgentID: agent.agentId,
  });
  const answer = await exchange.wait(
    (message) => message.type === 'QUERY_AGENT_STATE_CONF' || (message as { InvokeID?: number }).InvokeID === 3,
    limitMs,
  );
  if (answer === undefined && exchange.over) return;
  if (answer === undefined)
    say('agents-unanswered', `QUERY_AGENT_STATE_REQ was not answered within ${limitMs / 1_000} s`);
  else if (answer.type === 'QUERY_AGENT_STATE_CONF')
    say(
      'agents-readable',
      `${known.length > 0 ? `${known.length} agents are listed; ` : ''}the state of an agent can be read`,
    );
  else tellRefusedAgent(answer, agent, agents.length > 0, say);
}

function tellRefusedAgent(answer: Message, { agentId, peripheralId }: KnownAgent, named: boolean, say: Say): void {
  const status = (answer as { Status?: number }).Status;
  const name = status === undefined ? answer.type : (nameOf(StatusCode, status) ?? `status ${status}`);
  if (status === StatusCode.E_CTI_INVALID_PERIPHERAL_ID)
    say('peripheral-unknown', `the CTI Server has no peripheral ${peripheralId}`);
  else if (named && (status === StatusCode.E_CTI_INVALID_AGENT_DATA || answer.type === 'CONTROL_FAILURE_CONF'))
    say('agent-unknown', `the CTI Server has no agent ${agentId} on peripheral ${peripheralId} (${name})`);
  else say('agents-refused', `the state of an agent cannot be read: ${name}`);
}

function firstPeripheral(conf: MessageOf<'OPEN_CONF'>): number {
  return conf.Peripherals[0]?.FltPeripheralID ?? NULL_PERIPHERAL_ID;
}

async function tellEvents(exchange: Exchange, { eventMs }: SessionQuestions, say: Say): Promise<void> {
  const dismissal = ({ type }: Message) => type === 'FAILURE_EVENT';
  const event = await exchange.wait(
    (message) => dismissal(message) || (!HOUSEKEEPING.test(message.type) && message.type.endsWith('_EVENT')),
    eventMs,
  );
  if (event?.type === 'FAILURE_EVENT') {
    const name = nameOf(StatusCode, event.Status) ?? `status ${event.Status}`;
    if (event.Status === StatusCode.E_CTI_NEW_SESSION_OPENED)
      say('id-fought-for', `another client opened a session with the same ID, which ended this one (${name})`);
    else say('session-lost', `the CTI Server ended the session: ${name}`);
  } else if (exchange.broken === undefined && exchange.closed)
    say('session-lost', 'the connection was closed during the session');
  else if (event === undefined)
    say('events-none', `no call or agent event within ${eventMs / 1_000} s; perhaps there was no activity`);
  else say('events-flow', `events arrive: ${event.type}`);
}

function tellPeripherals(
  conf: MessageOf<'OPEN_CONF'>,
  messages: readonly Message[],
  { peripheralId }: SessionQuestions,
  say: Say,
): void {
  if (conf.SessionType === SessionType.STANDBY) return;
  const listed = conf.Peripherals.flatMap(({ FltPeripheralID: id }) => (id === undefined ? [] : [id]));
  if (
    peripheralId !== undefined &&
    listed.length > 0 &&
    !listed.includes(peripheralId) &&
    !isCcx(conf.PeripheralType)
  ) {
    say('peripheral-unknown', `the CTI Server has no peripheral ${peripheralId}; it has ${listed.join(', ')}`);
    return;
  }
  const offline = messages.flatMap((message) =>
    message.type === 'SYSTEM_EVENT' && message.SystemEventID === SystemEventID.SYS_PERIPHERAL_OFFLINE
      ? [message.SystemEventArg1]
      : [],
  );
  const wanted = peripheralId === undefined ? offline : offline.filter((id) => id === peripheralId);
  const down =
    wanted.length > 0 ||
    (peripheralId === undefined && !conf.PeripheralOnline) ||
    (offline.length === 0 && (conf.PGStatus & PGStatus.PGS_PERIPHERAL_OFFLINE) !== 0 && !isCcx(conf.PeripheralType));
  if (down)
    say('peripheral-offline', `offline: ${wanted.length > 0 ? wanted.join(', ') : 'a peripheral of this gateway'}`);
  else say('peripheral-online', listed.length === 0 ? 'online' : `online: ${listed.join(', ')}`);
}

function tellClients(
  { conf, ccx }: Opened,
  messages: readonly Message[],
  { clientId, ownId }: SessionQuestions,
  say: Say,
): void {
  if (ccx || !(conf.ServicesGranted & ServiceMask.CTI_SERVICE_CLIENT_MONITOR)) {
    say('clients-unknown', 'the CTI Server does not report other clients');
    return;
  }
  const others = messages.filter((message) => message.type === 'CLIENT_SESSION_OPENED_EVENT');
  const same = others.find((other) => other.ClientID === clientId && other.ClientID !== ownId);
  const all = others.filter(({ ServicesGranted }) => ServicesGranted & ServiceMask.CTI_SERVICE_ALL_EVENTS).length + 1;
  const clients = `${all} all-events sessions on this CTI Server, including this one`;
  if (same === undefined) say('id-free', `no other session uses "${clientId}"; ${clients}`);
  else say('id-in-use', `a session from ${same.ClientAddress} uses "${clientId}" and was left running; ${clients}`);
}

function tellMessages(exchange: Exchange, say: Say): void {
  if (exchange.broken !== undefined) {
    say('messages-broken', `invalid data was received during the session: ${exchange.broken}`);
    return;
  }
  const odd = [...exchange.report.oddities];
  if (odd.length === 0) say('messages-understood', `${exchange.frames} messages, all understood`);
  else {
    const shown = odd.slice(0, MAX_ODDITIES).map(({ kind, message, field }) => `${kind} ${message} ${field}`.trim());
    say('messages-odd', `${odd.length} kinds of unexpected data: ${shown.join('; ')}`);
  }
}

function bits(mask: Readonly<Record<string, number>>, value: number): string[] {
  return Object.entries(mask)
    .filter(([, bit]) => bit !== 0 && (value & bit) === bit)
    .map(([name]) => name);
}
