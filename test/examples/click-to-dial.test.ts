/** Example 17 in a real Node-RED: who may dial, and from which phone. */
import { strict as assert } from 'node:assert';
import { createHmac } from 'node:crypto';
import type { FlowNode } from '../support/node-red-process.js';
import { NodeRedSite } from '../support/node-red-site.js';
import { flowsOf } from './promises.js';

const LABEL = '17 click to dial';
const SECRET = `whsec_${Buffer.from('s'.repeat(32)).toString('base64')}`;
const CRM = 'https://crm.example.com';

describe('click to dial', function () {
  this.timeout(60_000);
  let nodeRed: NodeRedSite;

  /** A Node-RED with only this example. */
  function begin(settings: Record<string, string> = {}): Promise<NodeRedSite> {
    const flows = flowsOf(LABEL).map((node): FlowNode => {
      if (node.type !== 'tab') return node;
      const env = (node.env as { name: string; value: string }[]).map((each) =>
        settings[each.name] === undefined ? each : { ...each, value: settings[each.name]! },
      );
      return { ...node, env };
    });
    return NodeRedSite.start({ root: '/phones' }, flows);
  }
  async function click(
    body: object | string,
    headers: Record<string, string> = { origin: new URL(nodeRed.at('')).origin },
  ): Promise<{ status: number; body: { dialing?: string; agent?: string; error?: string }; headers: Headers }> {
    const response = await fetch(nodeRed.at('click-to-dial/call'), {
      method: 'POST',
      headers: { 'content-type': 'text/plain', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as never, headers: response.headers };
  }
  const tokenOf = async (agent: string): Promise<string> =>
    /data-token="([^"]+)"/.exec(await (await fetch(nodeRed.at(`click-to-dial?agent=${agent}`))).text())![1]!;

  describe('with the CRM of the tab', () => {
    before(async () => {
      nodeRed = await begin();
      // The first click, while the agents are not ready.
      const first = await new Promise((heard) => {
        nodeRed.watchDebug((node, message) => node === 'dialed' && heard(JSON.parse(String(message))));
      });
      assert.deepEqual(first, { agent: '1001', number: '2065550101', dialing: '2065550101' });
    });
    after(() => nodeRed?.stop());

    it("calls from the phone of the token's agent, and from no other", async () => {
      const { status, body } = await click({ token: await tokenOf('1002'), to: '+1 (206) 555-0104', agent: '1001' });
      assert.deepEqual([status, body.agent, body.dialing], [200, '1002', '+12065550104']);
    });

    it('rejects a modified token, and one without a signature', async () => {
      const token = await tokenOf('1002');
      const [claims, signature] = token.split('.');
      const other = Buffer.from(JSON.stringify({ agent: '1001', exp: Math.floor(Date.now() / 1000) + 60 }));
      for (const wrong of [`${other.toString('base64url')}.${signature}`, claims, `${token}.x`, '', undefined])
        assert.equal((await click({ token: wrong, to: '8003' })).status, 401, String(wrong));
      for (const wrong of ['{', '[]', 'null', '']) assert.equal((await click(wrong)).status, 401, wrong);
    });

    it('rejects pages of other sites, and anything that is not a page', async () => {
      const body = { token: await tokenOf('1002'), to: '8003' };
      for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, {}])
        assert.equal((await click(body, headers as Record<string, string>)).status, 403);
    });

    it('rejects an invalid number, an agent who is not logged in or unknown, and a double click', async () => {
      const token = await tokenOf('1003');
      assert.equal((await click({ token, to: '8003; DROP' })).status, 422);
      const [ready, again] = [await click({ token, to: '8003' }), await click({ token, to: '8003' })];
      assert.deepEqual([ready.status, ready.body.error], [409, 'Press Not ready first.']);
      assert.equal(again.status, 429);
      const unknown = await click({ token: await tokenOf('4711'), to: '8003' });
      assert.deepEqual([unknown.status, unknown.body.error], [409, 'Agent 4711 was not found.']);
    });
  });

  describe('with a separate CRM', () => {
    const sign = (claims: object): string => {
      const text = Buffer.from(JSON.stringify(claims)).toString('base64url');
      return `${text}.${createHmac('sha256', 's'.repeat(32)).update(text).digest('base64url')}`;
    };
    const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
    before(async () => {
      nodeRed = await begin({ DIAL_SECRET: SECRET, DIAL_ORIGINS: `https://other.example, ${CRM}` });
    });
    after(() => nodeRed?.stop());

    it('accepts its tokens while they are valid, from its pages', async () => {
      for (const exp of [inSeconds(-1), inSeconds(3600), undefined])
        assert.equal((await click({ token: sign({ agent: '1001', exp }), to: '8003' }, { origin: CRM })).status, 401);
      const sent = await click({ token: sign({ agent: '4711', exp: inSeconds(60) }), to: '8003' }, { origin: CRM });
      assert.equal(sent.status, 409, 'signed: as far as the agent');
      assert.equal(sent.headers.get('access-control-allow-origin'), CRM);
    });

    it('has no page that would sign a token', async () => {
      const response = await fetch(nodeRed.at('click-to-dial?agent=1001'));
      assert.equal(response.status, 404);
      assert.ok(!(await response.text()).includes('token'));
    });
  });
});
