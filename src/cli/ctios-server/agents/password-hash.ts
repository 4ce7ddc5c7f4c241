/**
 * Stored passwords: hashes made with scrypt (RFC 7914) and a salt, in the PHC string format:
 * `$scrypt$ln=14,r=8,p=5$<salt>$<hash>`, the last two in base64 without padding. `ln` is the base-2 logarithm of N. The
 * form of earlier versions, `scrypt$N=16384,r=8,p=1$<salt>$<hash>` in padded base64, is read, too.
 */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

export interface PasswordHash {
  /** As stored in the file. */
  readonly text: string;
  readonly cost: { readonly N: number; readonly r: number; readonly p: number };
  readonly salt: Buffer;
  readonly hash: Buffer;
  /** Whether it has an older form, or a lower cost than new hashes. */
  readonly outdated: boolean;
}

/** 16 MiB and about 200 ms of one core per attempt. Source: OWASP Password Storage Cheat Sheet, scrypt (2024). */
const COST = { N: 16_384, r: 8, p: 5 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** The maximum memory that a stored password may require: 256 MiB. */
const MAX_MEMORY = 256 * 1024 * 1024;
/** The maximum work that it may require, as N × r × p: 16 times that of `COST`. */
const MAX_WORK = 16 * COST.N * COST.r * COST.p;

const PHC = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
const OLDER = /^scrypt\$N=(\d{1,8}),r=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]+={0,2})\$([A-Za-z0-9+/]+={0,2})$/;

/** @returns undefined if the text is not a stored password, is too weak, or exceeds the limits above */
export function readHash(text: string): PasswordHash | undefined {
  const phc = PHC.exec(text);
  const match = phc ?? OLDER.exec(text);
  if (match === null) return undefined;
  const [size = 0, r = 0, p = 0] = match.slice(1, 4).map(Number);
  const N = phc === null ? size : 2 ** size;
  const salt = Buffer.from(match[4]!, 'base64');
  const hash = Buffer.from(match[5]!, 'base64');
  // N is a power of two by definition; below 1024 it protects nothing.
  if (N < 1024 || !Number.isInteger(Math.log2(N)) || r < 1 || p < 1) return undefined;
  if (128 * N * r > MAX_MEMORY || N * r * p > MAX_WORK) return undefined;
  if (salt.length < 8 || hash.length < 16) return undefined;
  const outdated = phc === null || N * r * p < COST.N * COST.r * COST.p;
  return { text, cost: { N, r, p }, salt, hash, outdated };
}

/** @returns the stored form of a password, with a new salt */
export async function makeHash(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, HASH_BYTES, COST);
  return `$scrypt$ln=${Math.log2(COST.N)},r=${COST.r},p=${COST.p}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** Takes the same time for a wrong password as for the right one. */
export async function fits(password: string, { cost, salt, hash }: PasswordHash): Promise<boolean> {
  return timingSafeEqual(await derive(password, salt, hash.length, cost), hash);
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

function derive(password: string, salt: Buffer, bytes: number, cost: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, bytes, { ...cost, maxmem: 2 * MAX_MEMORY }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
