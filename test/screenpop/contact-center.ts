/** Emits the events that a session would emit: calls at agents, in the order of the developer guide's scenarios. */
import { VirtualClock } from '../../src/common/virtual-clock.js';
import type { Args } from '../../src/ctios/transport.js';
import {
  type ContactEvent,
  type Ended,
  type Pop,
  ScreenPop,
  type ScreenPopDeps,
  type ScreenPopSettings,
  type Update,
} from '../../src/screenpop/index.js';
import { checkBody } from './pop-bodies.js';

/** CallStatus of the events below. */
export const Status = { initiate: 1, alerting: 2, connect: 3, hold: 4 } as const;

export const INBOUND: Args = {
  CallType: 2,
  ANI: '2065550101',
  DialedNumber: '8001',
  CallVariable1: 'A-20417',
  'user.CustomerTier': 'Gold',
};

export class Desk {
  readonly clock = new VirtualClock();
  readonly outputs: Array<Pop | Update | Ended> = [];
  readonly pop: ScreenPop;
  /** The agents' instruments: 1001 is at 2001. */
  readonly #objects = new Map<string, Args>();

  constructor(settings: ScreenPopSettings = {}, deps: Partial<ScreenPopDeps> = {}) {
    this.pop = new ScreenPop(settings, {
      clock: this.clock,
      findAgent: (instrument) => agentAt(instrument),
      ...deps,
    });
    this.pop.attach(({ body }) => {
      checkBody(body);
      this.outputs.push(body);
    });
  }

  get pops(): Pop[] {
    return this.outputs.filter((each) => each.event === 'pop');
  }

  get updates(): Update[] {
    return this.outputs.filter((each) => each.event === 'update');
  }

  get ends(): Ended[] {
    return this.outputs.filter((each) => each.event === 'ended');
  }

  /** Outputs in short form: "pop 1001" or "ended 1001 transferred". */
  get story(): string[] {
    return this.outputs.map(
      (each) => `${each.event} ${each.agent.id}${each.event === 'ended' ? ` ${each.reason}` : ''}`,
    );
  }

  call(id: string, journey: string | null = 'icm.1.1', data: Args = INBOUND): Leg {
    return new Leg(this, id, journey, data);
  }

  tell(event: string, args: Args, extra: Partial<ContactEvent> = {}): void {
    const id = typeof args.UniqueObjectID === 'string' ? args.UniqueObjectID : '';
    const merged = { ...this.#objects.get(id), ...args };
    if (id.startsWith('call.')) this.#objects.set(id, merged);
    const agent = agentAt(id.split('.')[3] ?? '');
    this.pop.handle({
      event,
      args,
      ...(id.startsWith('call.') && { call: { properties: () => merged } }),
      ...(agent && { agent }),
      time: this.clock.now(),
      at: this.clock.monotonic(),
      ...extra,
    });
    if (event === 'OnCallEnd') this.#objects.delete(id);
  }

  /** The object continues under another id with the same properties. */
  rekey(from: string, to: string): void {
    const known = this.#objects.get(from);
    if (known) this.#objects.set(to, { ...known, UniqueObjectID: to });
    this.#objects.delete(from);
  }
}

/** One connection: a call at one device. */
export class Leg {
  constructor(
    private readonly desk: Desk,
    /** The id of the connection: "100.2001" is call 100 at instrument 2001. */
    public id: string,
    private readonly journey: string | null,
    private readonly data: Args,
  ) {}

  get uid(): string {
    return `call.5000.${this.id}`;
  }

  tell(event: string, args: Args = {}, extra: Partial<ContactEvent> = {}): this {
    this.desk.tell(
      event,
      { UniqueObjectID: this.uid, ...(this.journey !== null && { ICMEnterpriseUniqueID: this.journey }), ...args },
      extra,
    );
    return this;
  }

  begin(): this {
    return this.tell('OnCallBegin', this.data);
  }
  ring(): this {
    return this.tell('OnCallDelivered', { CallStatus: Status.alerting });
  }
  answer(): this {
    return this.tell('OnCallEstablished', { CallStatus: Status.connect });
  }
  arrive(): this {
    return this.begin().ring();
  }
  dial(): this {
    return this.begin()
      .tell('OnCallServiceInitiatedEvent', { CallStatus: Status.initiate })
      .tell('OnCallOriginated', { CallStatus: Status.initiate })
      .tell('OnCallDelivered', { CallStatus: Status.initiate });
  }
  end(): this {
    return this.tell('OnCallEnd');
  }
  hangUp(args: Args = {}): this {
    return this.tell('OnCallConnectionCleared', args).tell('OnCallCleared').end();
  }
  transferred(): this {
    return this.tell('OnCallTransferred');
  }
  /** The call continues under another id, as after a transfer or a conference. */
  becomes(id: string): this {
    const before = this.uid;
    this.id = id;
    this.desk.rekey(before, this.uid);
    return this.tell('OnCallDataUpdate', { OldUniqueObjectID: before });
  }
  snapshot(status: number): this {
    return this.tell('OnSnapshotCallConf', { ...this.data, CallStatus: status }, { recovered: true });
  }
}

function agentAt(instrument: string): { properties(): Args } | undefined {
  if (!/^20\d\d$/.test(instrument)) return undefined;
  const id = String(Number(instrument) - 1000);
  return {
    properties: () => ({
      AgentID: id,
      PeripheralID: 5000,
      AgentInstrument: instrument,
      AgentFirstName: 'Agent',
      AgentLastName: id,
    }),
  };
}
