import type { Clock } from '../../common/clock.js';
import { type Random, seededRandom } from '../../common/random.js';
import { Administration } from './administration.js';
import { SimulatedAgents } from './agents/agents.js';
import { InboundCalls } from './routing/inbound-calls.js';
import { CallRouter } from './routing/router.js';
import { VruTreatment } from './routing/vru-treatment.js';
import type { WorldConfig } from './state/config.js';
import type { SwitchContext } from './state/context.js';
import { SimulatorEventLog } from './state/event-log.js';
import { siteProfiles } from './state/site-behavior.js';
import { SkillGroupQueues } from './state/skill-group-queues.js';
import { SimulatedWorld } from './state/world.js';
import { StatisticsKeeper } from './statistics/statistics.js';
import type { CallHooks } from './telephony/call-hooks.js';
import { SimulatedCalls } from './telephony/calls.js';
import { Conference } from './telephony/conference.js';
import { Connections } from './telephony/connections.js';
import { Consultation } from './telephony/consult.js';
import { Dialing } from './telephony/dialing.js';
import { Media } from './telephony/media.js';
import { Merging } from './telephony/merging.js';
import { Preview } from './telephony/outbound-preview.js';
import { SimulatedSupervision } from './telephony/supervision.js';
import { SupervisorAssist } from './telephony/supervisor-assist.js';
import { Transfer } from './telephony/transfer.js';
import { Wrapups } from './telephony/wrapup.js';

export interface ContactCenterOptions {
  config: WorldConfig;
  clock: Clock;
  /** Default: seed 1. */
  random?: Random;
}

/** The parts of the switch, created from the bottom up. */
export class SimulatedSwitch {
  readonly clock: Clock;
  readonly world: SimulatedWorld;
  readonly events: SimulatorEventLog;
  readonly queues: SkillGroupQueues;
  readonly calls: SimulatedCalls;
  readonly dialing: Dialing;
  readonly consultation: Consultation;
  readonly preview: Preview;
  readonly transfer: Transfer;
  readonly conference: Conference;
  readonly assist: SupervisorAssist;
  readonly supervision: SimulatedSupervision;
  readonly inboundCalls: InboundCalls;
  readonly agents: SimulatedAgents;
  readonly statistics: StatisticsKeeper;
  readonly administration: Administration;

  constructor({ config, clock, random = seededRandom(1) }: ContactCenterOptions) {
    this.clock = clock;
    this.world = new SimulatedWorld(config, clock.now());
    this.events = new SimulatorEventLog(clock);
    const context: SwitchContext = {
      clock,
      random,
      world: this.world,
      settings: config.switch,
      site: config.switch.site ?? siteProfiles.standard,
      events: this.events,
      later: (ms, run) => clock.after(ms, () => this.events.transact(run)),
    };
    const hooks: CallHooks = {
      phoneChanged: (device, ended) => this.agents.phoneChanged(device, ended),
      offered: (device) => this.agents.offered(device),
      ringing: (connection) => this.agents.ringing(connection),
      stepAsideForCall: (agent) => this.agents.stepAsideForCall(agent),
      offerWithdrawn: (agent) => this.agents.offerWithdrawn(agent),
      enterRoute: (call, dialed, callType, caller) => this.inboundCalls.enter(call, dialed, callType, caller),
      withdrawRoute: (call) => router.withdraw(call),
      answered: (connection) => router.answered(connection),
      dataSet: (connection) => this.preview.decided(connection),
    };
    this.queues = new SkillGroupQueues(this.world);
    this.statistics = new StatisticsKeeper(context, this.queues);
    const wrapups = new Wrapups(context, this.statistics);

    const media = new Media(context);
    const connections = new Connections(context, media, this.statistics, wrapups, hooks);
    const calls = new SimulatedCalls(context, media, wrapups, connections, hooks);
    const dialing = new Dialing(context, connections, calls, hooks);
    const consultation = new Consultation(context, connections, calls, dialing);
    const merging = new Merging(context, connections);
    this.preview = new Preview(context, this.queues, connections, dialing, hooks);
    this.transfer = new Transfer(context, media, connections, calls, dialing, consultation, merging, hooks);
    this.conference = new Conference(context, media, connections, calls, dialing, consultation, merging, hooks);
    this.assist = new SupervisorAssist(context, connections, calls, dialing, consultation, this.conference);
    this.supervision = new SimulatedSupervision(context, connections, calls, dialing, consultation, this.conference);
    this.calls = calls;
    this.dialing = dialing;
    this.consultation = consultation;

    const treatment = new VruTreatment(connections, calls);
    const router = new CallRouter(context, this.queues, this.statistics, connections, dialing, treatment, hooks);
    this.inboundCalls = new InboundCalls(context, connections, calls, dialing, treatment, router);
    this.agents = new SimulatedAgents(context, this.statistics, wrapups, connections, calls, dialing, router);
    this.administration = new Administration(context, this.statistics, connections, router, this.agents);
  }
}
