/**
 * One message per customer contact that should pop, no more, no less. The rule is `src/screenpop/`; this node gives it
 * the session's events, and sends what it says. Its memory stays with the session, so that a deploy pops nothing twice.
 */
import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { SessionApi } from '../../src/cil/index.js';
import { systemClock } from '../../src/common/clock.js';
import { enumValue } from '../../src/ctios/index.js';
import {
  type FindAgent,
  type PopOutput,
  ScreenPop,
  type ScreenPopSettings,
  type Trigger,
} from '../../src/screenpop/index.js';
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
  /** Each a list, separated by commas. */
  internationalPrefixes: string;
  internalPatterns: string;
  withheldWords: string;
  fields: { from: string; to: string }[];
  url: string;
}

/** What stays with the session. */
class KeptPop implements NodeStateEntry {
  readonly pop: ScreenPop;
  #stop: (() => void)[];

  constructor(session: SessionApi, settings: ScreenPopSettings) {
    this.pop = new ScreenPop(settings, { clock: systemClock, findAgent: agentFinder(session) });
    this.pop.adopt(session.calls.values());
    this.#stop = ['ICallEvents', 'IAgentEvents'].map((name) =>
      session.subscribe(name, (event) => this.pop.handle(event)),
    );
  }

  dispose(): void {
    for (const stop of this.#stop) stop();
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
    if (body.event === 'pop') popped++;
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
    node.send((body.event === 'ended' ? [null, message] : [message, null]) as never);
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
    internationalPrefixes: words(def.internationalPrefixes),
    internalPatterns: words(def.internalPatterns),
    withheldWords: phrases(def.withheldWords),
    internalDigits: number(def.internalDigits, 5, 0, 15),
    ...(callTypes.length === 0 ? {} : { callTypes }),
    ...(region === '' ? {} : { region }),
    ...(url === '' ? {} : { url }),
  };
}

/** The agent who is logged in at an instrument, as far as the session knows; only if it is certain which. */
function agentFinder(session: SessionApi): FindAgent {
  return (instrument, peripheral) => {
    const found = [...session.agents.values()].filter((agent) => {
      const { AgentInstrument, AgentExtension, AgentState, PeripheralID } = agent.properties();
      if (AgentInstrument !== instrument && AgentExtension !== instrument) return false;
      return AgentState !== LOGGED_OUT && (peripheral === undefined || PeripheralID === peripheral);
    });
    return found.length === 1 ? found[0] : undefined;
  };
}

/** Enumeration AgentState, eLogout. */
const LOGGED_OUT = 1;

function words(value: unknown): string[] {
  return String(value ?? '')
    .split(/[,;\s]+/)
    .filter((word) => word !== '');
}

/** As {@link words}, for what may have blanks in it: "keine Nummer". */
function phrases(value: unknown): string[] {
  return String(value ?? '')
    .split(/[,;\n]/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');
}
