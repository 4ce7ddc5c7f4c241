/** Compares the cookbook with its recipes: each has a section that names its flow by the label of its tab. */
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COOKBOOK } from '../../scripts/examples/cookbook/catalog.js';
import { RECIPES } from '../../scripts/examples/cookbook/index.js';

const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'how-to', 'cookbook.md'), 'utf8');
/** Lines may be wrapped anywhere. */
const inOneLine = (text: string): string => text.replace(/\s+/g, ' ');
const sections = page.split(/^## /m).slice(1).map(inOneLine);

describe('the cookbook', () => {
  for (const { label, says, change } of Object.values(COOKBOOK))
    it(`has a section about ${label}, with the settings to change`, () => {
      const [section, second] = sections.filter((each) => each.includes(`*cookbook > ${label}*`));
      assert.ok(section !== undefined, 'a section names the flow');
      assert.equal(second, undefined, 'only one does');
      assert.ok(section.includes(inOneLine(says)), says);
      assert.ok(section.includes(inOneLine(`**For your site:** ${change}`)), change);
    });

  it('names only existing flows, each of which is a recipe', () => {
    const labels = Object.values(COOKBOOK).map(({ label }) => label);
    assert.deepEqual(
      [...page.matchAll(/\*cookbook > ([^*]+)\*/g)].map(([, label]) => label),
      labels,
    );
    assert.deepEqual(
      RECIPES.map((make) => make().label),
      labels,
    );
  });
});
