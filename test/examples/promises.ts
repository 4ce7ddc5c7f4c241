/** What each example promises: what is seen in the debug sidebar, and on its page. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FlowNode, ROOT } from '../support/node-red-process.js';

/** What has to be seen in the debug sidebar: a debug node's name, and what its text matches. */
export const SEEN: Record<string, ReadonlyArray<readonly [node: string, text: RegExp]>> = {
  '2 after-call-work automation': [
    ['written', /"UniqueObjectID":"call\./],
    ['available again', /"UniqueObjectID":"agent\./],
  ],
  '3 third-party transfer with context': [
    ['arrived', /"CallVariable3":"Please check the invoice".*"CalledDeviceID":"8003"/],
  ],
  '4 CRM webhooks': [
    ['signed webhook', /"accepted":true,"duplicate":false/],
    ['signed webhook', /"accepted":true,"duplicate":true/],
    ['HubSpot says', /"hs_call_title":"Call from/],
    ['Zendesk says', /"subject":"Call from/],
  ],
  '7 failover seen from a flow': [
    ['broken', /"links":2/],
    ['status', /offline/],
    ['gap', /"Reason":".*ECONNRESET/],
  ],
  '9 any request by name': [
    ['answer', /"AgentID":"1001".*"AgentState":\d/],
    ['answer', /^{"UniqueObjectID":"agent.5000.1001"}$/],
    ['why', /"code":"CTIOS_NO_OBJECT"/],
  ],
  '12 HubSpot call log': [
    ['to the agent', /"open":"https:\/\/app.hubspot.com\/contacts\/12345\/record\/0-1\/101"/],
    ['HubSpot says', /"key":"associate \d+ 101".*"state":"sent"/],
    ['in HubSpot', /"completed":[1-9]/],
  ],
  '13 Dynamics 365 phone calls': [
    ['to the agent', /"open":"http.*etn=contact&id=0/],
    ['Dynamics says', /"key":"close .*"state":"sent"/],
    ['in Dynamics', /"closed":[1-9]/],
  ],
  '14 Zendesk calls': [
    ['opened', /"key":"display .*"state":"sent"/],
    ['to the agent', /"opened":"http.*agent\/users\/101"/],
    ['Zendesk has it', /"external_id":"icm/],
    ['in Zendesk', /"calls":[1-9]/],
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

/** What has to come over the live connection of an example's page, of what has happened since the deploy. */
export const HEARD: Record<
  string,
  { path: string; wanted: (message: Message, since: number) => boolean; greeting?: object }
> = {
  '1 screen pop': {
    path: 'screen-pop',
    wanted: (card, since) => ['one', 'several'].includes(String(card.lookup)) && Date.parse(String(card.time)) > since,
  },
  '4 CRM webhooks': {
    path: 'crm-webhooks',
    // Signed, refused as busy, sent again and then taken.
    wanted: ({ deliveries }, since) =>
      (deliveries as Delivery[]).some(
        ({ verdict, authentic, attempt, time }) => verdict === 'taken' && authentic && attempt! > 1 && time > since,
      ),
  },
  '5 agent desktop': {
    path: 'agent-desktop',
    wanted: (desk) =>
      (desk.calls as object[]).length > 0 && (desk.buttons as Array<{ enabled: boolean }>).some((each) => each.enabled),
    // A call that nobody answered has made the agent not ready.
    greeting: { press: 'Ready' },
  },
  '6 supervisor wallboard': {
    path: 'wallboard',
    // Statistics have come for each skill group, and states for each agent.
    wanted: ({ groups, agents }) =>
      (groups as Array<{ loggedIn: number }>).filter((group) => group.loggedIn > 0).length === 3 &&
      (agents as object[]).length >= 20,
  },
};

export const labels = readdirSync(join(ROOT, 'examples'))
  .map((file) => file.replace(/\.json$/, ''))
  // The broker's example has a test of its own.
  .filter((label) => !label.startsWith('8 '));
export const flowsOf = (label: string) =>
  JSON.parse(readFileSync(join(ROOT, 'examples', `${label}.json`), 'utf8')) as FlowNode[];

interface Sidebar {
  watchDebug(shown: (node: string, message: unknown, id?: string) => void): () => void;
}

/** Resolves when the sidebar has shown all that the example promises, from the nodes of that example. */
export function debugShows(nodeRed: Sidebar, label: string): Promise<void> {
  const ids = new Set(flowsOf(label).map((node) => node.id));
  const missing = [...(SEEN[label] ?? [])];
  if (missing.length === 0) return Promise.resolve();
  return new Promise((done) => {
    const stop = nodeRed.watchDebug((node, message, id) => {
      if (!ids.has(String(id))) return;
      const found = missing.findIndex(([name, text]) => name === node && text.test(String(message)));
      if (found < 0) return;
      missing.splice(found, 1);
      if (missing.length > 0) return;
      stop();
      done();
    });
  });
}
