/**
 * The session selected in a dialog: a config node, or an environment variable for one. The value of a variable is known
 * only where the flow runs; the editor evaluates the properties of subflows, groups and tabs, so that a dialog knows as
 * much as possible before a deploy.
 */

/**
 * What is known of a session from its saved settings, which win over the running ones, because they will be deployed.
 */
export interface SessionFacts {
  readonly mode: string;
  readonly simulated: boolean;
}

const TYPE = 'ctios-session';
/** Limit for nested subflows: a variable that refers to itself must not cause an endless loop. */
const MAX_STEPS = 20;

let edited: EditorNode | undefined;

/** The dialog of a node opens: its session is used from now on. */
export function beginDialog(node: EditorNode): void {
  edited = node;
  keepChoice(String(node.session ?? ''));
}

/** The session selected in the open dialog, as written: an id or `${NAME}`. */
export const chosenSession = (): string => String($('#node-input-session').val() ?? '');

/** What helps the runtime to find the session if the node runs, perhaps several times, in a subflow. */
export function sessionHints(id: string): { node?: string; session?: string } {
  const session = edited === undefined ? undefined : sessionNode(id, edited)?.id;
  return {
    ...(edited === undefined ? {} : { node: edited.id }),
    ...(session === undefined || session === id ? {} : { session }),
  };
}

/** Calls back with what is known of the session, now and whenever another is selected. */
export function followSession(told: (state: SessionFacts | undefined) => void): void {
  const look = (): void => {
    const found = edited === undefined ? undefined : sessionNode(chosenSession(), edited);
    told(found && { mode: String(found.mode ?? 'monitor'), simulated: (found.connect ?? 'simulator') === 'simulator' });
  };
  $('#node-input-session').on('change', look);
  look();
}

/**
 * The editor's list contains the sessions that it knows, and selects a different one if the saved one is not among
 * them: a variable, or a session that was deleted or belongs to another tab. Saving the dialog must not store that
 * selection.
 */
function keepChoice(id: string): void {
  const select = $('#node-input-session');
  if (id === '' || !select.is('select')) return;
  const offered = select.find('option').filter((_, option) => (option as HTMLOptionElement).value === id);
  if (offered.length === 0) select.append($('<option>').val(id).text(id));
  select.val(id);
}

function sessionNode(id: string, from: EditorNode): EditorNode | undefined {
  const name = variableIn(id);
  const found = RED.nodes.node(name === undefined ? id : (variableOf(name, from, MAX_STEPS) ?? ''));
  return found?.type === TYPE ? found : undefined;
}

/** `${NAME}`, the whole of it, as the runtime takes it. */
const variableIn = (text: string): string | undefined => /^\$\{([^}]+)\}$/.exec(text.trim())?.[1];

/**
 * The value of a variable for a node: from its group, its tab or subflow, the first instance of the subflow, or global.
 */
function variableOf(name: string, { g, z }: EditorNode, steps: number): string | undefined {
  if (steps === 0) return undefined;
  const follow = (entry: EnvEntry | undefined, at: EditorNode): string | undefined => {
    if (entry === undefined) return undefined;
    const next = entry.type === 'env' ? entry.value : variableIn(String(entry.value));
    return next === undefined ? String(entry.value) : variableOf(next, at, steps - 1);
  };
  const group = typeof g === 'string' ? RED.nodes.group(g) : undefined;
  if (group) return follow(entryIn(group, name), group) ?? variableOf(name, group, steps - 1);
  const subflow = typeof z === 'string' ? RED.nodes.subflow(z) : undefined;
  if (subflow) {
    const [instance] = RED.nodes.filterNodes({ type: `subflow:${subflow.id}` });
    if (instance === undefined) return follow(entryIn(subflow, name), subflow);
    return follow(entryIn(instance, name) ?? entryIn(subflow, name), instance) ?? variableOf(name, instance, steps - 1);
  }
  const tab = typeof z === 'string' ? RED.nodes.workspace(z) : undefined;
  if (tab)
    return (
      follow(entryIn(tab, name), { ...tab, z: undefined }) ?? variableOf(name, { ...tab, z: undefined }, steps - 1)
    );
  let everywhere: EditorNode | undefined;
  RED.nodes.eachConfig((config) => {
    if (config.type === 'global-config') everywhere = config;
    return undefined;
  });
  return everywhere === undefined ? undefined : follow(entryIn(everywhere, name), { ...everywhere, z: undefined });
}

function entryIn({ env }: EditorNode, name: string): EnvEntry | undefined {
  return Array.isArray(env) ? (env as EnvEntry[]).find((entry) => entry.name === name) : undefined;
}
