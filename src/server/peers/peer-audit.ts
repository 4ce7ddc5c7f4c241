import { type AuditEntry, cutTexts } from '../observability/audit.js';
import type { PeerEvent } from './peer-hub.js';

/**
 * Peer events that belong in the audit log: which peers connected, which were refused, and what peers requested here.
 * What this server requests of a peer is logged as the request of its own client.
 */
export function peerAudit(event: PeerEvent, time: number): AuditEntry | undefined {
  const entry = entryOf(event, time);
  return entry && cutTexts(entry);
}

function entryOf(event: PeerEvent, time: number): AuditEntry | undefined {
  switch (event.what) {
    case 'linked':
      return { time, what: 'peer linked', ...whose(event) };
    case 'lost':
      return { time, what: 'peer lost', ...whose(event), code: event.why.code };
    case 'not linked':
      return event.called ? { time, what: 'peer refused', ...whose(event), code: event.why.code } : undefined;
    case 'asked': {
      const { ask, failure } = event;
      const objectId = subjectOf(event.body ?? {});
      return {
        time,
        what: 'asked by peer',
        ...whose(event),
        request: ask,
        ...(objectId === undefined ? {} : { objectId }),
        outcome: failure === undefined ? 'confirmed' : 'failed',
        ...(failure === undefined ? {} : { code: failure.code }),
      };
    }
    default:
      return undefined;
  }
}

function whose({ peer, address }: { peer?: { id: string; name: string }; address: string }) {
  return { peer: address, ...(peer === undefined ? {} : { connection: peer.id, client: peer.name }) };
}

/** UniqueObjectID of the agent or connection that a request concerns. Never free text. */
function subjectOf({
  PeripheralID,
  AgentID,
  Target,
  Connection,
}: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof AgentID === 'string' && typeof PeripheralID === 'number') return `agent.${PeripheralID}.${AgentID}`;
  const id = Target ?? Connection;
  return typeof id === 'string' ? id : undefined;
}
