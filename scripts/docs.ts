/**
 * `npm run docs`: the reference pages that are generated: a page per node from its help in the editor, the way from CTI
 * OS calls and events to nodes from the vocabulary, and the CTI Server protocol from its tables. A test compares the
 * files with the output.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type EventDefinition, events, type RequestDefinition, requests } from '../src/ctios/index.js';
import { contactCenterCodesPage } from './docs/contact-center-codes.js';
import { coveragePage } from './docs/coverage-page.js';
import { declarationsIndex, declarationsPage } from './docs/declarations-page.js';
import { dissector } from './docs/dissector.js';
import { documentedNames } from './docs/documented-names.js';
import { enumerationsPage } from './docs/enumerations-page.js';
import { errorCodesPage } from './docs/error-codes.js';
import { ged188Pages } from './docs/ged188/pages.js';
import { grafanaDashboard } from './docs/grafana-dashboard.js';
import { metricsPage } from './docs/metrics-page.js';
import { optionsPage, portsPage } from './docs/options-page.js';
import { statesPage } from './docs/state-tables-page.js';
import { markdownTable } from './docs/table.js';
import { eventsPage, nodeOf, requestsPage } from './docs/vocabulary-pages.js';
import { DASHBOARDS, EXAMPLES } from './examples/build.js';
import { PICTURED } from './examples/dashboard/catalog.js';
import { DASHBOARD } from './examples/dashboard/module.js';
import { imageOfNode, imagesOf } from './screenshots/images.js';

const ROOT = resolve(__dirname, '..', '..');
/** How each derived page begins. */
export const MADE = '<!-- Made by `npm run docs`; change its source instead. -->\n';

/** Every derived page: path under the repository, and content. */
export function pages(): Map<string, string> {
  const result = new Map<string, string>();
  for (const type of nodeTypes()) result.set(`docs/reference/nodes/${type}.md`, nodePage(type));
  result.set('docs/reference/nodes/index.md', nodesPage());
  result.set('docs/reference/migration.md', migrationPage());
  result.set('docs/tutorial/examples.md', examplesPage());
  for (const [path, text] of ged188Pages()) result.set(path, text);
  result.set('docs/reference/error-codes.md', errorCodesPage(MADE));
  result.set('docs/reference/contact-center-codes.md', contactCenterCodesPage(MADE));
  result.set('docs/reference/enumerations.md', enumerationsPage(MADE));
  result.set('docs/reference/events.md', eventsPage(MADE));
  result.set('docs/reference/requests.md', requestsPage(MADE));
  result.set('docs/reference/options.md', optionsPage(MADE));
  result.set('docs/reference/ports.md', portsPage(MADE));
  result.set('docs/reference/metrics.md', metricsPage(MADE));
  result.set('docs/how-to/grafana-dashboard.json', grafanaDashboard());
  result.set('wireshark/ged188.lua', dissector('Made by `npm run docs`; change its source instead.'));
  const entries = ['cil', 'server', 'simulator', 'ged188', 'testing'];
  for (const entry of entries) result.set(`docs/reference/api/${entry}.md`, declarationsPage(ROOT, MADE, entry));
  result.set('docs/reference/api/index.md', declarationsIndex(MADE, entries));
  result.set('src/ctios/documented-names.ts', documentedNames());
  result.set('docs/reference/coverage.md', coveragePage(MADE));
  result.set('docs/reference/state-tables.md', statesPage(MADE));
  return result;
}

function nodeTypes(): string[] {
  // The sidebar has a page in the editor, but is not a node with help.
  return readdirSync(join(ROOT, 'nodes')).filter((name) =>
    existsSync(join(ROOT, 'nodes', name, 'locales', 'en-US', `${name}.html`)),
  );
}

/** The help of the editor, with the node's name as heading, and a picture of its dialog after the first paragraph. */
function nodePage(type: string): string {
  const folder = join(ROOT, 'nodes', type, 'locales', 'en-US');
  const help = readFileSync(join(folder, `${type}.html`), 'utf8');
  const text = /<script[^>]*data-help-name="[^"]*"[^>]*>([\s\S]*?)<\/script>/.exec(help)?.[1] ?? '';
  const [summary, ...rest] = text.trim().split('\n\n');
  const picture = `![The dialog](../../images/${imageOfNode(type)})`;
  return `${MADE}# ${type}\n\n${[summary, picture, ...rest, ...exampleOf(type)].join('\n\n')}\n`;
}

