/**
 * The settings of a `ctios-session`, read once from its saved form into typed, frozen data. What is missing or wrong is
 * said in a sentence, before anything is opened. Secrets are in here: never show, log or export the result.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import type { NodeDef } from 'node-red';
import type { AgentArgs } from '../../../src/cil/index.js';
import { systemClock } from '../../../src/common/clock.js';
import { CtiosError, parseFilter } from '../../../src/ctios/index.js';
import { Mask } from '../../../src/ctios/mask.js';
import { checkCharset } from '../../../src/embedded.js';
import { nameProblem } from '../../../src/stream/index.js';
import { number } from '../message/numbers.js';
import { isOn, missingVariable, text, whole } from '../message/saved-values.js';
import type { WhenBehind } from './event-outlet.js';
import { readHost } from './hosts.js';
import { listsFile, OwnLists, parseSiteLists } from './own-lists.js';

/** The saved form; all texts, as the editor keeps them. */
export interface SessionDef extends NodeDef {
  connect: 'simulator' | 'ctiserver' | 'ctios-server' | 'nats';
  scenario: string;
  agents: string | number;
  traffic: string;
  profile?: string;
  /** Whether the last frames are recorded; absent in flows of earlier versions. */
  recording?: string;
  /** Recording that is played in place of the simulated contact center, and how fast. */
  replay?: string;
  replaySpeed?: string | number;
  seed: string | number;
  hostA: string;
  portA: string | number;
  hostB: string;
  portB: string | number;
  peripheralId: string | number;
  clientId: string;
  protocol: string | number;
  /** Encoding of text outside ASCII; blank: Latin 1. */
  charset: string;
  tls: string;
  agentIds: string;
  urlA: string;
  urlB: string;
  /** NATS servers, separated by commas. */
  natsServers: string;
  natsSite: string;
  natsGroup: string;
  natsUser: string;
  /** Path of a credentials file of NATS. */
  natsCredentials: string;
  mode: 'monitor' | 'agent';
  filter: string;
  snapshot: boolean;
  allowControl: boolean;
  agentId: string;
  agentInstrument: string;
  agentLogin: boolean;
  /** Keywords that are masked wherever somebody only looks. */
  masked: string;
  /** Own reasons and wrap-up texts, as JSON. */
  lists: string;
  /** The same in a file. */
  listsFile: string;
  /** What happens while flows are slower than events: `hold` or `drop`. */
  whenBehind: string;
}
export interface SessionCredentials {
  clientPassword?: string;
  /** What a `ctios-server` asks for monitor mode. */
  monitorPassword?: string;
  natsPassword?: string;
  agentPassword?: string;
}

/** What a `tls-config` node of Node-RED holds. */
export interface TlsSettings {
  /** Id of that node: tells these options from others. */
  readonly id: string;
  readonly options: ConnectionOptions;
}

const TRAFFIC = ['off', 'gentle', 'steady', 'rush'] as const;
export type Traffic = (typeof TRAFFIC)[number];

const PROFILES = ['standard', 'real-site'] as const;
type SiteProfile = (typeof PROFILES)[number];

const RECORDINGS = ['off', 'on', 'on-fault'] as const;
type Recorded = Exclude<(typeof RECORDINGS)[number], 'off'>;

export interface SimulatorTarget {
  readonly kind: 'simulator';
  readonly recording?: Recorded;
  readonly scenario?: string;
  readonly agents: number;
  readonly traffic: Traffic;
  readonly seed: number;
  readonly profile?: SiteProfile;
  /** A recording that is played in its place. */
  readonly replay?: { readonly file: string; readonly speed: number | 'stepped' };
}
export interface CtiServerTarget {
  readonly kind: 'ctiserver';
  /** What of the link is kept for a recording; absent: nothing. */
  readonly recording?: Recorded;
  readonly a: { readonly host: string; readonly port: number };
  readonly b?: { readonly host: string; readonly port: number };
  readonly peripheralId: number;
  readonly clientId: string;
  readonly clientPassword: string;
  /** Highest protocol version to offer; absent: the highest we know. */
  readonly protocol?: number;
  /** Encoding of text outside ASCII on the wire; absent: Latin 1. */
  readonly charset?: string;
  readonly tls?: TlsSettings;
  /** Agents to ask for at a cold start, which a CTI Server does not list. */
  readonly agentIds: readonly string[];
}
export interface CtiosServerTarget {
  readonly kind: 'ctios-server';
  readonly urls: readonly [string] | readonly [string, string];
  /** What the server asks for monitor mode, where it does. */
  readonly password?: string;
  readonly tls?: TlsSettings;
}
/** An event stream, and a `ctios-server` for requests where there is one. */
export interface NatsTarget {
  readonly kind: 'nats';
  readonly servers: readonly string[];
  readonly site: string;
  /** Readers of one group share the work: each event is for one of them. */
  readonly group: string;
  readonly user?: string;
  readonly natsPassword?: string;
  readonly credentials?: string;
  /** For NATS and for the ctios-server. */
  readonly tls?: TlsSettings;
  readonly urls: readonly string[];
  readonly password?: string;
}
export type Target = SimulatorTarget | CtiServerTarget | CtiosServerTarget | NatsTarget;

