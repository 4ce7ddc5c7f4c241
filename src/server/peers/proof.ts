/**
 * How two servers prove to each other that they know the secret, which itself never crosses the wire: each builds an
 * HMAC over what both have said of themselves. The nonces of both are in it, so that nothing recorded can be used
 * again, and the part that the prover plays, so that nobody can be sent back its own proof.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Introduction, PEER_VERSION } from './messages.js';

/** The one who connects, or the one who listens. */
export type Role = 'dialler' | 'acceptor';

export type Introductions = Readonly<Record<Role, Pick<Introduction, 'id' | 'name' | 'nonce'>>>;

/** Shorter ones can be guessed by who has heard a proof. */
export const MIN_SECRET_LENGTH = 16;

/** 32 random bytes. */
export function newNonce(): string {
  return randomBytes(32).toString('base64');
}

/** HMAC-SHA-256 of the JSON array, in UTF-8, under the secret; base64. */
export function proofOf(secret: string, prover: Role, { dialler, acceptor }: Introductions): string {
  const said = [
    'ctios-peer',
    PEER_VERSION,
    prover,
    ...[dialler, acceptor].flatMap(({ id, name, nonce }) => [id, name, nonce]),
  ];
  return createHmac('sha256', secret).update(JSON.stringify(said)).digest('base64');
}

/** Takes as long for a wrong proof as for the right one. */
export function isProof(given: string, secret: string, prover: Role, introductions: Introductions): boolean {
  const right = Buffer.from(proofOf(secret, prover, introductions));
  const shown = Buffer.from(given);
  return shown.length === right.length && timingSafeEqual(shown, right);
}
