/**
 * Silent monitoring based on CTI OS: the server carries the requests between the two desktops, which do the rest
 * themselves; the capture of packets at a desktop is no business of a server.
 */
import type { Args } from '../../ctios/index.js';
import { constants, enums } from '../../ctios/index.js';
import type { RequestResult } from '../object-server.js';
import { number, text } from '../translation/call-requests.js';
import { refusal } from '../translation/failures.js';
import type { ServerAgent } from './agents.js';
import type { Context } from './context.js';
import type { Asking, Requests } from './requests.js';

const Status = constants(enums.SilentMonitorStatus);

/** One desktop listens to another. */
interface Session {
  key: number;
  /** The client that listens. */
  clientId: string;
  target: ServerAgent;
  args: Args;
}

export class SilentMonitoring {
  readonly #sessions = new Map<number, Session>();
  #keys = 0;
  /** Clients of an agent. */
  clientsOf: (agent: ServerAgent) => Iterable<string> = () => [];

  constructor(
    private readonly context: Context,
    private readonly requests: Requests,
  ) {
    // What a desktop is ready for is between it and the desktops that ask; the server takes note of nothing.
    for (const name of ['StartSMMonitoringMode', 'StartSMMonitoredMode', 'StopSilentMonitorMode']) {
      requests.add(name, (asking) => this.#mode(asking));
    }
    requests.add('StartSilentMonitorRequest', (asking) => this.#start(asking));
    requests.add('StopSilentMonitorRequest', (asking) => this.#stop(asking));
    requests.add('AcceptSilentMonitoring', (asking) => this.#accept(asking));
  }

  release(clientId: string): void {
    for (const session of [...this.#sessions.values()]) {
      if (session.clientId === clientId) this.#disconnect(session, Status.eSMStatusSessionTerminatedByMonitoringClient);
    }
  }

  #disconnect(session: Session, status: number): void {
    this.#sessions.delete(session.key);
    const args: Args = {
      MonitoredUniqueObjectID: session.target.id,
      SMSessionKey: session.key,
      StatusCode: status,
    };
    for (const client of [session.clientId, ...this.clientsOf(session.target)]) {
      this.context.publisher.publish('OnSilentMonitorSessionDisconnected', args, { client });
    }
  }

  #notHere(asking: Asking): RequestResult | undefined {
    if (!this.context.settings.ccmBasedSilentMonitor) return undefined;
    const { name } = asking.definition;
    return refusal(
      { request: name },
      'E_CTIOS_INVALID_SILENT_MONITOR_MODE',
      `${name}: silent monitoring is based on Unified CM here; SuperviseCall does it.`,
    );
  }

  #mode(asking: Asking): RequestResult {
    return this.#notHere(asking) ?? { outcome: 'confirmed' };
  }

  #start(asking: Asking): RequestResult {
    const refused = this.#notHere(asking);
    if (refused !== undefined) return refused;
    const { args, from } = asking;
    const { world, settings } = this.context;
    const peripheralId = number(args.PeripheralID) ?? settings.peripheralId;
    const target =
      world.agents.find(peripheralId, text(args.AgentID)) ??
      world.devices.find(peripheralId, text(args.DeviceID))?.agent;
    if (target === undefined) return this.requests.noAgent(asking);
    const key = number(args.SMSessionKey) || ++this.#keys;
    const session: Session = {
      key,
      clientId: from.clientId,
      target,
      args: this.#describe(args, target, key, from.clientId),
    };
    const clients = [...this.clientsOf(target)];
    if (clients.length === 0) {
      this.#report(session, Status.eSMStatusPeerSilentMonitorNotEnabled);
      return refusal(
        { request: asking.definition.name, objectId: target.id },
        'CTIOS_NO_RECIPIENT',
        `${asking.definition.name}: agent ${target.agentId} has no desktop that could be listened to.`,
      );
    }
    this.#sessions.set(key, session);
    asking.end({
      outcome: 'confirmed',
      conf: { kind: 'event', event: 'OnStartSilentMonitorConf', args: session.args },
    });
    for (const client of clients) {
      this.context.publisher.publish(
        'OnSilentMonitorStartRequestedEvent',
        { ...session.args, DoDefaultMessageHandling: true },
        { client },
      );
    }
    return { outcome: 'confirmed' };
  }

  #describe(args: Args, target: ServerAgent, key: number, clientId: string): Args {
    const described: Args = {
      MonitoredUniqueObjectID: target.id,
      AgentID: target.agentId,
      PeripheralID: target.peripheralId,
      SMSessionKey: key,
      OriginatingServerID: 'CTIOSServer',
      OriginatingClientID: clientId,
    };
    if (target.instrument !== undefined) described.DeviceID = target.instrument;
    for (const keyword of ['MonitoringIPAddress', 'MonitoringIPPort', 'HeartbeatInterval', 'HeartbeatTimeout']) {
      const value = args[keyword];
      if (value !== undefined) described[keyword] = value;
    }
    return described;
  }

  #report({ target, key, clientId }: Session, status: number): void {
    this.context.publisher.publish(
      'OnSilentMonitorStatusReportEvent',
      {
        MonitoredUniqueObjectID: target.id,
        SMSessionKey: key,
        StatusCode: status,
        OriginatingServerID: 'CTIOSServer',
        OriginatingClientID: clientId,
        TargetCILClientID: clientId,
      },
      { client: clientId },
    );
  }

  #accept(asking: Asking): RequestResult {
    const session = this.#sessions.get(number(asking.args.SMSessionKey) ?? -1);
    if (session === undefined) return this.#noSession(asking);
    asking.end({ outcome: 'confirmed' });
    this.context.publisher.publish('OnSilentMonitorStartedEvent', session.args, { client: asking.from.clientId });
    this.#report(session, Status.eSMStatusMonitorStarted);
    return { outcome: 'confirmed' };
  }

  #stop(asking: Asking): RequestResult {
    const session = this.#sessions.get(number(asking.args.SMSessionKey) ?? -1);
    if (session === undefined) return this.#noSession(asking);
    this.#sessions.delete(session.key);
    asking.end({
      outcome: 'confirmed',
      conf: { kind: 'event', event: 'OnStopSilentMonitorConf', args: session.args },
    });
    for (const client of this.clientsOf(session.target)) {
      this.context.publisher.publish('OnSilentMonitorStopRequestedEvent', session.args, { client });
    }
    return { outcome: 'confirmed' };
  }

  #noSession(asking: Asking): RequestResult {
    const { name } = asking.definition;
    return refusal({ request: name }, 'CTIOS_NO_OBJECT', `${name}: there is no such silent monitor session.`);
  }
}
