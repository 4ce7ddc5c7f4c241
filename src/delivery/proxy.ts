/**
 * HTTP proxies: which one a request goes through, by the environment or by a configuration, and the connection through
 * it. The rules are those of Node-RED's `http request` node, so that both nodes of a flow take the same way.
 */
import type { Agent } from 'node:http';

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

/** An agent for one request. Its package is loaded only where there is a proxy. */
export async function agentThrough(proxy: URL, secure: boolean, signal: AbortSignal): Promise<Agent> {
  const { HttpProxyAgent, HttpsProxyAgent } = await import('hpagent');
  // Its types do not name it, but all of these options reach Node.js' own request.
  const proxyRequestOptions: object = { signal };
  const options = { proxy, keepAlive: false, proxyRequestOptions };
  const agent: Agent = secure ? new HttpsProxyAgent(options) : new HttpProxyAgent(options);
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (target, connected) =>
    connect(target, (error, stream) => connected?.(error === null ? null : proxyError(proxy, error), stream));
  return agent;
}

/** Says that it was the proxy, not the receiver. */
function proxyError({ host }: URL, { message }: Error): Error {
  const [, status] = /^Bad response: (\d+)$/.exec(message) ?? [];
  if (status === '407') {
    return new Error(`The proxy ${host} answered 407: it needs a user and a password, or rejects those it was given.`);
  }
  return new Error(status === undefined ? `The proxy ${host}: ${message}` : `The proxy ${host} answered ${status}.`);
}
