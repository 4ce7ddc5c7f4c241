/** Commands of callers and of the people at the phones. */
import { command } from './command.js';
import { accepted, agentOf, callNamed, connectionOf, dataOf } from './context.js';
import { CommandError } from './definition.js';

const agent = { type: 'text', required: true, about: 'the agent, by id' } as const;
const call = {
  type: 'number',
  about: 'the call, by its ConnectionCallID',
  fallback: "the newest of the agent's that fits",
} as const;
const to = {
  type: 'text',
  max: 39,
  required: true,
  about: 'an extension, an agent, a dialed number, or a number outside',
} as const;
const data = { type: 'data', about: 'call data: CallVariable1 to 10, ECC (user.Name), UserToUserInfo' } as const;

/** LocalConnectionState by common names. */
const RINGING = [2] as const;
const TALKING = [3] as const;
const HELD = [4] as const;
const LIVE = [1, 2, 3, 4] as const;

const nothing = () => ({});

export const callCommands = {
  placeCall: command(
    'calls',
    'A caller calls the contact center.',
    {
      to: { type: 'text', max: 39, about: 'the dialed number', fallback: '8001, the sales line' },
      from: {
        type: 'text',
        max: 39,
        about: "the caller's number (ANI); empty: withheld",
        fallback: 'a withheld number',
      },
      data,
      digits: { type: 'text', max: 39, about: 'what the caller enters when the VRU asks' },
      patience: { type: 'number', min: 0, about: 'seconds the caller waits before giving up', fallback: 'forever' },
    },
    ({ center }, args) => {
      const dialedNumber = args.to ?? '8001';
      const dialed = [...center.dialedNumbers()].find((each) => each.number === dialedNumber);
      const { callId } = accepted(
        center.placeCall({
          peripheralId: dialed?.peripheralId ?? center.config.peripherals[0]!.id,
          dialedNumber,
          ...(args.from !== undefined && { ani: args.from }),
          ...(args.digits !== undefined && { callerEnteredDigits: args.digits }),
          ...(args.patience !== undefined && { patienceMs: args.patience * 1000 }),
          data: dataOf(args.data),
        }),
      );
      return { call: callId };
    },
  ),
  hangUp: command(
    'calls',
    'A party hangs up: an agent, or the person outside.',
    {
      agent: { type: 'text', about: 'the agent who hangs up', fallback: 'the person outside does' },
      call: { type: 'number', about: 'the call', fallback: "the agent's newest" },
    },
    ({ center }, args) => {
      if (args.agent !== undefined) {
        const connection = connectionOf(center, args.agent, LIVE, 'present', args.call);
        accepted(center.clearConnection(connection));
        return { call: connection.callId };
      }
      if (args.call === undefined) throw new CommandError('SIM_BAD_ARGUMENT', 'hangUp: name an agent or a call');
      const { peripheralId, callId } = callNamed(center, args.call);
      accepted(center.hangUp(peripheralId, callId));
      return { call: callId };
    },
  ),
  answer: command('calls', 'An agent answers the ringing call.', { agent, call }, ({ center }, args) => {
    const connection = connectionOf(center, args.agent, RINGING, 'ringing', args.call);
    accepted(center.answer(connection));
    return { call: connection.callId };
  }),
  makeCall: command('calls', 'An agent dials.', { agent, to, data }, ({ center }, args) => {
    const { peripheralId, instrument } = agentOf(center, args.agent);
    const made = accepted(
      center.makeCall({ peripheralId, instrument, dialedNumber: args.to, data: dataOf(args.data) }),
    );
    return { call: made.connection.callId };
  }),
  hold: command('calls', 'An agent puts the call on hold.', { agent, call }, ({ center }, args) => {
    const connection = connectionOf(center, args.agent, TALKING, 'talking', args.call);
    accepted(center.hold(connection));
    return { call: connection.callId };
  }),
  retrieve: command('calls', 'An agent retrieves the held call.', { agent, call }, ({ center }, args) => {
    const connection = connectionOf(center, args.agent, HELD, 'held', args.call);
    accepted(center.retrieve(connection));
    return { call: connection.callId };
  }),
  alternate: command(
    'calls',
    'An agent switches between the held and the active call.',
    { agent },
    ({ center }, args) => {
      accepted(
        center.alternate(
          connectionOf(center, args.agent, TALKING, 'talking'),
          connectionOf(center, args.agent, HELD, 'held'),
        ),
      );
      return nothing();
    },
  ),
  reconnect: command(
    'calls',
    'An agent ends the consultation and retrieves the held call.',
    { agent },
    ({ center }, args) => {
      accepted(
        center.reconnect(
          connectionOf(center, args.agent, [1, 2, 3], 'talking or dialing'),
          connectionOf(center, args.agent, HELD, 'held'),
        ),
      );
      return nothing();
    },
  ),
  consult: command(
    'calls',
    'An agent consults another party while the call is on hold.',
    {
      agent,
      to,
      for: {
        type: 'choice',
        choices: ['transfer', 'conference'],
        about: 'what it is meant to become',
        fallback: 'transfer',
      },
      data,
    },
    ({ center }, args) => {
      const made = accepted(
        center.consult({
          active: connectionOf(center, args.agent, TALKING, 'talking'),
          dialedNumber: args.to,
          consultType: args.for === 'conference' ? 2 : 1,
          data: dataOf(args.data),
        }),
      );
      return { call: made.connection.callId };
    },
  ),
  transfer: command(
    'calls',
    'An agent transfers: the held call to the consulted party, or the call at once to a number.',
    {
      agent,
      to: { type: 'text', max: 39, about: 'the destination of a blind transfer', fallback: 'the consulted party' },
    },
    ({ center }, args) => {
      const joined = accepted(
        center.transfer(
          args.to === undefined
            ? {
                active: connectionOf(center, args.agent, [1, 2, 3], 'talking or dialing'),
                held: connectionOf(center, args.agent, HELD, 'held'),
              }
            : { active: connectionOf(center, args.agent, TALKING, 'talking'), dialedNumber: args.to },
        ),
      );
      return { call: joined.connection.callId };
    },
  ),
  conference: command('calls', 'An agent joins the held and the active call.', { agent }, ({ center }, args) => {
    const joined = accepted(
      center.conference({
        active: connectionOf(center, args.agent, TALKING, 'talking'),
        held: connectionOf(center, args.agent, HELD, 'held'),
      }),
    );
    return { call: joined.connection.callId };
  }),
  deflect: command('calls', 'An agent sends the ringing call elsewhere.', { agent, to, call }, ({ center }, args) => {
    const connection = connectionOf(center, args.agent, RINGING, 'ringing', args.call);
    accepted(center.deflect(connection, args.to));
    return { call: connection.callId };
  }),
  sendDigits: command(
    'calls',
    'An agent presses keys during the call.',
    { agent, digits: { type: 'text', max: 31, required: true, about: '0 to 9, *, #, A to D' }, call },
    ({ center }, args) => {
      accepted(center.sendDtmf(connectionOf(center, args.agent, TALKING, 'talking', args.call), args.digits));
      return nothing();
    },
  ),
  setCallData: command(
    'calls',
    "Changes a call's data.",
    {
      call: { type: 'number', about: 'the call', fallback: "the agent's newest" },
      agent: { type: 'text', about: 'the agent whose call it is' },
      data: { ...data, required: true },
    },
    ({ center }, args) => {
      if (args.agent !== undefined) {
        const connection = connectionOf(center, args.agent, LIVE, 'present', args.call);
        accepted(center.setCallData(connection, dataOf(args.data)));
        return { call: connection.callId };
      }
      if (args.call === undefined) throw new CommandError('SIM_BAD_ARGUMENT', 'setCallData: name an agent or a call');
      const { peripheralId, callId, connections } = callNamed(center, args.call);
      const deviceId = connections[0]?.deviceId ?? '';
      accepted(center.setCallData({ peripheralId, callId, deviceId }, dataOf(args.data)));
      return { call: callId };
    },
  ),
  record: command(
    'calls',
    "Records an agent's call, or stops recording it.",
    { agent, on: { type: 'boolean', about: 'true starts, false stops', fallback: 'true' }, call },
    ({ center }, args) => {
      const connection = connectionOf(center, args.agent, [3, 4], 'talking', args.call);
      accepted(args.on === false ? center.stopRecording(connection) : center.startRecording(connection));
      return { call: connection.callId };
    },
  ),
  offerPreview: command(
    'calls',
    'The dialer shows an available agent a customer to call; SetCallData with BAResponse decides.',
    {
      agent,
      to: { type: 'text', required: true, about: "the customer's number, outside" },
      campaign: { type: 'text', about: 'the campaign, for ECC BACampaign' },
      account: { type: 'text', about: "the customer's account number" },
      data,
    },
    ({ center }, args) => {
      const { peripheralId, agentId } = agentOf(center, args.agent);
      const { callId } = accepted(
        center.offerPreview({
          peripheralId,
          agentId,
          customerNumber: args.to,
          campaign: args.campaign,
          accountNumber: args.account,
          data: dataOf(args.data),
        }),
      );
      return { call: callId };
    },
  ),
  withdrawRoute: command(
    'calls',
    'The router takes back a call that it has announced to an agent whose phone does not ring yet.',
    { call: { type: 'number', required: true, about: 'the call' } },
    ({ center }, args) => {
      const { peripheralId, callId } = callNamed(center, args.call);
      accepted(center.withdrawRoute(peripheralId, callId));
      return nothing();
    },
  ),
  calls: command('calls', 'Lists the calls in progress.', {}, ({ center }) => ({
    calls: [...center.calls()].map((each) => ({
      call: each.callId,
      from: each.data.ani ?? '',
      to: each.data.dialedNumber ?? '',
      parties: each.connections.map(({ deviceId, state }) => ({ device: deviceId, state })),
    })),
  })),
};
