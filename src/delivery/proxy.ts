/**
 * HTTP proxies: which one a request goes through, by the environment or by a configuration, and the connection through
 * it. The rules are those of Node-RED's `http request` node, so that both nodes of a flow take the same way.
 */
import { request as requestPlainly } from 'node:http';
import { request as requestSecurely } from 'node:https';
import type { Socket } from 'node:net';

/** @returns the proxy for a target, or undefined for a direct connection */
export type ProxyOf = (target: URL) => URL | undefined;

export interface ProxySettings {
  readonly url: URL;
  /** Targets that are reached directly: `host`, `host:port`, `.domain`, `*.domain`, or `*` for all. */
  readonly except: readonly string[];
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

export function proxyOfSettings({ url, except }: ProxySettings): ProxyOf {
  return (target) => (isExcepted(target, except) ? undefined : url);
}

/**
 * `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`, in lower or upper case.
 *
 * @throws Error naming the variable, not its value, which may contain a password
 */
export function proxyOfEnvironment(env: NodeJS.ProcessEnv = process.env): ProxyOf {
  const named = (name: string): string | undefined =>
    [name, name.toUpperCase()].find((each) => (env[each] ?? '').trim() !== '');
  return (target) => {
    const name = named(`${target.protocol.slice(0, -1)}_proxy`) ?? named('all_proxy');
    if (name === undefined) return undefined;
    const exceptions = named('no_proxy');
    if (exceptions !== undefined && isExcepted(target, env[exceptions]!.split(/[,\s]+/))) return undefined;
    const proxy = readProxy(env[name]!);
    if (proxy === undefined) throw new Error(`The environment variable ${name} is not the URL of an HTTP proxy.`);
    return proxy;
  };
}

/** @returns undefined if it is not a URL of an HTTP proxy; the scheme may be omitted */
export function readProxy(text: string): URL | undefined {
  const given = text.trim();
  try {
    const url = new URL(given.includes('://') ? given : `http://${given}`);
    return /^https?:$/.test(url.protocol) && url.hostname !== '' ? url : undefined;
  } catch {
    return undefined;
  }
}

function isExcepted(target: URL, except: readonly string[]): boolean {
  const host = target.hostname.toLowerCase();
  const port = target.port === '' ? DEFAULT_PORTS[target.protocol] : target.port;
  return except.some((each) => {
    const [, name = '', only] = /^(.+?)(?::(\d+))?$/.exec(each.trim().toLowerCase()) ?? [];
    if (only !== undefined && only !== port) return false;
    if (!/^[.*]/.test(name)) return name === host;
    return host.endsWith(name.replace(/^\*/, ''));
  });
}

/** A connection to the target through the proxy, which cannot read what TLS then protects. */
export function tunnelThrough(proxy: URL, target: URL, signal: AbortSignal): Promise<Socket> {
  const place = `${target.hostname}:${target.port || DEFAULT_PORTS[target.protocol]}`;
  const user = [proxy.username, proxy.password].map(decodeURIComponent).join(':');
  const request = proxy.protocol === 'https:' ? requestSecurely : requestPlainly;
  return new Promise((resolve, reject) => {
    request({
      method: 'CONNECT',
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port || DEFAULT_PORTS[proxy.protocol],
      path: place,
      headers: {
        host: place,
        ...(user === ':' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(user).toString('base64')}` }),
      },
      agent: false,
      signal,
    })
      .on('connect', ({ statusCode }, socket) => {
        if (statusCode === 200) return void resolve(socket);
        socket.destroy();
        reject(refusal(proxy, statusCode));
      })
      // A proxy that does not know CONNECT.
      .on('response', (response) => {
        response.destroy();
        reject(refusal(proxy, response.statusCode));
      })
      .on('error', ({ message }) => reject(new Error(`The proxy ${proxy.host}: ${message}`)))
      .end();
  });
}

/** Says that it was the proxy, not the receiver. */
function refusal({ host }: URL, status: number | undefined): Error {
  const why = status === 407 ? ': it needs a user and a password, or rejects those it was given' : '';
  return new Error(`The proxy ${host} answered ${status}${why}.`);
}
