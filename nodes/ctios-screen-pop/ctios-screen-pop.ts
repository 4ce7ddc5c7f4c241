/**
 * One message per customer contact that should pop, no more, no less. The rule is `src/screenpop/`; this node gives it
 * the session's events, and sends what it says. Its memory stays with the session, so that a deploy pops nothing twice.
 */
import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { SessionApi } from '../../src/cil/index.js';
import { systemClock } from '../../src/common/clock.js';
import {
  type PopOutput,
  ScreenPop,
  type ScreenPopDeps,
  type ScreenPopSettings,
  type Trigger,
} from '../../src/screenpop/index.js';
import { agentFinder } from '../shared/contacts/agent-finder.js';
import { type ContactRulesDef, contactRules } from '../shared/contacts/contact-rules.js';
import { copyArgs } from '../shared/message/copy-args.js';
import { migrated } from '../shared/migrations.js';
import type { NodeStateEntry } from '../shared/session/node-state.js';
import { SessionBinding } from '../shared/session/session-binding.js';
import type { SessionHost } from '../shared/session/session-host.js';

interface ScreenPopDef extends NodeDef, ContactRulesDef {
  session: string;
  trigger: Trigger;
  popRinging: boolean;
  /** One pop among all groups of readers of an event stream. */
  claim: boolean;
  url: string;
}

/** What stays with the session. */
class KeptPop implements NodeStateEntry {
  readonly pop: ScreenPop;
  #stop: (() => void)[];

  /** @param claim absent: this process alone shows contacts, or each shows them all */
  constructor(session: SessionApi, settings: ScreenPopSettings, claim: ScreenPopDeps['claim']) {
    const findAgent = agentFinder(session);
    this.pop = new ScreenPop(settings, { clock: systemClock, findAgent, ...(claim === undefined ? {} : { claim }) });
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
      const kept = host.getOrCreate(node.id, (session) => new KeptPop(session, settings, claimOf(host)));
      if (kept !== undefined) kept.pop.settings = settings;
    },
    live(session, host) {
      const kept = host.getOrCreate(node.id, () => new KeptPop(session, settings, claimOf(host)));
      return kept?.pop.attach((output) => send(output, host.id, session)) ?? (() => {});
    },
    ready: () => (popped === 0 ? ['ready'] : ['pops', { count: popped }]),
  });

  function claimOf(host: SessionHost): ScreenPopDeps['claim'] {
    return def.claim === true ? host.claim : undefined;
  }

  function send({ body, call, agent, replayed }: PopOutput, sessionId: string, session: SessionApi): void {
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
        ...(replayed === undefined ? {} : { replayed }),
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
  const url = String(def.url ?? '').trim();
  return {
    ...contactRules(def),
    trigger: def.trigger,
    popRinging: def.popRinging === true,
    ...(url === '' ? {} : { url }),
  };
}
