/** Sends a request of the Call object, or MakeCall, for each message. */
import type { Node, NodeAPI } from 'node-red';
import { type ActionDef, ActionNode } from '../shared/kinds/action-node.js';
import { migrated } from '../shared/migrations.js';

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('ctios-call', function (this: Node, def: ActionDef) {
    RED.nodes.createNode(this, def);
    new ActionNode(RED, this, migrated('ctios-call', def));
  });
};
