/** Certificates and keys from Node-RED's own `tls-config` node. */
import type { ConnectionOptions } from 'node:tls';
import type { Node, NodeAPI } from 'node-red';
import { CtiosError } from '../../../../src/ctios/index.js';
import { selectedIsMissing } from '../../message/errors.js';
import { isOn } from '../../message/saved-values.js';

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

/** The fields of the saved form. */
interface SavedTls {
  readonly connect?: unknown;
  readonly natsPublish?: unknown;
  readonly tls?: unknown;
  readonly natsTls?: unknown;
}

/** The selection in a session's dialog, as far as the connection uses it. @throws CtiosError CTIOS_BAD_SETTINGS */
export function tlsChosen(RED: NodeAPI, { connect, natsPublish, tls, natsTls }: SavedTls): TlsChosen {
  if (connect === undefined || connect === 'simulator') return {};
  const publishes = connect === 'ctiserver' && isOn(natsPublish);
  return { tls: tlsOf(RED, tls), ...(publishes ? { natsTls: tlsOf(RED, natsTls) } : {}) };
}

/**
 * @returns undefined where none is chosen
 * @throws CtiosError CTIOS_BAD_SETTINGS: without the chosen configuration, passwords would go out unencrypted
 */
export function tlsOf(RED: NodeAPI, id: unknown): TlsSettings | undefined {
  if (typeof id !== 'string' || id === '') return undefined;
  const config = RED.nodes.getNode(id) as TlsConfigNode | null;
  const options = config?.addTLSOptions?.({});
  if (options === undefined) throw new CtiosError('CTIOS_BAD_SETTINGS', selectedIsMissing('TLS configuration'));
  return { id, options };
}
