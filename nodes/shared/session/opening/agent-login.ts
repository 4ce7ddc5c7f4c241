/** Brings a session into agent mode, and logs the agent in if that is configured. */
import type { Agent, SessionApi } from '../../../../src/cil/index.js';
import { systemClock } from '../../../../src/common/clock.js';
import { LOGGED_OUT } from '../../../../src/ctios/enums/agent-states.js';
import { CtiosError, enumValue } from '../../../../src/ctios/index.js';
import type { Mode } from '../settings/settings.js';

/** How long a log-in may wait for the link, and for the state that follows from it, in milliseconds. */
const LOGIN_MS = 10_000;
/** Delay before an agent is queried again, in milliseconds. */
const RETRY_MS = 250;

const UNKNOWN = enumValue('AgentState', 'Unknown');

/**
 * Agent mode, and the log-in if configured. Both need the CTI Server itself: at a cold start it may become reachable
 * only after the session is connected, and may be lost in between, so they are requested each time it comes online.
 * Rejects when they are refused.
 */
export async function becomeAgent(session: SessionApi, mode: Mode & { mode: 'agent' }): Promise<void> {
  for (;;) {
    await online(session);
    try {
      const known = await session.setAgent(mode.agent);
      if (!mode.login || isLoggedIn(known)) return;
      // The single log-in of a start. With AutoLogin the server repeats it after a gap, and the library after its own.
      const args = { ...mode.agent, AutoLogin: true };
      await session
        .request('Login', { target: known.uniqueObjectID, args, linkWaitMs: LOGIN_MS })
        .catch((error: unknown) => {
          // The agent may have logged in meanwhile, at another desktop or at the phone itself.
          if (!isLoggedIn(known)) throw error;
        });
      await loggedIn(session, known);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== 'CTIOS_OFFLINE') throw error;
      // The link may be lost before the session is notified: no reason for a busy loop.
      await new Promise<void>((resolve) => systemClock.after(RETRY_MS, resolve));
    }
  }
}

/** The log-in was accepted; the resulting state arrives as an event. Without a log-in, requests report the problem. */
function loggedIn(session: SessionApi, agent: Agent): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      timer.cancel();
      stop();
      resolve();
    };
    const timer = systemClock.after(LOGIN_MS, end);
    const stop = session.subscribe('AllInOne', () => {
      if (isLoggedIn(agent)) end();
    });
    if (isLoggedIn(agent)) end();
  });
}

function isLoggedIn(agent: Agent): boolean {
  const { AgentState } = agent.properties();
  return AgentState !== undefined && AgentState !== LOGGED_OUT && AgentState !== UNKNOWN;
}

/** Ends when requests can succeed; rejects when the session is closed. */
function online(session: SessionApi): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const { state, online: isOnline } = session.status;
      if (state !== 'disconnected' && state !== 'closing' && !isOnline) return;
      stop();
      if (isOnline) resolve();
      else reject(new CtiosError('CTIOS_CLOSED', 'The session was closed before it came online.'));
    };
    const stop = session.onStatus(look);
    look();
  });
}
