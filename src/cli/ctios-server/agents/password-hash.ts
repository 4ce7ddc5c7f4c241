/**
 * Passwords as they are kept: never themselves, only what scrypt (RFC 7914) makes of them with a salt. A kept password
 * reads `scrypt$N=16384,r=8,p=1$<salt>$<hash>`, the last two in base64.
 */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

export interface PasswordHash {
  readonly cost: { readonly N: number; readonly r: number; readonly p: number };
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** Some 16 MiB and 40 ms of one core for each try: what a login can bear, and guessing cannot. */
const COST = { N: 16_384, r: 8, p: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** What a kept password may ask for, lest a file stop the server: 256 MiB. */
const MAX_MEMORY = 256 * 1024 * 1024;

const FORM = /^scrypt\$N=(\d{1,8}),r=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]+={0,2})\$([A-Za-z0-9+/]+={0,2})$/;

/** @returns undefined where the text is no kept password, or asks for more memory than may be */
export function readHash(text: string): PasswordHash | undefined {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const [N = 0, r = 0, p = 0] = match.slice(1, 4).map(Number);
  const salt = Buffer.from(match[4]!, 'base64');
  const hash = Buffer.from(match[5]!, 'base64');
  // N is a power of two by definition; below 1024 it protects nothing.
  if (N < 1024 || (N & (N - 1)) !== 0 || r < 1 || p < 1 || 128 * N * r > MAX_MEMORY) return undefined;
  if (salt.length < 8 || hash.length < 16) return undefined;
  return { cost: { N, r, p }, salt, hash };
}

/** @returns the kept form of a password, with a salt of its own */
export async function makeHash(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, HASH_BYTES, COST);
  return `scrypt$N=${COST.N},r=${COST.r},p=${COST.p}$${salt.toString('base64')}$${hash.toString('base64')}`;
}

/** Takes as long for a wrong password as for the right one. */
export async function fits(password: string, { cost, salt, hash }: PasswordHash): Promise<boolean> {
  return timingSafeEqual(await derive(password, salt, hash.length, cost), hash);
}

function derive(password: string, salt: Buffer, bytes: number, cost: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, bytes, { ...cost, maxmem: 2 * MAX_MEMORY }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
