/**
 * Verifies that code in the documentation works: programs compile and run, commands and options exist, data is valid.
 */
import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { readDecodeCommand } from '../../src/cli/ctios-decode/options.js';
import { readDoctorCommand } from '../../src/cli/ctios-doctor/options.js';
import { readConfig } from '../../src/cli/ctios-server/options/read-config.js';
import { readCommandLine, replayOf, simulatorOptions } from '../../src/cli/ctios-simulator/options.js';
import { eventByName } from '../../src/ctios/index.js';
import { Simulator } from '../../src/simulator/index.js';
import { blocksOf, type CodeBlock, commandsOf, pagesForPeople, ROOT } from './code-blocks.js';
import { Program } from './program.js';

const { load } = require('js-yaml') as { load(yaml: string): unknown };

const CLI = join(ROOT, 'dist', 'src', 'cli');
const SCRIPTS = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object }).scripts;
const blocks = pagesForPeople().flatMap(blocksOf);
const at = ({ page, line }: CodeBlock) => `${page}, line ${line}`;
const languageOf = ({ info }: CodeBlock) => info.split(' ')[0]!;
const of = (page: string, language: string) =>
  blocks.filter((block) => block.page === page && languageOf(block) === language);

/** What an excerpt assumes; a complete program imports what it uses. */
const TAKEN_FOR_GRANTED = `import { Session, webSocketConnector } from '@openctios/node-red-ctios/cil';
declare const session: Session;
declare const id: string;
declare const afterSequence: number;
`;
const isProgram = ({ text }: CodeBlock) => /^import /m.test(text);

/** One command as a user would type it. */
function checkCommand(command: string): void {
  const words = command
    .replace(/^(?:[A-Z_]+=\S+ )+/, '')
    .replace(/ &$/, '')
    .split(/\s+/);
  const [program, ...rest] = words[0] === 'npx' ? words.slice(1) : words;
  switch (program) {
    case 'ctios-simulator':
      if (replayOf(readCommandLine(rest)) === undefined) simulatorOptions(readCommandLine(rest));
      return;
    case 'ctios-server': {
      const read = readConfig(rest);
      // The file of --config is on the machine in the example; it is checked where the page prints it.
      if (!rest.includes('--config')) read.config();
      return;
    }
    case 'ctios-doctor':
      readDoctorCommand(rest, {});
      return;
    case 'ctios-decode':
      readDecodeCommand(rest);
      return;
    case 'npm':
      if (rest[0] === 'run') assert.ok(rest[1]! in SCRIPTS, command);
      else assert.ok(['ci', 'install', 'start', 'test'].includes(rest[0]!), command);
      return;
    case 'mocha':
    case 'bash':
      assert.ok(existsSync(join(ROOT, rest[0]!)), `${rest[0]} does not exist`);
      return;
    // A program of the page itself, which the tests below run, and the user's folder.
    case 'node':
    case 'cd':
      return;
    default:
      assert.fail(`${command}: a program that this test does not know`);
  }
}

