/**
 * Records of contacts: one message for each agent's segment when it is over, one for the whole contact at its end. What
 * goes into them is decided in `src/contact/`; this node gives it the session's events, and sends what it writes. Its
 * memory stays with the session, so that a deploy loses no record.
 */
import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { SessionApi } from '../../src/cil/index.js';
import { systemClock } from '../../src/common/clock.js';
import { type CallRecord, ContactRecorder, type ContactSettings } from '../../src/contact/index.js';
import { agentFinder } from '../shared/contacts/agent-finder.js';
import { ContactLog } from '../shared/contacts/contact-log.js';
import { type ContactRulesDef, contactRules } from '../shared/contacts/contact-rules.js';
import { deliveriesOf } from '../shared/delivery/deliveries.js';
import { asError } from '../shared/message/errors.js';
import { number } from '../shared/message/numbers.js';
import { migrated } from '../shared/migrations.js';
import type { NodeStateEntry } from '../shared/session/node-state.js';
import { reasonText } from '../shared/session/own-lists.js';
import { SessionBinding } from '../shared/session/session-binding.js';
import type { SessionHost } from '../shared/session/session-host.js';

interface ContactDef extends NodeDef, ContactRulesDef {
  session: string;
  when: 'wrapup' | 'ended';
  /** Seconds. */
  maxWrapup: string | number;
  /** Days. */
  keep: string | number;
}

/** What the recorder listens to: calls, agents, and the session for gaps. */
const INTERFACES = ['ICallEvents', 'IAgentEvents', 'ISessionEvents'] as const;

/** What stays with the session. */
class KeptRecorder implements NodeStateEntry {
  readonly recorder: ContactRecorder;
  readonly #stop: (() => void)[];

  constructor(session: SessionApi, settings: ContactSettings, host: SessionHost) {
    this.recorder = new ContactRecorder(settings, {
      clock: systemClock,
      findAgent: agentFinder(session),
      reasonText: (state, code) => reasonText(host.site, state, code),
    });
    this.recorder.adoptAgents(session.agents.values());
    this.recorder.adopt(session.calls.values());
    this.#stop = INTERFACES.map((name) => session.subscribe(name, (event) => this.recorder.handle(event)));
  }

  dispose(): void {
    for (const stop of this.#stop) stop();
    this.recorder.dispose();
  }
}

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('ctios-contact', function (this: Node, saved: ContactDef) {
    RED.nodes.createNode(this, saved);
    contactNode(RED, this, migrated('ctios-contact', saved));
  });
};

function contactNode(RED: NodeAPI, node: Node, def: ContactDef): void {
  const settings: ContactSettings = {
    ...contactRules(def),
    when: def.when === 'ended' ? 'ended' : 'wrapup',
    maxWrapupMs: number(def.maxWrapup, 300, 1, 86_400) * 1000,
  };
  let sent = 0;
  const log = new ContactLog(deliveriesOf(RED as never), number(def.keep, 7, 0, 366), (error, record) => {
    // The record itself has been sent; what is missing is the copy to compare with.
    node.error(asError(error) as never, { topic: record.event, payload: record });
  });
  node.on('close', (_removed: boolean, done: () => void) => {
    log.close().then(done, done);
  });
  const binding = new SessionBinding(RED, node, String(def.session ?? ''), {
    opened(host) {
      const kept = host.getOrCreate(node.id, (session) => new KeptRecorder(session, settings, host));
      if (kept !== undefined) kept.recorder.settings = settings;
    },
    live(session, host) {
      const kept = host.getOrCreate(node.id, () => new KeptRecorder(session, settings, host));
      return kept?.recorder.attach((record) => send(record, host.id, session)) ?? (() => {});
    },
    ready: () => (sent === 0 ? ['ready'] : ['records', { count: sent }]),
  });

  function send(record: CallRecord, sessionId: string, session: SessionApi): void {
    sent++;
    log.keep(sessionId, record);
    const message = {
      topic: record.event,
      payload: record,
      ctios: {
        session: sessionId,
        ...(record.event === 'segment' && { objectId: record.call.id, agentId: record.agent.id }),
        time: Date.parse(record.time),
        sequence: session.sequence,
      },
    };
    node.send((record.event === 'segment' ? [message, null] : [null, message]) as never);
    binding.refresh();
  }
}
