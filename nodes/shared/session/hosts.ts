/** Reads a host as people type it: a name or an address, IPv6 with or without brackets; the port has a field of its own. */

/** @throws Error naming what does not belong there */
export function readHost(typed: string): string {
  const bracketed = /^\[([0-9a-f:.]+(?:%\w+)?)\]$/i.exec(typed);
  if (bracketed !== null) return bracketed[1]!;
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(typed);
  if (scheme !== null) throw new Error(`remove "${scheme[0]}": it takes a host name or an IP address`);
  if (/[/\\]/.test(typed)) throw new Error(`remove the path from "${typed}": it takes a host name or an IP address`);
  const port = /^(?:[^:]+|\[[^\]]*\]):(\d+)$/.exec(typed);
  if (port !== null) throw new Error(`put the port ${port[1]} of "${typed}" into the field for the port`);
  if (/\s/.test(typed)) throw new Error(`"${typed}" contains a blank`);
  return typed;
}
