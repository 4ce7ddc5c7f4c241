/** A simulated contact center with its pair of CTI Servers: connects the parts. */

import { systemClock } from '../common/clock.js';
import type { ByteStream } from '../common/network/byte-stream.js';
import { seededRandom } from '../common/random.js';
import type { CommandContext } from './commands/context.js';
import { type CommandArguments, type CommandName, type CommandResult, runCommand } from './commands/index.js';
import { Invariants } from './invariants.js';
import { ContactCenter } from './model/contact-center.js';
import { checkInvariants } from './model/invariants.js';
import { AutomaticAgents, gentleAgents } from './model/site/automatic-agents.js';
import { defaultWorld } from './model/site/default-site.js';
import { Traffic, trafficOf } from './model/site/traffic.js';
import { siteBehavior } from './model/state/site-behavior.js';
import { type Listening, type SimulatorOptions, simulatorDefaults, type TrafficLevel } from './options.js';
import { checkScenario, ScenarioError } from './scenarios/check.js';
import type { Scenario } from './scenarios/format.js';
import { type ScenarioProgress, ScenarioRunner } from './scenarios/runner.js';
import { shippedScenarios } from './scenarios/shipped.js';
import { MessagePublisher } from './server/delivery/message-publisher.js';
import { SimulatorDispatcher } from './server/dispatch.js';
import { Faults } from './server/faults.js';
import { Listener } from './server/listener.js';
import { CtiServer, type Pair } from './server/server.js';
import { StoppableClock } from './stoppable-clock.js';

const LOOPBACK = '127.0.0.1';
/** Bytes queued for a client before it is disconnected. */
const UNREAD_LIMIT = 16 * 1024 * 1024;

type Side = 'A' | 'B';

/**
 * A simulated contact center. Nothing happens before {@link start}; {@link run} then simulates what people, callers and
 * failures do to a real one.
 */
export class Simulator {
  /** Called when a scenario has ended, successfully or not. */
  onScenarioEnd: (progress: ScenarioProgress) => void = () => {};

  readonly #options: SimulatorOptions;
  readonly #clock: StoppableClock;
  readonly #seed: number;
  readonly #scenario: Scenario | undefined;
  readonly #center: ContactCenter;
  readonly #servers: { readonly A: CtiServer; readonly B: CtiServer };
  readonly #listeners: { readonly A: Listener; readonly B: Listener } | undefined;
  readonly #automatic: AutomaticAgents;
  /** Agents for which the opposite of `#allByHand` applies. */
  readonly #exceptions = new Set<string>();
  readonly #runner: ScenarioRunner;
  readonly #context: CommandContext;
  #allByHand = false;
  #traffic: readonly Traffic[] = [];

