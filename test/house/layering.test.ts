/**
 * Checks the allowed imports between modules. The table below defines the architecture; a new dependency is a decision,
 * made here and documented in docs/explanation/architecture.md.
 */
import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix, relative, sep } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');

interface Room {
  /** Modules (or single files) that it may import, in addition to itself. */
  may: readonly string[];
  /** Packages other than Node.js's own modules. */
  packages?: readonly string[];
  /** False if the module must remain pure: only Node.js modules that compute. */
  io?: false;
}

const PURE_NODE_MODULES = ['node:buffer', 'node:util', 'node:crypto', 'node:assert'];

/** The dependencies within a tier, in addition to those of the tier as a whole. Files outside the modules join them. */
function inside(tier: string, outer: Room, rooms: Readonly<Record<string, readonly string[]>>): Record<string, Room> {
  return Object.fromEntries(
    Object.entries(rooms).map(([room, may]) => [
      `${tier}/${room}`,
      { ...outer, may: [...outer.may, ...may.map((each) => `${tier}/${each}`)] },
    ]),
  );
}

const COMMON: Room = { may: [] };
const SCREENPOP: Room = {
  may: ['src/common', 'src/ctios', 'src/cil', 'src/ged188/constants'],
  packages: ['libphonenumber-js'],
  io: false,
};
const DELIVERY: Room = { may: ['src/common', 'src/ctios/ctios-error'] };

const COMMON_ROOMS = inside('src/common', COMMON, {
  network: ['clock'],
  records: [],
});

const SCREENPOP_ROOMS = inside('src/screenpop', SCREENPOP, {
  numbers: ['types'],
  visits: ['agents', 'arguments', 'caller', 'fields', 'identity', 'types'],
});

const SERVER: Room = { may: ['src/common', 'src/ged188', 'src/ctios'], packages: ['ws'] };
const CIL: Room = { may: ['src/common', 'src/ctios'], packages: ['ws'] };

/** What every part of the object server may use. */
const OBJECTS = ['object-server', 'settings', 'model', 'objects/core'];
const WITH_REQUESTS = [...OBJECTS, 'objects/requests', 'translation'];
const WITH_TRACKING = [...WITH_REQUESTS, 'objects/tracking'];

const SERVER_ROOMS = inside('src/server', SERVER, {
  southbound: [],
  model: ['object-server'],
  translation: ['object-server', 'model', 'southbound'],
  observability: ['object-server'],
  'peers/requests': [],
  'peers/connection': ['listen', 'web-socket-server', 'peers/requests', 'peers/settings'],
  peers: ['observability', 'listen'],
  'objects/core': ['object-server', 'settings', 'model', 'southbound', 'peers'],
  'objects/tracking': [...OBJECTS, 'translation', 'southbound'],
  'objects/requests': [...OBJECTS, 'translation', 'southbound'],
  'objects/recovery': [...WITH_TRACKING, 'southbound'],
  'objects/statistics': WITH_TRACKING,
  'objects/supervision': [...WITH_TRACKING, 'peers'],
  'objects/messaging': [...WITH_REQUESTS, 'peers'],
  'objects/desktops': [...WITH_TRACKING, 'objects/recovery', 'peers'],
  objects: ['object-server', 'settings', 'model', 'translation', 'southbound', 'peers'],
  'northbound/routing': ['object-server'],
  'northbound/security': ['object-server', 'peers'],
  'northbound/session': ['object-server', 'northbound/routing', 'northbound/security', 'observability', 'peers'],
  'northbound/transport': [
    ...['object-server', 'listen', 'web-socket-server', 'northbound/session', 'northbound/security', 'observability'],
  ],
});

const CIL_ROOMS = inside('src/cil', CIL, {
  connection: [],
  objects: [],
  events: ['objects'],
  requests: ['objects', 'connection'],
});

const MODEL: Room = { may: ['src/common', 'src/ged188'], io: false };

/** The switch, from the bottom up. */
const MODEL_ROOMS = inside('src/simulator/model', MODEL, {
  state: [],
  statistics: ['state'],
  telephony: ['state', 'statistics'],
  routing: ['state', 'statistics', 'telephony'],
  agents: ['state', 'statistics', 'telephony', 'routing', 'views'],
  site: ['state', 'contact-center'],
});

