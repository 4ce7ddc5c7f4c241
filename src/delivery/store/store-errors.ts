/** Problems with the file of a store, as errors that an administrator can act on. */
import { CtiosError } from '../../ctios/ctios-error.js';

export type StoreErrorCode =
  | 'CTIOS_STORE_FULL'
  | 'CTIOS_STORE_READ_ONLY'
  | 'CTIOS_STORE_CORRUPT'
  | 'CTIOS_STORE_IN_USE'
  | 'CTIOS_STORE_AWAY'
  | 'CTIOS_STORE_FAILED';

interface Kind {
  readonly code: StoreErrorCode;
  readonly text: RegExp;
  readonly remedy: string;
}

/** Matches SQLite's English error texts, which are the same in both engines. The first match counts. */
const kinds: readonly Kind[] = [
  { code: 'CTIOS_STORE_FULL', text: /disk is full|ENOSPC|EDQUOT/i, remedy: 'Free disk space.' },
  {
    code: 'CTIOS_STORE_READ_ONLY',
    text: /read-?only|unable to open|EACCES|EPERM|EROFS/i,
    remedy: 'Give Node-RED the permission to write there.',
  },
  {
    code: 'CTIOS_STORE_CORRUPT',
    text: /malformed|not a database|corrupt/i,
    remedy: 'It is moved aside and a new one is begun.',
  },
  { code: 'CTIOS_STORE_IN_USE', text: /locked|busy/i, remedy: 'Give each Node-RED a user directory of its own.' },
];

const codes: readonly string[] = [...kinds.map(({ code }) => code), 'CTIOS_STORE_AWAY', 'CTIOS_STORE_FAILED'];

/** Converts an error of an engine or of the file system to a CtiosError. */
export function storeError(error: unknown, path: string): CtiosError & { code: StoreErrorCode } {
  if (isStoreError(error)) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const kind = kinds.find(({ text }) => text.test(reason));
  const code = kind?.code ?? 'CTIOS_STORE_FAILED';
  const remedy = kind === undefined ? '' : ` ${kind.remedy}`;
  return new CtiosError(code, `The delivery store ${path} failed: ${reason}.${remedy}`) as CtiosError & {
    code: StoreErrorCode;
  };
}

export function isStoreError(error: unknown): error is CtiosError & { code: StoreErrorCode } {
  return error instanceof CtiosError && codes.includes(error.code);
}
