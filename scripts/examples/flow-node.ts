/** A node as it stands in a flow file. */
export type Properties = Record<string, unknown>;

export interface FlowNode extends Properties {
  id: string;
  type: string;
  name?: string;
  z?: string;
  x?: number;
  y?: number;
  wires?: string[][];
  g?: string;
}

/** The position of a node: column and line of the grid, from 0; halves are allowed. */
export type Place = readonly [column: number, line: number];
