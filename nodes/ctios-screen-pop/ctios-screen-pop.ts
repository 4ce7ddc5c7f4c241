/**
 * Exactly one message per customer contact that should pop. `src/screenpop/` implements the rule; this node passes it
 * the session's events, and sends the result. Its memory belongs to the session, so that a deploy pops nothing twice.
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
  type VisitLedger,
} from '../../src/screenpop/index.js';
import { agentFinder, teamsFinder } from '../shared/contacts/agent-finder.js';
import { type ContactRulesDef, contactRuleProblems, contactRules } from '../shared/contacts/contact-rules.js';
import { visitsOf } from '../shared/contacts/session-visits.js';
import { copyArgs } from '../shared/message/copy-args.js';
import type { PopInfo } from '../shared/message/message-info.js';
import { migrated } from '../shared/migrations.js';
import type { NodeStateEntry } from '../shared/session/node-state.js';
import { SessionBinding } from '../shared/session/session-binding.js';
import type { SessionHost } from '../shared/session/session-host.js';
import { nodeTraces } from '../shared/tracing/node-traces.js';

interface ScreenPopDef extends NodeDef, ContactRulesDef {
  session: string;
  trigger: Trigger;
  popRinging: boolean;
  /** One pop among all groups of readers of an event stream. */
  claim: boolean;
  url: string;
}

/** State kept with the session. */
class KeptPop implements NodeStateEntry {
  readonly pop: ScreenPop;
  #stop: (() => void)[];

  /** @param claim absent: only this process shows contacts, or each process shows all of them */
  constructor(
    session: SessionApi,
    settings: ScreenPopSettings,
    { claim, ledger, rereads }: { claim: ScreenPopDeps['claim']; ledger: VisitLedger; rereads: boolean },
  ) {
    const more = claim === undefined ? {} : { claim };
    this.pop = new ScreenPop(settings, {
      clock: systemClock,
      findAgent: agentFinder(session),
      teamsOf: teamsFinder(session),
      ledger,
      rereads,
      ...more,
    });
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
  for (const problem of contactRuleProblems(def)) node.warn(problem);
  const traces = nodeTraces(RED, node);
  let popped = 0;
  const binding = new SessionBinding(RED, node, String(def.session ?? ''), {
    opened(host) {
      const kept = host.getOrCreate(node.id, (session) => new KeptPop(session, settings, sharedBy(host)));
      if (kept !== undefined) kept.pop.settings = settings;
    },
    live(session, host) {
      const kept = host.getOrCreate(node.id, () => new KeptPop(session, settings, sharedBy(host)));
      return kept?.pop.attach((output) => send(output, host, session)) ?? (() => {});
    },
    ready: () => (popped === 0 ? ['ready'] : ['pops', { count: popped }]),
  });

  /** What this node has in common with others: of this process, and of other ones. */
  function sharedBy(host: SessionHost) {
    const claim = def.claim === true ? host.claim : undefined;
    return { claim, ledger: visitsOf(RED as never, host), rereads: host.rereads };
  }

  function send({ body, call, agent, replayed }: PopOutput, host: SessionHost, session: SessionApi): void {
    if (body.event === 'pop') popped++;
    const { id } = body.call;
    const ctios: PopInfo = {
      session: host.id,
      ...(id === undefined ? {} : { objectId: id }),
      agentId: body.agent.id,
      time: Date.parse(body.time),
      sequence: session.sequence,
      ...(replayed === undefined ? {} : { replayed }),
    };
    const message: Record<string, unknown> = { topic: body.event, payload: body, ctios };
    if (call !== undefined) message.call = copyArgs(call);
    if (agent !== undefined) message.agent = copyArgs(agent);
    const about = { call: id, journey: body.journey, agent: body.agent.id };
    traces?.made(message, body.event, host, about, body.event === 'pop' ? Date.parse(body.time) : undefined);
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
