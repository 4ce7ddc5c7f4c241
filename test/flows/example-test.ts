/** A flow test of an example. It runs with the example itself, and with each of its mutants. */
import { exampleFiles, readExample } from '../../scripts/examples/files.js';
import { type FlowTest, type FlowTestOptions, openFlow, type SavedNode } from '../../src/testing/index.js';

/** Opens the example, after closing one that is open. */
export type OpenExample = (options?: Omit<FlowTestOptions, 'flow' | 'file'>) => Promise<FlowTest>;

export interface ExampleTest {
  /** The name of its file below `examples/`, without the extension. */
  readonly example: string;
  /** The parts of the test, by the tested behavior. Each part opens the example again. */
  readonly does: Readonly<Record<string, (open: OpenExample) => Promise<void>>>;
}

export function exampleNames(): string[] {
  return exampleFiles();
}

export function flowOf(example: string): SavedNode[] {
  return readExample(example) as unknown as SavedNode[];
}

/** Runs one part with a flow: the example, or a mutant of it. */
export async function runPart(flow: readonly SavedNode[], part: (open: OpenExample) => Promise<void>): Promise<void> {
  let current: FlowTest | undefined;
  const open: OpenExample = async (options = {}) => {
    await current?.close();
    const nodeRed = process.env.NODE_RED;
    current = await openFlow({ ...options, flow, ...(nodeRed !== undefined && { nodeRed }) });
    return current;
  };
  try {
    await part(open);
  } finally {
    await current?.close();
  }
}
