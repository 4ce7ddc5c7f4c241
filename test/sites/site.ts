/**
 * A site as the CTI Server reports it, message by message, and what an integration makes of it: the screen pop and the
 * contact records, through the object server and the client library.
 */
import { agentFinder } from '../../nodes/shared/contacts/agent-finder.js';
import { type CilEvent, Session } from '../../src/cil/index.js';
import { type CallRecord, ContactRecorder, type ContactSettings } from '../../src/contact/index.js';
import type { MessageInit } from '../../src/ged188/index.js';
import { type Ended, type Pop, ScreenPop, type ScreenPopSettings, type Update } from '../../src/screenpop/index.js';
import { ClientSessions, memoryConnector } from '../../src/server/index.js';
import { agentState, at, begin, Center, delivered, end, established, P } from '../server/objects/center.js';

const NUMBERS = { region: 'US', prefixes: ['9'] };
/** The customer of the tables. */
export const CUSTOMER = '2065550101';
export const STATE = { logout: 1, notReady: 2, available: 3, talking: 4, reserved: 8 } as const;

export class Site {
  readonly events: CilEvent[] = [];
  readonly outputs: Array<Pop | Update | Ended> = [];
  readonly records: CallRecord[] = [];

  private constructor(
    readonly center: Center,
    readonly session: Session,
    pop: ScreenPopSettings,
    contact: ContactSettings,
  ) {
    const deps = { clock: center.clock, findAgent: agentFinder(session) };
    const screenPop = new ScreenPop({ ...NUMBERS, ...pop }, deps);
    const recorder = new ContactRecorder({ ...NUMBERS, maxWrapupMs: 3_000, ...contact }, deps);
    screenPop.attach(({ body }) => this.outputs.push(body));
    recorder.attach((record) => this.records.push(record));
    for (const name of ['ICallEvents', 'IAgentEvents', 'ISessionEvents'] as const)
      session.subscribe(name, (event) => {
        recorder.handle(event);
        screenPop.handle(event);
      });
    session.subscribe('AllInOne', (event) => this.events.push(event));
  }

  static async open(pop: ScreenPopSettings = {}, contact: ContactSettings = {}): Promise<Site> {
    const center = await Center.up({ peripheralId: P });
    // The first version whose messages name the agent of a pre-call is 20.
    center.link.version = 24;
    const { clock, server } = center;
    const clients = new ClientSessions({ server, clock, settings: { heartbeatMs: 0, name: 'site' } });
    const connectors = [memoryConnector(clients, { allowMonitorControl: true })] as const;
    const session = new Session({ connectors, heartbeatMs: 0, clock, random: { next: () => 0.5 } });
    const site = new Site(center, session, pop, contact);
    session.connect();
    await site.pass(500);
    session.setMessageFilter('').catch(() => {});
    await site.pass(500);
    site.events.length = 0;
    return site;
  }

  /** The CTI Server sends messages; a number is a pause in milliseconds. */
  async tell(...steps: readonly (MessageInit | number)[]): Promise<this> {
    for (const step of steps) {
      if (typeof step === 'number') await this.pass(step);
      else {
        this.center.tell(step);
        await turns();
      }
    }
    return this;
  }

  async pass(ms: number): Promise<void> {
    const { clock } = this.center;
    const until = clock.now() + ms;
    await turns();
    for (let { next } = clock; next !== undefined && next <= until; { next } = clock) {
      clock.runUntil(next);
      await turns();
    }
    clock.runUntil(until);
    await turns();
  }

  /** "pop 1001 +12065550101 inbound", "ended 1001 redirected" */
  get story(): string[] {
    return this.outputs.map((body) => {
      if (body.event === 'ended') return `ended ${body.agent.id} ${body.reason}`;
      const { customer } = body;
      return `${body.event} ${body.agent.id} ${customer.e164 ?? (customer.received || customer.kind)} ${body.direction}`;
    });
  }

  /** "segment 1001 inbound +12065550101 ended", "contact inbound +12065550101 answered" */
  get log(): string[] {
    return this.records.map((record) => {
      const { customer, direction = '?' } = record;
      const number = customer === undefined ? '-' : (customer.e164 ?? customer.kind);
      return record.event === 'segment'
        ? `segment ${record.agent.id} ${direction} ${number} ${record.reason}`
        : `contact ${direction} ${number} ${record.outcome}`;
    });
  }
}

/** Sessions in this process get their messages in a later turn of the event loop. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) {
    await new Promise((done) => setImmediate(done));
    for (let each = 0; each < 20; each++) await Promise.resolve();
  }
}

type More = Partial<MessageInit> & Record<string, unknown>;
const merged = (message: MessageInit, more: Record<string, unknown>): MessageInit => ({ ...message, ...more });

/** Messages about a call at a phone, by the number of the call. */
export const tells = {
  state: (agent: string, phone: string, state: number, more: More = {}) =>
    merged(agentState(agent, phone, state), { SkillGroupNumber: 0xffffffff, ...more }),
  begins: (call: number, phone: string, more: More = {}) =>
    merged(begin(call, phone), { CallType: 1, ANI: CUSTOMER, ...more }),
  rings: (call: number, phone: string, more: More = {}) => merged(delivered(call, phone), more),
  answers: (call: number, phone: string, more: More = {}) => merged(established(call, phone), more),
  ends: (call: number, phone: string) => end(call, phone),
  dials: (call: number, phone: string, to: string): MessageInit[] => [
    own(call, phone, 'CALL_SERVICE_INITIATED_EVENT', { CallingDeviceID: phone, LocalConnectionState: 1 }),
    own(call, phone, 'CALL_ORIGINATED_EVENT', { CallingDeviceID: phone, CalledDeviceID: to, LocalConnectionState: 3 }),
  ],
  holds: (call: number, phone: string) =>
    own(call, phone, 'CALL_HELD_EVENT', { HoldingDeviceID: phone, LocalConnectionState: 4 }),
  diverts: (call: number, phone: string, to: string) =>
    own(call, phone, 'CALL_DIVERTED_EVENT', {
      ...{ DivertingDeviceID: phone, CalledDeviceID: to, LocalConnectionState: 0, EventCause: 28 },
    }),
  updates: (call: number, phone: string, more: More = {}) =>
    own(call, phone, 'CALL_DATA_UPDATE_EVENT', {
      ...{ NewConnectionCallID: 0xffffffff, NewConnectionDeviceIDType: 0, CallType: 1 },
      ...more,
    }),
  announces: (phone: string, agent: string | undefined, more: More = {}) =>
    ({
      ...{ type: 'AGENT_PRE_CALL_EVENT', AgentInstrument: phone, AgentID: agent, ANI: CUSTOMER, MRDID: 1 },
      ...{ ServiceNumber: 1, ServiceID: 1, SkillGroupNumber: 1, SkillGroupID: 0xffffffff, SkillGroupPriority: 0 },
      ...ROUTED,
      ...more,
    }) as MessageInit,
};

/** The router's key of the announced call. */
export const ROUTED = { RouterCallKeyDay: 5, RouterCallKeyCallID: 6, RouterCallKeySequenceNumber: 0 } as const;

export const variables = (values: Record<string, string>) => ({
  NamedVariables: Object.entries(values).map(([VariableName, VariableValue]) => ({ VariableName, VariableValue })),
});

function own(call: number, phone: string, type: string, fields: Record<string, unknown>): MessageInit {
  return { type, ...at(call, phone), EventCause: 0xffff, ...fields } as unknown as MessageInit;
}
