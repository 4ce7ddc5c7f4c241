/**
 * Reads hosts and URLs as entered by a user. A host is a name or an address, IPv6 with or without brackets; the port has
 * its own field.
 */
import { isIP } from 'node:net';

/** A part of a name between dots; names of Windows machines may have underscores. */
const LABEL = /^(?!-)[\p{L}\p{M}\p{N}_-]{1,63}(?<!-)$/u;

const WANTED = 'it takes a host name or an IP address';

/**
 * @param written full-width characters of an input method count as their ASCII forms: "１０.１.１.１"
 * @throws Error naming what is not part of a host
 */
export function readHost(written: string): string {
  const typed = written.normalize('NFKC').replaceAll('。', '.');
  const bracketed = /^\[([0-9a-f:.]+)(?:%(?:25)?([\w.-]+))?\]$/i.exec(typed);
  // In a URL, the % before the zone is itself escaped.
  if (bracketed !== null) return checkedHost(bracketed[1]! + (bracketed[2] === undefined ? '' : `%${bracketed[2]}`));
  const variable = /\$\{[^}]*\}/.exec(typed);
  if (variable !== null)
    throw new Error(`${variable[0]} in "${typed}" is not replaced: use one variable for the whole host`);
  const scheme = /^([a-z][a-z0-9+.-]*:)?\/\//i.exec(typed);
  if (scheme !== null) throw new Error(`remove "${scheme[0]}": ${WANTED}`);
  if (typed.includes('@')) throw new Error(`a user or password does not belong in a host: ${WANTED}`);
  if (/[/\\?#]/.test(typed)) throw new Error(`remove the path from "${typed}": ${WANTED}`);
  const port = /^(?:[^:]+|\[[^\]]*\]):(\d*)$/.exec(typed);
  if (port?.[1] === '') throw new Error(`remove the ":" from "${typed}": ${WANTED}`);
  if (port !== null) throw new Error(`put the port ${port[1]} of "${typed}" into the field for the port`);
  if (/\s/.test(typed)) throw new Error(`"${typed}" contains a blank`);
  if (/[,;]/.test(typed)) throw new Error(`"${typed}" is more than one host`);
  return checkedHost(typed);
}

/** The rest must be a name or an address. */
function checkedHost(host: string): string {
  if (isIP(host) !== 0) return host;
  if (/^[\d.]+$/.test(host)) throw new Error(`"${host}" is not an IP address`);
  const odd = /[^\p{L}\p{M}\p{N}\x20-\x7e]/u.exec(host)?.[0];
  // It may be invisible, or look like a hyphen.
  if (odd !== undefined)
    throw new Error(`"${host}" contains the character ${codePoint(odd)}, which no host name has: type it again`);
  const labels = host.replace(/\.$/, '').split('.');
  if (host.length > 254 || !labels.every((label) => LABEL.test(label)))
    throw new Error(`"${host}" is not a host name or an IP address`);
  return host;
}

function codePoint(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** @returns undefined if it is the URL of a WebSocket */
export function webSocketProblem(typed: string): string | undefined {
  // First: what may be a password must not be shown.
  if (typed.includes('@')) return 'a user or password does not belong in a URL';
  const url = URL.canParse(typed) ? new URL(typed) : undefined;
  if (url === undefined || !/^wss?:\/\//i.test(typed))
    return `"${typed}" is not a URL that begins with ws:// or wss://`;
  if (typed.includes('#')) return `remove "${url.hash || '#'}" from "${typed}"`;
  return undefined;
}
