/** The key of a delivery in the form in which it is sent. */
import { createHash } from 'node:crypto';

/** Short enough for every receiver's key field. */
const MAX_KEY = 100;

/**
 * Encodes a key in characters that are safe in headers, URLs and signatures: letters, digits, `-` and `_`. Any other
 * character becomes `~` and its bytes, so different keys remain different; a long key becomes its hash.
 */
export function wireKey(key: string): string {
  const safe = key.replace(/[^A-Za-z0-9_-]/gu, (character) =>
    [...Buffer.from(character, 'utf8')].map((byte) => `~${byte.toString(16).padStart(2, '0')}`).join(''),
  );
  return safe.length <= MAX_KEY ? safe : `sha256-${createHash('sha256').update(key).digest('hex')}`;
}
