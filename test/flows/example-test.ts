/** What a flow test of an example is: it runs with the example as it is, and with each of its mutants. */
import { exampleFiles, readExample } from '../../scripts/examples/files.js';
import { type FlowTest, type FlowTestOptions, openFlow, type SavedNode } from '../../src/testing/index.js';

/** Opens the example; one that is open is closed before. */
export type OpenExample = (options?: Omit<FlowTestOptions, 'flow' | 'file'>) => Promise<FlowTest>;

export interface ExampleTest {
  /** The name of its file below `examples/`, without the extension. */
  readonly example: string;
  /** What it does, by what is tested: each part opens the example anew. */
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
