/** The connectors to the servers of a target, and the servers that run in this process for it. */
import type { Connector } from '../../../../src/ctios/index.js';
import { acquireServer, type EmbeddedSettings, type ServerHandle } from '../../../../src/embedded.js';
import type { Target } from '../settings/settings.js';
import { natsSettings, requestConnectors } from './open-stream.js';

/** A stream that does not exist yet is made like this: one copy, a day. */
const NEW_STREAM = { replicas: 1, maxAgeMs: 24 * 3_600_000 };

/** The connectors to the servers of a target, and what runs in this process for it. */
export function reach(
  target: Target,
  control: boolean,
  { acquire = acquireServer, openMs }: { acquire?: typeof acquireServer; openMs?: number } = {},
): { connectors: readonly [Connector] | readonly [Connector, Connector]; server?: ServerHandle } {
  if (target.kind === 'ctios-server' || target.kind === 'nats') return { connectors: requestConnectors(target) };
  const server = acquire({ ...embedded(target), ...(openMs === undefined ? {} : { openMs }) });
  return { connectors: [server.connector({ allowMonitorControl: control })], server };
}

function embedded(target: Exclude<Target, { kind: 'ctios-server' | 'nats' }>): EmbeddedSettings {
  if (target.kind === 'simulator') {
    const { kind, scenario, agents, traffic, seed, profile, recording, replay } = target;
    return {
      kind,
      agents,
      traffic,
      seed,
      ...(scenario === undefined ? {} : { scenario }),
      ...(profile === undefined ? {} : { profile }),
      ...(recording === undefined ? {} : { recording }),
      ...(replay === undefined ? {} : { replay }),
    };
  }
  const { a, b, clientId, clientPassword, peripheralId, agentIds, protocol, charset, tls, recording, stream } = target;
  return {
    kind: 'cti-server',
    sides: { A: a, ...(b === undefined ? {} : { B: b }) },
    clientId,
    password: clientPassword,
    peripheralId,
    agents: agentIds,
    ...(protocol === undefined ? {} : { protocolVersion: protocol }),
    ...(charset === undefined ? {} : { charset }),
    ...(tls === undefined ? {} : { tls }),
    ...(recording === undefined ? {} : { recording }),
    ...(stream === undefined
      ? {}
      : { stream: { nats: { ...natsSettings(stream.broker), create: NEW_STREAM }, masked: stream.masked } }),
  };
}
