/**
 * What can be given as a reason, as wrap-up data or as a number to dial, for pickers. Reasons and wrap-up texts land on
 * the Agent object when an agent logs in (CTI OS Developer Guide, Agent object: NotReadyReasonCodes, LogoutReasonCodes,
 * IncomingWrapupStrings); a server in this process tells its own; and a code that some agent has now is one that the
 * site uses, if without text.
 */
import { enumValue } from '../../src/ctios/index.js';
import { MASKED } from '../../src/ctios/mask.js';
import { isRecord } from '../shared/message/input-rules.js';
import type { SiteLists } from '../shared/session/opened-session.js';
import type { SessionHost } from '../shared/session/session-host.js';

export type ReasonFor = 'NotReady' | 'Logout';

export interface SiteChoices {
  readonly reasons: readonly Reason[];
  readonly wrapups: readonly string[];
  readonly dialedNumbers: readonly { readonly number: string; readonly name: string }[];
}
/** An EventReasonCode, and for which change of state. `text` is absent for a code that was only seen. */
export interface Reason {
  readonly code: number;
  readonly state: ReasonFor;
  readonly text?: string;
}

/** The most of each: no list of a site is longer, and agents who misuse the codes must not swamp the picker. */
const MOST = 500;
const LISTS: readonly (readonly [state: ReasonFor, keyword: string, list: keyof SiteLists])[] = [
  ['NotReady', 'NotReadyReasonCodes', 'notReadyReasonCodes'],
  ['Logout', 'LogoutReasonCodes', 'logoutReasonCodes'],
];
const STATES = new Map(LISTS.map(([state]) => [enumValue('AgentState', state), state]));

/** What of it the session masks is left out: it cannot be chosen, and must not be seen. */
export function siteChoices({ session, site, mask }: Pick<SessionHost, 'session' | 'site' | 'mask'>): SiteChoices {
  const reasons = new Map<string, Reason>();
  const wrapups = new Set<string>(site?.incomingWrapupStrings);
  const take = (state: ReasonFor, code: unknown, text?: string): void => {
    const key = `${state} ${code}`;
    if (typeof code !== 'number' || reasons.has(key) || reasons.size >= MOST) return;
    reasons.set(key, { code, state, ...(text === undefined ? {} : { text }) });
  };
  const takeList = (state: ReasonFor, list: unknown): void => {
    if (isRecord(list)) for (const [text, code] of Object.entries(list)) take(state, code, text);
  };

  for (const [state, , list] of LISTS) takeList(state, site?.[list]);
  const seen: [ReasonFor, number][] = [];
  for (const agent of session?.agents.values() ?? []) {
    const properties = mask.apply(agent.properties());
    for (const [state, keyword] of LISTS) takeList(state, properties[keyword]);
    const { IncomingWrapupStrings, AgentState, EventReasonCode } = properties;
    if (isRecord(IncomingWrapupStrings)) {
      for (const text of Object.values(IncomingWrapupStrings)) {
        if (typeof text === 'string' && text !== '' && text !== MASKED && wrapups.size < MOST) wrapups.add(text);
      }
    }
    const state = STATES.get(AgentState as number);
    if (state !== undefined && typeof EventReasonCode === 'number' && EventReasonCode !== 0) {
      seen.push([state, EventReasonCode]);
    }
  }
  // Last: a code that stands with a text in any agent's list keeps its text.
  for (const [state, code] of seen) take(state, code);
  return {
    reasons: [...reasons.values()],
    wrapups: [...wrapups],
    dialedNumbers: Object.entries(site?.dialedNumbers ?? {}).map(([number, name]) => ({ number, name })),
  };
}
