/** Carries out the maintenance hand-over of maintenance-states.ts on one side. */
import type { Clock, Timer } from '../../common/clock.js';
import { type Machine, runTable } from '../../common/machine.js';
import { MaintenanceModeStatus, ServiceMask, StatusCode } from '../../ged188/index.js';
import { has } from './delivery/audience.js';
import {
  type MaintenanceActions,
  type MaintenanceSignal,
  type MaintenanceState,
  maintenanceTable,
} from './maintenance-states.js';
import type { SimulatorSession } from './session/session.js';

/** Milliseconds that clients have to respond, and then to move. */
const ANSWER_LIMIT = 5_000;
const MOVE_LIMIT = 5_000;

/** What the hand-over needs from its side. */
export interface MaintainedSide {
  openSessions(): Iterable<SimulatorSession>;
  /** The other side takes over. */
  activatePeer(): void;
  /** The end: connections are closed gracefully, and this side becomes the standby. */
  stepBack(): void;
}

export class Maintenance implements MaintenanceActions {
  readonly #machine: Machine<MaintenanceState, Record<MaintenanceSignal, undefined>>;
  /** Clients whose response, or whose report that they have moved, is pending. */
  #waitingFor = new Set<SimulatorSession>();
  #timer: Timer | undefined;
  #invokeIds = 0;

  constructor(
    private readonly side: MaintainedSide,
    private readonly clock: Clock,
  ) {
    this.#machine = runTable<MaintenanceState, Record<MaintenanceSignal, undefined>, MaintenanceActions>(
      maintenanceTable,
      'none',
      this,
    );
  }

  get state(): MaintenanceState {
    return this.#machine.state;
  }

  /** Whether clients are refused because of it. */
  get running(): boolean {
    return this.state !== 'none';
  }

  /** Clients here get responses, but receive events from the other side. */
  get handingOver(): boolean {
    return this.state === 'handingOver';
  }

  signal(signal: MaintenanceSignal): boolean {
    return this.#machine.signal(signal);
  }

  /** ACTIVE_MAINTENANCE_RESP_MSG. */
  answered(session: SimulatorSession, accepted: boolean): void {
    if (!this.#waitingFor.delete(session)) return;
    this.signal(accepted ? 'accepted' : 'rejected');
  }

  /** STOPPING_REQUESTS_TO_THIS_SIDE_IND. */
  moved(session: SimulatorSession): void {
    if (!this.handingOver || !this.#waitingFor.delete(session)) return;
    this.signal('moved');
  }

  /** The session is over. */
  forget(session: SimulatorSession): void {
    if (!this.#waitingFor.delete(session)) return;
    this.signal(this.state === 'asking' ? 'accepted' : 'moved');
  }

  get nobodyToAsk(): boolean {
    return this.#clients().length === 0;
  }

  get nobodyOutstanding(): boolean {
    return this.#waitingFor.size === 0;
  }

  ask(): void {
    this.#waitingFor = new Set(this.#clients());
    for (const session of this.#waitingFor) {
      session.send({ type: 'ACTIVE_MAINTENANCE_REQ_MSG', InvokeID: ++this.#invokeIds });
    }
    this.#limit(ANSWER_LIMIT, 'unanswered');
  }

  callOff(): void {
    this.forgetAll();
    this.#tell(false);
  }

  handOver(): void {
    this.#tell(true);
    this.#waitingFor = new Set(this.#clients());
    this.side.activatePeer();
    // Clients without standby support can only be dismissed.
    for (const session of [...this.side.openSessions()]) {
      if (!this.#waitingFor.has(session)) session.signal('dismissed', StatusCode.E_CTI_CTI_SERVER_OFFLINE);
    }
    this.#limit(MOVE_LIMIT, 'overdue');
  }

  leave(): void {
    this.forgetAll();
    this.side.stepBack();
  }

  forgetAll(): void {
    this.#timer?.cancel();
    this.#waitingFor.clear();
  }

  #tell(goOn: boolean): void {
    const status = goOn ? MaintenanceModeStatus.CONTINUE : MaintenanceModeStatus.CANCEL;
    for (const session of this.#clients()) {
      session.send({ type: 'ACTIVE_MAINTENANCE_EVENT_MSG', MaintenanceModeStatus: status === 1 });
    }
  }

  #limit(ms: number, signal: MaintenanceSignal): void {
    this.#timer?.cancel();
    this.#timer = this.clock.after(ms, () => this.signal(signal));
  }

  #clients(): SimulatorSession[] {
    return [...this.side.openSessions()].filter(
      ({ grant }) => grant && grant.version >= 24 && has(grant, ServiceMask.CTI_SERVICE_ACTIVE_STANDBY),
    );
  }
}
