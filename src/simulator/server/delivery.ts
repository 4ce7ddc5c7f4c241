/** Tells a narrative to the sessions and monitors that it is for, encoded once per protocol version whoever listens. */
import { type MessageInit, ServiceMask } from '../../ged188/index.js';
import { has, isMonitored, isTold, type Narrative } from './audience.js';
import { Encodings } from './encodings.js';
import { withoutUnregistered } from './narration/call-data.js';
import type { CtiServer } from './server.js';
import type { SimulatorSession } from './session.js';

export class Delivery {
  constructor(private readonly servers: readonly CtiServer[]) {}

  /** Sessions that are open and listen, on either side. */
  *open(): Generator<SimulatorSession> {
    for (const server of this.servers) yield* server.listeners();
  }

  /** To everybody whom it concerns. */
  tell(narrative: Narrative): void {
    const encoded = new Encodings(narrative.message);
    for (const session of this.open()) this.#toSession(session, narrative, encoded);
  }

  #toSession(session: SimulatorSession, narrative: Narrative, encoded: Encodings): void {
    const grant = session.grant!;
    const own = isTold(grant, narrative);
    if (own && !this.#isRepetition(session, narrative)) this.#send(session, narrative, encoded, session.id);
    for (const monitor of session.monitors.values()) {
      if (!isMonitored(monitor, narrative)) continue;
      // A bridge sees its teams' agents anyway; a team monitor would only say it twice.
      if (own && monitor.target.kind === 'team') continue;
      this.#send(session, narrative, encoded, monitor.id);
    }
  }

  #send(session: SimulatorSession, narrative: Narrative, encoded: Encodings, monitorId: number): void {
    const { version } = session.grant!;
    if (session.registered === undefined) session.write(encoded.bytes(version, monitorId));
    else
      session.send({
        ...withoutUnregistered(narrative.message, session.registered),
        MonitorID: monitorId,
      } as MessageInit);
  }

  /** Sessions may ask to be told each agent state once, however often the switch says it. */
  #isRepetition(session: SimulatorSession, { message, agentId, peripheralId }: Narrative): boolean {
    if (message.type !== 'AGENT_STATE_EVENT') return false;
    if (!has(session.grant!, ServiceMask.CTI_SERVICE_IGNORE_DUPLICATE_AGENT_EVENTS)) return false;
    const { AgentState, EventReasonCode, NextAgentState, AgentInstrument } = message;
    const key = `${peripheralId}.${agentId}`;
    const state = `${AgentState} ${EventReasonCode} ${NextAgentState} ${AgentInstrument}`;
    const repeated = session.lastAgentState.get(key) === state;
    session.lastAgentState.set(key, state);
    return repeated;
  }
}
