/**
 * `docs/reference/coverage.md`: each event, request, method, keyword and CTI Server message, and whether it is
 * implemented. Derived from the tables and from the code itself; the reasons for the rest are in `coverage/reasons.ts`.
 */
import * as cil from '../../src/cil/index.js';
import * as ctios from '../../src/ctios/index.js';
import {
  type EventDefinition,
  events,
  type KeywordSpec,
  keywords,
  type RequestDefinition,
  requests,
} from '../../src/ctios/index.js';
import { messages, NAME_ONLY, services } from '../../src/ged188/index.js';
import { Evidence } from '../coverage/evidence.js';
import { libraryMethods } from '../coverage/library-methods.js';
import { eventReasons, keywordReasons, methodReasons, protocolReasons, requestReasons } from '../coverage/reasons.js';
import { TestEvidence } from '../coverage/test-evidence.js';

/**
 * One row: what it is, whether and where it is implemented, or why not. `undefined`: neither implemented nor explained.
 */
export interface Row {
  readonly section: 'event' | 'request' | 'method' | 'keyword' | 'message';
  readonly name: string;
  readonly done: string | undefined;
  readonly reason: string | undefined;
  /** Not for keywords, which are tested with the messages that carry them. */
  readonly tested: boolean | undefined;
  readonly cells: readonly string[];
}

/** Every row of the page. */
export function coverage(): Row[] {
  const code = new Evidence('src/server', 'src/cil');
  const server = new Evidence('src/server');
  const library = new Evidence('src/cil');
  const tests = new TestEvidence('test/server', 'test/cil', 'test/simulator', 'test/ctios', 'test/supervision');
  const rows = [
    ...eventRows(server, library, tests),
    ...requestRows(server, library, tests),
    ...methodRows(tests),
    ...keywordRows(code),
    ...messageRows(
      server,
      new Evidence('src/simulator'),
      new TestEvidence('test/server', 'test/simulator', 'test/ged188'),
    ),
  ];
  // What is not implemented cannot be tested, even if a test contains its name.
  return rows.map((row) => (row.done === undefined && row.tested ? { ...row, tested: false } : row));
}

function eventRows(server: Evidence, library: Evidence, tests: TestEvidence): Row[] {
  const confirmed = new Map(
    Object.values(requests).flatMap((request) => (request.conf === undefined ? [] : [[request.conf, request]])),
  );
  return Object.values<EventDefinition>(events).map((event) => ({
    section: 'event',
    name: event.name,
    done: told(event, confirmed, server, library),
    reason: eventReasons[event.name],
    tested: tests.names(event.name),
    cells: [String(event.eventId), event.interfaces.join(', '), event.ged188.join(', ')],
  }));
}

function told(
  event: EventDefinition,
  confirmed: ReadonlyMap<string, RequestDefinition>,
  server: Evidence,
  library: Evidence,
): string | undefined {
  if (!event.supported) return undefined;
  if (server.names(event.name)) return 'server';
  if (library.names(event.name) && event.origin === 'cil') return 'client library';
  const request = confirmed.get(event.name);
  if (request !== undefined && server.names(request.name)) return `server, confirming ${request.name}`;
  // The server makes the name of a twin from that of the ordinary event.
  if (event.twinOf !== undefined && server.names('OnMonitored')) return `server, with ${event.twinOf}`;
  return library.names(event.name) ? 'client library' : undefined;
}

function requestRows(server: Evidence, library: Evidence, tests: TestEvidence): Row[] {
  return Object.values<RequestDefinition>(requests).map((request) => {
    const method = request.name.charAt(0).toLowerCase() + request.name.slice(1);
    const inLibrary = library.names(request.name) ? 'client library' : undefined;
    const done = server.names(request.name) ? 'server' : inLibrary;
    return {
      section: 'request',
      name: `${request.object}.${request.name}`,
      done,
      reason: requestReasons[request.name],
      tested: tests.names(request.name) || tests.names(method),
      cells: [request.node, request.ged188.join(', '), request.conf ?? ''],
    };
  });
}

