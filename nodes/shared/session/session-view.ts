/** How a session stands, in one word for statuses, and the reason in words where there is one. */
import type { SessionStatus } from '../../../src/cil/index.js';
import type { ReaderState } from '../../../src/stream/index.js';
import type { Expiring } from './certificates.js';
import type { LinkView } from './opened-session.js';

export interface SessionView {
  readonly phase: SessionPhase;
  readonly reason?: string;
  readonly code?: string;
  /** Of a group of readers: the process that works. */
  readonly worker?: string;
  /** All is well, but not for long: a certificate is about to end. */
  readonly expiring?: Expiring;
}
export type SessionPhase =
  | 'unused'
  | 'connecting'
  | 'starting'
  | 'ready'
  | 'warm'
  | 'reconnecting'
  | 'offline'
  | 'badSettings'
  | 'clientIdInUse'
  | 'rejected';

/** States of a link on its first way to a CTI Server, before anything has gone wrong. */
const LINK_ON_ITS_WAY = ['stopped', 'choosing', 'connecting'];

/**
 * The phase of a session in each state of its connection, and of the link behind it.
 * @param hasConnectedOnce something was reached, or went wrong, before: a new attempt is no news
 */
export function viewOf(
  status: SessionStatus,
  hasConnectedOnce: boolean,
  link: LinkView | undefined,
  expiring?: Expiring,
): SessionView {
  const { reason, code } = status;
  switch (status.state) {
    case 'disconnected':
    case 'closing':
      return { phase: 'unused', reason, code };
    case 'rejected':
      return { phase: 'rejected', reason, code };
    case 'connecting':
    case 'hello':
    case 'waiting':
      return hasConnectedOnce || reason !== undefined
        ? { phase: 'reconnecting', reason, code }
        : { phase: 'connecting' };
    case 'ready':
      if (!status.online) return offlineView(status, hasConnectedOnce, link);
      // Connected, but what exists is still being asked for: not everything can be seen yet.
      if (status.mode === 'none' || status.statusSystem.StatusObjects === false)
        return { phase: 'starting', reason, code };
      return expiring === undefined ? { phase: 'ready' } : { phase: 'ready', expiring };
  }
}

function offlineView(status: SessionStatus, hasConnectedOnce: boolean, link: LinkView | undefined): SessionView {
  const { reason, code, statusSystem } = status;
  if (link?.linkState === 'failed')
    return { phase: 'rejected', reason: link.linkReason ?? reason, code: link.linkCode ?? code };
  if (!hasConnectedOnce && link !== undefined && LINK_ON_ITS_WAY.includes(link.linkState))
    return { phase: 'connecting' };
  // Only just reached, the server has not told yet how things stand: nothing is known to be off-line.
  const told = Object.keys(statusSystem).length > 0 || (link !== undefined && link.linkState !== 'up');
  if (!told) return { phase: hasConnectedOnce ? 'reconnecting' : 'connecting' };
  return { phase: 'offline', reason: link?.linkReason ?? reason, code: link?.linkCode ?? code };
}

/** The phase of a session on an event stream, where the reader says it; undefined: the session does. */
export function readerView(reader: ReaderState, hasConnectedOnce: boolean): SessionView | undefined {
  switch (reader.state) {
    case 'working':
      return undefined;
    case 'warm':
      return { phase: 'warm', worker: reader.worker };
    case 'away': {
      const { reason } = reader;
      if (reason === undefined && !hasConnectedOnce) return { phase: 'connecting' };
      return { phase: 'reconnecting', ...(reason === undefined ? {} : { reason, code: 'CTIOS_STREAM_AWAY' }) };
    }
  }
}

/** Of settings that cannot even be opened. */
export function unopenedView(error: unknown): SessionView {
  const { message, code } = error as Error & { code?: string };
  return { phase: code === 'CTIOS_CLIENT_ID_IN_USE' ? 'clientIdInUse' : 'badSettings', reason: message, code };
}
