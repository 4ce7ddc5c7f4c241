/** Certificates and keys from Node-RED's own `tls-config` node. */
import type { ConnectionOptions } from 'node:tls';
import type { Node, NodeAPI } from 'node-red';

/** The configuration of a Node-RED `tls-config` node. */
export interface TlsSettings {
  /** Id of that node, which distinguishes these options from others. */
  readonly id: string;
  readonly options: ConnectionOptions;
}

/** The TLS settings that a session has chosen. */
export interface TlsChosen {
  readonly tls?: TlsSettings | undefined;
  /** For NATS, if the session publishes to it; a session that reads from NATS has one for everything. */
  readonly natsTls?: TlsSettings | undefined;
}

interface TlsConfigNode extends Node {
  addTLSOptions?(options: ConnectionOptions): ConnectionOptions;
}

/** The selection in a session's dialog. */
export function tlsChosen(RED: NodeAPI, def: { readonly tls?: unknown; readonly natsTls?: unknown }): TlsChosen {
  return { tls: tlsOf(RED, def.tls), natsTls: tlsOf(RED, def.natsTls) };
}

/** @returns undefined where none is chosen */
export function tlsOf(RED: NodeAPI, id: unknown): TlsSettings | undefined {
  if (typeof id !== 'string' || id === '') return undefined;
  const config = RED.nodes.getNode(id) as TlsConfigNode | null;
  const options = config?.addTLSOptions?.({});
  return options === undefined ? undefined : { id, options };
}
