/**
 * Holds one CTI OS session for the nodes that use it. The session itself outlives this node: a deploy that does not
 * change its settings hands it to the next one (`shared/sessions.ts`).
 */
import type { Node, NodeAPI } from 'node-red';
import { systemClock } from '../../src/common/clock.js';
import { registerAdminRoutes } from '../admin/admin-routes.js';
import { asError } from '../shared/message/errors.js';
import { migrated } from '../shared/migrations.js';
import type { Expiring } from '../shared/session/certificates.js';
import { NO_MASK } from '../shared/session/mask.js';
import type { SessionNode } from '../shared/session/session-binding.js';
import { opening } from '../shared/session/session-factory.js';
import type { SessionView } from '../shared/session/session-view.js';
import { sessionsOf } from '../shared/session/sessions.js';
import {
  readMask,
  readSettings,
  type SessionCredentials,
  type SessionDef,
  settingsKey,
} from '../shared/session/settings.js';
import { tlsOf } from '../shared/session/tls.js';
import { logTraffic, trafficLevel } from '../shared/session/traffic-log.js';
import { StatusLine } from '../shared/status/status.js';

/** Where the texts of this node live. */
const CATALOG = '@openctios/node-red-ctios/ctios-session:';

export = (RED: NodeAPI): void => {
  RED.nodes.registerType<Node<Required<SessionCredentials>>, SessionDef, object, Required<SessionCredentials>>(
    'ctios-session',
    function (saved) {
      RED.nodes.createNode(this, saved);
      sessionNode(RED, this as unknown as SessionNode, migrated('ctios-session', saved), this.credentials ?? {});
    },
    {
      credentials: {
        clientPassword: { type: 'password' },
        monitorPassword: { type: 'password' },
        agentPassword: { type: 'password' },
      },
    },
  );
  registerAdminRoutes(RED);
};

function sessionNode(RED: NodeAPI, node: SessionNode, def: SessionDef, credentials: SessionCredentials): void {
  const sessions = sessionsOf(RED.events);
  const status = new StatusLine(node, (key, values) => RED._(key, values), systemClock);
  node.users = {};

  const { key, open, peripheralId, mask } = prepare();
  node.peripheralId = peripheralId;
  const host = sessions.adopt({ id: node.id, key, open });
  host.mask = mask;
  node.host = host;
  let phase = '';
  let warned = '';
  const stopWatching = host.watch((view) => {
    show(view);
    if (view.phase === phase) return;
    phase = view.phase;
    node.log(`${view.phase}${view.reason === undefined ? '' : `: ${view.reason}`}`);
  });
  const stopProblems = host.onProblem((error) => node.error(error, {}));
  const level = trafficLevel((RED.settings as { logging?: unknown }).logging);
  const stopLogging = level === undefined ? undefined : logTraffic(host, node, level);

  node.on('close', (removed: boolean, done: () => void) => {
    stopWatching();
    stopProblems();
    stopLogging?.();
    status.dispose();
    if (removed) {
      void sessions.drop(host).then(done, done);
    } else {
      sessions.park(host);
      done();
    }
  });

  function show({ phase: now, reason, expiring }: SessionView): void {
    if (expiring !== undefined) {
      status.show('certificateExpires', { days: expiring.days });
      warnOf(expiring);
    } else if (now === 'rejected' && reason !== undefined) status.show('rejected', { reason });
    else status.show(now);
  }

  /** Once for each day that is left. */
  function warnOf({ holder, subject, validTo, days }: Expiring): void {
    const which = `${subject} ${days}`;
    if (which === warned) return;
    warned = which;
    const until = new Date(validTo).toISOString().slice(0, 10);
    node.warn(RED._(`${CATALOG}certificate.${holder}`, { subject, until, days }));
  }

  /** The settings, or how to say what is wrong with them: a constructor must not throw. */
  function prepare() {
    try {
      const settings = readSettings(def, credentials, tlsOf(RED, def.tls));
      return {
        mask: readMask(def),
        key: settingsKey(settings),
        open: () => opening.open(settings),
        peripheralId: settings.peripheralId,
      };
    } catch (error) {
      const known = asError(error);
      return {
        mask: NO_MASK,
        key: `bad ${known.message}`,
        open: () => {
          throw known;
        },
        peripheralId: undefined,
      };
    }
  }
}
