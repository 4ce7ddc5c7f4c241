/** The key of a delivery as it goes over the wire. */
import { createHash } from 'node:crypto';

/** As much as every receiver's key field takes. */
const MAX_KEY = 100;

/**
 * A key in characters that no header, URL or signature has another use for: letters, digits, `-` and `_`. All others
 * become `~` and their bytes, so two keys never become one; a long key becomes its hash.
 */
export function wireKey(key: string): string {
  const safe = key.replace(/[^A-Za-z0-9_-]/gu, (character) =>
    [...Buffer.from(character, 'utf8')].map((byte) => `~${byte.toString(16).padStart(2, '0')}`).join(''),
  );
  return safe.length <= MAX_KEY ? safe : `sha256-${createHash('sha256').update(key).digest('hex')}`;
}