export type Mode =
  | { readonly mode: 'monitor'; readonly filter: string; readonly snapshot: boolean; readonly control: boolean }
  | { readonly mode: 'agent'; readonly agent: AgentArgs; readonly login: boolean };

export interface SessionSettings {
  readonly target: Target;
  readonly mode: Mode;
  /** The peripheral meant where a message names an agent without one. */
  readonly peripheralId?: string;
}

/** Peripheral of every simulated contact center. */
const SIMULATED_PERIPHERAL = 5000;
const MAX_AGENTS = 24_000;

/** @throws CtiosError CTIOS_BAD_SETTINGS or CTIOS_INVALID_FILTER, with a sentence for the user */
export function readSettings(def: SessionDef, credentials: SessionCredentials, tls?: TlsSettings): SessionSettings {
  refuseMissingVariables(def, { ...def, ...credentials });
  const target = targetOf(def, credentials, tls);
  const peripheral = target.kind === 'simulator' ? String(SIMULATED_PERIPHERAL) : text(def.peripheralId) || undefined;
  return Object.freeze({ target, mode: modeOf(def, credentials, target, peripheral), peripheralId: peripheral });
}

/**
 * Not one of the settings that make a session what it is: it may change while the session goes on.
 * @throws CtiosError CTIOS_BAD_SETTINGS: rather no session than one that shows what it should not
 */
export function readMask(def: SessionDef): Mask {
  try {
    return new Mask(text(def.masked));
  } catch (error) {
    throw bad(`Masked keywords: ${(error as Error).message}`);
  }
}

/**
 * Own reasons and wrap-up texts; these, too, may change while the session goes on.
 * @throws CtiosError CTIOS_BAD_LISTS
 */
export function readLists(def: SessionDef, userDir: string | undefined, report: (error: Error) => void): OwnLists {
  return new OwnLists(
    parseSiteLists(text(def.lists)),
    listsFile(text(def.listsFile), userDir),
    () => systemClock.monotonic(),
    report,
  );
}

/** What makes two sessions the same: equal digests, equal settings, secrets included. Safe to keep, not to show. */
export function settingsKey(settings: SessionSettings): string {
  return createHash('sha256').update(JSON.stringify(settings)).digest('hex');
}

function targetOf(def: SessionDef, credentials: SessionCredentials, tls: TlsSettings | undefined): Target {
  switch (def.connect) {
    case 'ctiserver':
      return ctiServerOf(def, credentials, tls);
    case 'ctios-server':
      return ctiosServerOf(def, credentials, tls);
    case 'nats':
      return natsOf(def, credentials, tls);
    default: {
      const scenario = text(def.scenario);
      const profile = profileOf(def.profile);
      return {
        kind: 'simulator',
        ...(scenario === '' ? {} : { scenario }),
        agents: number(def.agents, 20, 1, MAX_AGENTS),
        traffic: trafficOf(def.traffic),
        seed: number(def.seed, 1, 0, 2 ** 32 - 1),
        ...(profile === undefined ? {} : { profile }),
        ...recordingOf(def.recording),
        ...replayOf(def),
      };
    }
  }
}

function ctiServerOf(def: SessionDef, credentials: SessionCredentials, tls: TlsSettings | undefined): Target {
  const a = side('A', def.hostA, def.portA);
  const b = side('B', def.hostB, def.portB);
  if (a === undefined && b === undefined) throw bad('Give the host of the CTI Server.');
  const clientId = text(def.clientId);
  if (clientId === '') throw bad('Give the client ID under which the CTI Server shall know this session.');
  const peripheralId = whole(def.peripheralId);
  if (peripheralId === undefined) throw bad('Give the peripheral ID: a number, such as 5000.');
  const protocol = whole(def.protocol);
  const charset = charsetNamed(text(def.charset));
  return {
    kind: 'ctiserver',
    a: (a ?? b)!,
    ...(a === undefined || b === undefined ? {} : { b }),
    peripheralId,
    clientId,
    clientPassword: credentials.clientPassword ?? '',
    ...(protocol === undefined ? {} : { protocol }),
    ...(charset === undefined ? {} : { charset }),
    ...(tls === undefined ? {} : { tls }),
    ...recordingOf(def.recording),
    agentIds: list(def.agentIds),
  };
}

