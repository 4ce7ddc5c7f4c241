/**
 * Which components of the contact center are up, as reported by the server: StatusSystem with each mode, then one
 * `OnCTIOSFailure` with a SystemEventID per change. Sources: CTI OS Developer Guide, "OnCTIOSFailure" and
 * "StatusSystem".
 */
import type { Args } from '../../ctios/transport.js';

/** Enumeration SystemEventID. */
const SystemEvent = {
  CentralControllerOnline: 1,
  CentralControllerOffline: 2,
  PeripheralOnline: 3,
  PeripheralOffline: 4,
  PeripheralGatewayOffline: 6,
  CtiServerOffline: 7,
  CtiServerOnline: 8,
  CtiServerDriverOnline: 12,
  CtiServerDriverOffline: 13,
} as const;

type Flag = 'StatusCTIServer' | 'StatusCtiServerDriver' | 'StatusCentralController';

const FLAGS: Readonly<Record<number, readonly [Flag, boolean]>> = {
  [SystemEvent.CentralControllerOnline]: ['StatusCentralController', true],
  [SystemEvent.CentralControllerOffline]: ['StatusCentralController', false],
  [SystemEvent.CtiServerOffline]: ['StatusCTIServer', false],
  [SystemEvent.CtiServerOnline]: ['StatusCTIServer', true],
  [SystemEvent.CtiServerDriverOnline]: ['StatusCtiServerDriver', true],
  [SystemEvent.CtiServerDriverOffline]: ['StatusCtiServerDriver', false],
};

const WORDS: Readonly<Record<Flag, string>> = {
  StatusCtiServerDriver: 'the CTI OS Server has no driver for the CTI Server',
  StatusCTIServer: 'the CTI Server is offline',
  StatusCentralController: 'the central controller is offline',
};

/** Bits of `GetSystemStatus`, as in the protocol's PGStatus; the guide does not define them. */
const STATUS_BIT = { centralController: 0x02, peripheral: 0x04, ctiServer: 0x08 } as const;

export class SystemStatus {
  #status: Args = {};

  /** The current StatusSystem; empty until the server has reported it. */
  get statusSystem(): Args {
    return this.#status;
  }

  /** Whether the server's objects match the contact center; false while it is still querying them. */
  get objectsComplete(): boolean {
    return this.#status.StatusObjects !== false;
  }

  /** The server has reported any status. */
  get known(): boolean {
    return Object.keys(this.#status).length > 0;
  }

  /** The complete status, from OnSetAgentModeEvent or OnMonitorModeEstablished. */
  replace(statusSystem: Args): void {
    this.#status = statusSystem;
  }

  forget(): void {
    this.#status = {};
  }

  /** One change, from OnCTIOSFailure. @returns whether anything changed */
  apply(args: Args): boolean {
    const event = args.SystemEventID;
    if (typeof event !== 'number') return false;
    const flag = FLAGS[event];
    if (flag !== undefined) return this.#set(flag[0], flag[1]);
    const peripheral = args.SystemEventArg1 ?? args.PeripheralID;
    switch (event) {
      case SystemEvent.PeripheralOnline:
        return peripheral !== undefined && this.#setPeripheral(String(peripheral), true);
      case SystemEvent.PeripheralOffline:
        return peripheral !== undefined && this.#setPeripheral(String(peripheral), false);
      case SystemEvent.PeripheralGatewayOffline:
        return this.#setAllPeripherals(false);
      default:
        return false;
    }
  }

  /**
   * The reason why requests cannot succeed, as a sentence; undefined if they can.
   * @param peripheral the relevant one; without it, one peripheral that is up is sufficient
   */
  trouble(peripheral: string | undefined): string | undefined {
    for (const flag of ['StatusCtiServerDriver', 'StatusCTIServer'] as const) {
      if (this.#status[flag] === false) return WORDS[flag];
    }
    const peripherals = this.#peripherals();
    if (peripheral !== undefined && peripherals[peripheral] === false) return `peripheral ${peripheral} is offline`;
    const all = Object.keys(peripherals);
    if (peripheral === undefined && all.length > 0 && all.every((each) => peripherals[each] === false)) {
      return all.length === 1 ? `peripheral ${all[0]} is offline` : 'every peripheral is offline';
    }
    return undefined;
  }

  /** `GetSystemStatus`: 0 if everything is up. */
  bits(): number {
    let bits = 0;
    if (this.#status.StatusCentralController === false) bits |= STATUS_BIT.centralController;
    if (this.#status.StatusCTIServer === false || this.#status.StatusCtiServerDriver === false) {
      bits |= STATUS_BIT.ctiServer;
    }
    if (Object.values(this.#peripherals()).includes(false)) bits |= STATUS_BIT.peripheral;
    return bits;
  }

  #peripherals(): Args {
    const peripherals = this.#status.StatusPeripherals;
    return typeof peripherals === 'object' ? peripherals : {};
  }

  // The server's own record is shared with other sessions of this process, so each change creates a new one.

  #set(flag: Flag, up: boolean): boolean {
    if (this.#status[flag] === up) return false;
    this.#status = { ...this.#status, [flag]: up };
    return true;
  }

  #setPeripheral(id: string, up: boolean): boolean {
    const peripherals = this.#peripherals();
    if (peripherals[id] === up) return false;
    this.#status = { ...this.#status, StatusPeripherals: { ...peripherals, [id]: up } };
    return true;
  }

  #setAllPeripherals(up: boolean): boolean {
    return Object.keys(this.#peripherals()).reduce((changed, id) => this.#setPeripheral(id, up) || changed, false);
  }
}
