import { Session } from '../../src/cil/index.js';
import { acquireServer } from '../../src/embedded.js';
import { VERSION } from '../flow/load.js';

/** A session with a CTI Server at this port, all tiers in this process. @param recording whether the link is recorded */
export function createEmbedded(port: number, recording: 'off' | 'on'): Session {
  const handle = acquireServer({
    kind: 'cti-server',
    sides: { A: { host: '127.0.0.1', port } },
    clientId: 'bench',
    peripheralId: 5000,
    protocolVersion: VERSION,
    ...(recording === 'on' ? { recording } : {}),
  });
  return new Session({ connectors: [handle.connector()] });
}
