/**
 * Contact records: one message for each agent's segment when it is over, one for the whole contact at its end.
 * `src/contact/` creates them; this node passes it the session's events, and sends the records. Its memory belongs to
 * the session, so that a deploy loses no record.
 */
import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { SessionApi } from '../../src/cil/index.js';
import { systemClock } from '../../src/common/clock.js';
import { type CallRecord, ContactRecorder, type ContactSettings } from '../../src/contact/index.js';
import type { VisitLedger } from '../../src/screenpop/index.js';
import { agentFinder, teamsFinder } from '../shared/contacts/agent-finder.js';
import { ContactLog } from '../shared/contacts/contact-log.js';
import { type ContactRulesDef, contactRuleProblems, contactRules } from '../shared/contacts/contact-rules.js';
import { visitsOf } from '../shared/contacts/session-visits.js';
import { deliveriesOf } from '../shared/delivery/deliveries.js';
import { asError } from '../shared/message/errors.js';
import type { ContactInfo } from '../shared/message/message-info.js';
import { number } from '../shared/message/numbers.js';
import { migrated } from '../shared/migrations.js';
import type { NodeStateEntry } from '../shared/session/node-state.js';
import { reasonText } from '../shared/session/own-lists.js';
import { SessionBinding } from '../shared/session/session-binding.js';
import type { SessionHost } from '../shared/session/session-host.js';
import { nodeTraces } from '../shared/tracing/node-traces.js';

interface ContactDef extends NodeDef, ContactRulesDef {
  session: string;
  when: 'wrapup' | 'ended';
  /** Seconds. */
  maxWrapup: string | number;
  /** Days. */
  keep: string | number;
}

/** The subscriptions of the recorder: calls, agents, and the session for gaps. */
const INTERFACES = ['ICallEvents', 'IAgentEvents', 'ISessionEvents'] as const;

/** State kept with the session. */
class KeptRecorder implements NodeStateEntry {
  readonly recorder: ContactRecorder;
  readonly #stop: (() => void)[];

  constructor(session: SessionApi, settings: ContactSettings, host: SessionHost, ledger: VisitLedger) {
    this.recorder = new ContactRecorder(settings, {
      clock: systemClock,
      findAgent: agentFinder(session),
      ledger,
      rereads: host.rereads,
      teamsOf: teamsFinder(session),
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
  const traces = nodeTraces(RED, node);
  let sent = 0;
  for (const problem of contactRuleProblems(def)) node.warn(problem);
  const log = new ContactLog(deliveriesOf(RED as never), number(def.keep, 7, 0, 366), (error, record) => {
    // The record itself has been sent; only the stored copy for comparison is missing.
    node.error(asError(error) as never, { topic: record.event, payload: record });
  });
  node.on('close', (_removed: boolean, done: () => void) => {
    log.close().then(done, done);
  });
  const binding = new SessionBinding(RED, node, String(def.session ?? ''), {
    usable: (host) => (host.agents === undefined ? undefined : 'monitorModeOnly'),
    opened(host) {
      if (host.agents !== undefined) return;
      const kept = host.getOrCreate(
        node.id,
        (session) => new KeptRecorder(session, settings, host, visitsOf(RED as never, host)),
      );
      if (kept !== undefined) kept.recorder.settings = settings;
    },
    live(session, host) {
      if (host.agents !== undefined) return () => {};
      const kept = host.getOrCreate(
        node.id,
        () => new KeptRecorder(session, settings, host, visitsOf(RED as never, host)),
      );
      return kept?.recorder.attach((record) => send(record, host, session)) ?? (() => {});
    },
    ready: () => (sent === 0 ? ['ready'] : ['records', { count: sent }]),
  });

  function send(record: CallRecord, host: SessionHost, session: SessionApi): void {
    sent++;
    log.keep(host.id, record);
    const ctios: ContactInfo = {
      session: host.id,
      ...(record.event === 'segment' && { objectId: record.call.id, agentId: record.agent.id }),
      time: Date.parse(record.time),
      sequence: session.sequence,
    };
    const message: Record<string, unknown> = { topic: record.event, payload: record, ctios };
    const agent = record.event === 'segment' ? record.agent.id : undefined;
    traces?.made(message, record.event, host, { journey: record.journey, agent });
    node.send((record.event === 'segment' ? [message, null] : [null, message]) as never);
    binding.refresh();
  }
}
