import type { Clock } from '../../../src/common/clock.js';
import type { Random } from '../../../src/common/random.js';
import type { ContactCenter } from '../../../src/simulator/model/contact-center.js';
import type {
  AgentStateNumber,
  CommandOutcome,
  ConnectionRef,
  TelephonyEvent,
} from '../../../src/simulator/model/state/types.js';
import { PERIPHERAL } from './support.js';

/** Random actions at any time, most of which are not allowed. */
export class Monkey {
  accepted = 0;
  refused = 0;
  readonly acceptedActions = new Set<string>();

  constructor(
    private readonly center: ContactCenter,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  start(everyMs: number): void {
    this.clock.every(everyMs, () => this.act());
  }

  act(): void {
    const names = Object.keys(this.#actions);
    const name = this.#pick(names)!;
    const outcome = this.#actions[name]!();
    if (outcome.ok) {
      this.accepted++;
      this.acceptedActions.add(name);
    } else this.refused++;
  }

  #pick<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.random.next() * list.length)];
  }

  #chance(probability: number): boolean {
    return this.random.next() < probability;
  }

  #agent() {
    return this.#pick([...this.center.agents()])!;
  }

  /** Usually an existing connection, of a phone rather than of a caller. */
  #connection(): ConnectionRef {
    if (this.#chance(0.03)) return { peripheralId: PERIPHERAL, callId: 12345, deviceId: '2001' };
    const device = this.#pick([...this.center.devices()].filter((each) => each.connections.length > 0));
    const connection = device && this.#pick(device.connections);
    return { peripheralId: PERIPHERAL, callId: connection?.callId ?? 1, deviceId: connection?.deviceId ?? '2001' };
  }

  /** Two connections of one phone, in both orders. */
  #pair(): [ConnectionRef, ConnectionRef] {
    const device = this.#pick([...this.center.devices()].filter((each) => each.connections.length > 1));
    if (device === undefined) return [this.#connection(), this.#connection()];
    const refs = device.connections.map(({ callId, deviceId }) => ({ peripheralId: PERIPHERAL, callId, deviceId }));
    return this.#chance(0.8) ? [refs[1]!, refs[0]!] : [refs[0]!, refs[1]!];
  }

  #number(): string {
    return this.#pick([
      this.#agent().extension,
      this.#agent().extension,
      this.#agent().agentId,
      '8001',
      '8002',
      '8003',
      '912065550123',
      '9998000',
      '9997000',
      '9999000',
      'nonsense',
    ])!;
  }

  #setState(states: readonly AgentStateNumber[]): CommandOutcome {
    const agent = this.#agent();
    return this.center.setAgentState({
      peripheralId: PERIPHERAL,
      agentId: agent.agentId,
      instrument: this.#chance(0.97) ? agent.config.instrument : this.#agent().config.instrument,
      state: this.#pick(states)!,
      reasonCode: this.#chance(0.5) ? Math.floor(this.random.next() * 100) : 0,
      ...(this.#chance(0.1) ? { supervisorId: '90001' } : {}),
      ...(this.#chance(0.05) ? { forced: 1 } : {}),
    });
  }

  readonly #actions: Record<string, () => CommandOutcome<unknown>> = {
    call: () =>
      this.center.placeCall({
        peripheralId: PERIPHERAL,
        ani: this.#pick(['2065550101', '2065550102', '']),
        dialedNumber: this.#pick(['8001', '8002', '8003'])!,
        ...(this.#chance(0.7) ? { patienceMs: this.random.next() * 90_000 } : {}),
      }),
    logIn: () => this.#setState([0]),
    available: () => this.#setState([3]),
    anyState: () => this.#setState([0, 1, 2, 2, 3, 3, 5, 6, 4]),
    answer: () => this.center.answer(this.#connection()),
    answerAgain: () => this.center.answer(this.#connection()),
    hold: () => this.center.hold(this.#connection()),
    retrieve: () => this.center.retrieve(this.#connection()),
    alternate: () => this.center.alternate(...this.#pair()),
    reconnect: () => this.center.reconnect(...this.#pair()),
    clearConnection: () => this.center.clearConnection(this.#connection()),
    dropOther: () => {
      const own = this.#connection();
      const other = this.#pick(this.center.call(PERIPHERAL, own.callId)?.connections ?? []);
      return this.center.clearConnection({ ...own, deviceId: other?.deviceId ?? own.deviceId }, own.deviceId);
    },
    clearCall: () =>
      this.#chance(0.3) ? this.center.clearCall(this.#connection()) : this.center.hold(this.#connection()),
    makeCall: () =>
      this.center.makeCall({
        peripheralId: PERIPHERAL,
        instrument: this.#agent().config.instrument,
        dialedNumber: this.#number(),
        mannerType: this.#chance(0.3) ? 2 : 0,
      }),
    consult: () => this.center.consult({ active: this.#connection(), dialedNumber: this.#number(), consultType: 1 }),
    consultAgain: () =>
      this.center.consult({ active: this.#connection(), dialedNumber: this.#number(), consultType: 2 }),
    transfer: () => {
      const [active, held] = this.#pair();
      return this.center.transfer({ active, held });
    },
    blindTransfer: () => this.center.transfer({ active: this.#connection(), dialedNumber: this.#number() }),
    conference: () => {
      const [active, held] = this.#pair();
      return this.center.conference({ active, held });
    },
    singleStepConference: () => this.center.conference({ active: this.#connection(), dialedNumber: this.#number() }),
    deflect: () => this.center.deflect(this.#connection(), this.#number()),
    dtmf: () => this.center.sendDtmf(this.#connection(), this.#pick(['12#', 'x', ''])!),
    data: () =>
      this.center.setCallData(this.#connection(), {
        variables: ['a'.repeat(Math.floor(this.random.next() * 45))],
        named: [['user.Note', String(Math.floor(this.random.next() * 9))]],
        wrapupData: 'done',
      }),
    record: () => this.center.startRecording(this.#connection()),
    stopRecord: () => this.center.stopRecording(this.#connection()),
    assist: () => this.center.supervisorAssist({ peripheralId: PERIPHERAL, instrument: this.#agent().instrument }),
    emergency: () => this.center.emergencyCall({ peripheralId: PERIPHERAL, instrument: this.#agent().instrument }),
    supervise: () =>
      this.center.supervise({
        peripheralId: PERIPHERAL,
        action: this.#pick([0, 1, 2, 3, 3, 4, 4])!,
        agentId: this.#agent().agentId,
        supervisorInstrument: '95001',
      }),
    hangUp: () => {
      const call = this.#pick([...this.center.calls()]);
      return this.center.hangUp(PERIPHERAL, call?.callId ?? 1);
    },
    offerPreview: () =>
      this.center.offerPreview({
        peripheralId: PERIPHERAL,
        agentId: this.#agent().agentId,
        customerNumber: this.#number(),
      }),
    respond: () =>
      this.center.setCallData(this.#connection(), {
        named: [['BAResponse', this.#chance(0.7) ? 'Accept' : 'Reject']],
      }),
    withdrawRoute: () => {
      const call = this.#pick([...this.center.calls()]);
      return this.center.withdrawRoute(PERIPHERAL, call?.callId ?? 1);
    },
    outOfService: () => {
      const devices = [...this.center.devices()];
      const broken = this.#pick(devices.filter((each) => !each.inService));
      if (broken !== undefined) return this.center.setDeviceInService(PERIPHERAL, broken.id, true);
      return this.center.setDeviceInService(PERIPHERAL, this.#pick(devices)!.id, this.#chance(0.8));
    },
    offline: () => this.center.setPeripheralOnline(PERIPHERAL, !this.#chance(0.05)),
    reskill: () =>
      this.center.reskill(
        PERIPHERAL,
        this.#agent().agentId,
        [10, 20, 30].filter(() => this.#chance(0.6)).map((skillGroupNumber) => ({ skillGroupNumber, priority: 1 })),
      ),
    moveToTeam: () => this.center.moveToTeam(PERIPHERAL, this.#agent().agentId, this.#chance(0.8) ? 1 : undefined),
  };
}

/** An event as one line with all its properties, so that two runs can be compared. */
export function lineOf(event: TelephonyEvent): string {
  return JSON.stringify(event, (_, value: unknown) => (value instanceof Map ? [...value] : value));
}
