/** Which parts of the contact center are up according to the CTI Server, and the events that report it. */
import type { Args } from '../../../ctios/index.js';
import { constants, enums } from '../../../ctios/index.js';
import { type MessageOf, NULL_PERIPHERAL_ID, nameOf, PGStatus, StatusCode } from '../../../ged188/index.js';
import type { ServerSystemStatus } from '../../object-server.js';
import type { LinkDown, LinkUp } from '../../southbound/link-api.js';
import type { Context } from '../core/context.js';

const Failure = constants(enums.CTIOSFailureCode);
const System = constants(enums.SystemEventID);

export class SystemState {
  #driver = false;
  #ctiServer = false;
  #centralController = false;
  readonly #peripherals = new Map<number, boolean>();
  /** Peripherals that were off-line when the standby took over: whether they are back has not been reported since. */
  #unsure = new Set<number>();
  #reason = 'There is no link to the CTI Server yet.';
  #side: 'A' | 'B' | undefined;
  #version: number | undefined;

  /**
   * @param objectsComplete the objects match the contact center: a snapshot has been taken
   * @param incomplete why a part of the configuration is missing nevertheless
   */
  constructor(
    private readonly context: Context,
    private readonly objectsComplete: () => boolean,
    private readonly incomplete: () => string | undefined,
  ) {}

  /** Publishes the status to every client: its objects are complete now. */
  tellCurrent(): void {
    this.context.publisher.publish('OnCTIOSFailure', this.current(), { everyone: true });
  }

