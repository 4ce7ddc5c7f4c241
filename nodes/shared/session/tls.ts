/** Certificates and the like, from Node-RED's own `tls-config` node. */
import type { ConnectionOptions } from 'node:tls';
import type { Node, NodeAPI } from 'node-red';
import type { TlsSettings } from './settings.js';

interface TlsConfigNode extends Node {
  addTLSOptions?(options: ConnectionOptions): ConnectionOptions;
}

/** @returns undefined where none is chosen */
export function tlsOf(RED: NodeAPI, id: unknown): TlsSettings | undefined {
  if (typeof id !== 'string' || id === '') return undefined;
  const config = RED.nodes.getNode(id) as TlsConfigNode | null;
  const options = config?.addTLSOptions?.({});
  return options === undefined ? undefined : { id, options };
}
