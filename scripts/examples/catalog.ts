/**
 * What each example is, in words: once, for the tab in the editor, docs/tutorial/examples.md, the README and the start page of
 * `npm start`. The flows themselves are drawn beside this file.
 */
export interface Example {
  /** Name of the tab, of the file and of the menu entry; begins with its number. */
  label: string;
  /** What it is, in one sentence without markup. */
  says: string;
  /** What one will see, where and how soon, without markup. */
  see: string;
  /** Where its page is, below the root of Node-RED's HTTP nodes: "screen-pop". */
  page?: string;
  /** What must be there before it can work, beyond Node-RED; it is then switched off on a first start. */
  needs?: string;
}

export const CATALOG = {
  screenPop: {
    label: '1 screen pop',
    says: 'A call reaches an agent, and the customer’s record is on the screen.',
    see: 'Within seconds calls ring, each with its customer, account and open cases. You need neither telephony nor a CRM.',
    page: 'screen-pop',
  },
  afterCallWork: {
    label: '2 after-call-work automation',
    says: 'Wrap-up data is written while the customer talks, and the agent is made available after the call.',
    see: 'Agents answer automatically; the status of the last nodes shows the call that was updated and the agent who is available again.',
  },
  transfer: {
    label: '3 third-party transfer with context',
    says: 'A flow transfers a call on behalf of the agent, and what the agent knows travels with it.',
    see: 'About ten seconds after the start, a call is transferred to Billing; the last node shows which agent’s phone is ringing and the note attached to the call.',
  },
  webhooks: {
    label: '4 CRM webhooks',
    says: 'Every pop and every end goes out as a signed webhook with retry, and in the shapes of HubSpot and Zendesk.',
    see: 'The page shows what a mock CRM received: verified signatures, what was rejected and retried, and which duplicates were ignored.',
    page: 'crm-webhooks',
  },
  agentDesktop: {
    label: '5 agent desktop',
    says: 'A phone in the browser for one agent, whose buttons follow the server’s button enablement.',
    see: 'Within seconds the phone rings (if not, press Ready); the buttons change as it is answered, held and ended.',
    page: 'agent-desktop',
  },
  wallboard: {
    label: '6 supervisor wallboard',
    says: 'Waiting calls, available agents and what each agent is doing: statistics and agent states, live.',
    see: 'Three skill groups fill within ten seconds; agent tiles change color and label as states change.',
    page: 'wallboard',
  },
  failover: {
    label: '7 failover seen from a flow',
    says: 'The link to the CTI Server breaks: what a flow sees meanwhile, and what is reported afterwards.',
    see: 'A few seconds after the start the link is broken on purpose: statuses change, and one OnConnectionGap reports what was missed.',
  },
  mqtt: {
    label: '8 events to an MQTT broker and back',
    says: 'Several Node-RED instances share the events of one session over an MQTT broker, and send requests back.',
    see: 'A worker receives its share of the call events, and the response to a request that sets an agent to Not Ready arrives over the broker.',
    needs: 'an MQTT broker at localhost:1883',
  },
  anyRequest: {
    label: '9 any request by name',
    says: 'Any request of CTI OS by its name in msg.topic, its arguments in msg.payload.',
    see: 'Three requests are sent automatically: two succeed, the third is refused on purpose, with its code.',
  },
  waiting: {
    label: '10 waiting for events',
    says: 'A message follows a call step by step: until it rings, until it is answered, until it is over.',
    see: 'Three seconds after the start, and every minute, a call is placed; each wait shows what it waits for.',
  },
  hubSpot: {
    label: '12 HubSpot call log',
    says: 'The caller is looked up in HubSpot when the phone rings, and each call becomes one call object there, whatever fails.',
    see: 'Within seconds contacts are found (none, one, several), and call objects are written by a HubSpot that is busy now and then.',
  },
  dynamics: {
    label: '13 Dynamics 365 phone calls',
    says: 'The caller is looked up in Dynamics 365 when the phone rings, and each agent’s part of a contact becomes one phone call activity.',
    see: 'Within seconds contacts are found (none, one, several); activities follow when the first wrap-up is over, by a Dataverse that is busy now and then.',
  },
  zendesk: {
    label: '14 Zendesk calls',
    says: 'Zendesk opens the caller’s page in the agent’s browser when the phone rings, and each agent’s part of a contact becomes one call record.',
    see: 'Within seconds users are found (none, one, several) and a page is opened; call records follow when the first wrap-up is over.',
  },
} as const satisfies Record<string, Example>;

/** The beginning of what a tab says of itself, as Markdown. */
export function introduction({ says, see, page, needs }: Example): string {
  const where = page === undefined ? see : `Deploy, then open **/${page}** on this Node-RED. ${see}`;
  const first = needs === undefined ? [] : [`**Needs ${needs}.**`];
  return [...first, says, where].join('\n\n');
}