describe('the code in the documentation', function () {
  this.timeout(90_000);
  const running: Program[] = [];
  let folder: string;
  const run = (...args: ConstructorParameters<typeof Program>) => {
    const program = new Program(...args);
    running.push(program);
    return program;
  };
  /** The block as a separate JavaScript file, with the ports of this run. */
  function fileOf(name: string, block: CodeBlock, ports: Readonly<Record<string, number | string>> = {}): string {
    let text = block.text;
    for (const [page, here] of Object.entries(ports)) text = text.replaceAll(page, String(here));
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  }

  before(() => {
    // Inside the package, so that its own name resolves to it as it would in a dependent package.
    folder = mkdtempSync(join(ROOT, 'dist', 'docs-code-'));
  });
  after(async () => {
    await Promise.all(running.map((program) => program.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  it('has a language that is checked here, or is a drawing', () => {
    const checked = new Set(['ts', 'js', 'sh', 'json', 'yaml', 'text', '']);
    for (const block of blocks) {
      assert.ok(checked.has(languageOf(block)), `${at(block)}: ${block.info}`);
      if (block.info === '') assert.match(block.text, /[│┌─◄►]|<--|-->|\|/, `${at(block)} has no language`);
    }
  });

  it('compiles: TypeScript, with the types of the package', () => {
    const sources = blocks.filter((block) => languageOf(block) === 'ts');
    assert.ok(sources.length >= 8);
    const files = sources.map((block, index) => {
      const name = `block-${index}.mts`;
      const text = isProgram(block) ? block.text : TAKEN_FOR_GRANTED + block.text;
      writeFileSync(join(folder, name), `${text}\nexport {};\n`);
      return { name, block };
    });
    const compilerOptions = {
      strict: true,
      noEmit: true,
      module: 'nodenext',
      target: 'es2022',
      lib: ['es2023'],
      types: ['node'],
    };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: files.map(({ name }) => name) }),
    );
    const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
    const where = stdout.replace(/\S*block-(\d+)\.mts/g, (_, index) => at(files[Number(index)]!.block));
    assert.equal(where, '');
  });

  it('uses existing commands, options and scripts', () => {
    for (const block of blocks.filter((each) => languageOf(each) === 'sh')) {
      for (const command of commandsOf(block)) {
        assert.doesNotThrow(() => checkCommand(command), `${at(block)}: ${command}`);
      }
    }
  });

  it('parses: settings of Node-RED, and YAML', () => {
    for (const block of blocks.filter((each) => languageOf(each) === 'js'))
      assert.doesNotThrow(() => new Script(block.text, { filename: at(block) }));
    for (const block of blocks.filter((each) => languageOf(each) === 'yaml'))
      assert.doesNotThrow(() => load(block.text), at(block));
  });

  it('is valid JSON, with keywords that the event has', () => {
    for (const block of blocks.filter((each) => languageOf(each) === 'json')) {
      const data = JSON.parse(block.text) as { topic?: string; payload?: object };
      const definition = data.topic === undefined ? undefined : eventByName(data.topic);
      if (definition === undefined) continue;
      const known = new Set(definition.params.map(({ keyword }) => keyword as string));
      for (const keyword of Object.keys(data.payload ?? {})) assert.ok(known.has(keyword), `${at(block)}: ${keyword}`);
    }
  });

  it('contains scenarios that can be run', () => {
    const scenarios = blocks
      .filter((each) => languageOf(each) === 'json')
      .map(({ text }) => JSON.parse(text))
      .filter((data) => Array.isArray(data.steps));
    assert.equal(scenarios.length, 1);
    for (const scenario of scenarios) assert.doesNotThrow(() => new Simulator({ listen: false, scenario }));
  });

  it('runs: programs that only require a simulated contact center', async () => {
    const [first, virtual] = of('docs/reference/simulator.md', 'ts');
    const inRealTime = run(fileOf('first.mjs', first!), []);
    await inRealTime.line(/^CTI Server: side A listens on port \d+$/);
    await inRealTime.line(/^agent 1001: Talking$/);
    assert.equal(await inRealTime.ended(), 0);

    const inVirtualTime = run(fileOf('virtual.mjs', virtual!), []);
    assert.equal(await inVirtualTime.line(/^\[/), '[]');
    assert.equal(await inVirtualTime.ended(), 0);

    const [recipe] = of('docs/how-to/cookbook.md', 'ts');
    const source = `${recipe!.text}\nconsole.log(center.run('calls').calls.length, 'call');\nawait center.stop();\n`;
    const cooked = run(fileOf('recipe.mjs', { ...recipe!, text: source }), []);
    await cooked.line(/^1 call$/);
    assert.equal(await cooked.ended(), 0);
  });

  it('runs: the flow test of the tutorial, with the flow of the page', async () => {
    const page = 'docs/tutorial/testing-flows.md';
    const [flow] = of(page, 'json');
    const test = fileOf('flows.test.mjs', of(page, 'ts')[0]!, { "'flows.json'": `'${fileOf('flows.json', flow!)}'` });
    const right = run(test, []);
    assert.equal(await right.ended(), 0, right.lines.join('\n'));
    assert.ok(
      right.lines.some((line) => /pass 3/.test(line)),
      right.lines.join('\n'),
    );

    // With the deliberate mistake on the page, it fails as the page shows.
    fileOf('flows.json', flow!, { 'agent.AgentID': 'agent.AgentId' });
    const wrong = run(test, []);
    assert.equal(await wrong.ended(), 1);
    const said = wrong.lines.join('\n').replace(/^\s*#?\s*/gm, '');
    const shown = of(page, 'text')[0]!
      .text.split('\n')
      .map((line) => line.trim().replace(/ …$|…$/, ''));
    for (const line of shown) assert.ok(said.includes(line), `${line}\n\n${said}`);
  });

  it('runs: the screen pop of the library, with the commands on the page', async () => {
    const program = of('docs/reference/cil.md', 'ts').filter(isProgram)[1]!;
    assert.ok(program.text.trim().split('\n').length <= 24);
    const simulator = run(join(CLI, 'ctios-simulator.js'), ['--port', '0', '--traffic', 'steady']);
    const { host, port, portB } = await simulator.listening();
    const sides = `${host}:${port},${host}:${portB}`;
    const server = run(join(CLI, 'ctios-server.js'), ['--cti-server', sides, '--listen', '127.0.0.1:0']);
    const { url } = await server.listening();
    const popped = await run(fileOf('pop.mjs', program), [], { CTIOS_URL: url! }).line(/^agent /);
    assert.match(popped, /^agent 10\d\d: (\d+|a withheld number), account /);
  });

  it('runs: the pair of servers and the chat between them, started as on the page', async () => {
    const [pair] = of('docs/how-to/deployment.md', 'sh').filter(({ text }) => text.includes('CTIOS_PEER_SECRET'));
    const commands = commandsOf(pair!).map((command) => command.split(' '));
    const [simulator, ...servers] = commands;
    assert.equal(servers.length, 2);
    const { port } = await run(join(CLI, 'ctios-simulator.js'), [...simulator!.slice(2), '--port', '0']).listening();

    // The port of each side is known only when it listens: the second server gets the first one's, and connects to it.
    const ports: Record<string, number> = { 42027: port };
    const replace = (text: string) => text.replace(/\b42\d{3}\b/g, (page) => String(ports[page] ?? 0));
    for (const [index, command] of servers.entries()) {
      const variable = /^(CTIOS_PEER_SECRET)=(\S+)$/.exec(command[0]!)!;
      const args = command.slice(3);
      const own = (option: string) => args[args.indexOf(option) + 1]!;
      const [listen, peerListen] = [own('--listen'), own('--peer-listen')];
      // Only the second server can know the address of the first; one link is sufficient for both.
      const used = index === 0 ? args.filter((_, at) => at < args.indexOf('--peer')) : args;
      const server = run(join(CLI, 'ctios-server.js'), used.map(replace), { [variable[1]!]: variable[2]! });
      const ready = await server.ready<{ listening: { port: number }; peers: { port: number } }>();
      ports[listen] = ready.listening.port;
      ports[peerListen] = ready.peers.port;
      if (index === 1) await server.line(/"peer linked"/);
    }
    const [chat] = of('docs/how-to/deployment.md', 'ts');
    const program = run(fileOf('chat.mts.mjs', { ...chat!, text: withoutTypes(chat!.text) }, ports), []);
    await program.line(/^1001 reads: Well done!$/);
  });
});

/** Node.js 20 runs JavaScript only. */
function withoutTypes(text: string): string {
  return text.replace(/\((\w+): string, (\w+): string\)/g, '($1, $2)');
}