const CLI: Room = {
  may: [
    ...['src/common', 'src/ged188', 'src/ctios', 'src/recording', 'src/simulator', 'src/server', 'src/stream'],
    ...['src/support', 'src/doctor', 'src/embedded'],
  ],
};

/** Shared by the commands. */
const COMMANDS = [
  ...[
    'charset-option',
    'command-line',
    'common-options',
    'option-definition',
    'option-help',
    'read-options',
    'secrets',
  ],
  'usage-error',
];

const CLI_ROOMS = inside('src/cli', CLI, {
  'ctios-server/options': COMMANDS,
  'ctios-server/agents': ['ctios-server/options', 'ctios-server/files', 'ctios-server/log', 'secrets', 'usage-error'],
  'ctios-server/files': ['ctios-server/options', 'ctios-server/log', 'secrets'],
});

const NODES: Room = {
  may: [
    ...[
      'src/common',
      'src/ctios',
      'src/cil',
      'src/screenpop',
      'src/contact',
      'src/watch',
      'src/delivery',
      'src/stream',
      'src/tracing',
    ],
    'src/embedded',
    // Types only, for the editor: commands, and the findings of the doctor.
    ...['src/simulator/commands/definition', 'src/doctor/findings'],
  ],
  // Types only: at run time Node-RED passes what the nodes need. RE2 compiles the expressions of filters.
  packages: ['node-red', '@node-red/registry', '@node-red/runtime', 'express', 'jquery', 're2js'],
};

const NODE_ROOMS = inside('nodes', NODES, {
  'shared/status': [],
  'shared/message': [],
  'shared/session': ['shared/message', 'shared/status'],
  'shared/delivery': ['shared/message'],
  'shared/contacts': ['shared/message', 'shared/delivery'],
  'shared/tracing': ['shared/message', 'shared/session'],
  'shared/kinds': ['shared/message', 'shared/session', 'shared/status', 'shared/tracing'],
});

const ROOMS: Record<string, Room> = {
  'src/common': COMMON,
  ...COMMON_ROOMS,
  'src/ged188': { may: ['src/common'], packages: ['iconv-lite'], io: false },
  'src/ctios': { may: ['src/common', 'src/ged188/constants'], io: false },
  'src/simulator/model': MODEL,
  ...MODEL_ROOMS,
  'src/simulator': { may: ['src/common', 'src/ged188', 'src/recording'] },
  'src/server': SERVER,
  ...SERVER_ROOMS,
  'src/cil': CIL,
  ...CIL_ROOMS,
  'src/recording': { may: ['src/common', 'src/ged188'] },
  'src/doctor': { may: ['src/common', 'src/ged188', 'src/server/southbound/opening'] },
  'src/support': { may: ['src/common', 'src/recording'] },
  'src/screenpop': SCREENPOP,
  ...SCREENPOP_ROOMS,
  'src/contact': { may: ['src/common', 'src/ctios', 'src/screenpop'], io: false },
  'src/watch': { may: ['src/common', 'src/ctios', 'src/cil'], io: false },
  'src/tracing': {
    may: ['src/common', 'src/ctios', 'src/cil', 'src/screenpop'],
    io: false,
  },
  'src/delivery': { ...DELIVERY, packages: ['standardwebhooks'] },
  'src/delivery/store': {
    may: [...DELIVERY.may, 'src/delivery/delivery'],
    packages: ['node-sqlite3-wasm'],
  },
  'src/delivery/jetstream': {
    may: [
      ...[
        ...DELIVERY.may,
        'src/delivery/delivery',
        'src/delivery/store/delivery-store',
        'src/delivery/store/store-errors',
      ],
      ...['src/stream/engine', 'src/stream/lease'],
    ],
  },
  // Types of the client libraries, which are loaded when an engine is opened.
  'src/stream/nats': {
    may: ['src/common', 'src/stream/engine', 'src/stream/subjects'],
    packages: ['@nats-io/transport-node', '@nats-io/jetstream', '@nats-io/kv'],
  },
  'src/stream': { may: ['src/common', 'src/ctios', 'src/cil', 'src/server'] },
  'src/embedded': {
    may: [
      ...['src/support', 'src/doctor', 'src/common', 'src/ctios', 'src/recording', 'src/server', 'src/simulator'],
      'src/stream',
    ],
  },
  // Runs a flow with the nodes of this package, whose sessions use the test's own contact center.
  'src/testing': {
    may: ['src/common', 'src/embedded', 'src/server', 'src/simulator', 'nodes/shared/session/opening'],
    packages: ['ws'],
  },
  'src/cli': CLI,
  ...CLI_ROOMS,
  'src/index': { may: ['src'] },
  nodes: NODES,
  ...NODE_ROOMS,
};

