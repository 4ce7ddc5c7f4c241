/**
 * Choices for reasons, wrap-up data and dialed numbers, for pickers. Reasons and wrap-up texts are properties of the
 * Agent object after a log-in (CTI OS Developer Guide, Agent object: NotReadyReasonCodes, LogoutReasonCodes,
 * IncomingWrapupStrings); a server in this process provides its own; and a code that some agent has now is one that the
 * site uses, if without a text.
 */
import { enumValue } from '../../src/ctios/index.js';
import { MASKED } from '../../src/ctios/mask.js';
import type { SiteLists } from '../../src/embedded.js';
import { isRecord } from '../shared/message/input-rules.js';
import type { SessionHost } from '../shared/session/session-host.js';
import type { Reason, ReasonFor, SiteChoices } from './view.js';

/** Maximum number of each: no site's list is longer, and misused codes must not flood the picker. */
const MOST = 500;
const LISTS: readonly (readonly [state: ReasonFor, keyword: string, list: keyof SiteLists])[] = [
  ['NotReady', 'NotReadyReasonCodes', 'notReadyReasonCodes'],
  ['Logout', 'LogoutReasonCodes', 'logoutReasonCodes'],
];
const STATES = new Map(LISTS.map(([state]) => [enumValue('AgentState', state), state]));

/** Masked values are left out: they cannot be selected, and must not be shown. */
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
  // Last: a code with a text in any agent's list keeps its text.
  for (const [state, code] of seen) take(state, code);
  return {
    reasons: [...reasons.values()],
    wrapups: [...wrapups],
    dialedNumbers: Object.entries(site?.dialedNumbers ?? {}).map(([number, name]) => ({ number, name })),
    teams: teamsIn(session, mask),
  };
}

function teamsIn(session: SessionHost['session'], mask: SessionHost['mask']): SiteChoices['teams'] {
  const teams = new Map<string, number>();
  for (const agent of session?.agents.values() ?? []) {
    if (mask.apply(agent.properties()).TeamID === MASKED) continue;
    for (const team of agent.teams) teams.set(team, (teams.get(team) ?? 0) + 1);
  }
  return [...teams].slice(0, MOST).map(([id, agents]) => ({ id, agents }));
}
