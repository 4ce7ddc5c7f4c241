import { deepStrictEqual, equal, match, ok, throws } from 'node:assert/strict';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import {
  checkScenario,
  commands,
  type Scenario,
  ScenarioError,
  type ScenarioProgress,
  Simulator,
  scenarioSchema,
  shippedScenarios,
} from '../../../src/simulator/index.js';
import { BRIDGE, lab, opened, S } from '../server/raw-client.js';

/** Runs a scenario to its end in virtual time. */
async function run(scenario: string | Scenario): Promise<{ end: ScenarioProgress | undefined; simulator: Simulator }> {
  const clock = new VirtualClock();
  const simulator = new Simulator({ clock, listen: false, scenario });
  let end: ScenarioProgress | undefined;
  simulator.onScenarioEnd = (progress) => {
    end = progress;
  };
  await simulator.start();
  for (let second = 0; second < 3600 && end === undefined; second++) clock.advance(1000);
  return { end, simulator };
}

describe('The scenarios included with the simulator', () => {
  it('are at least a dozen, and all valid', () => {
    ok(Object.keys(shippedScenarios).length >= 12);
    for (const [name, scenario] of Object.entries(shippedScenarios)) {
      equal(scenario.name, name);
      checkScenario(JSON.parse(JSON.stringify(scenario)));
    }
  });

  for (const name of Object.keys(shippedScenarios)) {
    it(`run to their end without errors: ${name}`, async () => {
      const { end, simulator } = await run(name);
      equal(end?.error, undefined);
      equal(end?.state, 'finished');
      deepStrictEqual(simulator.run('check').violations, []);
    });

    it(`report each call with one beginning and one end, and nothing outside: ${name}`, async () => {
      const at = await lab({ agents: 30 });
      const clients = [opened(at, { ServicesRequested: BRIDGE | S.CTI_SERVICE_ACTIVE_STANDBY })];
      at.simulator.run('runScenario', { name });
      const live = new Set<string>();
      for (let second = 0; second < 3600 && running(at.simulator); second++) {
        at.pass(1);
        if (clients[0]!.closed) break;
        for (const message of clients[0]!.take()) {
          if (!('ConnectionDeviceID' in message) || !('ConnectionCallID' in message)) continue;
          if (!/^(BEGIN|END|CALL)_/.test(message.type)) continue;
          const key = `${message.ConnectionCallID}.${message.ConnectionDeviceID}`;
          // An external party, a route point or a VRU leaves the call of a phone: no other event reports this.
          if (message.type === 'CALL_CONNECTION_CLEARED_EVENT' && !live.has(key)) continue;
          if (message.type === 'BEGIN_CALL_EVENT') ok(!live.has(key), `${key} begins twice`);
          else ok(live.has(key), `${message.type} of ${key} outside its life`);
          if (message.type === 'BEGIN_CALL_EVENT') live.add(key);
          if (message.type === 'END_CALL_EVENT') live.delete(key);
          if (message.type === 'CALL_DATA_UPDATE_EVENT') {
            live.delete(key);
            live.add(`${message.NewConnectionCallID}.${message.NewConnectionDeviceID}`);
          }
        }
      }
    });
  }
});

function running(simulator: Simulator): boolean {
  return simulator.scenario?.state === 'pausing' || simulator.scenario?.state === 'waiting';
}

