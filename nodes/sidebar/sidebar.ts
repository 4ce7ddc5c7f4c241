/**
 * The sidebar's part in the runtime: a plugin that answers the sidebar's requests, and sends change notifications while
 * one is open. `nodes/editor/sidebar/` displays it. A call is placed through the pack's route for commands of the
 * simulated contact center (`nodes/admin/admin-routes.ts`).
 */
import type { NodeAPI } from 'node-red';
import { systemClock } from '../../src/common/clock.js';
import { sessionsOf } from '../shared/session/sessions.js';
import { buildView, readQuery } from './build-view.js';
import { StateTimesWatch } from './watch.js';

export = (RED: NodeAPI): void => {
  const sessions = sessionsOf(RED.events);
  const watch = new StateTimesWatch(sessions, (topic, data) => RED.comms.publish(topic, data, false), systemClock);
  const read = RED.auth.needsPermission('ctios-session.read');

  RED.httpAdmin.get('/ctios/sidebar/view', read, (request, response) => {
    const query = readQuery(request.query);
    if (typeof query === 'string') {
      response.status(400).json({ error: query });
      return;
    }
    const view = buildView(sessions, query, {
      now: systemClock.now(),
      nameOf: (id) => RED.nodes.getNode(id)?.name ?? '',
      timesOf: (session) => watch.timesOf(session),
    });
    // Call data is confidential: it must not be cached.
    response.set('Cache-Control', 'no-store').json(view);
  });
  RED.httpAdmin.put('/ctios/sidebar/watchers/:id', read, (request, response) => {
    watch.renew(String(request.params.id).slice(0, 64));
    response.status(204).end();
  });
  RED.httpAdmin.delete('/ctios/sidebar/watchers/:id', read, (request, response) => {
    watch.leave(String(request.params.id).slice(0, 64));
    response.status(204).end();
  });

  RED.plugins.registerPlugin('ctios-sidebar', { type: 'ctios-sidebar' });
};
