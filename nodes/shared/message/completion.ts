/**
 * The end of a message in a node: sent and done, or failed; exactly once. Node-RED copies messages for Catch, Complete
 * and further nodes, and some cannot be copied (a getter that throws, an object nested too deep): such an error must
 * neither leave the message open nor crash the runtime.
 */
import type { Node } from 'node-red';
import { asError, inputError } from './errors.js';

export type Done = (error?: Error) => void;

/** What sends the message, and a done for it. */
export function succeed(node: Pick<Node, 'error'>, send: () => void, done: Done): void {
  try {
    send();
  } catch (error) {
    const { message } = asError(error);
    fail(node, inputError('CTIOS_NOT_PASSED_ON', `The message could not be passed on: ${message}`), done);
    return;
  }
  end(node, done);
}

export function fail(node: Pick<Node, 'error'>, error: Error, done: Done): void {
  end(node, done, error);
}

/** An error of a message that came from no other node. */
export function reportError(node: Pick<Node, 'error'>, error: Error, message: object): void {
  try {
    node.error(error, message as never);
  } catch (thrown) {
    log(node, thrown, error);
  }
}

/** Without the message, which cannot be copied: the error is in the log, because no Catch node can receive it. */
function log(node: Pick<Node, 'error'>, thrown: unknown, error: Error | undefined): void {
  const said = error === undefined ? '' : `${error.message} `;
  node.error(`${said}(The message cannot be copied: ${asError(thrown).message})`);
}

function end(node: Pick<Node, 'error'>, done: Done, error?: Error): void {
  try {
    done(error);
  } catch (thrown) {
    log(node, thrown, error);
  }
}
