/** The state of a session as one word for statuses, with the reason if there is one. */
import type { SessionStatus } from '../../../src/cil/index.js';
import type { LinkStatus } from '../../../src/ctios/index.js';
import type { MemberState, ReaderState } from '../../../src/stream/index.js';
import type { Expiring } from './opening/certificates.js';

export interface SessionView {
  readonly phase: SessionPhase;
  readonly reason?: string;
  readonly code?: string;
  /** In a group of readers: the active process. */
  readonly worker?: string;
  /** Its state among the publishers of the events of its site, if it is one. */
  readonly stream?: MemberState;
  /** Ready, but the server lacks a part of the configuration, for this reason. */
  readonly incomplete?: string;
  /** Ready, but a certificate is about to expire. */
  readonly expiring?: Expiring;
  /** Its reason is reported as an error, and needs no warning. */
  readonly isError?: true;
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

/** States of a link during its first attempt to reach a CTI Server, before anything has failed. */
const LINK_ON_ITS_WAY = ['stopped', 'choosing', 'connecting'];

/**
 * The phase of a session in each state of its connection, and of the link behind it.
 * @param hasConnectedOnce it was connected, or failed, before: this is not the first attempt
 */
export function viewOf(
  status: SessionStatus,
  hasConnectedOnce: boolean,
  link: LinkStatus | undefined,
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
      // Connected, but the current state is still being queried: not everything is visible yet.
      if (status.mode === 'none' || status.statusSystem.StatusObjects === false)
        return { phase: 'starting', reason, code };
      return { phase: 'ready', ...(expiring && { expiring }), ...incompleteIn(status) };
  }
}

function incompleteIn({ statusSystem }: SessionStatus): Pick<SessionView, 'incomplete'> {
  const { StatusIncomplete: incomplete } = statusSystem;
  return typeof incomplete === 'string' && incomplete !== '' ? { incomplete } : {};
}

function offlineView(status: SessionStatus, hasConnectedOnce: boolean, link: LinkStatus | undefined): SessionView {
  const { reason, code, statusSystem } = status;
  if (link?.state === 'failed') return { phase: 'rejected', reason: link.reason ?? reason, code: link.code ?? code };
  if (!hasConnectedOnce && link !== undefined && LINK_ON_ITS_WAY.includes(link.state)) return { phase: 'connecting' };
  // Just connected, the server has not reported its status yet: nothing is known to be off-line.
  const told = Object.keys(statusSystem).length > 0 || (link !== undefined && link.state !== 'up');
  if (!told) return { phase: hasConnectedOnce ? 'reconnecting' : 'connecting' };
  return { phase: 'offline', reason: link?.reason ?? reason, code: link?.code ?? code };
}

/** The phase of a session on an event stream, if the reader determines it; undefined: the session does. */
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

/** For settings that cannot be opened. */
export function unopenedView(error: unknown): SessionView {
  const { message, code } = error as Error & { code?: string };
  const phase = code === 'CTIOS_CLIENT_ID_IN_USE' ? 'clientIdInUse' : 'badSettings';
  return { phase, reason: message, code, isError: true };
}
