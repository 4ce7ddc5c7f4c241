/** Sends any request of CTI OS by name, from the dialog or from `msg.topic`. */
import type { Node, NodeAPI } from 'node-red';
import { type ActionCredentials, type ActionDef, ActionNode } from '../shared/kinds/action-node.js';
import { inputError } from '../shared/message/errors.js';
import type { Message } from '../shared/message/input-rules.js';
import { migrated } from '../shared/migrations.js';

export = (RED: NodeAPI): void => {
  RED.nodes.registerType<Node<ActionCredentials>, ActionDef, object, ActionCredentials>(
    'ctios-request',
    function (def) {
      RED.nodes.createNode(this, def);
      new ActionNode(RED, this, migrated('ctios-request', def), { requestOf, open: true });
    },
    { credentials: { agentPassword: { type: 'password' } } },
  );
};

/** An event that is wired in by mistake would be taken for a request of the same name. */
function requestOf(msg: Message): string {
  const name = typeof msg.topic === 'string' ? msg.topic.trim() : '';
  if (/^On/.test(name)) {
    throw inputError(
      'CTIOS_UNKNOWN_REQUEST',
      `msg.topic is "${name}": an event, not a request. Choose the request in the dialog, or set msg.topic to its name.`,
    );
  }
  return name;
}
