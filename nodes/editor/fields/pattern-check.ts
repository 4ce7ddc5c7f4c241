/**
 * Checks a regular expression with the engine of the runtime, because expressions of the browser are not the same. The
 * engine is large: it is loaded with the first expression, and until then every expression counts as valid.
 */

/** The version of the pack, inserted by the build. */
declare const VERSION: string;

/** Dialogs and nodes to check again. */
const waiting = new Set<() => void>();
let loading = false;

/** @returns the error of an expression */
export function patternProblem(source: string): string | undefined {
  const engine = RED.ctiosPatterns;
  if (engine === undefined) {
    load();
    return undefined;
  }
  try {
    engine.compile(source);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^error parsing regexp: /, '');
  }
}

/** Runs when the engine has arrived; not at all if it is there already. */
export function whenPatternsCome(check: () => void): void {
  if (RED.ctiosPatterns === undefined) waiting.add(check);
}

function load(): void {
  if (loading) return;
  loading = true;
  void $.ajax({
    url: `resources/@openctios/node-red-ctios/ctios-patterns.js?v=${VERSION}`,
    dataType: 'script',
    cache: true,
  }).done(() => {
    for (const check of waiting) check();
    waiting.clear();
    checkNodes();
  });
}

/** Nodes were checked when the flows were loaded. */
function checkNodes(): void {
  for (const type of [
    'ctios-call-events',
    'ctios-agent-events',
    'ctios-events',
    'ctios-query',
    'ctios-wait',
    'ctios-watch',
  ]) {
    for (const node of RED.nodes.filterNodes({ type })) RED.editor.validateNode(node);
  }
  RED.view.redraw();
}
