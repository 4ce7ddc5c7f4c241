/** Sends each chosen event of ICallEvents as a message. */
import type { Node, NodeAPI } from 'node-red';
import { type EventDef, EventNode } from '../shared/kinds/event-node.js';
import { migrated } from '../shared/migrations.js';

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('ctios-call-events', function (this: Node, def: EventDef) {
    RED.nodes.createNode(this, def);
    new EventNode(RED, this, migrated('ctios-call-events', def), 'ICallEvents');
  });
};