function natsOf(def: SessionDef, credentials: SessionCredentials, tls: TlsSettings | undefined): Target {
  const servers = list(def.natsServers);
  if (servers.length === 0) throw bad('Give the NATS servers, such as nats://localhost:4222.');
  for (const server of servers) {
    if (server.includes('@')) throw bad('A user or password does not belong in the address of a NATS server.');
    if (!/^(nats|tls):\/\/[^/\s]+$/i.test(server))
      throw bad(`"${server}" is not the address of a NATS server: it begins with nats:// or tls://.`);
  }
  const [site, group] = [text(def.natsSite), text(def.natsGroup)];
  for (const [field, name] of Object.entries({ Site: site, Group: group })) {
    const problem = nameProblem(name);
    if (problem !== undefined) throw bad(`${field}: ${problem}.`);
  }
  const urls = urlsOf(def);
  if (def.mode === 'agent' && urls.length === 0)
    throw bad('Agent mode needs a ctios-server: an event stream carries events only. Give its URL.');
  const user = text(def.natsUser);
  return {
    kind: 'nats',
    servers,
    site,
    group,
    ...(user === '' ? {} : { user }),
    ...(credentials.natsPassword ? { natsPassword: credentials.natsPassword } : {}),
    ...credentialsIn(text(def.natsCredentials)),
    ...(tls === undefined ? {} : { tls }),
    urls,
    ...(credentials.monitorPassword ? { password: credentials.monitorPassword } : {}),
  };
}

/** What a credentials file of NATS holds. */
function credentialsIn(file: string): { credentials?: string } {
  if (file === '') return {};
  try {
    return { credentials: readFileSync(file, 'utf8') };
  } catch (error) {
    throw bad(`The NATS credentials file cannot be read: ${(error as Error).message}.`);
  }
}

function urlsOf(def: SessionDef): string[] {
  const urls = [def.urlA, def.urlB].map(text).filter((url) => url !== '');
  for (const url of urls) {
    if (!/^wss?:\/\/[^/\s]+/i.test(url)) throw bad(`"${url}" is no WebSocket URL: it begins with ws:// or wss://.`);
  }
  return urls;
}

function ctiosServerOf(def: SessionDef, credentials: SessionCredentials, tls: TlsSettings | undefined): Target {
  const urls = urlsOf(def);
  if (urls.length === 0) throw bad('Give the URL of the ctios-server, such as ws://localhost:42028.');
  return {
    kind: 'ctios-server',
    urls: urls as [string] | [string, string],
    ...(credentials.monitorPassword ? { password: credentials.monitorPassword } : {}),
    ...(tls === undefined ? {} : { tls }),
  };
}

function trafficOf(value: unknown): Traffic {
  const given = text(value) || 'gentle';
  const known = TRAFFIC.find((each) => each === given);
  if (known === undefined) throw bad(`"${given}" is no amount of traffic: it is one of ${TRAFFIC.join(', ')}.`);
  return known;
}

/** Blank and `standard` are the same center. */
function profileOf(value: unknown): SiteProfile | undefined {
  const given = text(value) || 'standard';
  const known = PROFILES.find((each) => each === given);
  if (known === undefined) throw bad(`"${given}" is not a profile of a site: it is one of ${PROFILES.join(', ')}.`);
  return known === 'standard' ? undefined : known;
}

function replayOf({ replay, replaySpeed }: SessionDef): Pick<SimulatorTarget, 'replay'> {
  const file = text(replay);
  if (file === '') return {};
  const given = text(replaySpeed) || '1';
  const speed = given === 'stepped' ? given : Number(given);
  if (typeof speed === 'number' && !(speed >= 0.01 && speed <= 1_000))
    throw bad(`"${given}" is not a speed of a recording: it is a number from 0.01 to 1000, or stepped.`);
  return { replay: { file, speed } };
}

function recordingOf(value: unknown): { recording?: Recorded } {
  const given = text(value) || 'off';
  const known = RECORDINGS.find((each) => each === given);
  if (known === undefined) throw bad(`"${given}" is not a way to record: it is one of ${RECORDINGS.join(', ')}.`);
  return known === 'off' ? {} : { recording: known };
}

