/** Explains why a connection failed and what to check. The code of Node.js follows in parentheses. */

const WORDS: Readonly<Record<string, (host: string, port: number) => string>> = {
  ENOTFOUND: (host) => `the host ${host} was not found: check the name and the DNS server`,
  EAI_AGAIN: (host) => `the host ${host} could not be looked up: the DNS server did not respond`,
  EAI_NONAME: (host) => `the host ${host} was not found: check the name and the DNS server`,
  ECONNREFUSED: (host, port) => `${host}:${port} refused the connection: no process is listening on that port`,
  ECONNRESET: (host, port) => `${host}:${port} dropped the connection`,
  ETIMEDOUT: (host, port) => `${host}:${port} did not respond: check the address and the firewall`,
  EHOSTUNREACH: (host) => `there is no route to ${host}: check the address and the network`,
  ENETUNREACH: (host) => `there is no route to the network of ${host}`,
  EACCES: (host, port) => `this machine is not allowed to connect to ${host}:${port}`,
};

/** @returns `refused the connection … (ECONNREFUSED)`; for an unknown error, or one that is explained, its own message */
export function explainConnect(error: Error, host: string, port: number): string {
  const code = codeOf(error);
  // Node.js' own words begin with the name of a system call and the code; a TLS error keeps the code of its cause.
  if (code !== undefined && error.message !== '' && !error.message.includes(code)) return error.message;
  const words = code === undefined ? undefined : WORDS[code]?.(host, port);
  return words === undefined ? error.message : `${words} (${code})`;
}

/** If several addresses of a host were tried, the code of the first one. */
function codeOf(error: Error): string | undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined) return code;
  return error instanceof AggregateError ? (error.errors[0] as NodeJS.ErrnoException | undefined)?.code : undefined;
}
