/** What the flow tests of the CRM examples have in common: a call whose caller the stand-in for the CRM knows. */
import type { ReceivedRequest, Receivers } from '../../../src/testing/index.js';
import type { OpenExample } from '../example-test.js';

export const CALL = { from: '2065550101', to: '8001', data: { CallVariable1: 'A-17', CallVariable2: 'Invoice' } };

/** Rings at agent 1001 three seconds after the start. */
export async function ringing(open: OpenExample, call: { from?: string } = {}) {
  const test = await open({ world: { agents: 1, available: ['1001'] } });
  await test.advance('3 s');
  const caller = await test.call({ ...CALL, ...call });
  await test.advance('0.9 s');
  const agent = test.agent('1001');
  /** Answers, talks for twenty seconds, wraps up for three. */
  const handle = async () => {
    await agent.answer();
    await test.advance('20 s');
    await caller.hangUp();
    await test.advance('3 s');
    await agent.available();
  };
  return { test, agent, caller, handle };
}

/** Rings at agent 1001 with a CRM that answers as the test says. */
export async function ringingWith(open: OpenExample, env: Readonly<Record<string, string>>, http: Receivers) {
  const test = await open({ world: { agents: 1, available: ['1001'] }, env, http });
  const caller = await test.call(CALL);
  await test.advance('0.9 s');
  return { test, caller };
}

/** One call after the other, until the stand-in has been late, busy, and has lost a response. */
export async function severalCalls(open: OpenExample, count: number) {
  const { test, handle } = await ringing(open);
  await handle();
  const agent = test.agent('1001');
  for (let call = 2; call <= count; call++) {
    await test.advance('20 s');
    const caller = await test.call(CALL);
    await agent.answer();
    await test.advance('10 s');
    await caller.hangUp();
    await test.advance('3 s');
    await agent.available();
  }
  await test.advance('30 s');
  return { test };
}

/** An agent dials a customer, talks for about twenty seconds, and hangs up; the record has been sent. */
export async function dialing(open: OpenExample, { agent: id = '1001', to = '2065550150' } = {}) {
  const test = await open({ world: { agents: 2, available: [] } });
  const agent = test.agent(id);
  await agent.logIn();
  await agent.notReady();
  await agent.dial(to);
  await test.advance('23 s');
  await agent.hangUp();
  await test.advance('20 s');
  return { test };
}

/** The end of the URL of a stand-in, whose port is any. */
export const at = (path: string): RegExp =>
  new RegExp(`^http://127\\.0\\.0\\.1:\\d+${path.replace(/[.?$()+*[\]]/g, '\\$&')}`);

export const parameter = ({ url }: ReceivedRequest, name: string): string => new URL(url).searchParams.get(name) ?? '';
