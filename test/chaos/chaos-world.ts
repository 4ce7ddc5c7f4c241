/**
 * A contact center with a pair of servers and all kinds of clients: monitors with and without filters, agents on one
 * and on two desktops, a supervisor; in this process and over a network. Records the events of each and the result of
 * each request.
 */
import type { CilEvent, Session } from '../../src/cil/index.js';
import { CtiosError } from '../../src/ctios/index.js';
import { ScreenPop } from '../../src/screenpop/index.js';
import type { Ended, Pop } from '../../src/screenpop/types.js';
import type { SiteProfileName } from '../../src/simulator/index.js';
import { type Access, TestBed, type TestBedObserver } from '../support/test-bed.js';
import { Visits } from './visits.js';

export const PERIPHERAL = 5000;
export const AGENTS = ['1001', '1002', '1003', '1004', '1005', '1006'] as const;
export const SUPERVISOR = '90001';

export interface Actor {
  readonly name: string;
  readonly access: Access;
  readonly role: 'everything' | 'filtered' | 'agent' | 'supervisor';
  readonly agentId?: string;
  session: Session;
  events: CilEvent[];
  errors: unknown[];
}

export interface Asked {
  readonly by: string;
  readonly request: string;
  /** `confirmed`, or the outcome of the error; undefined while it is pending. */
  outcome: string | undefined;
  code?: string;
  readonly at: number;
}

type Role = Pick<Actor, 'name' | 'access' | 'role' | 'agentId'>;

const ROLES: readonly Role[] = [
  { name: 'monitor', access: 'in process', role: 'everything' },
  { name: 'remote monitor', access: 'remote', role: 'everything' },
  { name: 'filtered monitor', access: 'in process', role: 'filtered' },
  { name: 'remote filtered monitor', access: 'remote', role: 'filtered' },
  { name: 'agent 1001', access: 'in process', role: 'agent', agentId: '1001' },
  { name: 'agent 1001 again', access: 'remote', role: 'agent', agentId: '1001' },
  { name: 'agent 1002', access: 'remote', role: 'agent', agentId: '1002' },
  { name: 'supervisor', access: 'in process', role: 'supervisor', agentId: SUPERVISOR },
];

export class ChaosWorld {
  readonly bed: TestBed;
  readonly actors: Actor[] = [];
  readonly asked: Asked[] = [];
  readonly visits: Visits;
  readonly pops: Pop[] = [];
  readonly ends: Ended[] = [];
  readonly #pop: ScreenPop;
  /** Something has happened that a session may not have received completely. */
  faultsOccurred = false;
  /** The number of timers before any client connected. */
  initialTimers = 0;
  readonly problems: string[] = [];

  constructor(
    seed: number,
    protocolVersion: 23 | 25,
    readonly profile: SiteProfileName = 'standard',
    observer?: TestBedObserver,
  ) {
    const observed = observer === undefined ? {} : { observer };
    this.bed = new TestBed({ seed, agents: AGENTS.length, protocolVersion, access: 'remote', profile, ...observed });
    this.visits = new Visits(this.bed.simulator.center);
    this.#pop = new ScreenPop({}, { clock: this.bed.clock });
    this.#pop.attach(({ body }) => {
      if (body.event === 'pop') this.pops.push(body);
      else if (body.event === 'ended') this.ends.push(body);
    });
  }

  async open(): Promise<void> {
    await this.bed.open();
    this.initialTimers = this.bed.clock.pending;
    for (const role of ROLES) await this.enter(role);
  }

  /** A client connects, or reconnects as a new one. */
  async enter(role: Role): Promise<void> {
    const session = this.bed.another(role.access);
    const actor: Actor = { ...role, session, events: [], errors: [] };
    session.subscribe('AllInOne', (event) => {
      actor.events.push(event);
      if (role.name === 'monitor') this.#pop.handle(event);
    });
    session.onError((error) => actor.errors.push(error));
    this.actors.push(actor);
    await this.bed.run(100);
    await this.#choose(actor);
  }

  async #choose({ role, agentId, session }: Actor): Promise<void> {
    const mode =
      agentId === undefined
        ? session.setMessageFilter(role === 'everything' ? '' : 'AgentID=1001,1002')
        : session.setAgent({ AgentID: agentId, PeripheralID: PERIPHERAL, AgentInstrument: phoneOf(agentId) });
    await this.bed.settle(Promise.resolve(mode), 1_000);
  }

  actor(name: string): Actor {
    return this.actors.find((each) => each.name === name)!;
  }

  get openPops(): number {
    return this.#pop.counts.open;
  }

  /** Sends a request and records it. */
  ask(
    actor: Actor,
    request: string,
    options: { target?: string; args?: Record<string, unknown>; linkWaitMs?: number; answerMs?: number } = {},
  ): Asked {
    const asked: Asked = { by: actor.name, request, outcome: undefined, at: this.bed.clock.now() };
    this.asked.push(asked);
    const ends = (outcome: string) => {
      if (asked.outcome !== undefined) this.problems.push(`${request} of ${actor.name} ended twice`);
      asked.outcome = outcome;
    };
    actor.session.request(request, options).then(
      () => ends('confirmed'),
      (error: unknown) => {
        if (error instanceof CtiosError && error.cause.outcome !== undefined) {
          asked.code = error.code;
          ends(error.cause.outcome);
        } else {
          this.problems.push(`${request} of ${actor.name} rejects with ${String(error)}`);
          ends('bug');
        }
      },
    );
    return asked;
  }

  /** Repairs all faults. */
  async repair(): Promise<void> {
    const { bed } = this;
    bed.refusing.clear();
    for (const way of bed.network) way.refusing = false;
    const { simulator } = bed;
    for (const side of ['A', 'B'] as const) simulator.run('startSide', { side });
    simulator.run('clearFaults', {});
    simulator.run('centralControllerOnline', {});
    for (const { id, online } of simulator.run('status').peripherals)
      if (!online) simulator.run('peripheralOnline', { peripheral: id });
    for (const { id, inService } of simulator.center.devices())
      if (!inService) simulator.run('instrumentInService', { instrument: id });
    // One side, then the other one; each ends only after its clients have moved.
    for (let left = 3; left > 0; left--) {
      try {
        simulator.run('maintenance', { end: true });
      } catch {
        // Neither side is in maintenance.
      }
      await bed.run(6_000);
    }
  }

  async disconnectAll(): Promise<void> {
    for (const { session } of this.actors) await this.bed.settle(session.disconnect(), 100);
  }

  async close(): Promise<void> {
    await this.disconnectAll();
    this.#pop.dispose();
    await this.bed.close();
  }
}

/** The phone of an agent of the simulated contact center: agent "1001" at "2001", supervisor "90001" at "95001". */
export function phoneOf(agentId: string): string {
  return agentId.startsWith('9') ? `95${agentId.slice(2)}` : String(Number(agentId) + 1000);
}
