/** The expected results of each example, in the debug sidebar and on its page. */
import { numberedExamples, readExample } from '../../scripts/examples/files.js';
import type { Spoken } from '../../scripts/page-line.js';
import type { FlowNode } from '../support/node-red-process.js';

/** Expected output in the debug sidebar: the name of a debug node, and a pattern for its text. */
export const SEEN: Record<string, ReadonlyArray<readonly [node: string, text: RegExp]>> = {
  '02 after-call-work automation': [
    ['written', /"UniqueObjectID":"call\./],
    ['available again', /"UniqueObjectID":"agent\./],
  ],
  '03 third-party transfer with context': [
    ['arrived', /"CallVariable3":"Please check the invoice".*"CalledDeviceID":"8003"/],
  ],
  '04 CRM webhooks': [
    ['delivered', /"accepted":true,"duplicate":false/],
    ['delivered', /"accepted":true,"duplicate":true/],
  ],
  '07 failover seen from a flow': [
    ['outage over', /./],
    ['status', /offline/],
    ['missed', /"callsNew":[1-9].*"calls":\[{"id":"call\..*"now":"(ended during the outage|ringing|talking|waiting)"/],
  ],
  '09 any request by name': [
    ['response', /"AgentID":"1001".*"AgentState":\d/],
    ['response', /^{"UniqueObjectID":"agent.5000.1001"}$/],
    ['why', /"code":"CTIOS_NO_OBJECT"/],
  ],
  '12 HubSpot call log': [
    ['to the agent', /"open":"https:\/\/app.hubspot.com\/contacts\/12345\/record\/0-1\/101"/],
    ['HubSpot response', /"key":"associate \d+ 101".*"state":"sent"/],
    ['in HubSpot', /"completed":[1-9]/],
  ],
  '13 Dynamics 365 phone calls': [
    ['to the agent', /"open":"http.*etn=contact&id=0/],
    ['Dynamics response', /"key":"close .*"state":"sent"/],
    ['in Dynamics', /"closed":[1-9]/],
  ],
  '14 Zendesk calls': [
    ['opened', /"key":"display .*"state":"sent"/],
    ['to the agent', /"opened":"http.*agent\/users\/101"/],
    ['Zendesk has it', /"external_id":"icm/],
    ['in Zendesk', /"calls":[1-9]/],
  ],
  '15 Salesforce calls': [
    ['to the agent', /"open":"http.*lightning\/r\/Contact\/003/],
    ['opened', /"key":"[^"]+ route".*"state":"sent"/],
    ['Salesforce has the task', /"created":true/],
    ['in Salesforce: tasks', /"tasks":[1-9]/],
    ['in Salesforce: voice calls', /"ended":[1-9]/],
  ],
  '16 ServiceNow interactions': [
    ['to the agent', /"open":"http.*sys_user\/6282/],
    ['ServiceNow has it', /^[0-9a-f]{32}$/],
    ['closed', /"status":"SUCCESS"/],
    ['in ServiceNow', /"closed":[1-9]\d*,"doubled":0/],
  ],
  '17 click to dial': [['dialed', /^{"agent":"1001","number":"2065550101","dialing":"2065550101"}$/]],
  '18 alarms over time': [
    ['in wrap-up', /"seconds":[2-9].*"values":{"AgentState":[56]}/],
    ['wrap-up over', /"reason":"condition"/],
  ],
  '10 waiting for events': [['over', /"UniqueObjectID":"call\./]],
};

export type Message = Record<string, unknown>;
interface Delivery {
  verdict: string;
  authentic?: boolean;
  attempt?: number;
  time: number;
}

const AGENT_1001 = { logIn: { agent: '1001', phone: '2001', password: '' } };

/** Expected messages on the live connection of an example's page, about events since the deploy. */
export const HEARD: Record<
  string,
  { path: string; wanted: (message: Message, since: number) => boolean } & Spoken<Message>
> = {
  '01 screen pop': {
    path: 'screen-pop',
    wanted: (card, since) => ['one', 'several'].includes(String(card.lookup)) && Date.parse(String(card.time)) > since,
  },
  '04 CRM webhooks': {
    path: 'crm-webhooks',
    // Signed, refused as busy, sent again and then accepted.
    wanted: ({ deliveries }, since) =>
      (deliveries as Delivery[]).some(
        ({ verdict, authentic, attempt, time }) => verdict === 'taken' && authentic && attempt! > 1 && time > since,
      ),
  },
  '05 agent desktop': {
    path: 'agent-desktop',
    wanted: (desk) =>
      desk.agent !== undefined &&
      (desk.calls as object[]).length > 0 &&
      (desk.buttons as Array<{ enabled: boolean }>).some((each) => each.enabled),
    // Logs the agent in and sets ready, repeatedly if an unanswered call has made the agent not ready. Right after a
    // deploy, another agent of the simulated contact center may still use the phone, so the log-in is repeated.
    reply: ({ signIn, buttons = [] }) => {
      if (signIn !== undefined) return AGENT_1001;
      return (buttons as Array<{ id: string; enabled: boolean }>).some(({ id, enabled }) => id === 'Ready' && enabled)
        ? { press: 'Ready' }
        : undefined;
    },
    greeting: AGENT_1001,
  },
  '06 supervisor wallboard': {
    path: 'wallboard',
    // Statistics for each skill group (of one peripheral or of two), and a state for each agent.
    wanted: ({ groups, agents }) =>
      groups !== undefined &&
      [3, 6].includes((groups as Array<{ loggedIn: number }>).filter((group) => group.loggedIn > 0).length) &&
      (agents as object[]).length >= 20,
  },
};

export const labels = numberedExamples()
  // Examples that require a broker or NATS have separate tests.
  .filter((label) => !/^(08|11) /.test(label));
export const flowsOf = (label: string) => readExample(label) as unknown as FlowNode[];

/**
 * Examples that show all expected output within seconds of the start, and only once. On a slow machine this may be
 * missed, so their buttons are pressed again later.
 */
const ONCE: readonly string[] = ['09 any request by name'];

interface Sidebar {
  watchDebug(shown: (node: string, message: unknown, id?: string) => void, opened: () => void): () => void;
  press(id: string): Promise<void>;
}

/** Resolves when the sidebar has shown all expected output of the example's nodes. */
export function debugShows(nodeRed: Sidebar, label: string): Promise<void> {
  const ids = new Set(flowsOf(label).map((node) => node.id));
  const missing = [...(SEEN[label] ?? [])];
  if (missing.length === 0) return Promise.resolve();
  const buttons = ONCE.includes(label) ? flowsOf(label).filter(({ type }) => type === 'inject') : [];
  return new Promise((done, failed) => {
    const pressAll = (): void => {
      Promise.all(buttons.map(({ id }) => nodeRed.press(id))).catch(failed);
    };
    const stop = nodeRed.watchDebug((node, message, id) => {
      if (!ids.has(String(id))) return;
      const found = missing.findIndex(([name, text]) => name === node && text.test(String(message)));
      if (found < 0) return;
      missing.splice(found, 1);
      if (missing.length > 0) return;
      stop();
      done();
    }, pressAll);
  });
}
