/** Accessibility checks with axe-core in the page itself: WCAG 2.2 levels A and AA. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export interface AxeOptions {
  /** Selector of the part to check. Default: the whole page. */
  within?: string;
  /** Selectors of parts that do not belong to this pack. */
  without?: readonly string[];
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

/**
 * @returns each violation, as "color-contrast at .ctios-note: Element has insufficient color contrast …"; empty if
 * there are none
 */
export async function axeViolations(page: Page, { within, without = [] }: AxeOptions = {}): Promise<string[]> {
  if (!(await page.evaluate('typeof axe === "object"'))) await page.evaluate(AXE);
  const context = {
    include: [[within ?? 'html']],
    ...(without.length > 0 && { exclude: without.map((selector) => [selector]) }),
  };
  const options = { runOnly: { type: 'tag', values: STANDARDS }, resultTypes: ['violations'] };
  const { violations } = (await page.evaluate(`axe.run(${JSON.stringify(context)}, ${JSON.stringify(options)})`)) as {
    violations: readonly Violation[];
  };
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary = '' }) => `${id} at ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`,
    ),
  );
}
