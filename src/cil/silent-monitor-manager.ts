/**
 * Silent monitoring by CTI OS itself: a supervisor's client requests it, the monitored agent's client sends the audio.
 * This keeps the two modes, the session and the known media of the phone; the media themselves are not handled
 * here. (With Unified CM monitoring, `agent.superviseCall` is used instead.) Source: CTI OS Developer Guide,
 * "SilentMonitorManager Object".
 */
import { type AnyRequestName, Arguments } from '../ctios/index.js';
import type { Args } from '../ctios/transport.js';
import { toText } from '../ctios/values.js';
import type { CilEvent, Dispose } from './events/cil-event.js';
import type { EventStream } from './events/event-stream.js';
import type { Confirmation, Requester, RequestOptions, RequestTimes } from './objects/request.js';
import { withRequests } from './objects/request-methods.js';

/** Enumeration SMManagerMode. */
const MODE = { notSet: -1, monitored: 0, monitoring: 1 } as const;

/** The guide's names for the phone's media, and those of the RTP event. */
const PHONE_KEYWORDS: Readonly<Record<string, string>> = {
  ClientAddress: 'ClientAddress',
  BitRate: 'BitRate',
  PacketSize: 'PacketSize',
  Direction: 'Direction',
  RTPType: 'RTPType',
  EchoCancelation: 'EchoCancellation',
  PayLoadType: 'PayloadType',
};

type OwnMethods = 'startSMMonitoringMode' | 'startSMMonitoredMode' | 'stopSilentMonitorMode';

export class SilentMonitorManager extends withRequests<'SilentMonitorManager', OwnMethods>('SilentMonitorManager') {
  /** By SMSessionKey. */
  #sessions = new Map<string, Args>();

  constructor(private readonly requester: Requester) {
    super();
    this.setValue('SMManagerMode', MODE.notSet);
  }

  request(name: AnyRequestName, options?: RequestOptions): Promise<Confirmation> {
    return this.requester.request(name, options);
  }

  /** Makes this client a monitoring one. */
  async startSMMonitoringMode(args?: Arguments | Args, times?: RequestTimes): Promise<Confirmation> {
    const confirmation = await this.request('StartSMMonitoringMode', { ...times, args });
    this.setValue('SMManagerMode', MODE.monitoring);
    return confirmation;
  }

  /** Makes this client one that can be monitored. */
  async startSMMonitoredMode(args?: Arguments | Args, times?: RequestTimes): Promise<Confirmation> {
    const confirmation = await this.request('StartSMMonitoredMode', { ...times, args });
    this.setValue('SMManagerMode', MODE.monitored);
    return confirmation;
  }

  /** Ends the mode, and an active session. */
  async stopSilentMonitorMode(times?: RequestTimes): Promise<Confirmation> {
    const confirmation = await this.request('StopSilentMonitorMode', { ...times });
    this.setValue('SMManagerMode', MODE.notSet);
    this.#sessions.clear();
    return confirmation;
  }

  isMonitoredTarget(monitoredUniqueObjectID: string): boolean {
    for (const session of this.#sessions.values()) {
      if (session.MonitoredUniqueObjectID === monitoredUniqueObjectID) return true;
    }
    return false;
  }

  /** By SMSessionKey or MonitoredUniqueObjectID; undefined if there is no such session. */
  getSessionInfo(which: { SMSessionKey?: number; MonitoredUniqueObjectID?: string }): Arguments | undefined {
    for (const session of this.#sessions.values()) {
      const sameKey = which.SMSessionKey === undefined || which.SMSessionKey === session.SMSessionKey;
      const sameTarget =
        which.MonitoredUniqueObjectID === undefined ||
        which.MonitoredUniqueObjectID === session.MonitoredUniqueObjectID;
      if (sameKey && sameTarget) return new Arguments(session);
    }
    return undefined;
  }

  /** The active sessions by their keys. */
  getSMSessionList(): Arguments {
    return new Arguments(this.#sessions);
  }

  /** The phone's media, from the RTP events or as set by the application. */
  getIPPhoneInfo(): Arguments {
    return this.getValueArray('IPPhoneInformation') ?? new Arguments();
  }

  setIPPhoneInfo(phone: Arguments | Args): void {
    this.setValue('IPPhoneInformation', Arguments.of(phone).toArgs());
  }

  /** Internal: called by the session. */
  learn({ event, args }: CilEvent): void {
    switch (event) {
      case 'OnStartSilentMonitorConf':
      case 'OnSilentMonitorStartedEvent':
      case 'OnSilentMonitorStartRequestedEvent':
      case 'OnSilentMonitorStatusReportEvent':
        this.#remember(args);
        break;
      case 'OnStopSilentMonitorConf':
      case 'OnSilentMonitorSessionDisconnected':
      case 'OnSilentMonitorStopRequestedEvent':
        this.#sessions.delete(toText(args.SMSessionKey) ?? '');
        break;
      case 'OnCallRTPStarted':
        this.#learnPhone(args);
        break;
    }
    this.setValue('SessionInformation', Object.fromEntries(this.#sessions));
  }

  #remember(args: Args): void {
    if (args.SMSessionKey === undefined) return;
    const key = toText(args.SMSessionKey) ?? '';
    this.#sessions.set(key, { ...this.#sessions.get(key), ...args });
  }

  #learnPhone(args: Args): void {
    const phone: Args = {};
    for (const [keyword, told] of Object.entries(PHONE_KEYWORDS))
      if (args[told] !== undefined) phone[keyword] = args[told];
    this.setValue('IPPhoneInformation', phone);
  }
}

/** The manager that the session's events update. */
export class CurrentSilentMonitor {
  #manager: SilentMonitorManager | undefined;
  #unsubscribe: Dispose | undefined;

  constructor(private readonly stream: EventStream) {}

  get manager(): SilentMonitorManager | undefined {
    return this.#manager;
  }

  /** @param manager undefined: none */
  select(manager: SilentMonitorManager | undefined): void {
    this.#unsubscribe?.();
    this.#manager = manager;
    this.#unsubscribe = manager && this.stream.subscribe('ISilentMonitorEvents', (event) => manager.learn(event));
  }
}
