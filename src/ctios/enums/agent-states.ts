/** Agent states that are handled differently in many modules. */
import { AgentState } from './agent.js';

/** An agent in this state has no device. */
export const LOGGED_OUT = AgentState.values.eLogout.value;
