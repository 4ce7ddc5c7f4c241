/**
 * Requests that set a mode, when called by name. They use the session's own methods, because the session must remember
 * them to repeat them after a reconnection.
 */
import { checkArguments } from '../ctios/index.js';
import type { Confirmation, RequestOptions } from './objects/request.js';
import type { SessionApi } from './session-api.js';

/** Enumeration MonitorSessionSnapshotMode. */
export const SNAPSHOT_OFF = 1;

export const OWN_REQUESTS: Readonly<
  Record<string, (session: SessionApi, name: string, options?: RequestOptions) => Promise<Confirmation>>
> = {
  async SetMessageFilter(session, name, options) {
    const { Filter, MonitorSessionSnapshotMode, MonitorModePassword } = checkArguments(name, options?.args ?? {});
    await session.setMessageFilter(typeof Filter === 'string' ? Filter : '', {
      snapshot: MonitorSessionSnapshotMode !== SNAPSHOT_OFF,
      ...(typeof MonitorModePassword === 'string' ? { password: MonitorModePassword } : {}),
    });
    return { event: 'OnMonitorModeEstablished', args: { StatusSystem: session.status.statusSystem } };
  },
  async SetAgent(session, name, options) {
    const args = checkArguments(name, options?.args ?? {});
    const { uniqueObjectID } = await session.setAgent({ ...args, AgentID: String(args.AgentID) });
    return { event: 'OnSetAgentModeEvent', args: { UniqueObjectID: uniqueObjectID } };
  },
};