/** The example message that the build has inserted into the help. */
function exampleOf(type: string): string[] {
  const help = readFileSync(join(ROOT, 'dist', 'nodes', type, 'locales', 'en-US', `${type}.html`), 'utf8');
  const [, example] = /\n(### Example\n[\s\S]*?)\n\n### References/.exec(help) ?? [];
  return example === undefined ? [] : [example];
}

/** Every node with the first sentence of its help. */
function nodesPage(): string {
  const rows = nodeTypes().map((type) => {
    const [, , summary] = nodePage(type).slice(MADE.length).split('\n');
    return [`[${type}](${type}.md)`, summary!];
  });
  return `${MADE}# The nodes\n\n${markdownTable(['node', ''], rows)}\n\nThe [sidebar](../../how-to/sidebar.md) shows the sessions live.\n`;
}

/** Each example with the description of its tab, and its pictures (npm run screenshots). */
function examplesPage(): string {
  const sections = EXAMPLES.map((make) => {
    const flow = make();
    const { page } = flow.example;
    const images = imagesOf(flow.example);
    const picture =
      page === undefined
        ? []
        : [
            `![The page /${page}](../images/${images.page})`,
            `![The same on a phone, in dark](../images/${images.phone})`,
          ];
    return [`## ${flow.label}`, flow.info, ...picture, `![The flow in the editor](../images/${images.editor})`].join(
      '\n\n',
    );
  });
  return `${MADE}# The examples

In the editor: *Import > Examples > @openctios/node-red-ctios*, then *Deploy*. Each runs with no edit on a simulated contact
center of its own, made of core nodes and those of this pack. \`npm start\` begins with a page that leads to all of them.

They run with any \`httpNodeRoot\`, port, \`httpNodeAuth\`, certificate and context store. Pages are below \`httpNodeRoot\`. Since a WebSocket is not
covered by \`httpNodeAuth\`, each page first requests a ticket over HTTP; without one, its connection receives nothing and can do nothing.
Pages of other sites get no ticket. A reverse proxy must pass on the host name (\`Host\` or \`X-Forwarded-Host\`). The examples with a page or
a mock CRM load Node.js modules in function nodes (\`functionExternalModules\`, on by default).

Smaller flows, one for each task, are in the [cookbook](../how-to/cookbook.md).

${sections.join('\n\n')}

${dashboardSections()}
`;
}

/** The flows in a separate folder, with their common description. */
function dashboardSections(): string {
  const sections = DASHBOARDS.map((make) => {
    const { label, info, example } = make();
    const [, ...texts] = info.split('\n\n');
    const picture = PICTURED.includes(example)
      ? [`![The page /${example.page}](../images/${imagesOf(example).page})`]
      : [];
    return [`### ${label}`, ...texts, ...picture].join('\n\n');
  });
  return `## With Dashboard 2.0

Three flows for [Dashboard 2.0](https://dashboard.flowfuse.com), in the folder \`dashboard\` of the same menu. They need the module
\`${DASHBOARD.name}\`: select *Manage palette > Install*, or import a flow and press *Install all* in the message that the
editor shows. They are tested with version ${DASHBOARD.version}. There is one dashboard in a Node-RED: the Dashboard's editor moves the pages of what you import to the
one that is there.

The Dashboard's pages are covered by \`httpNodeAuth\`, the connection behind them is not: anyone who reaches this Node-RED can read the wallboard and
the agent list. Restrict it with \`dashboard.ioMiddleware\` in \`settings.js\`. The agent page needs an agent's password.

${sections.join('\n\n')}`;
}

function migrationPage(): string {
  const all = Object.values<RequestDefinition>(requests as unknown as Record<string, RequestDefinition>);
  const objects = [...new Set(all.map((request) => request.object))];
  return `${MADE}# From CTI OS to nodes

For developers who know the CTI OS Client Interface Library: a library call becomes a node, an event becomes a message, and
names are unchanged: \`OnCallDelivered\` is the topic of the message, \`UniqueObjectID\` a key of its payload.

| in CTI OS | here |
|---|---|
| \`Session.Connect\`, profiles, \`SetAgent\` | a \`ctios-session\`: it connects, recovers and logs in automatically |
| \`SetMessageFilter\` | the session's mode *Monitor* with a filter; or \`ctios-request\` at run time |
| \`AddEventListener\`, \`AddListener\` | an event node; the node is the interface; select the event in its list |
| \`GetObjectFromObjectID\`, \`GetAllCalls\` | \`ctios-query\`; on an event the object is in \`msg.call\` or \`msg.agent\` already |
| \`GetValueString\`, \`GetValueArray("ECC")\` | \`msg.payload.CallVariable1\`, \`msg.call["user.CustomerTier"]\` |
| \`Arguments\` | a plain object; keys are case-insensitive |
| return code \`CIL_OK\`, then \`…Conf\` or \`OnControlFailureConf\` | the message continues, or a Catch node gets the error with its code |
| \`WaitObject\` | \`ctios-wait\` |
| \`LogManager\`, COM and C++ set-up | not needed |

${objects
  .map((object) =>
    requestTable(
      object,
      all.filter((each) => each.object === object),
    ),
  )
  .join('\n\n')}

## Events

${interfaceTables()}
`;
}

function requestTable(object: string, list: readonly RequestDefinition[]): string {
  const rows = list.map((request) => {
    const finished = [request.conf, request.followOn[0]].filter(Boolean).map((name) => `\`${name}\``);
    return `| \`${object}.${request.name}\` | ${request.does} | \`${request.node}\` | ${finished.join(', then ')} |`;
  });
  return `## ${object}\n\n| call | does | node | answers |\n|---|---|---|---|\n${rows.join('\n')}`;
}

function interfaceTables(): string {
  const all = Object.values<EventDefinition>(events as unknown as Record<string, EventDefinition>);
  const names = [...new Set(all.flatMap((event) => event.interfaces))];
  return names
    .map((name) => {
      const rows = all
        .filter((event) => event.interfaces.includes(name) && event.supported)
        .map((event) => `| \`${event.name}\` | ${event.when} |`);
      return `### ${name}\n\nNode: \`${nodeOf(name)}\`\n\n| event | when |\n|---|---|\n${rows.join('\n')}`;
    })
    .join('\n\n');
}

if (require.main === module) {
  for (const [path, text] of pages()) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
  }
}
