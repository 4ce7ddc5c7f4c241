/**
 * The same checks on real sockets: networks that split, coalesce and throttle, and networks that corrupt, drop, fall
 * silent and refuse, in five situations each. Nothing depends on timing: each step waits for its condition.
 */
import assert from 'node:assert/strict';
import { type CilEvent, Session } from '../../src/cil/index.js';
import { systemClock } from '../../src/common/clock.js';
import { socketDial } from '../../src/common/network/net-stream.js';
import { memoryConnector } from '../../src/server/index.js';
import { Simulator, type SiteProfileName, siteProfiles } from '../../src/simulator/index.js';
import { type Passing, Relay } from '../support/relay.js';
import { ServerTier } from '../support/server-tier.js';
import { agents, calls, lives, order } from './honest.js';

/** A contact center on real sockets behind a relay, and a session that observes it. */
class Lab {
  readonly simulator: Simulator;
  readonly events: CilEvent[] = [];
  readonly errors: unknown[] = [];
  session!: Session;
  relay!: Relay;
  #server!: ServerTier;

  constructor(private readonly profile: SiteProfileName) {
    this.simulator = new Simulator({ agents: 6, traffic: 'off', automatic: false, profile });
  }

  async open(passing: Passing): Promise<void> {
    const { host, portA } = await this.simulator.start();
    this.relay = new Relay({ host, port: portA });
    this.relay.passing = passing;
    this.#server = new ServerTier({
      name: 'lab',
      clock: systemClock,
      dial: socketDial(),
      sides: { A: await this.relay.listen() },
      link: {
        protocolVersion: 23,
        heartbeatMs: 50,
        random: { next: () => 0 },
        charset: siteProfiles[this.profile].charset,
      },
    });
    this.session = new Session({
      connectors: [memoryConnector(this.#server.clients, { allowMonitorControl: true })],
      heartbeatMs: 0,
    });
    this.session.subscribe('AllInOne', (event) => this.events.push(event));
    this.session.onError((error) => this.errors.push(error));
    this.#server.link.start();
    this.session.connect();
    for (const agent of ['1001', '1002', '1003']) {
      this.simulator.run('loginAgent', { agent });
      this.simulator.run('setAgentState', { agent, state: 'NotReady' });
    }
    await this.session.setMessageFilter('');
    await this.until(() => this.session.agents.size >= 3 && this.honest());
  }

  async close(): Promise<void> {
    await this.session.disconnect();
    await this.#server.stop();
    await this.relay.close();
    await this.simulator.stop();
  }

  /** Resolves when the condition is met; checked after each event of the session. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!condition()) return;
        stop();
        resolve();
      };
      const stop = this.session.subscribe('AllInOne', () => setImmediate(look));
      look();
    });
  }

  /** Whether the session's objects match the contact center. */
  honest(): boolean {
    return calls(this).length === 0 && agents(this).length === 0;
  }

  gaps(): number {
    return this.events.filter(({ event }) => event === 'OnConnectionGap').length;
  }

  /** Runs a command and waits until the session has received its effects. */
  async does(command: string, args: Record<string, unknown>, condition: () => boolean): Promise<void> {
    this.simulator.run(command, args);
    await this.until(condition);
  }

  status(instrument: string, ...states: number[]): () => boolean {
    return () =>
      [...this.session.calls.values()].some(
        (call) =>
          call.uniqueObjectID.endsWith(`.${instrument}`) && states.includes(Number(call.properties().CallStatus)),
      );
  }
}

const situations: Record<string, (lab: Lab) => Promise<void>> = {
  idle: async () => {},
  ringing: (lab) => lab.does('makeCall', { agent: '1002', to: '2001' }, lab.status('2001', 2)),
  talking: async (lab) => {
    await situations.ringing!(lab);
    await lab.does('answer', { agent: '1001' }, lab.status('2001', 3));
  },
  'mid-transfer': async (lab) => {
    await situations.talking!(lab);
    await lab.does('consult', { agent: '1001', to: '2003' }, lab.status('2003', 2));
    await lab.does('answer', { agent: '1003' }, lab.status('2003', 3));
  },
  'mid-conference': async (lab) => {
    await situations['mid-transfer']!(lab);
    await lab.does('conference', { agent: '1001' }, () => lab.session.calls.size === 3 && lab.honest());
  },
};

/** Events while the session is disconnected. */
function world(lab: Lab): void {
  for (const call of [...lab.simulator.center.calls()]) {
    lab.simulator.center.hangUp(call.peripheralId, call.callId, call.connections[0]!.deviceId);
  }
  lab.simulator.run('setAgentState', { agent: '1002', state: 'Available' });
}

const breaks: Record<string, (lab: Lab) => void> = {
  corrupted: (lab) => {
    lab.relay.corrupt();
    world(lab);
  },
  dropped: (lab) => {
    lab.relay.drop();
    world(lab);
  },
  silenced: (lab) => {
    lab.relay.silence();
    world(lab);
  },
  'dropped and refused': (lab) => {
    lab.relay.refusals = 1;
    lab.relay.drop();
    world(lab);
  },
};

function isHonest(lab: Lab): void {
  assert.deepEqual(lab.errors, []);
  assert.deepEqual(lives(lab.events), []);
  assert.deepEqual(order(lab.events), []);
  assert.deepEqual(calls(lab), []);
  assert.deepEqual(agents(lab), []);
}

for (const profile of Object.keys(siteProfiles) as SiteProfileName[]) {
  describe(`recovery on real sockets, with the profile ${profile}`, () => {
    let lab: Lab;
    beforeEach(() => {
      lab = new Lab(profile);
    });
    afterEach(() => lab.close());

    for (const [name, prepare] of Object.entries(situations)) {
      for (const passing of ['as they come', 'one by one', 'together', 'slowly'] as const) {
        it(`loses nothing if bytes are ${passing}: ${name}`, async () => {
          await lab.open(passing);
          await prepare(lab);
          world(lab);
          await lab.until(() => lab.honest());
          isHonest(lab);
          assert.equal(lab.gaps(), 0);
        });
      }
      for (const [how, strike] of Object.entries(breaks)) {
        it(`reports a link that is ${how}: ${name}`, async () => {
          await lab.open('as they come');
          await prepare(lab);
          strike(lab);
          await lab.until(() => lab.gaps() > 0 && lab.honest());
          isHonest(lab);
          assert.equal(lab.gaps(), 1);
        });
      }
    }
  });
}