function modeOf(
  def: SessionDef,
  credentials: SessionCredentials,
  target: Target,
  peripheral: string | undefined,
): Mode {
  if (def.mode !== 'agent') {
    const filter = text(def.filter);
    checkMessageFilter(filter);
    // Our extension: a lab may be controlled from the start, a real contact center only when the user says so.
    const control = target.kind === 'simulator' || isOn(def.allowControl);
    return { mode: 'monitor', filter, snapshot: isOn(def.snapshot, true), control };
  }
  const agentId = text(def.agentId);
  if (agentId === '') throw bad('Give the agent ID of the agent mode.');
  if (peripheral === undefined) throw bad('Give the peripheral ID of the agent.');
  const agent: AgentArgs = { AgentID: agentId, PeripheralID: Number(peripheral) };
  const instrument = text(def.agentInstrument);
  if (instrument !== '') agent.AgentInstrument = instrument;
  if (credentials.agentPassword) agent.AgentPassword = credentials.agentPassword;
  return { mode: 'agent', agent, login: isOn(def.agentLogin) };
}

/** Refused here, not by the server: a client of the guide may rely on what is ignored, a dialog must not mislead. */
function checkMessageFilter(filter: string): void {
  const [discarded] = parseFilter(filter).discarded;
  if (discarded === undefined) return;
  throw new CtiosError(
    'CTIOS_INVALID_FILTER',
    `Message filter: CTI OS ignores what follows the "*" in "${discarded}". End the value at the "*", or filter in the event node, which matches such a value as written.`,
  );
}

function side(name: string, host: unknown, port: unknown): { host: string; port: number } | undefined {
  const typed = text(host);
  if (typed === '') return undefined;
  let found: string;
  try {
    found = readHost(typed);
  } catch (error) {
    throw bad(`Host of side ${name}: ${(error as Error).message}.`);
  }
  const number = whole(port);
  if (number === undefined || number < 1 || number > 65535)
    throw bad(`The port of side ${name} is a number up to 65535.`);
  return { host: found, port: number };
}

function charsetNamed(name: string): string | undefined {
  if (name === '') return undefined;
  try {
    checkCharset(name);
  } catch (error) {
    throw bad(`Character encoding: ${(error as Error).message}`);
  }
  return name;
}

/** A variable that nobody has set stays in the text, and would be looked up as a host or sent as a password. */
function refuseMissingVariables({ connect, mode }: SessionDef, values: Readonly<Record<string, unknown>>): void {
  for (const field of [...(FIELDS_OF_TARGET[connect] ?? []), ...(FIELDS_OF_MODE[mode] ?? [])]) {
    const name = missingVariable(values[field]);
    if (name !== undefined) throw bad(`The environment variable ${name} is not set (${field}).`);
  }
}

/** What is read for each way to connect and each mode; the rest of a dialog may hold anything. */
const FIELDS_OF_TARGET: Readonly<Record<string, readonly string[]>> = {
  simulator: ['scenario', 'agents', 'traffic', 'seed', 'profile', 'recording', 'replay', 'replaySpeed'],
  ctiserver: [
    ...['hostA', 'portA', 'hostB', 'portB', 'clientId', 'clientPassword'],
    ...['peripheralId', 'protocol', 'charset', 'agentIds', 'recording'],
  ],
  'ctios-server': ['urlA', 'urlB', 'peripheralId', 'monitorPassword'],
  nats: [
    ...['natsServers', 'natsSite', 'natsGroup', 'natsUser', 'natsPassword', 'natsCredentials'],
    ...['urlA', 'urlB', 'peripheralId', 'monitorPassword'],
  ],
};
const FIELDS_OF_MODE: Readonly<Record<string, readonly string[]>> = {
  monitor: ['filter', 'snapshot', 'allowControl'],
  agent: ['agentId', 'agentInstrument', 'agentPassword', 'agentLogin'],
};

/** What a session does with events that its flows have no time for. Not part of what makes a session another session. */
export function readWhenBehind({ whenBehind }: SessionDef): WhenBehind {
  return whenBehind === 'drop' ? 'drop' : 'hold';
}

function bad(message: string): CtiosError {
  return new CtiosError('CTIOS_BAD_SETTINGS', message);
}

/** Texts separated by commas, blanks or lines. */
function list(value: unknown): string[] {
  return text(value)
    .split(/[\s,;]+/)
    .filter((each) => each !== '');
}
