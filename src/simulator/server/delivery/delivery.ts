/** Sends an event to the sessions and monitors that should receive it, encoded once per protocol version. */
import { type MessageInit, ServiceMask } from '../../../ged188/index.js';
import { withoutUnregistered } from '../messages/call-data.js';
import type { CtiServer } from '../server.js';
import type { SimulatorSession } from '../session/session.js';
import { has, isMonitored, isTold, monitorIdOf, type PublishedEvent } from './audience.js';
import { Encodings } from './encodings.js';

export class SessionDelivery {
  constructor(private readonly servers: readonly CtiServer[]) {}

  /** Open sessions in service, on either side. */
  *open(): Generator<SimulatorSession> {
    for (const server of this.servers) yield* server.listeners();
  }

  /** To all whom it concerns. */
  tell(event: PublishedEvent): void {
    const encoded = new Encodings(event.message);
    for (const session of this.open()) this.#toSession(session, event, encoded);
  }

  #toSession(session: SimulatorSession, event: PublishedEvent, encoded: Encodings): void {
    const grant = session.grant!;
    if ((event.since ?? 0) > grant.version) return;
    const own = isTold(grant, event);
    if (own && !this.#isRepetition(session, event)) this.#send(session, event, encoded, monitorIdOf(session));
    for (const monitor of session.monitors.values()) {
      if (!isMonitored(monitor, event)) continue;
      // A bridge receives its teams' agents anyway; a team monitor would only send it twice.
      if (own && monitor.target.kind === 'team') continue;
      this.#send(session, event, encoded, monitor.id);
    }
  }

  #send(session: SimulatorSession, event: PublishedEvent, encoded: Encodings, monitorId: number): void {
    const { version } = session.grant!;
    if (session.registered === undefined) session.write(encoded.bytes(version, session.charset, monitorId));
    else
      session.send({
        ...withoutUnregistered(event.message, session.registered),
        MonitorID: monitorId,
      } as MessageInit);
  }

  /** Sessions can request each agent state only once, even if the switch repeats it. */
  #isRepetition(session: SimulatorSession, { message, agentId, peripheralId }: PublishedEvent): boolean {
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
