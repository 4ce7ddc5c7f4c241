/** Commands that cause faults: links, sides, peripherals, phones, responses. */
import { NULL_PERIPHERAL_ID } from '../../ged188/index.js';
import type { SimulatorSession } from '../server/session/session.js';
import { command } from './command.js';
import { accepted, type CommandContext } from './context.js';
import { CommandError } from './definition.js';

const side = { type: 'choice', choices: ['A', 'B'], about: 'the side of the pair of CTI Servers' } as const;
const whichSide = { ...side, required: true } as const;
const peripheral = { type: 'number', about: 'the peripheral', fallback: 'the first one' } as const;
const requests = {
  type: 'list',
  about: 'messages, such as ANSWER_CALL_REQ',
  fallback: 'every control request',
} as const;

export const faultCommands = {
  breakLink: command(
    'faults',
    'Breaks the links of clients to the CTI Server.',
    {
      how: {
        type: 'choice',
        choices: ['close', 'reset', 'silence'],
        about: 'a proper end, a reset, or a link that is up and dead',
        fallback: 'close',
      },
      side: { ...side, fallback: 'both' },
      client: { type: 'text', about: 'only the client with this ClientID', fallback: 'all' },
    },
    (context, args) => {
      const hit = sessionsOf(context, args.side).filter(
        (each) => args.client === undefined || each.grant?.clientId === args.client,
      );
      for (const session of hit) {
        if (args.how === 'silence') session.silence();
        else session.drop(args.how ?? 'close');
      }
      return { links: hit.length };
    },
  ),
  stopSide: command(
    'faults',
    'Stops one of the two CTI Servers; the other takes over.',
    {
      side: whichSide,
      how: {
        type: 'choice',
        choices: ['announced', 'crash'],
        about: 'tells its clients first, or not',
        fallback: 'crash',
      },
    },
    (context, args) => {
      context.stopSide(args.side, args.how ?? 'crash');
      return {};
    },
  ),
  startSide: command(
    'faults',
    'Starts a stopped CTI Server again, as the standby.',
    { side: whichSide },
    (context, args) => {
      context.startSide(args.side);
      return {};
    },
  ),
  switchSides: command('faults', 'The standby CTI Server takes over from the active one.', {}, (context) => {
    context.switchSides();
    return { active: context.sides.A.active ? 'A' : 'B' };
  }),
  maintenance: command(
    'faults',
    'Begins, or ends, maintenance of the active CTI Server: clients of protocol 24 and later are handed over.',
    { end: { type: 'boolean', about: 'true: maintenance is over', fallback: 'false' } },
    ({ sides }, args) => {
      const { A, B } = sides;
      const server = args.end ? [A, B].find((each) => each.maintenance.running) : [A, B].find((each) => each.active);
      if (server === undefined) {
        throw new CommandError('SIM_REFUSED', args.end ? 'no side is in maintenance' : 'no side is active');
      }
      if (!args.end && !server.peer.running) {
        throw new CommandError('SIM_REFUSED', 'the other side is stopped, so there is no side to hand over to');
      }
      server.maintenance.signal(args.end ? 'end' : 'begin');
      return { side: server.side };
    },
  ),
  gatewaySwitch: command(
    'faults',
    'The peripheral gateway changes sides: bridges hear again who is in each call (event cause 50); nothing rings.',
    {},
    (context) => ({ connections: context.tellParties() }),
  ),
  peripheralOffline: command('faults', 'A peripheral gateway goes offline.', { peripheral }, ({ center }, args) => {
    accepted(center.setPeripheralOnline(args.peripheral ?? center.config.peripherals[0]!.id, false));
    return {};
  }),
  peripheralOnline: command('faults', 'The peripheral gateway is back.', { peripheral }, ({ center }, args) => {
    accepted(center.setPeripheralOnline(args.peripheral ?? center.config.peripherals[0]!.id, true));
    return {};
  }),
  centralControllerOffline: command('faults', 'The central controller goes offline.', {}, (context) => {
    context.setCentralController(false);
    return {};
  }),
  centralControllerOnline: command('faults', 'The central controller is back.', {}, (context) => {
    context.setCentralController(true);
    return {};
  }),
  instrumentOutOfService: command(
    'faults',
    'A phone goes out of service.',
    { instrument: { type: 'text', required: true, about: 'the phone' }, peripheral },
    ({ center }, args) => {
      accepted(center.setDeviceInService(args.peripheral ?? center.config.peripherals[0]!.id, args.instrument, false));
      return {};
    },
  ),
  instrumentInService: command(
    'faults',
    'The phone is back in service.',
    { instrument: { type: 'text', required: true, about: 'the phone' }, peripheral },
    ({ center }, args) => {
      accepted(center.setDeviceInService(args.peripheral ?? center.config.peripherals[0]!.id, args.instrument, true));
      return {};
    },
  ),
  slowConfirmations: command(
    'faults',
    'Confirmations are delayed.',
    { ms: { type: 'number', required: true, min: 0, max: 600_000, about: 'milliseconds; 0: at once again' } },
    ({ faults }, args) => {
      faults.confirmationDelayMs = args.ms;
      return {};
    },
  ),
  refuseRequests: command(
    'faults',
    'The switch refuses requests.',
    {
      requests,
      code: { type: 'number', min: 0, max: 65535, about: 'FailureCode (CF_…)', fallback: '32, service busy' },
      peripheralErrorCode: { type: 'number', min: 0, about: "the peripheral's own code", fallback: '0' },
      times: { type: 'number', min: 1, about: 'how many requests', fallback: '1' },
    },
    ({ faults }, args) => {
      faults.refusals.push({
        requests: args.requests && new Set(args.requests.map((each) => each.toUpperCase())),
        failureCode: args.code ?? SERVICE_BUSY,
        peripheralErrorCode: args.peripheralErrorCode ?? 0,
        remaining: args.times ?? 1,
      });
      return {};
    },
  ),
  duplicateAgentEvents: command(
    'faults',
    'Agent state events are sent twice.',
    { on: { type: 'boolean', about: 'false: once again', fallback: 'true' } },
    ({ faults }, args) => {
      faults.duplicateAgentEvents = args.on !== false;
      return {};
    },
  ),
  delayAgentEvents: command(
    'faults',
    'Agent state events are sent after the related call events.',
    { ms: { type: 'number', required: true, min: 0, max: 60_000, about: 'milliseconds; 0: in time again' } },
    ({ faults }, args) => {
      faults.agentEventDelayMs = args.ms;
      return {};
    },
  ),
  clearFaults: command(
    'faults',
    'Clears delayed, refused and duplicated confirmations and events.',
    {},
    ({ faults }) => {
      faults.clear();
      return {};
    },
  ),
};

