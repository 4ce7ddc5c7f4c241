/** Example 17: a click on a number in the CRM dials it from the phone of the agent who is logged in there. */
import { readPage } from '../../pages/read.js';
import { CATALOG } from '../catalog.js';
import { Flow } from '../flow.js';
import { AMBER, GREY, NEW_SECRET, showsPart, TEAL } from '../parts.js';

const DETAILS = `A page of the CRM sends \`{ "token": …, "to": "+12065550101" }\` to **/click-to-dial/call**, as text. Only the token determines whose phone dials: the CRM's server creates and signs it
for the user who is logged in. Tokens of other servers, expired tokens and tampered tokens are refused, and so are pages of other origins. Each agent can dial once every
two seconds.

* The token is \`base64url(JSON) + "." + base64url(HMAC-SHA256)\`, with the JSON \`{ "agent": "1001", "exp": 1764331200 }\`: the agent ID and the expiry time (Unix seconds, at most
  15 minutes ahead). Add \`"peripheral": 5000\` if two peripherals have agents with the same ID. The key of the HMAC is \`DIAL_SECRET\`: the part after \`whsec_\`, in base64.
* \`DIAL_ORIGINS\` lists the origins of the CRM's pages, separated by commas, such as \`https://acme.lightning.force.com\`. The page of this tab is always allowed.
* The agent must be logged in and not ready, because Unified CCE lets agents dial in no other state.

Until you set \`DIAL_SECRET\` (double-click the tab; use the type *credential*, so that it is not exported), this tab acts as the CRM: it serves a page with numbers, for the agent in \`?agent=1001\`, and
creates a secret at each start. Once you set your own secret, the page is no longer served.`;

const TOKEN = `// The secret of the tab's own CRM is used while no other one is set.
const secret = Buffer.from((env.get('DIAL_SECRET') || env.get('OWN_SECRET')).replace('whsec_', ''), 'base64');
const signatureOf = (text) => crypto.createHmac('sha256', secret).update(text).digest();`;

const CHECK = `${TOKEN}
const refuse = (statusCode, reason) => [null, { ...msg, statusCode, payload: { error: reason } }];
// Pages of other sites can send requests, too, but the browser adds their origin. The first click of this tab has no request.
const { origin, host, 'x-forwarded-host': outside } = msg.req ? msg.req.headers : {};
const allowed = env.get('DIAL_ORIGINS').split(',').map((each) => each.trim()).filter(Boolean);
const own = (outside || host || '').split(',')[0].trim();
if (msg.req && (!origin || !(allowed.includes(origin) || origin.replace(/^https?:[/][/]/, '') === own))) return refuse(403, 'This page is not allowed to dial.');
if (allowed.includes(origin)) msg.headers = { 'access-control-allow-origin': origin, vary: 'Origin' };
let said;
try { said = JSON.parse(msg.payload); } catch (error) { said = undefined; }
const [claims, signature, more] = String((said && said.token) || '').split('.');
const given = Buffer.from(signature || '', 'base64url');
const expected = signatureOf(claims);
if (more !== undefined || given.length !== expected.length || !crypto.timingSafeEqual(given, expected)) return refuse(401, 'The token was not issued by this CRM.');
const { agent, peripheral, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString());
const seconds = Date.now() / 1000;
if (!(exp > seconds && exp <= seconds + 900)) return refuse(401, 'The token has expired. Reload the page.');
const number = String(said.to || '').replace(/[\\s().-]/g, '');
if (!/^[+]?[0-9*#]{2,32}$/.test(number)) return refuse(422, 'Not a phone number: ' + String(said.to).slice(0, 40));
// Two clicks within two seconds are a double click.
globalThis.dialed = globalThis.dialed || new Map();
if (dialed.get(agent) > Date.now() - 2000) return refuse(429, 'One call at a time.');
dialed.set(agent, Date.now());
return [{ ...msg, agent, peripheral, number }, null];`;

const READY = `// The agent in the token and no other: the query returned the agents with this ID.
const found = msg.payload.filter(({ AgentID, PeripheralID }) => AgentID === msg.agent && [undefined, PeripheralID].includes(msg.peripheral));
const refuse = (reason) => [null, { ...msg, statusCode: 409, payload: { error: reason } }];
const [agent] = found;
if (found.length !== 1) return refuse('Agent ' + msg.agent + ' was not found.');
if ([1, 9].includes(agent.AgentState) || !agent.AgentInstrument) return refuse('Log in at your phone first.');
if (agent.AgentState !== 2) return refuse('Press Not ready first.');
return [{ ...msg, payload: {}, agentId: agent.UniqueObjectID }, null];`;

