/**
 * One message per customer contact that should pop, no more, no less. The rule is `src/screenpop/`; this node gives it
 * the session's events, and sends what it says. Its memory stays with the session, so that a deploy pops nothing twice.
 */
import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { SessionApi } from '../../src/cil/index.js';
import { systemClock } from '../../src/common/clock.js';
import { type Args, enumValue } from '../../src/ctios/index.js';
import { type PopOutput, ScreenPop, type ScreenPopSettings, type Trigger } from '../../src/screenpop/index.js';
import { copyArgs } from '../shared/message/copy-args.js';
import { number } from '../shared/message/numbers.js';
import { migrated } from '../shared/migrations.js';
import type { NodeStateEntry } from '../shared/session/node-state.js';
import { SessionBinding } from '../shared/session/session-binding.js';

interface ScreenPopDef extends NodeDef {
  session: string;
  trigger: Trigger;
  popRinging: boolean;
  /** Names or numbers of CallType, separated by commas; blank: those that bring a customer in. */
  callTypes: string;
  /** Agent IDs, separated by commas; blank: all. */
  agents: string;
  region: string;
  prefixes: string;
  internalDigits: string | number;
  fields: { from: string; to: string }[];
  url: string;
}

/** What stays with the session. */
class KeptPop implements NodeStateEntry {
  readonly pop: ScreenPop;
  #stop: () => void;

  constructor(session: SessionApi, settings: ScreenPopSettings) {
    this.pop = new ScreenPop(settings, { clock: systemClock, findAgent: agentFinder(session) });
    this.pop.adopt(session.calls.values());
    this.#stop = session.subscribe('ICallEvents', (event) => this.pop.handle(event));
  }

  dispose(): void {
    this.#stop();
    this.pop.dispose();
  }
}

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('ctios-screen-pop', function (this: Node, saved: ScreenPopDef) {
    RED.nodes.createNode(this, saved);
    screenPopNode(RED, this, migrated('ctios-screen-pop', saved));
  });
};

function screenPopNode(RED: NodeAPI, node: Node, def: ScreenPopDef): void {
  const settings = screenPopSettings(def);
  let popped = 0;
  const binding = new SessionBinding(RED, node, String(def.session ?? ''), {
    opened(host) {
      const kept = host.getOrCreate(node.id, (session) => new KeptPop(session, settings));
      if (kept !== undefined) kept.pop.settings = settings;
    },
    live(session, host) {
      const kept = host.getOrCreate(node.id, () => new KeptPop(session, settings));
      return kept?.pop.attach((output) => send(output, host.id, session)) ?? (() => {});
    },
    ready: () => (popped === 0 ? ['ready'] : ['pops', { count: popped }]),
  });

  function send({ body, call, agent }: PopOutput, sessionId: string, session: SessionApi): void {
    const isPop = body.event === 'pop';
    if (isPop) popped++;
    const { id } = body.call;
    const message: Record<string, unknown> = {
      topic: body.event,
      payload: body,
      ctios: {
        session: sessionId,
        ...(id === undefined ? {} : { objectId: id }),
        agentId: body.agent.id,
        time: Date.parse(body.time),
        sequence: session.sequence,
      },
    };
    if (call !== undefined) message.call = copyArgs(call);
    if (agent !== undefined) message.agent = copyArgs(agent);
    node.send((isPop ? [message, null] : [null, message]) as never);
    binding.refresh();
  }
}

/** The rule's settings from the saved form. */
function screenPopSettings(def: ScreenPopDef): ScreenPopSettings {
  const callTypes = words(def.callTypes).flatMap((word) => {
    const value = enumValue('CallType', word);
    return typeof value === 'number' ? [value] : [];
  });
  const fields = (Array.isArray(def.fields) ? def.fields : [])
    .map(({ from, to }) => ({ from: from.trim(), to: to.trim() || from.trim() }))
    .filter(({ from }) => from !== '');
  const region = String(def.region ?? '').trim();
  const url = String(def.url ?? '').trim();
  return {
    trigger: def.trigger,
    popRinging: def.popRinging === true,
    agents: words(def.agents),
    fields,
    prefixes: words(def.prefixes),
    internalDigits: number(def.internalDigits, 5, 0, 15),
    ...(callTypes.length === 0 ? {} : { callTypes }),
    ...(region === '' ? {} : { region }),
    ...(url === '' ? {} : { url }),
  };
}

/** Who is logged in at an instrument, as far as the session knows. */
function agentFinder(session: SessionApi): (instrument: string) => { properties(): Args } | undefined {
  return (instrument) => {
    for (const agent of session.agents.values()) {
      const { AgentInstrument, AgentExtension } = agent.properties();
      if (AgentInstrument === instrument || AgentExtension === instrument) return agent;
    }
    return undefined;
  };
}

function words(value: unknown): string[] {
  return String(value ?? '')
    .split(/[,;\s]+/)
    .filter((word) => word !== '');
}