  /** @throws ScenarioError if the scenario is invalid; RangeError for invalid options */
  constructor(options: SimulatorOptions = {}) {
    this.#options = options;
    this.#scenario = options.scenario === undefined ? undefined : scenarioOf(options.scenario);
    const { center: wanted } = this.#scenario ?? {};
    const agents = options.agents ?? wanted?.agents ?? simulatorDefaults.agents;
    if (!Number.isInteger(agents) || agents < 1 || agents > 24_000) {
      throw new RangeError(`agents must be a whole number from 1 to 24000, not ${agents}`);
    }
    this.#clock = new StoppableClock(options.clock ?? systemClock);
    this.#seed = options.seed ?? wanted?.seed ?? simulatorDefaults.seed;
    const site = siteBehavior(options.profile, options.site);
    this.#center = new ContactCenter({
      config: options.world ?? defaultWorld({ agents, site }),
      clock: this.#clock,
      random: seededRandom(this.#seed),
    });
    const invariants = new Invariants(this.#center);
    const faults = new Faults();
    const { pair, publisher } = this.#buildPair(faults);
    this.#servers = pair.sides;
    const { listen } = options;
    this.#listeners =
      listen === false
        ? undefined
        : {
            A: this.#listener('A', listen?.host, listen?.portA),
            B: this.#listener('B', listen?.host, listen?.portB),
          };
    this.#automatic = new AutomaticAgents(this.#center, this.#clock, seededRandom(this.#seed + 1), {
      ...gentleAgents,
      leaveAlone: (_, agentId) => this.#allByHand !== this.#exceptions.has(agentId),
    });
    this.#context = this.#buildContext(pair, publisher, faults, invariants);
    this.#runner = new ScenarioRunner(
      this.#center,
      this.#clock,
      (name, args) => runCommand(this.#context, name, args),
      (progress) => this.onScenarioEnd(progress),
    );
  }

  /**
   * Starts: listens, lets agents log in and callers call, begins the scenario. Can be called once.
   * @returns where sides A and B listen
   */
  async start(): Promise<Listening> {
    await this.#listeners?.A.open();
    try {
      await this.#listeners?.B.open();
    } catch (error) {
      this.#listeners?.A.close();
      throw error;
    }
    const wanted = this.#scenario?.center;
    const automatic = this.#options.automatic ?? wanted?.automatic ?? this.#scenario === undefined;
    this.#allByHand = !automatic;
    this.#automatic.start();
    const traffic =
      this.#options.traffic ?? wanted?.traffic ?? (this.#scenario === undefined ? simulatorDefaults.traffic : 'off');
    if (traffic !== 'off') this.#startTraffic(traffic);
    if (this.#scenario !== undefined) this.#runner.start(this.#scenario);
    return this.listening;
  }

  /** Where sides A and B listen. */
  get listening(): Listening {
    return {
      host: this.#listeners?.A.host ?? LOOPBACK,
      portA: this.#listeners?.A.port ?? 0,
      portB: this.#listeners?.B.port ?? 0,
    };
  }

  /** Stops: no client can connect any longer, and all connections are dropped. */
  stop(): Promise<void> {
    this.#runner.stop();
    for (const each of this.#traffic) each.stop();
    this.#automatic.stop();
    for (const side of ['A', 'B'] as const) {
      this.#listeners?.[side].close();
      this.#servers[side].stop('crash');
      this.#listeners?.[side].dropAll();
    }
    this.#clock.stop();
    return Promise.resolve();
  }

  /** Accepts a client on a given stream, for instance in memory. */
  accept(stream: ByteStream, side: Side = 'A'): void {
    this.#servers[side].accept(stream);
  }

  /**
   * Runs a command of the table, synchronously.
   * @throws CommandError if it cannot be carried out; then nothing has changed
   */
  run<N extends CommandName>(command: N, args?: CommandArguments<N>): CommandResult<N>;
  run(command: string, args?: Readonly<Record<string, unknown>>): object;
  run(command: string, args: Readonly<Record<string, unknown>> = {}): object {
    return runCommand(this.#context, command, args);
  }

  /** The current scenario, or the last one. */
  get scenario(): ScenarioProgress | undefined {
    return this.#runner.progress;
  }

  /** The contact center behind the servers; read only. */
  get center(): ContactCenter {
    return this.#center;
  }

  #buildPair(faults: Faults): { pair: Pair; publisher: MessagePublisher } {
    const { strict = false, credentials } = this.#options;
    let ids = 0;
    const pair: Pair = {
      center: this.#center,
      clock: this.#clock,
      strict,
      charset: this.#center.config.switch.site?.charset ?? 'latin1',
      credentials,
      unreadLimit: this.#options.unreadLimit ?? UNREAD_LIMIT,
      centralControllerOnline: true,
      nextId: () => ++ids,
      dispatch: (server, session, frame) => dispatcher.dispatch(server, session, frame),
      // A client has taken over the agent: it no longer acts automatically.
      attended: (agentId) => this.#automate([agentId], false),
      get sides() {
        return sides;
      },
    };
    const sides = { A: new CtiServer('A', pair, true), B: new CtiServer('B', pair, false) };
    const random = seededRandom(this.#seed + 3);
    const publisher = new MessagePublisher(this.#center, [sides.A, sides.B], faults, this.#clock, random);
    const dispatcher = new SimulatorDispatcher({
      center: this.#center,
      publisher,
      faults,
      random,
      clock: this.#clock,
      strict,
    });
    return { pair, publisher };
  }

  #listener(side: Side, host = LOOPBACK, port = 0): Listener {
    return new Listener(host, port, this.#options.tls, (stream, reset) => this.#servers[side].accept(stream, reset));
  }

  #buildContext(pair: Pair, publisher: MessagePublisher, faults: Faults, invariants: Invariants): CommandContext {
    const { A, B } = this.#servers;
    // Clients of the standby side are sent the parties of each call again.
    const takeOver = (server: CtiServer): void => {
      server.activate();
      publisher.tellParties();
    };
    return {
      center: this.#center,
      clock: this.#clock,
      faults,
      sides: this.#servers,
      stopSide: (side, how) => {
        this.#listeners?.[side].close();
        const server = this.#servers[side];
        const wasActive = server.active;
        server.stop(how);
        if (wasActive && server.peer.running) takeOver(server.peer);
      },
      startSide: (side) => {
        const server = this.#servers[side];
        if (server.running) return;
        server.start();
        if (!server.peer.active) server.activate();
        this.#listeners?.[side].open().catch(() => server.stop('crash'));
      },
      switchSides: () => {
        // During a hand-over both are active: the one that hands over stops at once.
        const from = [A, B].find((each) => each.maintenance.handingOver) ?? (A.active ? A : B);
        if (!from.peer.running) return;
        from.deactivate();
        takeOver(from.peer);
      },
      setCentralController: (online) => {
        pair.centralControllerOnline = online;
        for (const server of [A, B]) server.tellCentralController();
      },
      tellParties: () => publisher.tellParties(),
      startTraffic: (level) => this.#startTraffic(level),
      stopTraffic: () => {
        for (const each of this.#traffic) each.stop();
      },
      automate: (agentIds, on) => this.#automate(agentIds, on),
      runScenario: (scenario) => {
        const checked = scenarioOf(scenario);
        this.#runner.start(checked);
        return checked;
      },
      stopScenario: () => this.#runner.stop(),
      violations: () => [...invariants.check(), ...checkInvariants(this.#center)],
    };
  }

  #startTraffic(level: Exclude<TrafficLevel, 'off'>): void {
    for (const each of this.#traffic) each.stop();
    const twice = this.#center.config.switch.site?.twoPeripherals === true;
    this.#traffic = [...this.#center.peripherals()].slice(0, twice ? 2 : 1).map(
      ({ id: peripheralId }, index) =>
        new Traffic(this.#center, this.#clock, seededRandom(this.#seed + 2 + 1000 * index), {
          ...trafficOf(level),
          ...(twice ? { peripheralId } : {}),
        }),
    );
    for (const each of this.#traffic) each.start();
  }

  #automate(agentIds: readonly string[] | undefined, on: boolean): void {
    if (agentIds === undefined) {
      this.#allByHand = !on;
      this.#exceptions.clear();
    }
    for (const agentId of agentIds ?? []) {
      if (on === this.#allByHand) this.#exceptions.add(agentId);
      else this.#exceptions.delete(agentId);
    }
    // Agents who act automatically from now on log in, if they are not.
    if (on) this.#automatic.start();
  }
}

/** A built-in scenario by name, or a user's scenario. @throws ScenarioError */
function scenarioOf(given: string | Scenario): Scenario {
  if (typeof given !== 'string') return checkScenario(given);
  const shipped = shippedScenarios[given];
  if (shipped === undefined) {
    throw new ScenarioError([`there is no scenario "${given}"; there are ${Object.keys(shippedScenarios).join(', ')}`]);
  }
  return shipped;
}
