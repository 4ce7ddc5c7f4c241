/**
 * Brings saved nodes of earlier versions into today's form, in the runtime and in the editor alike: old flows load
 * unedited. Pure. A node's version is the number of migrations it has been through; each migration is for good.
 */
type Saved = Readonly<Record<string, unknown>>;
type Migration = (saved: Saved) => Record<string, unknown>;

/** What a version adds: a saved node may lack what its author never touched, or what there was not yet. */
const beginning =
  (defaults: Saved): Migration =>
  (saved) => ({ ...defaults, ...withoutUndefined(saved) });

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
  ],
  'ctios-call-events': [beginning(eventDefaults)],
  'ctios-agent-events': [beginning(eventDefaults)],
  'ctios-events': [beginning({ interface: 'ISessionEvents', ...eventDefaults })],
  'ctios-call': [beginning({ ...actionDefaults, request: 'Answer' })],
  'ctios-agent': [beginning({ ...actionDefaults, request: 'SetAgentState' })],
  'ctios-request': [beginning(actionDefaults)],
  'ctios-query': [beginning({ query: 'calls', object: '', objectType: 'str', filter: [] })],
  'ctios-wait': [beginning({ events: [], match: [], same: 'call', timeout: 30 })],
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
  ],
  'ctios-simulate': [beginning({ command: 'placeCall', args: [] })],
};

/** The version that nodes are saved with today. */
export function currentVersion(type: string): number {
  return migrations[type]?.length ?? 0;
}

/** A saved node in today's form; one from a newer version is left as it is. */
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
