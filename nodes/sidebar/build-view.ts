/** Answers a sidebar's request: combines the view from the existing sessions. */
import type { SessionApi } from '../../src/cil/index.js';
import { type Args, enumName } from '../../src/ctios/index.js';
import { keywordByName } from '../../src/ctios/keyword-lookup.js';
import { type Mask, NO_MASK } from '../../src/ctios/mask.js';
import { copyArgs } from '../shared/message/copy-args.js';
import type { SessionHost } from '../shared/session/session-host.js';
import type { Sessions } from '../shared/session/sessions.js';
import { pageOf } from './page.js';
import type { StateTimes } from './state-times.js';
import { type Details, LISTS, type ListName, MAX_ROWS, type SessionView, type View, type ViewQuery } from './view.js';

export interface LookOptions {
  readonly now: number;
  /** Name of a config node. */
  nameOf(id: string): string;
  timesOf(session: SessionApi): StateTimes | undefined;
}

export function buildView(sessions: Sessions, query: ViewQuery, { now, nameOf, timesOf }: LookOptions): View {
  const host = query.session === undefined ? undefined : sessions.get(query.session);
  const { session: shown, mask = NO_MASK } = host ?? {};
  const details = shown === undefined || query.chosen === undefined ? undefined : detailsOf(shown, query.chosen, mask);
  return {
    now,
    sessions: [...sessions].map((host) => sessionView(host, nameOf(host.id))),
    ...(shown === undefined ? {} : { list: pageOf(shown, { times: timesOf(shown), mask }, query) }),
    ...(details === undefined ? {} : { details }),
  };
}

/** Parses a request from a URL. @returns a description of the error */
export function readQuery(given: Readonly<Record<string, unknown>>): ViewQuery | string {
  const list = (given.list ?? 'agents') as ListName;
  if (!LISTS.includes(list)) return `There is no list "${String(list).slice(0, 40)}": there are ${LISTS.join(', ')}.`;
  const { session, filter, chosen } = given;
  return {
    ...(typeof session === 'string' && session !== '' ? { session } : {}),
    ...(typeof chosen === 'string' && chosen !== '' ? { chosen } : {}),
    list,
    filter: typeof filter === 'string' ? filter.slice(0, 500) : '',
    offset: whole(given.offset, 0),
    limit: whole(given.limit, MAX_ROWS),
  };
}

function whole(value: unknown, otherwise: number): number {
  const number = Number(value ?? otherwise);
  return Number.isSafeInteger(number) && number >= 0 ? number : otherwise;
}

function sessionView({ id, view, users, session, simulator, link, recorder }: SessionHost, name: string): SessionView {
  const { phase } = view;
  const reason = view.reason ?? (phase === 'offline' ? link?.reason : undefined);
  const base = {
    id,
    name,
    phase,
    ...(reason === undefined ? {} : { reason }),
    simulated: simulator !== undefined,
    nodes: users,
  };
  if (session === undefined) return base;
  const { mode, server, side } = session.status;
  return {
    ...base,
    mode,
    ...(server === undefined ? {} : { server }),
    ...((link?.side ?? side) === undefined ? {} : { side: link?.side ?? side }),
    ...(link === undefined
      ? {}
      : { standby: link.standby, protocol: link.protocolVersion, roundTripMs: link.roundTripMs }),
    ...(recorder === undefined ? {} : { recordedFrames: recorder.status.frames }),
    ...(view.expiring === undefined ? {} : { expiring: view.expiring }),
    events: session.sequence,
    calls: session.calls.size,
    agents: session.agents.size,
    skillGroups: session.skillGroups.size,
  };
}

function detailsOf(session: SessionApi, id: string, mask: Mask): Details | undefined {
  const args = argsOf(session, id);
  if (args === undefined) return undefined;
  const entries = Object.entries(copyArgs(mask.apply(args))).sort(([one], [other]) => placeOf(one) - placeOf(other));
  const properties = entries.map(([key, value]) => {
    const word = typeof value === 'object' ? undefined : wordOf(key, value);
    return {
      key,
      value: typeof value === 'object' ? JSON.stringify(value) : String(value),
      ...(word === undefined ? {} : { word }),
    };
  });
  return { id, properties };
}

/** The most important properties first, in this order; all others follow in the order received. */
const FIRST = [
  /^UniqueObjectID$/,
  /^(AgentID|AgentState|EventReasonCode)$/,
  /^Agent(FirstName|LastName|Name|Extension|Instrument)$/,
  /^(ANI|DNIS|DialedNumber|CallStatus|CallType|DeviceID)$/,
  /^SkillGroup(Number|Name)$/,
  /^(CallVariable\d+|CallerEnteredDigits|CallWrapupData|UserToUserInfo)$/,
  /^user\./i,
];

function placeOf(key: string): number {
  const place = FIRST.findIndex((form) => form.test(key));
  return place < 0 ? FIRST.length : place;
}

function argsOf(session: SessionApi, id: string): Readonly<Args> | undefined {
  const object = session.agents.get(id) ?? session.calls.get(id) ?? session.skillGroups.get(id);
  if (object !== undefined) return object.properties();
  const sequence = Number(id);
  for (const event of session.history) if (event.sequence === sequence) return event.args;
  return undefined;
}

function wordOf(key: string, value: string | number | boolean): string | undefined {
  const enumeration = keywordByName(key)?.enum;
  if (enumeration === undefined || typeof value === 'boolean') return undefined;
  const word = enumName(enumeration, value);
  return word === String(value) ? undefined : word;
}
