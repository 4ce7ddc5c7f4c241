/**
 * Connects a node to the session of a config node: finds it (also after it is replaced), shows its status, receives its
 * events, and detaches correctly when the node closes. One per node.
 */
import type { Node, NodeAPI } from 'node-red';
import type { AgentSession, CilEvent, SessionApi } from '../../../src/cil/index.js';
import { systemClock } from '../../../src/common/clock.js';
import type { CtiosError } from '../../../src/ctios/index.js';
import { inputError } from '../message/errors.js';
import type { ObjectViews } from '../message/events/held-events.js';
import type { SessionInput } from '../message/input-rules.js';
import { type StatusKey, StatusLine, type StatusValues } from '../status/status.js';
import type { WantedEvents } from './event-routes.js';
import type { SessionUser } from './node-slots.js';
import type { SessionHost } from './session-host.js';
import type { SessionView } from './session-view.js';
import { CLOSE_LIMIT_MS, sessionsOf } from './sessions.js';
import type { NatsTarget } from './settings/settings.js';

/** A `ctios-session` node, as other nodes see it. */
export interface SessionNode extends Node {
  host?: SessionHost;
  /** Real users only: the runtime routes status and errors of the config node to the Catch and Status nodes of these. */
  users: Record<string, Node>;
  /** The event stream that its session reads. A function, because it has secrets. */
  eventStream?: () => NatsTarget | undefined;
  /** The peripheral of agents that a message names without one. */
  peripheralId?: string;
}

export interface BindingOptions {
  readonly events?: string;
  readonly wanted?: WantedEvents;
  deliver?(event: CilEvent, objects: ObjectViews): void;
  /** The session is open (it need not be connected): the time to store state that survives a deploy. */
  opened?(host: SessionHost): void;
  /** Messages sent from now on arrive. @returns called when that ends */
  live?(session: SessionApi, host: SessionHost): () => void;
  /** Why the node cannot use this session, as a status; undefined if it can. */
  usable?(host: SessionHost): StatusKey | undefined;
  /** What the node shows while the session is ready; default "ready". */
  ready?(session: SessionApi | undefined): readonly [StatusKey, StatusValues?];
}

/** A session that accepts requests. */
export interface BoundSession {
  readonly host: SessionHost;
  readonly session: SessionApi;
  readonly input: SessionInput;
  /** Set if there are sessions for many agents: the agent of this session, once that is known. */
  readonly agent?: AgentSession;
}

export class SessionBinding {
  readonly status: StatusLine;
  #host: SessionHost | undefined;
  #config: SessionNode | undefined;
  #user: SessionUser;
  #stop: () => void;
  #view: SessionView = { phase: 'unused' };
  #closed = false;
  #openedSession: SessionApi | undefined;

