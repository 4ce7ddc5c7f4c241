/** Runs a command on a simulated contact center: a call, an agent, traffic, a scenario, a broken link. */
import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red';
import { CtiosError } from '../../src/ctios/index.js';
import { fail, succeed } from '../shared/message/completion.js';
import { asError, inputError } from '../shared/message/errors.js';
import { checkSession, isEvent, type Message, optionalPayloadOf, takeSecrets } from '../shared/message/input-rules.js';
import type { SimulateInfo } from '../shared/message/message-info.js';
import { type ArgumentRow, evaluateRows } from '../shared/message/typed-value.js';
import { migrated } from '../shared/migrations.js';
import { SessionBinding } from '../shared/session/session-binding.js';
import type { StatusKey, StatusValues } from '../shared/status/status.js';

interface SimulateDef extends NodeDef {
  session: string;
  command: string;
  args: ArgumentRow[];
}

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('ctios-simulate', function (this: Node, saved: SimulateDef) {
    RED.nodes.createNode(this, saved);
    simulateNode(RED, this, migrated('ctios-simulate', saved));
  });
};

function simulateNode(RED: NodeAPI, node: Node, def: SimulateDef): void {
  const rows = Array.isArray(def.args) ? def.args : [];
  let last: readonly [StatusKey, StatusValues?] = ['ready'];
  const binding = new SessionBinding(RED, node, String(def.session ?? ''), {
    // Whether it is simulated is known as soon as the session is open, connected or not.
    ready: () => last,
    usable: (host) => (host.simulator === undefined ? 'notSimulated' : undefined),
  });

  node.on('input', (msg: NodeMessageInFlow, send, done) => {
    takeSecrets(msg);
    run(msg).then(
      ({ command, result }) => {
        last = ['done', { what: command }];
        binding.refresh();
        msg.topic = command;
        msg.payload = result;
        succeed(node, () => send(msg), done);
      },
      (error: unknown) => {
        const known = commandError(error);
        last = ['error', { code: known.code }];
        binding.refresh();
        fail(node, known, done);
      },
    );
  });

  async function run(msg: Message): Promise<{ command: string; result: unknown }> {
    const { host, session, input } = binding.require();
    checkSession(msg, input);
    const { simulator } = host;
    if (simulator === undefined) {
      throw inputError(
        'CTIOS_NOT_SIMULATED',
        'This session is connected to a real contact center. ctios-simulate works on a simulated one only.',
      );
    }
    const command = def.command || (typeof msg.topic === 'string' ? msg.topic.trim() : '');
    if (command === '')
      throw inputError('CTIOS_NO_COMMAND', 'Choose a command in the dialog, or name it in msg.topic.');
    // An event wired in starts the command; its data is not meant as the command's arguments.
    const payload = isEvent(msg) ? {} : optionalPayloadOf(msg);
    const args = { ...payload, ...(await evaluateRows(RED, node, rows, msg)) };
    const result = simulator.run(command, args);
    const ctios: SimulateInfo = { session: input.id, sequence: session.sequence, time: Date.now() };
    msg.ctios = ctios;
    return { command, result };
  }
}

/** The simulator's errors, in the common shape. */
function commandError(error: unknown): Error & { code: string } {
  const known = asError(error);
  const failure = (error as { failure?: { failureCode: number; peripheralErrorCode: number } } | null)?.failure;
  return known instanceof CtiosError
    ? known
    : new CtiosError(known.code, known.message, { outcome: 'failed', ...failure });
}
