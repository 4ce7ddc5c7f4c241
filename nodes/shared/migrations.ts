/**
 * Migrates saved nodes of earlier versions to the current form, in the runtime and in the editor alike, so that old
 * flows load unchanged. Pure. A node's version is its number of migrations; a migration is never changed once released.
 */
import { rowsWithOperators } from './message/filter/filter-migration.js';

type Saved = Readonly<Record<string, unknown>>;
type Migration = (saved: Saved) => Record<string, unknown>;

/** Defaults that a version adds: a saved node may lack properties that were never edited, or did not exist yet. */
const beginning =
  (defaults: Saved): Migration =>
  (saved) => ({ ...defaults, ...withoutUndefined(saved) });

/** Rows of a filter get an operator, and say whether all of them must match. */
const operators =
  (property: string): Migration =>
  (saved) => ({ join: 'all', ...saved, [property]: rowsWithOperators(saved[property]) });

const eventDefaults = { events: [], filter: [], split: 'one', properties: [] };
const actionDefaults = {
  request: '',
  object: '',
  objectType: 'str',
  args: [],
  complete: '',
  followOnTimeout: 30,
  answerTimeout: 15,
  linkWait: 0,
};

/** In order; the first brings version 0 (no version: written by hand, or by a program) to version 1. */
export const migrations: Readonly<Record<string, readonly Migration[]>> = {
  'ctios-session': [
    beginning({
      connect: 'simulator',
      scenario: '',
      agents: 20,
      traffic: 'gentle',
      seed: 1,
      profile: '',
      hostA: '',
      portA: 42027,
      hostB: '',
      portB: 43027,
      peripheralId: '',
      clientId: '',
      protocol: '',
      tls: '',
      agentIds: '',
      charset: '',
      urlA: '',
      urlB: '',
      mode: 'monitor',
      filter: '',
      snapshot: true,
      allowControl: false,
      agentId: '',
      agentInstrument: '',
      agentLogin: true,
    }),
    beginning({ masked: '' }),
    beginning({ recording: 'off', replay: '', replaySpeed: '1' }),
    beginning({ whenBehind: 'hold' }),
    beginning({ natsServers: '', natsSite: 'site', natsGroup: 'node-red', natsUser: '', natsCredentials: '' }),
    beginning({ lists: '', listsFile: '' }),
    beginning({ natsPublish: false }),
    beginning({ agentLimit: 500, agentIdle: 480 }),
    beginning({ natsTls: '' }),
  ],
  'ctios-call-events': [
    beginning(eventDefaults),
    beginning({ teams: '' }),
    operators('filter'),
    beginning({ lasts: 0 }),
  ],
  'ctios-agent-events': [
    beginning(eventDefaults),
    beginning({ teams: '' }),
    operators('filter'),
    beginning({ lasts: 0 }),
  ],
  'ctios-events': [
    beginning({ interface: 'ISessionEvents', ...eventDefaults }),
    beginning({ teams: '' }),
    operators('filter'),
    beginning({ lasts: 0 }),
  ],
  'ctios-call': [beginning({ ...actionDefaults, request: 'Answer' })],
  'ctios-agent': [beginning({ ...actionDefaults, request: 'SetAgentState' })],
  'ctios-request': [beginning(actionDefaults)],
  'ctios-query': [beginning({ query: 'calls', object: '', objectType: 'str', filter: [] }), operators('filter')],
  'ctios-wait': [beginning({ events: [], match: [], same: 'call', timeout: 30 }), operators('match')],
  'ctios-screen-pop': [
    beginning({
      trigger: 'delivered',
      popRinging: false,
      callTypes: '',
      agents: '',
      region: 'US',
      prefixes: '',
      internalDigits: 5,
      fields: [],
      url: '',
    }),
    beginning({ internationalPrefixes: '', internalPatterns: '', withheldWords: '' }),
    beginning({ claim: false }),
    beginning({ teams: '' }),
  ],
  'ctios-contact': [
    beginning({
      when: 'wrapup',
      maxWrapup: 300,
      keep: 7,
      callTypes: '',
      agents: '',
      region: 'US',
      prefixes: '',
      internalDigits: 5,
      internationalPrefixes: '',
      internalPatterns: '',
      withheldWords: '',
      fields: [],
    }),
    beginning({ teams: '' }),
  ],
  'ctios-watch': [
    beginning({
      kind: 'agent',
      filter: [{ key: 'AgentState', op: 'oneOf', value: 'WorkReady,WorkNotReady', type: 'str' }],
      join: 'all',
      lasts: 90,
      ends: [],
      endLasts: 0,
    }),
  ],
  'ctios-webhook': [
    beginning({
      url: '',
      urlType: 'str',
      method: 'POST',
      headers: [],
      body: 'payload',
      bodyType: 'msg',
      key: '',
      keyType: 'msg',
      ordering: '',
      orderingType: 'msg',
      authentication: 'none',
      tokenUrl: '',
      user: '',
      scope: '',
      signed: false,
      tls: '',
      parallel: 8,
      timeout: 20,
      firstDelay: 5,
      maxDelay: 900,
      maxAge: 72,
      successOn: '',
      retryOn: '',
      maxBody: 1024,
    }),
    beginning({ signingVariable: '' }),
    beginning({ store: 'machine', session: '' }),
    beginning({ proxy: '' }),
  ],
  'ctios-simulate': [beginning({ command: 'placeCall', args: [] })],
};

/** The version with which nodes are saved today. */
export function currentVersion(type: string): number {
  return migrations[type]?.length ?? 0;
}

/** A saved node in the current form; one from a newer version is returned unchanged. */
export function migrated<T extends object>(type: string, saved: T): T {
  let now: Record<string, unknown> = { ...(saved as Saved) };
  const version = Number((saved as Saved).version ?? 0) || 0;
  for (const step of (migrations[type] ?? []).slice(version)) now = step(now);
  now.version = Math.max(version, currentVersion(type));
  return now as T;
}

function withoutUndefined(saved: Saved): Saved {
  return Object.fromEntries(Object.entries(saved).filter(([, value]) => value !== undefined));
}