/** CF_SERVICE_BUSY. */
const SERVICE_BUSY = 32;

function sessionsOf({ sides }: CommandContext, only: 'A' | 'B' | undefined): SimulatorSession[] {
  const servers = only === undefined ? [sides.A, sides.B] : [sides[only]];
  return servers.flatMap((server) => [...server.sessions()]);
}

export const statusCommands = {
  status: command('status', 'Shows the status of the center and its CTI Servers.', {}, ({ center, sides }) => ({
    agents: [...center.agents()].filter((each) => each.loggedIn).length,
    calls: [...center.calls()].length,
    peripherals: [...center.peripherals()].map(({ id, name, online }) => ({ id, name, online })),
    sides: [sides.A, sides.B].map((server) => ({
      side: server.side,
      running: server.running,
      active: server.active,
      sessions: [...server.sessions()]
        .filter((each) => each.grant !== undefined)
        .map((each) => ({
          client: each.grant?.clientId ?? '',
          state: each.state,
          version: each.grant?.version ?? 0,
          peripheral: each.grant?.peripheralId === NULL_PERIPHERAL_ID ? 'all' : (each.grant?.peripheralId ?? 0),
        })),
    })),
  })),
  check: command('status', 'Checks invariants and lists violations.', {}, (context) => ({
    violations: context.violations(),
  })),
};
