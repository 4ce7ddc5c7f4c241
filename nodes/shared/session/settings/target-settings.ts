/** The target of a session, read from its saved form. */

import { CtiosError } from '../../../../src/ctios/index.js';
import { checkCharset } from '../../../../src/embedded.js';
import { isOn, text, whole } from '../../message/saved-values.js';
import { readClientId } from './client-id.js';
import { readHost, webSocketProblem } from './hosts.js';
import { brokerOf, nameIn } from './nats-broker.js';
import {
  PROFILES,
  RECORDINGS,
  type Recorded,
  type SessionCredentials,
  type SessionDef,
  type SimulatorTarget,
  type SiteProfile,
  type Target,
  TRAFFIC,
  type Traffic,
} from './session-definition.js';
import type { TlsChosen, TlsSettings } from './tls.js';

const MAX_AGENTS = 24_000;
const MAX_UINT = 2 ** 32 - 1;
const MAX_PORT = 65_535;
/** Protocol versions that a session may ask for. */
const PROTOCOL = { oldest: 13, newest: 25 } as const;

export function targetOf(def: SessionDef, credentials: SessionCredentials, { tls, natsTls }: TlsChosen): Target {
  switch (def.connect) {
    case 'ctiserver':
      return ctiServerOf(def, credentials, { tls, natsTls });
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
        agents: wholeIn('The number of agents', def.agents, 1, MAX_AGENTS) ?? 20,
        traffic: trafficOf(def.traffic),
        seed: wholeIn('The seed', def.seed, 0, MAX_UINT) ?? 1,
        ...(profile === undefined ? {} : { profile }),
        ...recordingOf(def.recording),
        ...replayOf(def),
      };
    }
  }
}

function ctiServerOf(def: SessionDef, credentials: SessionCredentials, { tls, natsTls }: TlsChosen): Target {
  const a = side('A', def.hostA, def.portA);
  const b = side('B', def.hostB, def.portB);
  if (a === undefined && b === undefined) throw bad('Host: enter the host of the CTI Server.');
  const clientId = clientIdOf(def);
  if (clientId === '') throw bad('Enter the client ID for this session at the CTI Server.');
  const peripheralId = peripheralIdOf(def);
  if (peripheralId === undefined) throw bad('Give the peripheral ID: a number, such as 5000.');
  const protocol = wholeIn('The protocol version', def.protocol, PROTOCOL.oldest, PROTOCOL.newest);
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
    ...(isOn(def.natsPublish)
      ? { stream: { broker: brokerOf(def, credentials.natsPassword, natsTls), masked: text(def.masked) } }
      : {}),
  };
}

function natsOf(def: SessionDef, credentials: SessionCredentials, tls: TlsSettings | undefined): Target {
  const broker = brokerOf(def, credentials.natsPassword, tls);
  const group = nameIn('Group', def.natsGroup);
  const urls = urlsOf(def);
  if ((def.mode === 'agent' || def.mode === 'agents') && urls.length === 0)
    throw bad('Agent mode needs a ctios-server: an event stream carries events only. Give its URL.');
  return {
    kind: 'nats',
    ...broker,
    group,
    urls,
    ...(credentials.monitorPassword ? { password: credentials.monitorPassword } : {}),
  };
}

/** Of the agents that a session controls, and of its requests; absent if the session does not name one. */
export function peripheralIdOf({ peripheralId }: Pick<SessionDef, 'peripheralId'>): number | undefined {
  return wholeIn('The peripheral ID', peripheralId, 0, MAX_UINT);
}

function urlsOf(def: SessionDef): string[] {
  const sides = [
    ['A', text(def.urlA)],
    ['B', text(def.urlB)],
  ] as const;
  const urls: string[] = [];
  for (const [side, typed] of sides) {
    if (typed === '') continue;
    const problem = webSocketProblem(typed);
    if (problem !== undefined) throw bad(`URL of side ${side}: ${problem}.`);
    urls.push(typed);
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
  if (known === undefined) throw bad(`Traffic: "${given}" is not valid. Use one of ${TRAFFIC.join(', ')}.`);
  return known;
}

/** Blank and `standard` mean the same center. */
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

function side(name: string, host: unknown, port: unknown): { host: string; port: number } | undefined {
  const typed = text(host);
  if (typed === '') return undefined;
  let found: string;
  try {
    found = readHost(typed);
  } catch (error) {
    throw bad(`Host of side ${name}: ${(error as Error).message}.`);
  }
  const number = wholeIn(`The port of side ${name}`, port, 1, MAX_PORT);
  if (number === undefined) throw bad(`Give the port of side ${name}.`);
  return { host: found, port: number };
}

/** @returns undefined for a blank field. A value that is not one of these is refused: a default would hide it */
function wholeIn(field: string, value: unknown, min: number, max: number): number | undefined {
  const given = text(value);
  if (given === '') return undefined;
  const found = whole(given);
  if (found === undefined || found < min || found > max)
    throw bad(`${field} is a whole number from ${min} to ${max}, not "${given}".`);
  return found;
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

function clientIdOf(def: SessionDef): string {
  try {
    return readClientId(text(def.clientId));
  } catch (error) {
    throw bad((error as Error).message);
  }
}

export function bad(message: string): CtiosError {
  return new CtiosError('CTIOS_BAD_SETTINGS', message);
}

/** Texts separated by commas, blanks or lines. */
function list(value: unknown): string[] {
  return text(value)
    .split(/[\s,;]+/)
    .filter((each) => each !== '');
}
