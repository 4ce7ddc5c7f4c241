/**
 * Extracts the number from its notation: a name-addr (RFC 3261), a sip or tel URI (RFC 3966), parameters added by
 * gateways, an extension after the number. The digits are interpreted elsewhere.
 */
import { asciiDigits } from './characters.js';

export interface NumberText {
  /** The part that names the caller: "+1-206-555-0101", "2001", "alice", "". */
  readonly user: string;
  /** Host of a sip URI, lower case. */
  readonly host?: string;
  /** Digits after the number, from "x123" or ";ext=123". */
  readonly extension?: string;
  /** phone-context of a local number (RFC 3966): "+49", "example.com". */
  readonly context?: string;
  /** The sender requests privacy (`privacy=full` of a Remote-Party-ID). */
  readonly private?: true;
}

const HEADER = /^(?:from|to|contact|p-asserted-identity|p-preferred-identity|remote-party-id|diversion)\s*:\s*/i;
const SCHEME = /^(sips?|tel|callto|h323|fax|modem|e164|pstn|sms|mms|whatsapp|im|pres):(?:\/\/)?/i;
/** Common separators between a number and its extension; p and w are the pauses of a dial string (3GPP TS 27.007). */
const EXTENSION =
  /^(.*?\d[\s).]*)(?:[,;]+\s*|[\s,;]*\(?(?:ext(?:ension|n)?|xtn|x|durchwahl|dw|nebenstelle|nst|app(?:arat)?|poste|anexo|interno|int|доб|内線|分机)[\s.:=]*|\s*#?[pw]+|\s*#\s*)(\d{1,7})\)?#?$/iu;
/** "ext. 2001": a telephone of the site itself. */
const EXTENSION_ALONE = /^(?:ext(?:ension)?|x|durchwahl|nebenstelle|poste|anexo|interno|内線|分机)[\s.:]*(\d{2,7})$/iu;
/** A number with an extension has at least this many digits: "0x10" and "*31#0301234" have none. */
const MIN_NUMBER_DIGITS = 3;
const IP_ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:.]+\])(?::\d+)?$/i;

/** @param received as received from the switch */
export function takeApart(received: string): NumberText {
  const text = asciiDigits(received).replace(HEADER, '').trim();
  const angle = /<([^<>]*)>?(.*)$/.exec(text);
  // The address is between angle brackets; parameters after them belong to the header, not to the number.
  const address = angle === null ? unquoted(text) : angle[1]!.trim();
  const headerParams = angle === null ? [] : split(angle[2]!);
  if (angle !== null && address === '')
    return withPrivacy(fromUser(unquoted(text.slice(0, angle.index))), headerParams);
  const scheme = SCHEME.exec(address)?.[1]?.toLowerCase();
  const rest = scheme === undefined ? address : address.replace(SCHEME, '');
  return withPrivacy(scheme !== 'tel' && isSip(rest, scheme) ? fromSip(rest) : fromTel(rest, scheme), headerParams);
}

/** Without a user part, a sip URI is only a host, unless that is a number or a single word. */
function isSip(rest: string, scheme: string | undefined): boolean {
  if (rest.includes('@')) return true;
  const [host = ''] = rest.split(/[;?]/);
  return scheme !== undefined && (IP_ADDRESS.test(host) || (/[a-z]/i.test(host) && /[.:]/.test(host)));
}

/** user[:password][;parameters]@host[:port][;parameters][?headers]; a header may itself contain an address. */
function fromSip(rest: string): NumberText {
  const at = rest.replace(/(@[^?@]*)\?.*$/, '$1').lastIndexOf('@');
  const [host = '', ...uriParams] = rest.slice(at + 1).split(/[;?]/);
  const user = at < 0 ? { user: '' } : fromTel(rest.slice(0, at), 'sip');
  const name = host.startsWith('[') ? host.replace(/\].*$/, ']') : host.replace(/:\d*$/, '');
  return withPrivacy({ ...user, host: name.trim().toLowerCase() }, uriParams);
}

/** number[;parameters]; also parameters without a scheme, because gateways pass on the user part of a URI alone. */
function fromTel(rest: string, scheme: string | undefined): NumberText {
  const [number = '', ...params] = rest.split(/;(?=\s*[a-z])/i);
  const written = scheme === undefined && !/^%2b/i.test(number) ? number : percentDecoded(number);
  const user = fromUser(scheme === 'sip' || scheme === 'sips' ? written.replace(/:.*$/, '') : written);
  const ext = paramOf(params, 'ext')?.replace(/\D/g, '') || user.extension;
  const context = paramOf(params, 'phone-context');
  return withPrivacy({ ...user, ...(ext && { extension: ext }), ...(context && { context }) }, params);
}

function fromUser(text: string): NumberText {
  const user = text.trim().replace(/^(['`])(.*)\1$/, '$2');
  const alone = EXTENSION_ALONE.exec(user);
  if (alone !== null) return { user: alone[1]! };
  const [, number = '', extension] = /^[*#]/.test(user) ? [] : (EXTENSION.exec(user) ?? []);
  const digits = number.replace(/\D/g, '').length;
  return extension === undefined || digits < MIN_NUMBER_DIGITS ? { user } : { user: number.trim(), extension };
}

function withPrivacy(text: NumberText, params: readonly string[]): NumberText {
  const privacy = paramOf(params, 'privacy') ?? paramOf(params, 'presentation');
  const asked = privacy !== undefined && /^(full|uri|id|user|restricted|prohibited)\b/i.test(privacy);
  return asked ? { ...text, private: true } : text;
}

function paramOf(params: readonly string[], name: string): string | undefined {
  for (const param of params) {
    const [key = '', value = ''] = param.split('=');
    if (key.trim().toLowerCase() === name) return percentDecoded(unquoted(value));
  }
  return undefined;
}

function split(params: string): string[] {
  return params.split(';').filter((each) => each.trim() !== '');
}

function unquoted(text: string): string {
  return text
    .trim()
    .replace(/^"((?:[^"\\]|\\.)*)"?$/, '$1')
    .replace(/\\(.)/g, '$1')
    .trim();
}

/** Text with a stray percent sign is left unchanged. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
