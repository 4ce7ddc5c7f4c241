/** Sends each chosen event of one interface, or of all of them, as a message. */
import type { Node, NodeAPI } from 'node-red';
import { type EventDef, EventNode } from '../shared/kinds/event-node.js';
import { migrated } from '../shared/migrations.js';

interface EventsDef extends EventDef {
  /** An interface of the vocabulary, or 'AllInOne'. */
  interface: string;
}

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('ctios-events', function (this: Node, saved: EventsDef) {
    RED.nodes.createNode(this, saved);
    const def = migrated('ctios-events', saved);
    new EventNode(RED, this, def, def.interface || 'ISessionEvents');
  });
};
