import type { SessionApi } from '../../../src/cil/index.js';
import type { FindAgent } from '../../../src/screenpop/index.js';

/** Enumeration AgentState, eLogout. */
const LOGGED_OUT = 1;

/** The agent who is logged in at an instrument, as far as the session knows; only if it is certain which. */
export function agentFinder(session: SessionApi): FindAgent {
  return (instrument, peripheral) => {
    const found = [...session.agents.values()].filter((agent) => {
      const { AgentInstrument, AgentExtension, AgentState, PeripheralID } = agent.properties();
      if (AgentInstrument !== instrument && AgentExtension !== instrument) return false;
      return AgentState !== LOGGED_OUT && (peripheral === undefined || PeripheralID === peripheral);
    });
    return found.length === 1 ? found[0] : undefined;
  };
}
