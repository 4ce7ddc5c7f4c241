/**
 * Why something does not work, in a few fixed words: the editor cuts a status at twenty characters, and the beginning of
 * a sentence says nothing. The sentence itself is in the log and in the debug sidebar. Each name is a key of the catalog,
 * `status.short.<name>`.
 */

interface Reason {
  readonly codes?: readonly string[];
  /** What the sentence has in it, where a code stands for several reasons. */
  readonly text?: RegExp;
}

/** In order: the first that fits is shown. */
export const shortReasons = {
  hostNotFound: { text: /\((ENOTFOUND|EAI_AGAIN|EAI_NONAME)\)/ },
  connectionRefused: { text: /\(ECONNREFUSED\)/ },
  tlsWrongName: { text: /ALTNAME|altnames/ },
  tlsExpired: { text: /CERT_HAS_EXPIRED|certificate (has )?expired/i },
  tlsNotTrusted: { text: /self-signed|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|unable to (get|verify)/ },
  notMaster: { text: /not the master/ },
  wrongPassword: { codes: ['E_CTI_INVALID_PASSWORD', 'CTIOS_WRONG_PASSWORD', 'CTIOS_AUTHENTICATION_FAILED'] },
  lockedOut: { codes: ['CTIOS_LOCKED_OUT'] },
  clientIdInUse: { codes: ['E_CTI_NEW_SESSION_OPENED', 'CTIOS_CLIENT_ID_IN_USE'] },
  noAnswer: {
    codes: ['CTIOS_CONNECT_TIMEOUT', 'CTIOS_OPEN_TIMEOUT', 'CTIOS_HELLO_TIMEOUT', 'CTIOS_ANSWER_TIMEOUT'],
    text: /\((ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)\)/,
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
} as const satisfies Record<string, Reason>;

/** @returns the name of the reason's few words, if there are any */
export function shortReason(code: string | undefined, reason = ''): keyof typeof shortReasons | undefined {
  const found = Object.entries<Reason>(shortReasons).find(
    ([, { codes, text }]) => (code !== undefined && codes?.includes(code)) || text?.test(reason) === true,
  );
  return found?.[0] as keyof typeof shortReasons | undefined;
}

/** A refusal of the switch by the words of its code: `CF_INVALID_OBJECT_STATE` is "invalid object state". */
export function wordsOfFailure(code: string): string {
  return code.startsWith('CF_') ? code.slice(3).replaceAll('_', ' ').toLowerCase() : code;
}
