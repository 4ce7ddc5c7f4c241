/** Compares what a session received with what actually happened. Each function returns the differences as sentences. */
import type { CilEvent, Session } from '../../src/cil/index.js';
import type { Simulator } from '../../src/simulator/index.js';

/** A session, and the state it should have. */
interface Scene {
  readonly session: Session;
  readonly simulator: Simulator;
}

/** The peripheral of the agents in the suites; a site may have another one with the same IDs. */
const PERIPHERAL = 5000;

/** Events that report something observed; they must not be made up from a snapshot. */
const WITNESSED = /^On(Call(Begin|Delivered|Established|Held|Retrieved|Originated|Transferred|Conferenced|Queued))/;

/** Each call begins once, ends at most once, and has no events before its beginning or after its end. */
export function lives(events: readonly CilEvent[]): string[] {
  const wrong: string[] = [];
  const state = new Map<string, 'live' | 'ended'>();
  for (const event of events) {
    const { event: name, objectId: id, sequence } = event;
    if (event.recovered && WITNESSED.test(name)) wrong.push(`${sequence} ${name} is told as recovered`);
    if (!id?.startsWith('call.') || name.endsWith('Conf') !== (name === 'OnSnapshotCallConf')) continue;
    const old = event.args.OldUniqueObjectID;
    if (typeof old === 'string' && old !== id && state.get(old) === 'live') {
      state.delete(old);
      state.set(id, 'live');
    }
    const life = state.get(id);
    if (name === 'OnCallBegin') {
      if (life !== undefined) wrong.push(`${sequence} ${id} begins although it is ${life}`);
      state.set(id, 'live');
    } else if (name === 'OnSnapshotCallConf') {
      if (life === 'ended') wrong.push(`${sequence} ${id} is found although it has ended`);
      state.set(id, 'live');
    } else if (name === 'OnCallEnd') {
      if (life !== 'live') wrong.push(`${sequence} ${id} ends although it is ${life ?? 'unknown'}`);
      state.set(id, 'ended');
    } else if (life !== 'live') wrong.push(`${sequence} ${name} for ${id}, which is ${life ?? 'unknown'}`);
  }
  return wrong;
}

/** Sequence numbers increase by one. */
export function order(events: readonly CilEvent[]): string[] {
  return events.flatMap(({ sequence }, index) =>
    index > 0 && sequence !== events[index - 1]!.sequence + 1
      ? [`${sequence} after ${events[index - 1]!.sequence}`]
      : [],
  );
}

/** The session's calls are those of the contact center, with their states; in agent mode, those of one instrument. */
export function calls(scene: Scene, instrument?: string): string[] {
  const really = new Map<string, number>();
  for (const call of scene.simulator.center.calls()) {
    for (const each of call.connections) {
      if (each.kind !== 'agentPhone') continue;
      if (instrument !== undefined && (each.deviceId !== instrument || call.peripheralId !== PERIPHERAL)) continue;
      really.set(`call.${call.peripheralId}.${call.callId}.${each.deviceId}`, each.state);
    }
  }
  const wrong: string[] = [];
  for (const [id, state] of really) {
    const known = scene.session.calls.get(id)?.properties().CallStatus;
    if (known !== state) wrong.push(`${id} is in state ${state}, the session thinks ${known}`);
  }
  for (const id of scene.session.calls.keys())
    if (!really.has(id)) wrong.push(`${id} is gone, the session still has it`);
  return wrong;
}

/** Agents are in the states that the session reports. */
export function agents(scene: Scene, only?: string): string[] {
  const wrong: string[] = [];
  for (const agent of scene.simulator.center.agents()) {
    if (only !== undefined && (agent.agentId !== only || agent.peripheralId !== PERIPHERAL)) continue;
    const known = scene.session.agents.get(`agent.${agent.peripheralId}.${agent.agentId}`)?.properties().AgentState;
    if (known === undefined && !agent.loggedIn) continue;
    if (known !== agent.state) wrong.push(`agent ${agent.agentId} is ${agent.state}, the session thinks ${known}`);
  }
  return wrong;
}
