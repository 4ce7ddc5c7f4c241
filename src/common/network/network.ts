import { isIPv6 } from 'node:net';

/** Groups of an IPv6 address that make up its network: a subscriber has a /64, and can use any address in it. */
const NETWORK_GROUPS = 4;

/**
 * The part of its address that a client cannot change at will: the IPv4 address, or the /64 network of the IPv6
 * address. Limits per address are counted against it.
 * @param peer as the socket reports it; anything other than an address is returned unchanged
 */
export function networkOf(peer: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(peer);
  if (mapped !== null) return mapped[1]!;
  if (!isIPv6(peer)) return peer;
  const [head = '', tail] = peer.replace(/%.*$/, '').split('::');
  const left = groupsOf(head);
  const right = groupsOf(tail ?? '');
  const zeros = new Array<number>(tail === undefined ? 0 : 8 - left.length - right.length).fill(0);
  const network = [...left, ...zeros, ...right].slice(0, NETWORK_GROUPS);
  return `${network.map((group) => group.toString(16)).join(':')}::/64`;
}

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}

/** Counts something per network. */
export class NetworkCounts {
  readonly #counts = new Map<string, number>();

  of(network: string): number {
    return this.#counts.get(network) ?? 0;
  }

  add(network: string): void {
    this.#counts.set(network, this.of(network) + 1);
  }

  remove(network: string): void {
    const left = this.of(network) - 1;
    if (left <= 0) this.#counts.delete(network);
    else this.#counts.set(network, left);
  }
}
