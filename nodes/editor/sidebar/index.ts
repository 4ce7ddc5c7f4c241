/** The sidebar in the editor. A script of its own: plugins are loaded before the nodes, and so before their script. */
import { text } from './text.js';

const ID = 'ctios';

function add(): void {
  RED.sidebar.addTab({
    id: ID,
    label: text('title'),
    name: text('title'),
    iconClass: 'fa fa-headphones',
    content: document.createElement('div'),
    enableOnEdit: true,
    action: 'ctios:show-sidebar',
  });
  RED.actions.add('ctios:show-sidebar', () => RED.sidebar.show(ID));
}

function remove(): void {
  RED.sidebar.removeTab(ID);
  RED.actions.remove?.('ctios:show-sidebar');
}

RED.ctiosSidebar = { add, remove };
