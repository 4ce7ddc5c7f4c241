import { checkArguments } from '../../../ctios/check-arguments.js';
import { CtiosError } from '../../../ctios/ctios-error.js';
import { type Filter, parseFilter } from '../../../ctios/filter.js';
import { requestByName } from '../../../ctios/requests/index.js';
import type { Args, EventMessage, RequestFailure } from '../../../ctios/transport.js';
import { agentObjectId } from '../../../ctios/unique-object-id.js';
import type { AgentClaim, ObjectServerRequester, RequestResult } from '../../object-server.js';
import { MAX_AUDIT_TEXT } from '../../observability/audit.js';
import { systemStatusEvent } from '../routing/system-status-event.js';
import { RequestRate } from '../security/rate-limiter.js';
import { AgentLocation } from './agent-location.js';
import { ClientRequests, failureOf, type RequestMessage } from './client-pending-requests.js';
import { checkMode } from './mode-rules.js';
import type { RequestingClient, SessionHost } from './session-host.js';
import type { SnapshotTurn } from './snapshot-turns.js';

/** Far longer than any UniqueObjectID. */
const MAX_OBJECT_ID = 300;

/**
 * Objects in one client's snapshots, per second and at once. The first snapshot may have any size; the next one must
 * wait until the client could have received the last one at this rate.
 */
const SNAPSHOT_RATE = { perSecond: 10_000, atOnce: 20_000 };

/** Carries out one client's requests: sets its mode here, and passes everything else to the object server. */
export class ClientRequestHandler {
  readonly #requests: ClientRequests;
  readonly #rate: RequestRate;
  /** Objects in the snapshots of this client. */
  readonly #snapshotRate: RequestRate;
  /** While a snapshot is in progress, or queued. */
  #snapshot: SnapshotTurn | undefined;
  readonly #seat: AgentLocation;
  #filter: Filter | undefined;

