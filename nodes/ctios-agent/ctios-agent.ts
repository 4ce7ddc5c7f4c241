/** Sends a request of the Agent object for each message. */
import type { Node, NodeAPI } from 'node-red';
import { type ActionCredentials, type ActionDef, ActionNode } from '../shared/kinds/action-node.js';
import { migrated } from '../shared/migrations.js';

export = (RED: NodeAPI): void => {
  RED.nodes.registerType<Node<ActionCredentials>, ActionDef, object, ActionCredentials>(
    'ctios-agent',
    function (def) {
      RED.nodes.createNode(this, def);
      new ActionNode(RED, this, migrated('ctios-agent', def));
    },
    { credentials: { agentPassword: { type: 'password' } } },
  );
};
