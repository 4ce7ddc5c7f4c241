/** Problems with a table on NATS, as errors that an administrator can act on. */
import { CtiosError } from '../../ctios/ctios-error.js';
import { isStoreError } from '../store/store-errors.js';
import type { JetStreamStoreOptions } from './options.js';

/** Matches JetStream's error texts for a limit of the account, of the stream or of the disk. */
const FULL = /insufficient (storage|resources)|maximum (bytes|messages) exceeded|no space left/i;

export function tableError(error: unknown, { site, group }: Pick<JetStreamStoreOptions, 'site' | 'group'>): CtiosError {
  if (isStoreError(error)) return error;
  const reason = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
  const queue = `The delivery queue of site ${site}, group ${group}`;
  if (FULL.test(reason)) {
    return new CtiosError('CTIOS_STORE_FULL', `${queue} is full: ${reason}. Give JetStream more storage.`);
  }
  return new CtiosError(
    'CTIOS_STORE_AWAY',
    `${queue} cannot be reached: ${reason}. Nothing that was accepted is lost. Check NATS and the connection to it.`,
  );
}

export function tooLarge(size: number, limit: number): CtiosError {
  return new CtiosError(
    'CTIOS_BODY_TOO_LARGE',
    `The message has ${size} bytes with what is stored along with it; the limit of NATS is ${limit}. Raise max_payload of NATS, or send less.`,
  );
}