function methodRows(tests: TestEvidence): Row[] {
  const classes: Readonly<Record<string, { prototype: object }>> = {
    CtiOsObject: cil.CtiosObject,
    Session: cil.Session,
    Agent: cil.Agent,
    Call: cil.Call,
    SkillGroup: cil.SkillGroup,
    WaitObject: cil.WaitObject,
    SilentMonitorManager: cil.SilentMonitorManager,
    Arguments: ctios.Arguments,
  };
  return Object.entries<readonly string[]>(libraryMethods).flatMap(([object, methods]) =>
    methods.map((name): Row => {
      const member = name.charAt(0).toLowerCase() + name.slice(1);
      const type = classes[object];
      return {
        section: 'method',
        name: `${object}.${name}`,
        done: type !== undefined && member in type.prototype ? `\`${member}\`` : undefined,
        reason: methodReasons[`${object}.${name}`] ?? methodReasons[object],
        tested: tests.names(member),
        cells: [],
      };
    }),
  );
}

function keywordRows(code: Evidence): Row[] {
  const inEvents = new Map<string, number>();
  const inRequests = new Map<string, number>();
  const copied = new Set<string>();
  const count = (map: Map<string, number>, keyword: string) => map.set(keyword, (map.get(keyword) ?? 0) + 1);
  for (const event of Object.values(events)) {
    const fields = new Set(event.ged188.flatMap(fieldsOf));
    for (const { keyword } of event.params) {
      count(inEvents, keyword);
      if (fields.has(keyword)) copied.add(keyword);
    }
  }
  for (const request of Object.values(requests)) for (const { keyword } of request.args) count(inRequests, keyword);
  return Object.entries<KeywordSpec>(keywords).map(([name, spec]) => {
    const stem = name.replace('[n]', '');
    const fromMessage = copied.has(name) ? 'a field of the message' : undefined;
    const done = code.names(stem) || numbered(code, stem) ? 'yes' : fromMessage;
    return {
      section: 'keyword',
      name,
      done,
      reason: keywordReasons[name],
      tested: undefined,
      cells: [
        spec.max === undefined ? spec.type : `${spec.type}(${spec.max})`,
        spec.enum ?? '',
        String(inEvents.get(name) ?? ''),
        String(inRequests.get(name) ?? ''),
      ],
    };
  });
}

/** `CallVariable7` is implemented where all call variables are. */
function numbered(code: Evidence, name: string): boolean {
  return /^CallVariable\d+$/.test(name) && code.names('callVariables');
}

interface Facts {
  readonly reply?: string;
  readonly fixed?: object;
  readonly floating?: object;
}

function factsOf(name: string): Facts {
  const definition = (messages as Readonly<Record<string, { facts: Facts } | undefined>>)[name];
  return definition?.facts ?? {};
}

function fieldsOf(name: string): string[] {
  const { fixed, floating } = factsOf(name);
  return [...Object.keys(fixed ?? {}), ...Object.keys(floating ?? {})];
}

function messageRows(server: Evidence, simulator: Evidence, tests: TestEvidence): Row[] {
  const requestOf = new Map<string, string>();
  for (const name of Object.keys(messages)) {
    const { reply } = factsOf(name);
    if (reply !== undefined && !requestOf.has(reply)) requestOf.set(reply, name);
  }
  const whole = Object.entries(services).flatMap(([service, table]) =>
    Object.keys(table).map((name) => ({
      service,
      name,
      numberOf: (messages as Readonly<Record<string, { number: number }>>)[name]!.number,
    })),
  );
  const rows = whole.map(({ service, name, numberOf }): Row => {
    const request = requestOf.get(name);
    const used = server.names(name) || (request !== undefined && server.names(request));
    return {
      section: 'message',
      name,
      done: used ? 'read and used' : undefined,
      reason: protocolReasons[name] ?? (request === undefined ? undefined : protocolReasons[request]),
      tested: tests.names(name),
      cells: [
        String(numberOf),
        service,
        simulator.names(name) || (request !== undefined && simulator.names(request)) ? 'yes' : '',
      ],
    };
  });
  const nameOnly = NAME_ONLY.map(
    ({ name, number, service }): Row => ({
      section: 'message',
      name,
      done: undefined,
      reason: 'the guide gives its number but no fields: kept as raw bytes',
      tested: tests.names(name),
      cells: [String(number), service, ''],
    }),
  );
  return [...rows, ...nameOnly];
}