  status(): ServerSystemStatus {
    const online = this.#driver && this.#ctiServer && this.#ownPeripheralOnline();
    const status: ServerSystemStatus = { online, statusSystem: this.#statusSystem() };
    if (!online) status.reason = this.#offlineReason();
    if (this.#side !== undefined) status.side = this.#side;
    if (this.#version !== undefined) status.protocolVersion = this.#version;
    const incomplete = this.#incomplete();
    if (incomplete !== undefined) status.incomplete = incomplete;
    return status;
  }

  #incomplete(): string | undefined {
    return this.#driver ? this.incomplete() : undefined;
  }

  #statusSystem(): Args {
    const peripherals: Args = {};
    const incomplete = this.#incomplete();
    for (const [id, online] of this.#peripherals) peripherals[id] = online;
    return {
      StatusCTIServer: this.#ctiServer,
      StatusCtiServerDriver: this.#driver,
      StatusCentralController: this.#centralController,
      StatusPeripherals: peripherals,
      // Extensions of this project: a client that compares its objects with a snapshot must know whether it is
      // complete.
      StatusObjects: this.objectsComplete(),
      ...(incomplete === undefined ? {} : { StatusIncomplete: incomplete }),
    };
  }

  #ownPeripheralOnline(): boolean {
    return this.#peripherals.get(this.context.settings.peripheralId) ?? true;
  }

  #offlineReason(): string {
    if (!this.#driver) return this.#reason;
    if (!this.#ctiServer) return 'The CTI Server is offline.';
    return `Peripheral ${this.context.settings.peripheralId} is offline.`;
  }

  linkUp({ side, version, openConf, stoodBy, seamless }: LinkUp): void {
    this.#side = side;
    this.#version = version;
    this.#driver = true;
    // The OPEN_CONF of a session that stood by is as old as that session; later reports are newer.
    if (!seamless) this.#readOpenConf(openConf);
    if (!stoodBy) this.#unsure.clear();
    else if (!seamless) for (const id of this.#unsure) this.#peripherals.delete(id);
    this.#tell(System.eSysCtiServerDriverOnline, 'The link to the CTI Server is up.');
    if (this.#ctiServer) this.#tell(System.eSysCtiServerOnline, 'The CTI Server is online.');
  }

  #readOpenConf(openConf: LinkUp['openConf']): void {
    this.#readPgStatus(openConf.PGStatus);
    for (const each of openConf.Peripherals ?? []) {
      if (each.FltPeripheralID === undefined) continue;
      // One flag for all peripherals: only "all are online" determines the state of each.
      if (openConf.PeripheralOnline) this.#peripherals.set(each.FltPeripheralID, true);
    }
  }

  /** @returns false if it was down already: a further attempt has failed, which changes only the reason */
  linkDown({ reason }: LinkDown): boolean {
    this.#reason = reason;
    const was = this.#driver;
    this.#side = undefined;
    this.#version = undefined;
    this.#driver = false;
    this.#ctiServer = false;
    this.#centralController = false;
    for (const [id, online] of this.#peripherals) if (!online) this.#unsure.add(id);
    this.#peripherals.clear();
    if (was) this.#tell(System.eSysCtiServerDriverOffline, `The link to the CTI Server is lost: ${reason}`);
    return was;
  }

  /** @returns the peripherals that go off-line, and the one that is back */
  systemEvent(m: MessageOf<'SYSTEM_EVENT'>): { away: readonly number[]; back: number | undefined } {
    this.#readPgStatus(m.PGStatus);
    const peripheralId = m.SystemEventArg1;
    let back: number | undefined;
    const away: number[] = [];
    const lose = (id: number) => {
      if (this.#peripherals.get(id) !== false && !this.#unsure.delete(id)) away.push(id);
      this.#peripherals.set(id, false);
    };
    switch (m.SystemEventID) {
      case System.eSysCentralControllerOnline:
      case System.eSysCentralControllerOffline:
        this.#centralController = m.SystemEventID === System.eSysCentralControllerOnline;
        break;
      case System.eSysPeripheralOnline:
        if (this.#unsure.delete(peripheralId) || this.#peripherals.get(peripheralId) === false) back = peripheralId;
        this.#peripherals.set(peripheralId, true);
        break;
      case System.eSysPeripheralOffline:
        lose(peripheralId);
        break;
      case System.eSysPeripheralGatewayOffline:
        for (const id of [...this.#peripherals.keys()]) lose(id);
        break;
      case System.eSysCtiServerOffline:
      case System.eSysCtiServerOnline:
        this.#ctiServer = m.SystemEventID === System.eSysCtiServerOnline;
        break;
      case System.eSysInstrumentOutOfService:
      case System.eSysInstrumentBackInService:
        this.#instrument(m);
        break;
    }
    this.#tell(m.SystemEventID, m.Text || SYSTEM_TEXT[m.SystemEventID] || `System event ${m.SystemEventID}.`, m);
    return { away, back };
  }

  #instrument(m: MessageOf<'SYSTEM_EVENT'>): void {
    const peripheralId =
      m.SystemEventArg1 === NULL_PERIPHERAL_ID ? this.context.settings.peripheralId : m.SystemEventArg1;
    const device = this.context.world.devices.find(peripheralId, m.EventDeviceID);
    if (device !== undefined) device.inService = m.SystemEventID === System.eSysInstrumentBackInService;
  }

  /** FAILURE_EVENT, or a FAILURE_CONF that does not belong to a client's request. */
  failure(status: number): void {
    const code = nameOf(StatusCode, status) ?? `E_CTI_${status}`;
    if (status === StatusCode.E_CTI_CTI_SERVER_OFFLINE) this.#ctiServer = false;
    this.context.publisher.publish(
      'OnCTIOSFailure',
      {
        FailureCode:
          status === StatusCode.E_CTI_CTI_SERVER_OFFLINE
            ? Failure.eServerConnectionStatus
            : Failure.eDriverOutOfService,
        ...(status === StatusCode.E_CTI_CTI_SERVER_OFFLINE ? { SystemEventID: System.eSysCtiServerOffline } : {}),
        ErrorMessage: `The CTI Server reports ${code}.`,
      },
      { everyone: true },
    );
  }

  internalError(ErrorMessage: string): void {
    this.context.publisher.publish(
      'OnCTIOSFailure',
      { FailureCode: Failure.eDriverOutOfService, ErrorMessage },
      { everyone: true },
    );
  }

  /** Whether requests for agents of this peripheral can succeed. */
  serves(peripheralId: number): boolean {
    return this.#driver && this.#ctiServer && (this.#peripherals.get(peripheralId) ?? true);
  }

  /** OnCTIOSFailure that reports the current status to a new client. */
  current(): Args {
    const { online, reason, incomplete } = this.status();
    const ctiServer = this.#ctiServer ? System.eSysCtiServerOnline : System.eSysCtiServerOffline;
    const note = incomplete === undefined ? '' : ` ${incomplete}`;
    const id = this.#driver ? ctiServer : System.eSysCtiServerDriverOffline;
    return {
      FailureCode: Failure.eServerConnectionStatus,
      SystemEventID: id,
      ErrorMessage: online ? `The system is online.${note}` : (reason ?? 'The system is offline.'),
      StatusSystem: this.#statusSystem(),
    };
  }

  #readPgStatus(status: number): void {
    this.#ctiServer = (status & PGStatus.PGS_CTI_SERVER_OFFLINE) === 0;
    this.#centralController = (status & PGStatus.PGS_CC_DOWN) === 0;
  }

  #tell(id: number, text: string, m?: MessageOf<'SYSTEM_EVENT'>): void {
    const args: Args = { FailureCode: Failure.eServerConnectionStatus, SystemEventID: id, ErrorMessage: text };
    if (m !== undefined && m.SystemEventArg1 !== NULL_PERIPHERAL_ID) args.SystemEventArg1 = m.SystemEventArg1;
    args.StatusSystem = this.#statusSystem();
    this.context.publisher.publish('OnCTIOSFailure', args, { everyone: true });
  }
}

const SYSTEM_TEXT: Readonly<Record<number, string>> = {
  [System.eSysCentralControllerOnline]: 'The central controller is online.',
  [System.eSysCentralControllerOffline]: 'The central controller is offline.',
  [System.eSysPeripheralOnline]: 'A peripheral is online.',
  [System.eSysPeripheralOffline]: 'A peripheral is offline.',
  [System.eSysPeripheralGatewayOffline]: 'The peripheral gateway is offline.',
  [System.eSysCtiServerOffline]: 'The CTI Server is offline.',
  [System.eSysCtiServerOnline]: 'The CTI Server is online.',
  [System.eSysHalfHourChange]: 'A new half hour has begun.',
  [System.eSysInstrumentOutOfService]: 'An instrument is out of service.',
  [System.eSysInstrumentBackInService]: 'An instrument is back in service.',
};