  constructor(
    private readonly client: RequestingClient,
    private readonly host: SessionHost,
  ) {
    this.#requests = new ClientRequests(host.clock, host.settings, {
      send: (message) => client.send(message),
      audit: (entry) => client.audit(entry),
    });
    this.#rate = new RequestRate(host.clock, host.settings.requestRate);
    this.#snapshotRate = new RequestRate(host.clock, SNAPSHOT_RATE);
    this.#seat = new AgentLocation(client, host.router);
  }

  /** UniqueObjectID of the agent of an agent-mode client. */
  get agent(): string | undefined {
    return this.#seat.agent;
  }

  /** The filter of a monitor-mode client. */
  get filter(): string | undefined {
    return this.#filter?.text;
  }

  /** Number of pending requests. */
  get pending(): number {
    return this.#requests.size;
  }

  request(message: RequestMessage): void {
    if (!this.#rate.take()) {
      this.#turnAway(message);
      return;
    }
    if (!this.#requests.open(message)) return;
    try {
      this.#carryOut(message);
    } catch (error) {
      this.#requests.done(message.id, { outcome: 'failed', failure: failureOf(error) });
    }
  }

  /** A heartbeat of the client: returned, unless the client sends thousands. */
  heartbeat(id: number): void {
    if (this.#rate.take()) this.client.send({ kind: 'heartbeat', id });
  }

  /** An event on its way to the client. @returns whether to deliver it */
  follow(message: EventMessage): boolean {
    const { event, args } = message;
    if (event === 'OnQueryAgentStateConf' && this.client.state === 'setting agent') this.#seat.asked(args);
    return this.#seat.follow(message);
  }

  /** The client is gone. */
  close(): void {
    this.#requests.drop();
    this.#endSnapshot();
  }

  #turnAway(message: RequestMessage): void {
    const { perSecond } = this.host.settings.requestRate!;
    const code = 'CTIOS_TOO_MANY_REQUESTS';
    this.#requests.turnAway(message, {
      code,
      message: `This server takes ${perSecond} requests a second of a client.`,
    });
    this.client.auditCounted({ what: 'request', outcome: 'failed', code });
  }

  /** @throws CtiosError if the request is not possible, or exceeds a limit */
  #carryOut(message: RequestMessage): void {
    this.#requests.checkSize();
    const definition = requestByName(message.request);
    if (definition === undefined) {
      throw new CtiosError(
        'CTIOS_UNKNOWN_REQUEST',
        `There is no request "${message.request.slice(0, MAX_AUDIT_TEXT)}".`,
      );
    }
    if (message.target !== undefined && message.target.length > MAX_OBJECT_ID) {
      throw new CtiosError('CTIOS_INVALID_ARGUMENT', `A target has at most ${MAX_OBJECT_ID} characters.`);
    }
    const args = checkArguments(definition, message.args);
    if (definition.name === 'SetMessageFilter') this.#setMessageFilter(message.id, args);
    else if (definition.name === 'SetAgent') this.#setAgent(message, args);
    else {
      checkMode(this.client.mode, definition, this.client.link.grants);
      this.#forward(message, definition.name, args);
    }
  }

  #forward(message: RequestMessage, name: string, args: Args, then?: (result: RequestResult) => void): void {
    const finish = (result: RequestResult) => {
      then?.(result);
      this.#requests.done(message.id, result);
    };
    try {
      this.host.server.request(this.#requester(), name, message.target, args, message.answerMs, finish);
    } catch (error) {
      // A bug in a handler: the client must not wait forever, and the outcome is unknown.
      finish({ outcome: 'unknown', failure: failureOf(error) });
    }
  }

  #requester(): ObjectServerRequester {
    const { agent } = this.#seat;
    return {
      clientId: this.client.clientId,
      mode: this.client.mode,
      ...(agent === undefined ? {} : { agent }),
      ...(this.host.agentAuthenticator === undefined ? {} : { prove: (claim, ended) => this.#prove(claim, ended) }),
    };
  }

  /** The check is asynchronous: it computes a digest, or queries another server. */
  #prove(claim: AgentClaim, ended: (failure: RequestFailure | undefined) => void): void {
    void this.host.agentAuthenticator!.authenticate(this.client.link.peer, claim).then((proof) => {
      const { outcome, failure, reason } = proof;
      this.client.audit({
        what: 'agent proof',
        proof: outcome,
        objectId: agentObjectId(claim.peripheralId, claim.agentId),
        ...(reason === undefined ? {} : { reason }),
      });
      ended(failure);
    });
  }

  #setAgent(message: RequestMessage, args: Args): void {
    if (this.client.state === 'monitor') {
      throw new CtiosError(
        'E_CTIOS_SET_AGENT_SESSION_DISCONNECT_REQUIRED',
        'The session is in monitor mode; agent mode needs a connection of its own.',
      );
    }
    if (!this.client.signal('set agent')) {
      throw new CtiosError('E_CTIOS_AGENT_ALREADY_IN_SESSION', 'The session has its agent already.');
    }
    this.#forward(message, 'SetAgent', args, (result) => {
      if (result.outcome !== 'confirmed') this.client.signal('agent refused');
      else if (this.client.signal('agent set')) this.#seat.take(args, result.conf?.args);
    });
  }

  #setMessageFilter(id: number, args: Args): void {
    const filter = parseFilter(typeof args.Filter === 'string' ? args.Filter : '');
    this.#proveMonitor(args.MonitorModePassword);
    this.#checkMonitorMode();
    if (this.#snapshot !== undefined) {
      throw new CtiosError(
        'CTIOS_TOO_MANY_REQUESTS',
        'Another SetMessageFilter of this client is under way. Wait for its answer.',
      );
    }
    const wait = this.#snapshotRate.wait;
    if (wait > 0) {
      throw new CtiosError(
        'CTIOS_TOO_MANY_REQUESTS',
        `This client has just received snapshots of many objects. Send SetMessageFilter again in ${Math.ceil(wait / 1000)} s.`,
      );
    }
    this.#snapshot = this.host.snapshotTurns.turnOf(this.client.link.peer);
    this.#snapshot.start(() => {
      try {
        this.#enterMonitorMode(id, filter, args.MonitorSessionSnapshotMode !== 1);
      } catch (error) {
        this.#endSnapshot();
        this.#requests.done(id, { outcome: 'failed', failure: failureOf(error) });
      }
    });
  }

  /**
   * The current state is read synchronously; the confirmation follows the last object, and live events follow the
   * confirmation.
   */
  #enterMonitorMode(id: number, filter: Filter, snapshot: boolean): void {
    this.#checkMonitorMode();
    const { router, server } = this.host;
    this.#filter = filter;
    this.client.signal('set filter');
    const objects = router.monitor(this.client, filter, server, snapshot);
    this.#snapshotRate.take(objects.length);
    this.client.sendAll(objects, () => {
      this.#endSnapshot();
      const status = server.status();
      this.#requests.done(id, {
        outcome: 'confirmed',
        conf: {
          kind: 'event',
          event: 'OnMonitorModeEstablished',
          args: { CILConnectionID: this.client.clientId, StatusSystem: status.statusSystem },
        },
      });
      this.client.send(systemStatusEvent(status));
    });
  }

  #endSnapshot(): void {
    this.#snapshot?.end();
    this.#snapshot = undefined;
  }

  /** @throws CtiosError if this client cannot be in monitor mode */
  #checkMonitorMode(): void {
    const { state } = this.client;
    if (state === 'agent' || state === 'setting agent') {
      throw new CtiosError(
        'E_CTIOS_MODE_CONFLICT',
        'The session is in agent mode; monitor mode needs a connection of its own.',
      );
    }
    if (!this.host.mayMonitor(this.client)) {
      throw new CtiosError(
        'CTIOS_TOO_MANY_MONITOR_SESSIONS',
        `Limit of monitor-mode sessions reached (${this.host.settings.maxMonitorSessions}).`,
      );
    }
  }

  #proveMonitor(given: unknown): void {
    try {
      this.host.monitorPassword.authenticate(this.client.link.peer, given);
    } catch (error) {
      if (failureOf(error).code === 'CTIOS_LOCKED_OUT') this.client.audit({ what: 'locked out' });
      throw error;
    }
  }
}
