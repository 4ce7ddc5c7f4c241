/**
 * The texts of each example, shared by the tab in the editor, docs/tutorial/examples.md, the README and the start page
 * of `npm start`. The flows themselves are defined in the modules beside this one.
 */
export interface Example {
  /** Name of the tab, of the file and of the menu entry; begins with its number. */
  label: string;
  /** The folder of the menu, for what is not one of the numbered examples: "cookbook". */
  folder?: string;
  /** What the example does, in one sentence without markup. */
  says: string;
  /** What the user will see, where and how soon, without markup. */
  see: string;
  /** Where its page is, below the root of Node-RED's HTTP nodes: "screen-pop". */
  page?: string;
  /** What it requires besides Node-RED. Such an example is disabled on the first start. */
  needs?: string;
}

export const CATALOG = {
  screenPop: {
    label: '01 screen pop',
    says: 'When a call reaches an agent, the customer’s record appears on the agent’s screen.',
    see: 'Within seconds, calls ring, each with its customer, account and open cases. You need neither telephony nor a CRM.',
    page: 'screen-pop',
  },
  afterCallWork: {
    label: '02 after-call-work automation',
    says: 'Sets wrap-up data while the customer is talking, and makes the agent available after the call.',
    see: 'Agents answer automatically. The status of the last nodes shows the call that was updated and the agent who is available again.',
  },
  transfer: {
    label: '03 third-party transfer with context',
    says: 'A flow transfers a call on behalf of the agent, together with the agent’s note about it.',
    see: 'About ten seconds after the start, a call is transferred to Billing. The last node shows which agent’s phone is ringing and the note attached to the call.',
  },
  webhooks: {
    label: '04 CRM webhooks',
    says: 'Sends each screen pop, and the end of each contact, as a signed webhook (Standard Webhooks), in order, with retries, even across restarts.',
    see: 'The page shows what a mock CRM received: verified signatures, rejected and retried deliveries, and duplicates that were ignored.',
    page: 'crm-webhooks',
  },
  agentDesktop: {
    label: '05 agent desktop',
    says: 'A phone in the browser for any agent who logs in, whose buttons follow the server’s button enablement; with the team, if the agent leads one.',
    see: 'Log in as 1001 on extension 2001 and press Ready: within seconds the phone rings, and the buttons change as the call is answered, held and ended.',
    page: 'agent-desktop',
  },
  wallboard: {
    label: '06 supervisor wallboard',
    says: 'Live statistics and agent states: waiting calls, available agents, and what each agent is doing.',
    see: 'Within ten seconds, calls arrive in three skill groups. Agent tiles change color and label as states change.',
    page: 'wallboard',
  },
  failover: {
    label: '07 failover seen from a flow',
    says: 'Both CTI Servers go down for five seconds. The flow shows what it sees during the outage and which calls it missed.',
    see: 'Eight seconds after the start, the outage begins and statuses change. When the link is back, the missed calls are listed.',
  },
  mqtt: {
    label: '08 events to an MQTT broker and back',
    says: 'One Node-RED publishes the events of its session to an MQTT broker. Others receive all of them in order and send requests back.',
    see: 'A worker receives the events of every call. A request sets an agent to Not Ready, and its response arrives over the broker.',
    needs: 'an MQTT broker at localhost:1883',
  },
  anyRequest: {
    label: '09 any request by name',
    says: 'Sends any CTI OS request by name, with the name in msg.topic and the arguments in msg.payload.',
    see: 'Three requests are sent automatically. Two succeed; the third is refused on purpose, to show the error code.',
  },
  waiting: {
    label: '10 waiting for events',
    says: 'A message follows a call step by step: until it rings, until it is answered, and until it ends.',
    see: 'A call is placed three seconds after the start, then every minute. Each wait node shows what it is waiting for.',
  },
  twoNodeReds: {
    label: '11 two Node-REDs, one group',
    says: 'Two Node-RED instances read one event stream as a group. If one is killed, the other continues, and every contact pops once.',
    see: 'Start everything with one command (npm run example:ha) and kill the processes that it names. The terminal counts lost and duplicate events, and the page of the mock CRM shows each contact.',
    needs: 'a NATS server at localhost:4222 and a ctios-server that publishes to it',
  },
  hubSpot: {
    label: '12 HubSpot call log',
    says: 'Looks up the caller in HubSpot when the phone rings, and logs each call as exactly one call object, even after failures.',
    see: 'Within seconds, contacts are found (none, one, several) and call objects are created in a mock HubSpot that is sometimes busy.',
  },
  dynamics: {
    label: '13 Dynamics 365 phone calls',
    says: 'Looks up the caller in Dynamics 365 when the phone rings, and logs each agent’s part of a contact as one phone call activity.',
    see: 'Within seconds, contacts are found (none, one, several). When the first wrap-up is over, activities are created in a mock Dataverse that is sometimes busy.',
  },
  zendesk: {
    label: '14 Zendesk calls',
    says: 'Makes Zendesk open the caller’s page in the agent’s browser when the phone rings, and logs each agent’s part of a contact as one call record.',
    see: 'Within seconds, users are found (none, one, several) and a page is opened. Call records follow when the first wrap-up is over.',
  },
  salesforce: {
    label: '15 Salesforce calls',
    says: 'Creates voice calls for agents with Salesforce Voice, from the ring to the wrap-up, and one completed task per call for all other agents.',
    see: 'Within seconds, records are found (none, one, several) and voice calls open for the agent. Tasks follow when the first wrap-up is over.',
  },
  serviceNow: {
    label: '16 ServiceNow interactions',
    says: 'Opens an interaction in the agent’s workspace when the phone rings, and closes it with the wrap-up; never two for one call.',
    see: 'Within seconds, people are found (none, one, several) and interactions are created in a mock ServiceNow that is sometimes busy.',
  },
  clickToDial: {
    label: '17 click to dial',
    says: 'A click on a number in the CRM dials it from the phone of the agent who is logged in there, and from no other phone.',
    see: 'Six seconds after the start, a number is dialed for agent 1001. The page has more numbers to click.',
    page: 'click-to-dial',
  },
  alarms: {
    label: '18 alarms over time',
    says: 'Reports once when an agent has been in wrap-up too long, a call has lasted too long, or nobody is available in a skill group; and once when that is over.',
    see: 'Within half a minute, agents are reported who have been in wrap-up for two seconds. Long calls and skill groups without available agents follow.',
  },
} as const satisfies Record<string, Example>;

/** The beginning of a tab's description, as Markdown. */
export function introduction({ says, see, page, needs }: Example): string {
  const where = page === undefined ? see : `Deploy, then open **/${page}** on this Node-RED. ${see}`;
  const first = needs === undefined ? [] : [`**Needs ${needs}.**`];
  return [...first, says, where].join('\n\n');
}
