/**
 * How two servers prove to each other that they know the secret without sending it: each computes an HMAC over the data
 * that both have sent to identify themselves. It includes both nonces, so that a recorded proof cannot be replayed, and
 * the role of the prover, so that a proof cannot be reflected.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Introduction, PEER_VERSION } from './messages.js';

/** The connecting end, or the accepting end. */
export type Role = 'dialler' | 'acceptor';

export type Introductions = Readonly<Record<Role, Pick<Introduction, 'id' | 'name' | 'nonce'>>>;

/** A shorter secret could be guessed by an attacker who has recorded a proof. */
export const MIN_SECRET_LENGTH = 16;

/** 32 random bytes. */
export function newNonce(): string {
  return randomBytes(32).toString('base64');
}

/** HMAC-SHA-256 of the JSON array, in UTF-8, with the secret as key; base64. */
export function proofOf(secret: string, prover: Role, { dialler, acceptor }: Introductions): string {
  const said = [
    'ctios-peer',
    PEER_VERSION,
    prover,
    ...[dialler, acceptor].flatMap(({ id, name, nonce }) => [id, name, nonce]),
  ];
  return createHmac('sha256', secret).update(JSON.stringify(said)).digest('base64');
}

/** Takes the same time for a wrong proof as for the right one. */
export function isProof(given: string, secret: string, prover: Role, introductions: Introductions): boolean {
  const right = Buffer.from(proofOf(secret, prover, introductions));
  const shown = Buffer.from(given);
  return shown.length === right.length && timingSafeEqual(shown, right);
}
