/**
 * Example 5 in a real Node-RED, without a browser: each page belongs to one agent, and no page can use another's
 * buttons.
 */
import { strict as assert } from 'node:assert';
import { EventEmitter, once } from 'node:events';
import type { WebSocket } from 'ws';
import { lineOf, ticketFor } from '../../scripts/page-line.js';
import type { FlowNode } from '../support/node-red-process.js';
import { NodeRedSite } from '../support/node-red-site.js';
import { flowsOf } from './promises.js';

interface Button {
  id: string;
  enabled: boolean;
}
/** A part of the data sent to a page. */
interface Told {
  signIn?: { note?: string };
  token?: string;
  colleagues?: [string, string][];
  agent?: string;
  state?: string;
  error?: string;
  calls?: { id: string; status: string }[];
  buttons?: Button[];
  history?: { number: string; seconds: number }[];
  team?: { id: string; name: string; state?: string; watching: boolean }[];
  watched?: { call: string }[];
}

/** A page as in the browser: its connection, and the data it received. */
class Desk {
  readonly told: Told[] = [];
  readonly #bell = new EventEmitter();

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data) => {
      this.told.push(JSON.parse(String(data)) as Told);
      this.#bell.emit('told');
    });
  }

  static async open(nodeRed: NodeRedSite): Promise<Desk> {
    const page = nodeRed.at('agent-desktop');
    const ticket = await ticketFor(page);
    assert.equal(typeof ticket, 'string');
    const socket = lineOf(page, String(ticket));
    const desk = new Desk(socket);
    await once(socket, 'open');
    return desk;
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  /** The first future message, or the latest past one, that satisfies the condition. */
  async sees(like: (told: Told) => boolean, from = 0): Promise<Told> {
    for (;;) {
      const found = this.told.slice(from).find(like);
      if (found !== undefined) return found;
      await once(this.#bell, 'told');
    }
  }

  async logIn(agent: string, phone: string): Promise<string> {
    const from = this.told.length;
    this.say({ logIn: { agent, phone, password: '' } });
    const { token } = await this.sees((told) => told.token !== undefined, from);
    await this.can(agent === '90001' ? 'Log out' : 'Ready', from);
    return token!;
  }

  /** Waits until a button is enabled. */
  can(id: string, from = 0): Promise<Told> {
    return this.sees(({ buttons = [] }) => buttons.some((each) => each.id === id && each.enabled), from);
  }

  get last(): Told {
    return this.told.findLast(({ agent }) => agent !== undefined)!;
  }

  close(): void {
    this.socket.terminate();
  }
}

const DESKTOP = flowsOf('05 agent desktop');
const AT_THE_START = DESKTOP.find(({ name }) => name === 'at the start')!;
/** What ends each command for the simulated agents: its response, or its error. */
const OUTCOMES = ['goes home', 'is gone already'];
/** Five agents log out, and answer no calls by themselves. */
const COMMANDS = 6;

/**
 * The example, without calls that would keep the simulated agents from going home, and told when they go: who has logged
 * in on a page before that would be logged out with them.
 */
function observed(): FlowNode[] {
  const changes: Record<string, object> = { 'at the start': { once: false } };
  for (const name of OUTCOMES) changes[name] = { wires: [['outcome']] };
  const shown = { id: 'outcome', type: 'debug', z: AT_THE_START.z, x: 0, y: 0 };
  return [
    ...DESKTOP.map((node) => ({
      ...node,
      ...(node.type === 'ctios-session' && { traffic: 'off' }),
      ...changes[node.name ?? ''],
    })),
    { ...shown, active: true, tosidebar: true, complete: 'payload', targetType: 'msg' },
  ];
}

function simulatedAgentsGoHome(nodeRed: NodeRedSite): Promise<void> {
  return new Promise((gone, failed) => {
    let outcomes = 0;
    const stop = nodeRed.watchDebug(
      (_, __, id) => {
        if (id !== 'outcome' || ++outcomes < COMMANDS) return;
        stop();
        gone();
      },
      () => nodeRed.press(AT_THE_START.id).catch(failed),
    );
  });
}

describe('the desktop for all agents', function () {
  this.timeout(90_000);
  let nodeRed: NodeRedSite;
  const desks: Desk[] = [];
  const open = async (): Promise<Desk> => {
    const desk = await Desk.open(nodeRed);
    desks.push(desk);
    return desk;
  };

  before(async () => {
    nodeRed = await NodeRedSite.start({ root: '/desk' }, observed());
    await simulatedAgentsGoHome(nodeRed);
  });
  afterEach(() => {
    for (const desk of desks.splice(0)) desk.close();
  });
  after(() => nodeRed?.stop());

  it('shows each page its own agent, and others only in the list of colleagues', async () => {
    const [alex, sam] = [await open(), await open()];
    await alex.logIn('1001', '2001');
    await sam.logIn('1002', '2002');
    await alex.sees(({ colleagues = [] }) => colleagues.some(([phone]) => phone === '2002'));
    const from = sam.told.length;
    alex.say({ press: 'Not ready', notReady: '1' });
    await alex.sees(({ state = '' }) => state.startsWith('Not ready: '));
    const others = sam.told.slice(from).filter(({ agent }) => agent !== undefined);
    assert.deepEqual(
      others.filter(({ state }) => state !== 'Not ready'),
      [],
    );
    assert.notEqual(alex.last.agent, sam.last.agent);
  });

  it('ignores buttons from a page without a log-in, with a wrong token, or that names another agent', async () => {
    const [alex, stranger] = [await open(), await open()];
    await alex.logIn('1001', '2001');
    const from = alex.told.length;
    const forged = [
      { press: 'Log out' },
      { press: 'Log out', agent: '1001', agentId: '1001', ctios: { agentId: '1001' } },
      { token: 'x'.repeat(32) },
      { token: '' },
      { press: 'Log out', token: 'x', loggingIn: '1001', _session: { id: '1' } },
    ];
    for (const each of forged) stranger.say(each);
    await stranger.sees(({ signIn }) => signIn?.note === 'Log in again.');
    // A logged-in page can only use the buttons of its own desktop, whatever the message contains.
    await stranger.logIn('1003', '2003');
    stranger.say({ press: 'Log out', agentId: '1001', ctios: { agentId: '1001' }, logout: '101' });
    await stranger.sees(({ signIn }) => signIn?.note === 'Logged out.');
    alex.say({ press: 'Hang up' });
    await alex.sees(({ error }) => error !== undefined, from);
    assert.ok(!alex.told.slice(from).some(({ signIn, state }) => signIn !== undefined || state === 'Logged out'));
  });

  it('returns the desktop to a page that reconnects with its token, and to the latest one with the password', async () => {
    const first = await open();
    const token = await first.logIn('1002', '2002');
    const again = await open();
    again.say({ token });
    await again.sees(({ agent }) => agent !== undefined);
    const other = await open();
    await other.logIn('1002', '2002');
    await first.sees(({ signIn }) => /another page/.test(signIn?.note ?? ''));
    const late = await open();
    late.say({ token });
    await late.sees(({ signIn }) => signIn?.note === 'Log in again.');
  });

  it('logs an agent out and in again, and keeps the calls of the day', async () => {
    const desk = await open();
    await desk.logIn('1004', '2004');
    desk.say({ press: 'Call', number: '912065550199' });
    await desk.can('Hang up');
    desk.say({ press: 'Hang up', call: desk.last.calls![0]!.id });
    await desk.sees(({ history = [] }) => history.some(({ number }) => number === '912065550199'));
    await desk.can('Log out', desk.told.length - 1);
    desk.say({ press: 'Log out', logout: '101' });
    await desk.sees(({ signIn }) => signIn?.note === 'Logged out.');
    const from = desk.told.length;
    await desk.logIn('1004', '2004');
    await desk.sees(({ history = [] }) => history.length === 1, from);
  });

  it('explains why a log-in is refused', async () => {
    const desk = await open();
    desk.say({ logIn: { agent: '4711', phone: '2001', password: '' } });
    const { signIn } = await desk.sees((told) => told.signIn?.note !== undefined);
    assert.match(signIn!.note!, /4711|agent/i);
    desk.say({ logIn: { agent: 'x; y', phone: '2001' } });
    await desk.sees((told) => told.signIn?.note === 'Enter your agent ID.');
  });

  it('shows the team to a supervisor, and does not allow others to monitor it', async () => {
    const [alex, lead] = [await open(), await open()];
    await alex.logIn('1001', '2001');
    await lead.logIn('90001', '95001');
    const { team } = await lead.sees(({ team: seen = [] }) => seen.some(({ id }) => id === 'agent.5000.1001'));
    assert.ok(team!.length > 0);
    lead.say({ press: 'Watch', member: 'agent.5000.1001' });
    await lead.sees(({ team: seen = [] }) => seen.some(({ watching }) => watching));
    assert.equal(alex.last.team, undefined);
    const from = alex.told.length;
    alex.say({ press: 'Watch', member: 'agent.5000.1002' });
    const { error } = await alex.sees((told) => told.error !== undefined, from);
    assert.match(error!, /supervisor/);
  });
});
