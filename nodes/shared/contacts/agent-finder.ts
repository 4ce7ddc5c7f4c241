import type { SessionApi } from '../../../src/cil/index.js';
import { LOGGED_OUT } from '../../../src/ctios/enums/agent-states.js';
import type { FindAgent, TeamsOf } from '../../../src/screenpop/index.js';

/** The agent logged in at an instrument, as far as the session knows; only if it is certain. */
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

/** The teams of an agent; of one who is named without a peripheral, on whichever. */
export function teamsFinder(session: SessionApi): TeamsOf {
  return ({ id, peripheral }) => {
    if (peripheral !== undefined) return session.agents.get(`agent.${peripheral}.${id}`)?.teams ?? [];
    return [...session.agents.values()].flatMap((agent) =>
      agent.getValueString('AgentID') === id ? [...agent.teams] : [],
    );
  };
}
