/** The proxy of an HTTP request: a core `http proxy` node, or the environment. */
import type { Node, NodeAPI } from 'node-red';
import { type ProxyOf, proxyOfEnvironment, proxyOfSettings, readProxy } from '../../../src/delivery/index.js';
import { inputError } from '../message/errors.js';

interface ProxyNode extends Node<{ username?: string; password?: string }> {
  readonly url?: string;
  readonly noproxy?: readonly string[];
}

/** @throws CtiosError if the chosen node has no usable URL; it is not repeated, because it may contain a password */
export function proxyOf(RED: NodeAPI, id: unknown): ProxyOf {
  const config = typeof id === 'string' && id !== '' ? (RED.nodes.getNode(id) as ProxyNode | null) : null;
  if (config === null) return proxyOfEnvironment();
  const url = readProxy(config.url ?? '');
  if (url === undefined) throw inputError('CTIOS_BAD_SETTINGS', 'Proxy: its URL is not the URL of an HTTP proxy.');
  const { username = '', password = '' } = config.credentials ?? {};
  if (username !== '' || password !== '') {
    url.username = encodeURIComponent(username);
    url.password = encodeURIComponent(password);
  }
  return proxyOfSettings({ url, except: config.noproxy ?? [] });
}