describe('A scenario', () => {
  const scenario = (steps: Scenario['steps'], more: Partial<Scenario> = {}): Scenario => ({
    name: 'mine',
    title: 'Mine',
    steps,
    ...more,
  });

  it('fails at a step that is refused, and reports which and why', async () => {
    const { end } = await run(
      scenario([
        { do: 'loginAgent', with: { agent: '1001' } },
        { do: 'answer', with: { agent: '1001' } },
      ]),
    );
    equal(end?.state, 'failed');
    equal(end?.error, 'step 2 (answer): agent 1001 has no ringing call');
  });

  it('fails if a wait times out', async () => {
    const { end } = await run(scenario([{ until: { agent: '1001', is: 'Talking' }, atMost: 5 }]));
    equal(end?.error, 'step 1 (until): after 5 s agent 1001 is still not "Talking"');
  });

  it('waits for a call to be queued, ringing, active, held and ended', async () => {
    const { end } = await run(
      scenario([
        { do: 'placeCall', as: 'c' },
        { until: { call: '$c', is: 'queued' }, atMost: 5 },
        { do: 'loginAgent', with: { agent: '1001' } },
        { do: 'setAgentState', with: { agent: '1001', state: 'Available' } },
        { until: { call: '$c', is: 'ringing' }, atMost: 5 },
        { do: 'answer', with: { agent: '1001', call: '$c' } },
        { until: { call: '$c', is: 'talking' }, atMost: 0 },
        { do: 'hold', with: { agent: '1001' } },
        { until: { call: '$c', is: 'held' }, atMost: 0 },
        { do: 'hangUp', with: { call: '$c.call' } },
        { until: { call: '$c', is: 'ended' }, atMost: 0 },
      ]),
    );
    equal(end?.error, undefined);
  });

  for (const [phase, state] of [
    ['queued', 'ringing'],
    ['ringing', 'talking'],
    ['talking', 'ringing'],
    ['held', 'ringing'],
    ['ended', 'ringing'],
  ] as const) {
    it(`does not treat a call that is ${state} as one that is ${phase}`, async () => {
      const to: Scenario['steps'] = [
        { do: 'loginAgent', with: { agent: '1001' } },
        { do: 'setAgentState', with: { agent: '1001', state: 'Available' } },
        { do: 'placeCall', as: 'c' },
        { until: { call: '$c', is: 'ringing' } },
      ];
      const answer = state === 'talking' ? [{ do: 'answer', with: { agent: '1001' } }] : [];
      const { end } = await run(scenario([...to, ...answer, { until: { call: '$c', is: phase }, atMost: 3 }]));
      match(end?.error ?? '', /is still not/);
    });
  }

  it('times out waiting for an agent who does not exist', async () => {
    const { end } = await run(scenario([{ until: { agent: '7', is: 'Available' }, atMost: 1 }]));
    equal(end?.state, 'failed');
  });

  it('fails if a step that should be refused is not', async () => {
    const { end } = await run(scenario([{ do: 'loginAgent', with: { agent: '1001' }, refused: true }]));
    match(end?.error ?? '', /was expected to be refused/);
  });

  it('repeats as often as configured', async () => {
    const clock = new VirtualClock();
    const simulator = new Simulator({
      clock,
      listen: false,
      scenario: scenario([{ do: 'placeCall', with: { patience: 5 } }], { repeatAfter: 60 }),
    });
    await simulator.start();
    let calls = 0;
    simulator.center.listen((event) => {
      if (event.kind === 'callBegin' && event.views.some((each) => each.kind === 'external')) calls++;
    });
    clock.advance(5 * 60_000 + 1000);
    ok(calls >= 5, `${calls} calls`);
    equal(simulator.run('stopScenario').stopped, true);
    equal(simulator.run('stopScenario').stopped, false);
  });

  it('produces identical bytes in every run with the same seed', async () => {
    const history = async () => {
      const at = await lab({ seed: 7, automatic: true, traffic: 'steady', agents: 12 });
      const client = opened(at);
      at.pass(180);
      client.settle();
      return Buffer.concat(client.bytes).toString('base64');
    };
    const first = await history();
    ok(first.length > 10_000);
    equal(await history(), first);
  });

  const wrong: [string, unknown, RegExp][] = [
    [
      'a center that is neither automatic nor not',
      scenario([{ do: 'status' }], { center: { automatic: 'yes' } as never }),
      /center\.automatic: must be true or false/,
    ],
    ['no object', 'inbound', /a scenario is an object/],
    ['no steps', { name: 'a', title: 'b', steps: [] }, /steps: must be a list of at least one step/],
    [
      'an unknown command',
      scenario([{ do: 'plaecCall' }]),
      /steps\[0\]: there is no command "plaecCall"; did you mean "placeCall"/,
    ],
    [
      'an unknown argument',
      scenario([{ do: 'answer', with: { agnet: '1' } }]),
      /steps\[0\]: answer: there is no argument "agnet"/,
    ],
    ['a missing argument', scenario([{ do: 'answer' }]), /steps\[0\]: answer: "agent" is missing/],
    [
      'a name that no step has kept',
      scenario([{ do: 'hangUp', with: { call: '$customer' } }]),
      /steps\[0\]\.with\.call: no step before this one is kept "as" "customer"/,
    ],
    [
      'a state that is none',
      scenario([{ until: { agent: '1001', is: 'Asleep' } }]),
      /until\.is: must be one of Logout, NotReady/,
    ],
    [
      'a phase that is none',
      scenario([{ do: 'placeCall', as: 'c' }, { until: { call: '$c', is: 'lost' as 'held' } }]),
      /until\.is: must be one of queued, ringing/,
    ],
    [
      'times that go back',
      scenario([
        { at: 5, do: 'status' },
        { at: 4, do: 'status' },
      ]),
      /steps\[1\]\.at: comes before/,
    ],
    ['two times at once', scenario([{ at: 5, after: 1, do: 'status' }]), /has both "after" and "at"/],
    [
      'a step that does and waits',
      scenario([{ do: 'status', until: {} } as never]),
      /must have either "do" or "until"/,
    ],
    [
      'a center that cannot be',
      scenario([{ do: 'status' }], { center: { agents: 0 } }),
      /center\.agents: must be 1 to 24000/,
    ],
    ['what is no part of it', { ...scenario([{ do: 'status' }]), step: [] }, /step: is not part of a scenario/],
  ];
  for (const [what, given, problem] of wrong) {
    it(`is rejected with ${what}, and the message names the position`, () => {
      throws(
        () => checkScenario(given),
        (error) => error instanceof ScenarioError && problem.test(error.problems.join('; ')),
      );
    });
  }

  it('reports all its errors at once', () => {
    throws(
      () => checkScenario({ steps: [{ do: 'x' }, { do: 'y' }] }),
      (error) => error instanceof ScenarioError && error.problems.length === 4,
    );
  });

  it('that does not exist is rejected with the names of those that do', () => {
    throws(
      () => new Simulator({ listen: false, scenario: 'nope' }),
      /there is no scenario "nope"; there are inbound-call/,
    );
  });

  it('has a schema with every command', () => {
    const text = JSON.stringify(scenarioSchema());
    for (const name of Object.keys(commands)) ok(text.includes(`"const":"${name}"`), name);
  });
});
