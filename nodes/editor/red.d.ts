/** The part of Node-RED's editor that these scripts use, and jQuery's widgets of it. */

interface EditorNode {
  id: string;
  type: string;
  name?: string;
  _: Translate;
  _def: { defaults: Record<string, unknown> };
  [property: string]: unknown;
}
/** A property of a subflow, or a variable of an instance, a group or a tab. */
interface EnvEntry {
  name: string;
  type: string;
  value: string;
}
type Translate = (key: string, values?: Record<string, unknown>) => string;

interface TypedInputType {
  value: string;
  label?: string;
  icon?: string;
  autoComplete?: (value: string, done: (found: Completion[]) => void) => void;
}
interface Completion {
  value: string;
  label: string | JQuery;
}

declare const RED: {
  _: Translate;
  nodes: {
    /** Missing values are null or undefined, depending on their kind. */
    node(id: string): EditorNode | null | undefined;
    group(id: string): EditorNode | null | undefined;
    subflow(id: string): EditorNode | null | undefined;
    workspace(id: string): EditorNode | null | undefined;
    filterNodes(filter: { type?: string }): EditorNode[];
    eachConfig(each: (node: EditorNode) => boolean | undefined): void;
  };
  comms: {
    subscribe(topic: string, listener: (topic: string, data: unknown) => void): void;
    unsubscribe(topic: string, listener: (topic: string, data: unknown) => void): void;
  };
  sidebar: {
    addTab(options: Record<string, unknown>): void;
    removeTab(id: string): void;
    show(id: string): void;
  };
  actions: { add(name: string, action: () => void): void; remove?(name: string): void };
  events: {
    on(event: string, listener: (data?: unknown) => void): void;
    off(event: string, listener: () => void): void;
  };
  utils: {
    getNodeLabel(node: EditorNode | null | undefined, otherwise: string): string;
    validateTypedProperty?(value: unknown, type: string, opt?: unknown): boolean | string;
  };
  notify(message: string, options?: string | Record<string, unknown>): void;
  user?: { hasPermission?(permission: string): boolean };
  ctios?: unknown;
  /** The engine of regular expressions, once it is loaded. */
  ctiosPatterns?: { compile(source: string): unknown };
  editor: { validateNode(node: EditorNode): boolean };
  view: { redraw(): void };
  ctiosSidebar?: { add(): void; remove(): void };
};

interface JQuery {
  typedInput(options: { types: (string | TypedInputType)[]; default?: string; typeField?: string | JQuery }): JQuery;
  typedInput(command: 'validate'): boolean;
  typedInput(command: 'value' | 'type'): string;
  typedInput(command: 'value' | 'type', value: string): JQuery;
  typedInput(command: 'types', types: (string | TypedInputType)[]): JQuery;
  typedInput(command: 'width', width: string): JQuery;
  editableList(options: Record<string, unknown>): JQuery;
  editableList(command: 'addItem', item: unknown): JQuery;
  editableList(command: 'items'): JQuery;
  editableList(command: 'empty' | 'height', value?: unknown): JQuery;
  autoComplete(options: {
    search: (value: string, done: (found: Completion[]) => void) => void;
    minLength?: number;
  }): JQuery;
  i18n(): JQuery;
}