/** The page. */
export function coveragePage(made: string): string {
  const rows = coverage();
  const of = (section: Row['section']) => rows.filter((row) => row.section === section);
  return `${made}# Coverage

What of CTI OS and of the CTI Server protocol this project does, item by item. *Done* says where, or why not. *Tested*: a
test names the item in its title, asserts something of it, waits for it, or has it as a row of its table; a test that only passes by
it does not count.

| | items | done | not, with a reason |
|---|---|---|---|
${summary('events', of('event'))}
${summary('requests', of('request'))}
${summary('methods of the library', of('method'))}
${summary('keywords', of('keyword'))}
${summary('CTI Server messages', of('message'))}

Unified CCX speaks versions 10 to 18 of the protocol on a port of its own, with messages of its own among the shared ones: what is
known of them, and what is not, stands in [the protocol's reference](ged188/README.md#unified-ccx).

## Events

What monitor mode calls \`MessageID\` is the number. Numbers from 536870912 on are this project’s own, apart from those of the
statistics.

${table(['event', 'number', 'interface', 'from'], of('event'))}

## Requests

${table(['request', 'node', 'to the CTI Server', 'confirmation'], of('request'))}

## Methods of the Client Interface Library that are no requests

${table(['method'], of('method'))}

## Silent monitoring: what is left out

Over Unified CM (\`SuperviseCall\`) it is whole: the phone forks the voice. Based on CTI OS, where the desktops do it themselves, the
requests, the sessions and their events are carried from desktop to desktop, also between the servers of a pair; what needs a
program on the desktop that captures and plays voice is not there:

| left out | reason |
|---|---|
| the capture of the phone’s packets, and their codec | a packet driver on the monitored desktop (WinPcap in its day); \`OnCallRTPStarted\` and \`GetIPPhoneInfo\` say what to capture |
| the playback (\`MediaTerminationPort\`) | a media driver on the supervisor’s desktop |
| the silent monitor service (\`SMSAddr\`, \`SMSListenPort\`, \`SMSTOS\`, \`SMSHeartbeats\`, \`SMSRetries\`, \`Cluster\`) | a program of its own beside the phone; the keywords are passed on, nobody is connected to |
| heartbeats between the two desktops (\`HeartbeatInterval\`, \`HeartbeatTimeout\`) | part of the voice stream; a desktop that goes, or an agent who logs out, ends the session through the server |
| \`OnRTPStreamTimedoutEvent\`, and the status codes of drivers (\`eSMStatusWP…\`, \`eSMStatusMTError\`) | there is no driver to tell them |

## Keywords

${table(['keyword', 'type', 'enumeration', 'in events', 'in requests'], of('keyword'))}

## Messages of the CTI Server protocol

The codec reads and writes every message; *done* is about the server, *simulated* about the simulated contact center.

${table(['message', 'number', 'service', 'simulated'], of('message'))}
`;
}

function summary(what: string, rows: readonly Row[]): string {
  const done = rows.filter((row) => row.done !== undefined).length;
  return `| ${what} | ${rows.length} | ${done} | ${rows.length - done} |`;
}

function table(columns: readonly string[], rows: readonly Row[]): string {
  const asksForTests = rows[0]?.tested !== undefined;
  const head = [...columns, 'done', ...(asksForTests ? ['tested'] : [])];
  const lines = rows.map((row) => {
    const done = row.done ?? `— ${row.reason ?? '**open**'}`;
    return `| ${[`\`${row.name}\``, ...row.cells, done, ...(asksForTests ? [row.tested ? 'yes' : ''] : [])].join(' | ')} |`;
  });
  return [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...lines].join('\n');
}