/** The folders of the modules; tests, benches and scripts may import anything. */
const FOLDERS = ['src', 'nodes'];

describe('the layers of the architecture', () => {
  it('are crossed only by dependencies in the table', () => {
    const wrong: string[] = [];
    for (const file of sources()) {
      const room = roomOf(file);
      if (room === undefined) {
        wrong.push(`${file} stands in no room`);
        continue;
      }
      for (const target of importsOf(file)) {
        const complaint = judge(file, room, target);
        if (complaint !== undefined) wrong.push(complaint);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('detect every import of a file, in any form', () => {
    const text = [
      "import a from './a.js';",
      "import type { B } from '../b/index.js';",
      "import './c.js';",
      "export * from './d.js';",
      "const e = require('./e.js');",
      "const f = await import('./f.js');",
      'import {',
      '  g,',
      "} from './g.js';",
    ].join('\n');
    assert.deepEqual(importsIn(text), ['./a.js', '../b/index.js', './c.js', './d.js', './e.js', './f.js', './g.js']);
  });

  it('reject a dependency that is not in the table', () => {
    const cil = ROOMS['src/cil']!;
    assert.match(judge('src/cil/session.ts', cil, '../server/index.js') ?? '', /may not import src\/server\/index/);
    assert.equal(judge('src/cil/session.ts', cil, '../ctios/transport.js'), undefined);
    assert.match(judge('src/ctios/x.ts', ROOMS['src/ctios']!, '../ged188/frame.js') ?? '', /may not import/);
    assert.match(judge('src/ged188/x.ts', ROOMS['src/ged188']!, 'node:net') ?? '', /must stay pure/);
    assert.match(judge('src/cil/x.ts', cil, 'lodash') ?? '', /may not use the package/);
    const model = ROOMS['src/server/model']!;
    assert.match(judge('src/server/model/x.ts', model, '../objects/core/context.js') ?? '', /may not import/);
    assert.equal(judge('src/server/model/x.ts', model, '../object-server.js'), undefined);
    const events = ROOMS['src/cil/events']!;
    assert.match(judge('src/cil/events/x.ts', events, '../requests/pending-requests.js') ?? '', /may not import/);
  });
});

function judge(file: string, room: Room, target: string): string | undefined {
  if (target.startsWith('.')) {
    const path = posix.join(posix.dirname(file), target).replace(/\.(js|ts|json|mjs|cjs)$/, '');
    const allowed = [nameOf(room), ...room.may].some((each) => path === each || path.startsWith(`${each}/`));
    return allowed ? undefined : `${file} may not import ${path}`;
  }
  const node = target.startsWith('node:') || builtinModules.includes(target);
  if (node)
    return room.io !== false || PURE_NODE_MODULES.includes(target)
      ? undefined
      : `${file} uses ${target}, but ${nameOf(room)} must stay pure`;
  const name = target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
  return room.packages?.includes(name) ? undefined : `${file} may not use the package ${name}`;
}

function nameOf(room: Room): string {
  return Object.keys(ROOMS).find((name) => ROOMS[name] === room)!;
}

/** The most specific module applies: the pure model of the simulator is inside the simulator. */
function roomOf(file: string): Room | undefined {
  const names = Object.keys(ROOMS).filter((name) => file.startsWith(`${name}/`) || file.replace(/\.ts$/, '') === name);
  return ROOMS[names.sort((a, b) => b.length - a.length)[0] ?? ''];
}

function sources(): string[] {
  return FOLDERS.filter((folder) => existsSync(join(ROOT, folder)))
    .flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

function importsOf(file: string): string[] {
  return importsIn(readFileSync(join(ROOT, file), 'utf8'));
}

function importsIn(text: string): string[] {
  const forms =
    /(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s*)?['"]([^'"]+)['"]|(?:require|import)\(\s*['"]([^'"]+)['"]\s*\)/g;
  return [...text.matchAll(forms)].map((match) => (match[1] ?? match[2])!);
}
