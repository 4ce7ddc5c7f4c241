import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { UsageError } from './usage-error.js';

/**
 * A secret from a file or from the environment; the file takes precedence. A trailing line break in the file is
 * removed.
 * @throws UsageError if the file cannot be read or is empty
 */
export function secret(file: string | undefined, variable: string | undefined): string | undefined {
  if (file === undefined) return variable === undefined || variable === '' ? undefined : variable;
  const text = pem(file)
    .toString('utf8')
    .replace(/\r?\n$/, '');
  if (text === '') throw new UsageError(`${file} is empty`);
  return text;
}

/** @throws UsageError if the file cannot be read */
export function pem(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

/** The files of this program's certificate, and of the authorities for verifying the other side. */
export interface TlsFiles {
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly servername?: string | undefined;
}

/** @throws UsageError if a file cannot be read */
export function clientTls({ ca, cert, key, servername }: TlsFiles): ConnectionOptions {
  return {
    ...(ca === undefined ? {} : { ca: pem(ca) }),
    ...(cert === undefined || key === undefined ? {} : { cert: pem(cert), key: pem(key) }),
    ...(servername === undefined ? {} : { servername }),
  };
}
