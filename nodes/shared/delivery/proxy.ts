/** The proxy of an HTTP request: a core `http proxy` node, or the environment. */
import type { Node, NodeAPI } from 'node-red';
import { type ProxyOf, proxyOfEnvironment, proxyOfSettings, readProxy } from '../../../src/delivery/index.js';
import { inputError, selectedIsMissing } from '../message/errors.js';

interface ProxyNode extends Node<{ username?: string; password?: string }> {
  readonly url?: string;
  readonly noproxy?: readonly string[];
}

/**
 * @throws CtiosError CTIOS_BAD_SETTINGS if the chosen node is not there, or has no usable URL; it is not repeated,
 * because it may contain a password
 */
export function proxyOf(RED: NodeAPI, id: unknown): ProxyOf {
  if (typeof id !== 'string' || id === '') return proxyOfEnvironment();
  const config = RED.nodes.getNode(id) as ProxyNode | null;
  if (config === null) throw inputError('CTIOS_BAD_SETTINGS', selectedIsMissing('proxy'));
  const url = readProxy(config.url ?? '');
  if (url === undefined) throw inputError('CTIOS_BAD_SETTINGS', 'Proxy: its URL is not the URL of an HTTP proxy.');
  const { username = '', password = '' } = config.credentials ?? {};
  if (username !== '' || password !== '') {
    url.username = encodeURIComponent(username);
    url.password = encodeURIComponent(password);
  }
  return proxyOfSettings({ url, except: config.noproxy ?? [] });
}