const ANSWER = `// Respond to the page. The first click of this tab has no page.
const { number, agent, error } = msg;
const answer = error ? { statusCode: 409, payload: { error: error.message.replace('CtiosError: ', '') } }
  : msg.statusCode ? { statusCode: msg.statusCode, payload: msg.payload }
  : { statusCode: 200, payload: { agent, dialing: number } };
const headers = { ...msg.headers, 'content-type': 'application/json', 'cache-control': 'no-store' };
const dialing = answer.statusCode === 200;
const shown = { topic: dialing ? 'dialing' : 'refused', agent, payload: { agent, number, ...answer.payload } };
if (msg.req) return [{ ...msg, ...answer, error: undefined, headers }, shown, null];
// On a busy computer, the session may learn of the agents only after the first click; then repeat the click.
const again = !dialing && (msg.tries || 0) < 20 ? { tries: (msg.tries || 0) + 1 } : null;
return [null, again ? null : shown, again];`;

const SIGN = `${TOKEN}
// A real CRM knows its user; here, the query string names the agent. With your own secret, this CRM signs nothing.
if (env.get('DIAL_SECRET')) return [{ ...msg, statusCode: 404, payload: 'DIAL_SECRET is set: use the pages of your CRM.' }, null];
const agent = msg.req ? String(msg.req.query.agent || '1001') : '1001';
if (!/^[0-9]{1,12}$/.test(agent)) return [{ ...msg, statusCode: 404, payload: 'No such agent.' }, null];
const claims = Buffer.from(JSON.stringify({ agent, peripheral: 5000, exp: Math.floor(Date.now() / 1000) + 600 })).toString('base64url');
const token = claims + '.' + signatureOf(claims).toString('base64url');
// The first click runs automatically.
if (!msg.req) return [null, { ...msg, payload: JSON.stringify({ token, to: '(206) 555-0101' }) }];
return [{ ...msg, agent, token }, null];`;

const CRYPTO = [{ var: 'crypto', module: 'crypto' }];

