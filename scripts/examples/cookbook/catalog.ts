/** The texts of the recipes: for their tabs, and for docs/how-to/cookbook.md (a test compares). */
import { FOLDER, type Recipe } from './parts.js';

const folder = FOLDER;

export const COOKBOOK = {
  clickToDial: {
    folder,
    label: '01 click to dial',
    says: 'Dials a number for an agent when a page posts the agent and the number.',
    see: 'Six seconds after the deploy, agent 1001 calls (206) 555-0101. The last node shows the number that is being dialed.',
    change:
      'post `{ "agent": "1001", "to": "+12065550101" }` as JSON to `/cookbook/dial`. Anyone who can reach this Node-RED can dial for any agent: protect it with `httpNodeAuth`, or use example 17, in which each agent has a signed token.',
  },
  callBacks: {
    folder,
    label: '02 call-back list',
    says: 'Keeps a list of callers who hung up while the phone was ringing, until an agent has talked to them.',
    see: 'Within ten seconds, a caller who gave up is on the list. Half a minute later, the same caller calls again, is answered, and leaves the list. Open **/cookbook/call-backs** for the list as JSON.',
    change:
      'select your session. The list is kept in the flow context: choose a context store on disk so that it survives a restart. Callers who give up in the queue, before a phone rings, do not reach a CTI client; take them from the reports of your contact center.',
  },
  wrapUpTimeOut: {
    folder,
    label: '03 wrap-up time-out',
    says: 'Makes agents available who have been in wrap-up for too long, and reports it.',
    see: 'Within half a minute, a call ends. Three seconds later, the agent is available again. Agents who are faster are left alone.',
    change:
      'set *Must last (s)* of the first node to 60, and the time of the watch node to when you want a warning. In your desk settings, the work mode timer of Unified CCE does the same for all agents of a group; this flow can have exceptions.',
  },
  breakPlanner: {
    folder,
    label: '04 break planner',
    says: 'Sends agents on their breaks at the planned times, not too many at once, and makes them available again.',
    see: 'Ten seconds after the deploy, agent 1001 goes on a break of 15 seconds. Agent 1002 follows when 1001 is back.',
    change:
      'double-click the tab and set `BREAKS`, such as `[{ "agent": "1001", "at": "10:15", "minutes": 15 }]`, and `AT_ONCE`, how many may be away at the same time. The reason code of a break is in *begin a break*. An agent who is talking goes on the break after the call.',
  },
  alarm: {
    folder,
    label: '05 service-level alarm to chat',
    says: 'Posts to a chat when callers in a skill group wait too long, and once more when that is over.',
    see: 'Within a minute, the longest wait in a group exceeds 20 seconds, and the stand-in for the chat receives a message.',
    change:
      'set `CHAT_URL` to the address of an incoming webhook of Slack, Mattermost or another chat that takes `{ "text": … }`; the function has the text. The limits are rows of the watch node. A CTI Server does not report the service level in percent; the longest wait is the first sign of a problem.',
  },
  vip: {
    folder,
    label: '06 VIP routing data',
    says: 'Looks up the caller when the phone rings, and writes the customer’s tier into a call variable, where routing scripts and the next agent find it.',
    see: 'Within seconds, calls ring, and the last node shows the tier that was written to each call of a known customer.',
    change:
      'set `CRM_URL` to the address of your CRM; the function *by number* makes the rest of the URL. Choose the call variable in *write the tier*. It travels with the call: a routing script can send a transferred call to a VIP queue.',
  },
  whisper: {
    folder,
    label: '07 whisper to supervisor',
    says: 'Sends the supervisor a chat message, unnoticed by agent and caller, when a gold customer has been on the line for a while.',
    see: 'Within a minute, the last node shows a chat message that the supervisor 90001 received.',
    change:
      'the messages come from an agent of the flow’s own: enter its ID, extension and password in the session *Robot 07*. Supervisors read the messages on their desktops, so you can delete the session *Supervisor 07* and the last group. A supervisor can then listen in (`SuperviseCall`).',
  },
  report: {
    folder,
    label: '08 daily report as CSV',
    says: 'Writes a CSV file every evening with one row for each agent: calls, talk, hold and wrap-up time of the day.',
    see: 'A minute after the deploy, the report of the day so far is written. The last node shows where. Click the button of *now* for another one.',
    change:
      'set `REPORT_FOLDER` to a folder that exists; until then the file is written to a new temporary folder. The time of day is in *every evening*. Records are kept for the days set in the contact node, so a report of yesterday is only another period.',
  },
  overflow: {
    folder,
    label: '09 skill group overflow',
    says: 'Calls in reserve agents while too many callers wait, and sends them back to their other work when the queue is empty.',
    see: 'Within a few minutes, two callers have waited for ten seconds, and the agents 1006 to 1008 become available. When no caller is waiting, they are not ready again.',
    change:
      'list the agents in `RESERVE` (double-click the tab). Only agents who are not ready with the reason code `RESERVE_REASON` are called in; those on a break are left alone. The limits are rows of the watch node, for each skill group.',
  },
  cardData: {
    folder,
    label: '10 recording pause',
    says: 'Pauses the network recording of a call while card data is spoken, and resumes it afterwards, even if the page that asked for it never does.',
    see: 'Within seconds, agent 1001 has a call that is recorded. Three seconds later the recording pauses, and four seconds after that it goes on. The node of the recordings shows each part of it when the call is over.',
    change:
      'let the page of the agent, or the payment page, post `{ "call": "call.5000.123.2001", "card": true }` as JSON to `/cookbook/card` when the card field gets the focus, and `"card": false` when the payment is done. Show the card field only after the answer 200: until then the call is still being recorded. With 409, do not ask for the card. Protect the path with `httpNodeAuth`.',
  },
  postgres: {
    folder,
    label: '11 contact rows into PostgreSQL',
    says: 'Writes a row for each agent’s part of a contact into PostgreSQL, each once, also after an outage of the database.',
    see: 'Half a minute after the deploy, the first calls are over. Until a database is set, the last node shows the SQL that would be run.',
    change:
      'set `DATABASE_URL`, such as `postgresql://nodered@db.example.com/contacts` (double-click the tab). The program `psql` of PostgreSQL’s client must be installed beside Node-RED; keep the password in `~/.pgpass` of the user who runs Node-RED. The user needs the right to create the table `contact_segments`, or make it once by hand.',
  },
  teams: {
    folder,
    label: '12 presence to Teams',
    says: 'Shows in Microsoft Teams that an agent is on a call, away, or available.',
    see: 'Within seconds, the last node shows presences that the stand-in for Microsoft Graph has accepted.',
    change:
      'set `GRAPH_URL` to `https://graph.microsoft.com`, `TEAMS_APP` to the client ID of your app registration and `TEAMS_USERS` to the Entra user ID of each agent (double-click the tab). In the webhook node, select OAuth 2 client credentials with the scope `https://graph.microsoft.com/.default`; the app needs the application permission `Presence.ReadWrite.All`. The requests follow Microsoft’s reference; they have been tested with the stand-in only, not with Teams.',
  },
  lists: {
    folder,
    label: '13 lists from the CRM',
    says: 'Takes the wrap-up texts of the agents from a pick list of the CRM, at the start and every morning.',
    see: 'Five seconds after the deploy, the last node shows the lists in effect, with four texts of the stand-in for the CRM.',
    change:
      'set `CRM_URL` and `FIELD`, the ID of the field (double-click the tab), and the authentication in *the pick list*. The shape is that of Zendesk; for others, change the function *the texts*. Reason codes can be set the same way; they must be those of the contact center.',
  },
  reconciliation: {
    folder,
    label: '14 the CRM has every call',
    says: 'Compares the contact records of yesterday with the calls in the CRM once a day, and sends again what is missing.',
    see: 'A minute after the deploy, the first comparison runs. The stand-in for the CRM has lost every third call: the last nodes show what was missing and is there now.',
    change:
      'set `CRM_URL`, and change the three functions to the shape of your CRM. Set `LAG_SECONDS` to 300 or more, because search indexes of CRMs lag. The inject node *every night* has the time of day. Your CRM must reject or overwrite a call with a key that it has.',
  },
  matches: {
    folder,
    label: '15 no match, several matches',
    says: 'Looks up the caller, and treats no match, one match and several matches differently, as a screen pop must.',
    see: 'Within seconds, calls ring whose callers the stand-in for the CRM knows once, twice, or not at all. Each case has its own node at the end.',
    change:
      'set `CRM_URL`, and the function *by number* to the search of your CRM. Behind the three outputs: open the record; let the agent choose, and never take the first; show a link that creates a record, and create none without the agent.',
  },
  gap: {
    folder,
    label: '16 gap check after a failover',
    says: 'Reports after each outage what may have been missed, and lists the contact records that are incomplete because of it.',
    see: 'Ten seconds after the deploy, both CTI Servers go down for five seconds. When the link is back, the gap is shown, and soon after it the calls whose times are not known.',
    change:
      'connect the two nodes at the end to your chat or ticket system. Times that are listed in `unknown` can be completed the next day from the reports of the contact center.',
  },
  transfer: {
    folder,
    label: '17 transfer with a value',
    says: 'Writes a value onto the call, waits until it is there, and only then transfers the call.',
    see: 'Within ten seconds, a caller with an invoice question is answered. The call goes on to Billing, and the last node shows the value at the next agent.',
    change:
      'the filter of the first node says which calls are transferred; the value and the dialed number are in the two call nodes. ECC variables are keys that begin with `user.`; an empty text clears a variable.',
  },
  answer: {
    folder,
    label: '18 answer and follow a call',
    says: 'Answers calls to one dialed number on behalf of the agents, and waits for whichever comes first: on hold, ended, or twenty seconds.',
    see: 'Within seconds, calls to 8001 are answered as soon as they ring. The nodes at the end show what came first, and the events of all calls, one wire for each.',
    change:
      'the first filter row names the dialed number. Use it for agents with headsets who know that their calls are answered automatically. In an event node with *one output per selected event*, no switch node is needed.',
  },
} as const satisfies Record<string, Recipe>;
