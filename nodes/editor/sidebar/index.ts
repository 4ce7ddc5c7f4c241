/** The sidebar in the editor. A separate script, because plugins are loaded before the nodes and their script. */
import { Panel } from './panel.js';
import { addStyle } from './style.js';
import { text } from './text.js';

const TAB = 'ctios';
const ACTION = 'ctios:show-sidebar';
let panel: Panel | undefined;

function add(): void {
  remove();
  addStyle();
  panel = new Panel();
  RED.actions.add(ACTION, () => RED.sidebar.show(TAB));
  RED.sidebar.addTab({
    id: TAB,
    label: text('title'),
    name: text('name'),
    iconClass: 'fa fa-headphones',
    content: panel.root,
    // A user who sets up a node wants to see the agents it concerns.
    enableOnEdit: true,
    pinned: true,
    action: ACTION,
  });
}

function remove(): void {
  if (panel === undefined) return;
  panel.dispose();
  panel = undefined;
  RED.sidebar.removeTab(TAB);
  RED.actions.remove?.(ACTION);
}

RED.ctiosSidebar = { add, remove };
