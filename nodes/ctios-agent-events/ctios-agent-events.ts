/** Sends each chosen event of IAgentEvents as a message. */
import type { Node, NodeAPI } from 'node-red';
import { type EventDef, EventNode } from '../shared/kinds/event-node.js';
import { migrated } from '../shared/migrations.js';

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('ctios-agent-events', function (this: Node, def: EventDef) {
    RED.nodes.createNode(this, def);
    new EventNode(RED, this, migrated('ctios-agent-events', def), 'IAgentEvents');
  });
};