export function clickToDial(): Flow {
  const flow = new Flow(CATALOG.clickToDial, DETAILS, { DIAL_SECRET: '', DIAL_ORIGINS: '', OWN_SECRET: NEW_SECRET });
  // Only clicks place calls.
  const session = flow.session({ traffic: 'off' }).id;
  const click = flow.node('http in', 'a click in the CRM', [0, 1], { url: '/click-to-dial/call', method: 'post' });
  const check = flow.node('function', 'token and origin', [1.2, 1], { func: CHECK, outputs: 2, libs: CRYPTO });
  const look = flow.node('ctios-query', 'the agent', [2.4, 1], {
    session,
    query: 'agents',
    filter: [{ key: 'AgentID', op: 'is', value: 'agent', type: 'msg' }],
  });
  const ready = flow.node('function', 'logged in, not ready?', [3.5, 1], { func: READY, outputs: 2 });
  const call = flow.node('ctios-call', 'dial from this phone', [4.7, 1], {
    session,
    request: 'MakeCall',
    object: 'agentId',
    objectType: 'msg',
    args: [{ key: 'DialedNumber', value: 'number', type: 'msg' }],
  });
  const failed = flow.node('catch', 'refused', [3.5, 2], { scope: [look.id, call.id] });
  const answer = flow.node('function', 'the response', [5.9, 1.5], { func: ANSWER, outputs: 3 });
  const page = flow.node('http response', 'to the page', [7, 1.2]);
  const shown = showsPart(flow, 'dialed', [7, 2], 'payload', 'topic');
  flow.chain(click, check, look, ready, call, answer, page);
  flow.wire(check, 1, answer);
  flow.wire(ready, 1, answer);
  flow.wire(failed, 0, answer);
  flow.wire(answer, 1, shown);
  flow.group('A click becomes a call', TEAL, [
    flow.comment('1  Only the signed token determines whose phone dials', [0.6, 0]),
    ...[click, check, look, ready, call, failed, answer, page, shown],
  ]);

  const get = flow.node('http in', 'a page of the CRM', [0, 5], { url: '/click-to-dial' });
  const first = flow.node('inject', 'the first click', [0, 6], { props: [], once: true, onceDelay: '6' });
  const again = flow.node('delay', 'in 3 s', [0, 7], { timeout: '3' });
  const sign = flow.node('function', 'a token for its user', [1.2, 5.5], { func: SIGN, outputs: 2, libs: CRYPTO });
  const isPage = flow.node('switch', 'page available?', [2.4, 5], {
    property: 'token',
    rules: [{ t: 'nnull' }, { t: 'else' }],
    outputs: 2,
  });
  const html = flow.node('template', 'numbers to click', [3.5, 4.8], {
    template: readPage('click-to-dial.html'),
    syntax: 'mustache',
  });
  const show = flow.node('http response', 'page', [4.7, 5], {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });
  flow.chain(get, sign, isPage, html, show);
  flow.chain(first, sign);
  flow.wire(answer, 2, again);
  flow.chain(again, sign);
  flow.wire(isPage, 1, show);
  flow.wire(sign, 1, check);
  flow.group('A stand-in for the CRM', GREY, [
    flow.comment('2  Open /click-to-dial, or /click-to-dial?agent=1002', [0.3, 4]),
    ...[get, first, again, sign, isPage, html, show],
  ]);

  const begin = flow.node('inject', 'at the start', [0, 10.5], { props: [], once: true, onceDelay: '1' });
  const manual = flow.node('ctios-simulate', 'two manual agents', [1.2, 10.5], {
    session,
    command: 'automate',
    args: [
      { key: 'agents', value: '["1001", "1002"]', type: 'json' },
      { key: 'on', value: 'false', type: 'bool' },
    ],
  });
  // Set by the simulator, because the session does not know the agents yet right after the start.
  const away = (agent: string, column: number) =>
    flow.node('ctios-simulate', `${agent} is not ready`, [column, 10.5], {
      session,
      command: 'setAgentState',
      args: [
        { key: 'agent', value: agent, type: 'str' },
        { key: 'state', value: 'NotReady', type: 'str' },
      ],
    });
  // Otherwise the response to a command would become the arguments of the next one.
  const empty = (name: string, at: [number, number]) =>
    flow.node('change', name, at, { rules: [{ t: 'delete', p: 'payload', pt: 'msg' }] });
  const forgotten = empty('clear payload', [3.6, 10.5]);
  // A deploy does not end calls.
  const free = flow.node('ctios-simulate', 'end a previous call', [2.4, 10.5], {
    session,
    command: 'hangUp',
    args: [{ key: 'agent', value: '1001', type: 'str' }],
  });
  const wasFree = flow.node('catch', 'no call', [2.4, 11.2], { scope: [free.id] });
  const people = [away('1001', 4.8), away('1002', 6)];
  flow.chain(begin, manual, free, forgotten, ...people);
  flow.wire(wasFree, 0, forgotten);
  const lab = flow.comment('3  Agents 1001 and 1002 do not act automatically', [0.2, 9.5]);

  const isDialed = flow.node('switch', 'a call?', [0, 12.5], {
    property: 'topic',
    rules: [{ t: 'eq', v: 'dialing', vt: 'str' }],
  });
  const talk = flow.node('delay', 'ten seconds', [1.2, 12.5], { timeout: '10' });
  const agentOfCall = { key: 'agent', value: 'agent', type: 'msg' };
  const asked = empty('clear payload 2', [2.4, 12.5]);
  const end = flow.node('ctios-simulate', 'hang up', [3.6, 12.5], {
    session,
    command: 'hangUp',
    args: [agentOfCall],
  });
  const desk = empty('clear payload 3', [4.8, 12.5]);
  const after = flow.node('ctios-simulate', 'not ready again', [6, 12.5], {
    session,
    command: 'setAgentState',
    args: [agentOfCall, { key: 'state', value: 'NotReady', type: 'str' }],
  });
  flow.wire(answer, 1, isDialed);
  flow.chain(isDialed, talk, asked, end, desk, after);
  const over = flow.node('catch', 'already over', [4.8, 13.5], { scope: [end.id, after.id] });
  const why = flow.node('debug', 'why', [6, 13.5], { complete: 'error' });
  flow.chain(over, why);
  flow.group('Simulation', AMBER, [
    lab,
    begin,
    manual,
    free,
    wasFree,
    forgotten,
    ...people,
    isDialed,
    talk,
    asked,
    end,
    desk,
    after,
    over,
    why,
  ]);
  return flow;
}
