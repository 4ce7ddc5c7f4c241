/** The completions that an editor offers for a program with the library, by TypeScript's language server. */
import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { LanguageServer } from '../../support/language-server.js';

const ROOT = join(__dirname, '..', '..', '..', '..');

describe('completion in an editor', function () {
  this.timeout(60_000);
  let server: LanguageServer;

  before(async () => {
    server = await LanguageServer.start(ROOT);
  });
  after(() => server?.stop());

  const CASES: readonly [what: string, line: string, expected: readonly string[]][] = [
    ['keywords of a value', "session.currentCall?.getValueString('|');", ['ANI', 'CallVariable1']],
    ['requests by name', "void session.request('|');", ['Answer', 'SetAgentState', 'MakeConsultCall']],
    [
      'values of an enumeration',
      "void session.currentAgent?.setAgentState({ AgentState: '|' });",
      ['NotReady', 'Available'],
    ],
    ['interfaces', "session.subscribe('|', () => {});", ['ICallEvents', 'AllInOne']],
    ['events of an interface', "session.subscribe('ICallEvents', { | });", ['OnCallDelivered', 'OnCallEnd']],
    [
      'keywords of an event',
      "session.subscribe('ICallEvents', { OnCallDelivered({ args }) { args.| } });",
      ['AlertingDeviceID', 'EventCause'],
    ],
    ['arguments of a request', 'void session.currentCall?.makeConsultCall({ | });', ['DialedNumber', 'ConsultType']],
  ];
  for (const [what, line, expected] of CASES)
    it(`offers the ${what}`, async () => {
      const text = `import type { Session } from '@openctios/node-red-ctios/cil';\ndeclare const session: Session;\n${line}\n`;
      const offered = await server.completions(join('test', 'cil', 'objects', 'program.ts'), text);
      const missing = expected.filter((label) => !offered.some((each) => each.replace(/\?$/, '') === label));
      assert.deepEqual(missing, [], `offered: ${offered.slice(0, 20).join(', ')}`);
    });
});
