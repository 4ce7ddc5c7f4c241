/**
 * The session selected in a dialog. In a subflow neither the node nor a session of the subflow runs under the id that
 * the editor knows, and an environment variable may be used for the session: then a running one is taken, of any
 * instance.
 */
import type { Node, NodeAPI } from 'node-red';
import type { SessionNode } from '../shared/session/session-binding.js';
import type { SessionHost } from '../shared/session/session-host.js';
import type { Sessions } from '../shared/session/sessions.js';

/** The id that a node of a subflow has in the editor. */
type Instance = Node & { readonly _alias?: string };

/**
 * @param id as in the dialog: the id of a config node, or `${NAME}`
 * @param node the node whose dialog is open
 * @param likely the config node that the variable probably denotes, according to the editor
 */
export function findSession(
  RED: NodeAPI,
  sessions: Sessions,
  id: string,
  node: string | undefined,
  likely: string | undefined,
): SessionHost | undefined {
  return (
    sessionAt(RED, sessions, id) ??
    (node !== undefined && isSavedWith(RED, node, id) ? sessionUsedBy(RED, sessions, node) : undefined) ??
    (likely === undefined ? undefined : sessionAt(RED, sessions, likely))
  );
}

function sessionAt(RED: NodeAPI, sessions: Sessions, id: string): SessionHost | undefined {
  return sessions.get(id) ?? first(sessions, (host) => isOf(RED.nodes.getNode(host.id) as Instance | null, id));
}

function sessionUsedBy(RED: NodeAPI, sessions: Sessions, nodeId: string): SessionHost | undefined {
  return first(sessions, (host) => {
    const { users = {} } = (RED.nodes.getNode(host.id) as SessionNode | null) ?? {};
    return Object.values(users).some((user) => isOf(user, nodeId));
  });
}

const isOf = (node: Instance | null, id: string): boolean => node !== null && (node.id === id || node._alias === id);

/** The dialog may select a different session than the deployed one. */
function isSavedWith(RED: NodeAPI, nodeId: string, session: string): boolean {
  let saved = false;
  RED.nodes.eachNode((each) => {
    if (each.id === nodeId && (each as { session?: unknown }).session === session) saved = true;
  });
  return saved;
}

function first(sessions: Iterable<SessionHost>, fits: (host: SessionHost) => boolean): SessionHost | undefined {
  for (const host of sessions) if (fits(host)) return host;
  return undefined;
}