  constructor(
    private readonly RED: NodeAPI,
    private readonly node: Node,
    readonly configId: string,
    private readonly options: BindingOptions = {},
  ) {
    this.status = new StatusLine(node, (key, values) => RED._(key, values), systemClock);
    const { events, wanted, deliver } = options;
    this.#user = {
      events,
      wanted,
      deliver: deliver?.bind(options),
      live: options.live === undefined ? undefined : (session) => this.#goLive(session),
      view: (view) => {
        this.#view = view;
        const host = this.#host;
        if (host?.session !== undefined && host.session !== this.#openedSession) {
          this.#openedSession = host.session;
          options.opened?.(host);
        }
        this.refresh();
      },
    };
    const sessions = sessionsOf(RED.events);
    sessions.nodeMoved();
    this.#stop = sessions.onDeployEnd(() => this.#findHost());
    this.#findHost();
    // Declared with both parameters: the runtime counts them to know whether it must wait.
    node.on('close', (removed: boolean, done: () => void) => {
      void this.#close(removed).then(done, done);
    });
  }

  /** Shows the current status. */
  refresh(): void {
    if (this.#closed) return;
    if (this.#host === undefined) {
      this.status.show(this.#missing());
      return;
    }
    const { phase, reason, code, expiring, worker } = this.#view;
    const unusable = this.#host.session === undefined ? undefined : this.options.usable?.(this.#host);
    if (unusable !== undefined) {
      this.status.show(unusable);
      return;
    }
    const { behind, lagMs } = this.#host.outlet;
    if (behind && phase === 'ready' && this.options.events !== undefined) {
      this.status.show('behind', { seconds: Math.round(lagMs / 1000) });
    } else if (expiring !== undefined) this.status.show('certificateExpires', { days: expiring.days });
    else if (phase === 'ready') this.status.show(...(this.options.ready?.(this.#host.session) ?? (['ready'] as const)));
    else if (worker !== undefined) this.status.show(phase, { worker });
    else if (reason === undefined) this.status.show(phase);
    else this.status.show(phase, { reason, ...(code === undefined ? {} : { code }) });
  }

  /** As of the last deploy, or the last request. */
  get host(): SessionHost | undefined {
    return this.#host;
  }

  /** The session for a request. @throws if there is none; its link may still be down */
  require(): BoundSession {
    this.#findHost();
    const host = this.#host;
    if (host === undefined) throw this.#noSession();
    const { session } = host;
    if (session === undefined) {
      const { reason, code } = host.view;
      throw inputError(code ?? 'CTIOS_NO_SESSION', reason ?? 'The CTI OS session is not open.');
    }
    return { host, session, input: this.#inputOf(host.id, session) };
  }

  /** The same for one of its agents. */
  ofAgent({ host }: BoundSession, agent: AgentSession): BoundSession {
    return { host, session: agent, input: this.#inputOf(host.id, agent), agent };
  }

  #inputOf(id: string, session: SessionApi): SessionInput {
    return sessionInput(id, session, this.#config?.peripheralId);
  }

  /** Looks the config node up again: behind an environment variable it is replaced without notifying this node. */
  #findHost(): void {
    if (this.#closed) return;
    const found = this.RED.nodes.getNode(this.configId) as SessionNode | null;
    const config = found?.type === 'ctios-session' ? found : undefined;
    if (config !== this.#config) {
      if (this.#config !== undefined) delete this.#config.users[this.node.id];
      this.#config = config;
      if (config !== undefined) config.users[this.node.id] = this.node;
    }
    const host = config?.host;
    const changed = host !== this.#host || host?.disposed === true;
    if (changed) {
      if (this.#host !== undefined) void this.#host.detach(this.node.id, this.#user, true);
      this.#host = host;
      host?.attach(this.node.id, this.#user);
    }
    // An open session reports its own state.
    if (changed || host === undefined) this.refresh();
  }

  async #close(removed: boolean): Promise<void> {
    this.#closed = true;
    this.#stop();
    this.status.dispose();
    if (this.#config !== undefined && this.#config.users[this.node.id] === this.node) {
      delete this.#config.users[this.node.id];
    }
    sessionsOf(this.RED.events).nodeMoved();
    // An unanswered goodbye must not delay the deploy.
    if (this.#host !== undefined) await within(CLOSE_LIMIT_MS, this.#host.detach(this.node.id, this.#user, removed));
  }

  #goLive(session: SessionApi): () => void {
    return (this.#host !== undefined && this.options.live?.(session, this.#host)) || (() => {});
  }

  #missing(): StatusKey {
    return this.#isDisabled() ? 'sessionDisabled' : 'noSession';
  }

  #isDisabled(): boolean {
    let disabled = false;
    this.RED.nodes.eachNode((each) => {
      if (each.id === this.configId && (each as { d?: boolean }).d === true) disabled = true;
    });
    return disabled;
  }

  #noSession(): CtiosError {
    return this.#isDisabled()
      ? inputError('CTIOS_SESSION_DISABLED', 'The CTI OS session of this node is disabled. Enable it and deploy.')
      : inputError('CTIOS_NO_SESSION', 'This node has no CTI OS session. Choose one in its dialog and deploy.');
  }
}

/** Ends when the promise does, or after `ms` milliseconds. */
function within(ms: number, promise: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const limit = systemClock.after(ms, resolve);
    promise.finally(() => limit.cancel()).then(resolve, reject);
  });
}

/** The session's data used by the input rules. */
export function sessionInput(id: string, session: SessionApi, peripheralId: string | undefined): SessionInput {
  const agentMode = session.status.mode === 'agent';
  return {
    id,
    currentCall: agentMode ? session.currentCall?.uniqueObjectID : undefined,
    currentAgent: agentMode ? session.currentAgent?.uniqueObjectID : undefined,
    event(sequence, name) {
      for (const each of session.history) if (each.sequence === sequence && each.event === name) return each.args;
      return undefined;
    },
    agent(agentId, peripheral) {
      const known = peripheral ?? peripheralId;
      if (known !== undefined && known !== '') return `agent.${known}.${agentId}`;
      // Without a peripheral an agent ID is certain only if exactly one known agent has it.
      const found = [...session.agents.keys()].filter((id) => id.endsWith(`.${agentId}`) && id.split('.').length === 3);
      return found.length === 1 ? found[0] : undefined;
    },
  };
}
