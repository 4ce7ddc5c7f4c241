/**
 * Reasons as short fixed texts, because the editor truncates a status after twenty characters, where the beginning of a
 * sentence has no meaning. The full sentence is in the log and in the debug sidebar. Each name is a key of the catalog,
 * `status.short.<name>`.
 */

import { refusalReasons } from './refusal-reasons.js';

interface Reason {
  readonly codes?: readonly string[];
  /** A part of the sentence, if a code has several reasons. */
  readonly text?: RegExp;
}

/** In order: the first match is shown. A refusal is known by its code, whatever its sentence mentions. */
export const shortReasons = {
  ...refusalReasons,
  hostNotFound: { text: /\b(ENOTFOUND|EAI_AGAIN|EAI_NONAME)\b/ },
  connectionRefused: { text: /\bECONNREFUSED\b/ },
  tlsClient: { text: /\bclient certificate\b/ },
  tlsWrongName: { text: /\bissued for .*\bnot for\b|is not issued for|has no certificate for the name/ },
  tlsExpired: { text: /\bthe certificate of .*\b(has expired|an expired certificate|not valid (yet|before))\b/ },
  tlsNotTrusted: { text: /\bthe certificate of / },
  notMaster: { text: /not the master/ },
  wrongPassword: { codes: ['E_CTI_INVALID_PASSWORD', 'CTIOS_WRONG_PASSWORD', 'CTIOS_AUTHENTICATION_FAILED'] },
  lockedOut: { codes: ['CTIOS_LOCKED_OUT'] },
  clientIdInUse: { codes: ['E_CTI_NEW_SESSION_OPENED', 'CTIOS_CLIENT_ID_IN_USE'] },
  wrongPort: { text: /the port of a CTI Server|speak TLS on that port|are no CTI Server message/ },
  tlsFailed: {
    text: /TLS handshake|secure TLS version|internal TLS error|TLS to .* is not possible|no cipher|renegotiation|Diffie/,
  },
  noAnswer: {
    codes: ['CTIOS_CONNECT_TIMEOUT', 'CTIOS_OPEN_TIMEOUT', 'CTIOS_HELLO_TIMEOUT', 'CTIOS_ANSWER_TIMEOUT'],
    text: /\b(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)\b/,
  },
  agentUnknown: { text: /\bno agent\b|which agent/i },
  noObject: { codes: ['CTIOS_NO_OBJECT'] },
  argumentMissing: { codes: ['CTIOS_MISSING_ARGUMENT'] },
  argumentInvalid: { codes: ['CTIOS_INVALID_ARGUMENT', 'CTIOS_DUPLICATE_ARGUMENT'] },
  payloadInvalid: { codes: ['CTIOS_BAD_PAYLOAD'] },
  unknownRequest: { codes: ['CTIOS_UNKNOWN_REQUEST'] },
  otherSession: { codes: ['CTIOS_OTHER_SESSION'] },
  onlyWatches: { codes: ['CTIOS_CONTROL_NOT_ALLOWED'] },
  notAllowed: { codes: ['CTIOS_NOT_ALLOWED', 'CTIOS_NOT_SUPERVISOR'] },
  noFollowOn: { codes: ['CTIOS_NO_FOLLOW_ON'] },
  outcomeUnknown: { codes: ['CTIOS_OUTCOME_UNKNOWN'] },
  settingsInvalid: { codes: ['CTIOS_BAD_SETTINGS', 'CTIOS_INVALID_SETTING', 'CTIOS_BAD_LISTS'] },
  filterInvalid: { codes: ['CTIOS_INVALID_FILTER'] },
  noSession: { codes: ['CTIOS_NO_SESSION'] },
  sessionDisabled: { codes: ['CTIOS_SESSION_DISABLED'] },
  notSimulated: { codes: ['CTIOS_NOT_SIMULATED'] },
  notChosen: { codes: ['CTIOS_NO_COMMAND', 'CTIOS_NO_EVENT'] },
  notRecorded: { codes: ['CTIOS_NOT_RECORDED'] },
  periodInvalid: { codes: ['CTIOS_BAD_PERIOD'] },
  agentLoggedOut: { codes: ['CTIOS_AGENT_NOT_LOGGED_IN', 'CTIOS_NO_AGENT_SESSION'] },
  agentLoggedIn: { codes: ['CTIOS_AGENT_ALREADY_LOGGED_IN'] },
  tooManyWaiting: { codes: ['CTIOS_TOO_MANY_REQUESTS', 'CTIOS_TOO_MANY_WAITING'] },
  offline: { codes: ['CTIOS_OFFLINE'] },
  notConnected: { codes: ['CTIOS_NOT_CONNECTED'] },
} as const satisfies Record<string, Reason>;

/** @returns the key of the short text, if there is one */
export function shortReason(code: string | undefined, reason = ''): keyof typeof shortReasons | undefined {
  const found = Object.entries<Reason>(shortReasons).find(
    ([, { codes, text }]) => (code !== undefined && codes?.includes(code)) || text?.test(reason) === true,
  );
  return found?.[0] as keyof typeof shortReasons | undefined;
}

/** Any other refusal of the switch, from the name of its code: `CF_INVALID_FEATURE` is "invalid feature". */
export function wordsOfFailure(code: string): string {
  return code.startsWith('CF_') ? code.slice(3).replaceAll('_', ' ').toLowerCase() : code;
}
