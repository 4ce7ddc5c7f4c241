/** Example 1 at a site with real-site quirks: the card shows the correct customer for every caller. */
import { strict as assert } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { callers } from '../../src/simulator/model/site/callers.js';
import { type FlowNode, NodeRedProcess, ROOT, temporaryDirectory } from '../support/node-red-process.js';
import { openBrowser } from './browser.js';

/**
 * The number of cards to check: with the record of a customer, and for callers with a withheld or unknown number or
 * several records.
 */
const WANTED = { records: 8, others: 1 };

interface Card {
  name: string;
  /** Several customers have the number, so the agent must choose. */
  choice: boolean;
  /** The customer in the CRM with that number. */
  record: string | undefined;
  /** The customer entered by the caller, in the call's data. */
  entered: string | undefined;
}

describe('example 1 at a real site', function () {
  this.timeout(60_000);
  let browser: Browser;
  let nodeRed: NodeRedProcess;

  before(async function () {
    browser = await openBrowser(this);
    const userDir = temporaryDirectory();
    const file = join(ROOT, 'examples', '01 screen pop.json');
    const flows = (JSON.parse(readFileSync(file, 'utf8')) as FlowNode[]).map((node) =>
      node.type === 'ctios-session' ? { ...node, profile: 'real-site', traffic: 'rush', seed: 5 } : node,
    );
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flows));
    nodeRed = await NodeRedProcess.start({ userDir });
  });
  after(async () => {
    await browser?.close();
    await nodeRed?.stop();
  });

  it('shows the correct customer on every card', async () => {
    const page = await browser.newPage();
    await page.goto(nodeRed.at('screen-pop'));
    await page.getByLabel('Follow new calls').uncheck();
    const seen = new Map<string, Card>();
    const enough = () => {
      const cards = [...seen.values()];
      const records = cards.filter(({ record }) => record !== undefined).length;
      return records >= WANTED.records && cards.length - records >= WANTED.others;
    };
    while (!enough()) {
      const keys = await page.evaluate(
        '[...document.querySelectorAll("#list button")].map((each) => each.dataset.key)',
      );
      const fresh = (keys as string[]).find((key) => !seen.has(key));
      if (fresh === undefined) {
        await page.waitForFunction(
          `[...document.querySelectorAll('#list button')].some((each) => !${JSON.stringify([...seen.keys()])}.includes(each.dataset.key))`,
        );
        continue;
      }
      const card = await look(page, fresh);
      if (card !== undefined) seen.set(fresh, card);
    }
    for (const [key, { name, choice, record, entered }] of seen) {
      const caller = callers.find(({ account }) => account !== undefined && account === entered);
      if (record !== undefined) {
        assert.equal(record, entered, `${key}: the record is that of the caller`);
        assert.ok(caller!.name.includes(name.split(' ')[0]!), `${key}: ${name} is ${caller!.name}`);
      } else assert.equal(choice, caller !== undefined, `${key}: ${caller?.name} is found, and no other is`);
    }
  });

  it('shows the cards of one agent, and none of an agent with the same ID on another peripheral', async () => {
    const page = await browser.newPage();
    await page.goto(nodeRed.at('screen-pop'));
    const chosen = await page.waitForFunction(CHOOSE_TWINS);
    for (const { label, agent, keys } of (await chosen.jsonValue()) as Chosen[]) {
      assert.ok(keys.length > 0);
      for (const key of keys) assert.ok(key.includes(`/${agent}/`), `${key} is a card of ${agent}`);
      assert.match(label, new RegExp(`peripheral ${agent.split('.')[0]}`));
    }
    const id = ((await chosen.jsonValue()) as Chosen[])[0]!.agent.split('.')[1]!;
    const both = await browser.newPage();
    await both.goto(`${nodeRed.at('screen-pop')}?agent=${id}`);
    await both.waitForFunction(`document.querySelectorAll('#list button').length > 0`);
    const keys = (await both.evaluate(
      "[...document.querySelectorAll('#list button')].map((each) => each.dataset.key)",
    )) as string[];
    assert.ok(keys.every((key) => key.split('/')[1]!.endsWith(`.${id}`)));
  });
});

interface Chosen {
  agent: string;
  label: string;
  /** The keys of the remaining cards. */
  keys: string[];
}

/**
 * Runs in the page, atomically, because calls come and go: selects one agent, then the one with the same ID on the
 * other peripheral.
 */
const CHOOSE_TWINS = `(() => {
  const select = document.querySelector('#agent');
  const agents = [...select.options].map((option) => option.value).filter((value) => value.includes('.'));
  const twins = agents.map((one) => agents.filter((other) => other.split('.')[1] === one.split('.')[1])).find((each) => each.length === 2);
  return twins && twins.map((agent) => {
    select.value = agent;
    select.dispatchEvent(new Event('change'));
    return {
      agent,
      label: select.selectedOptions[0].text,
      keys: [...document.querySelectorAll('#list button')].map((each) => each.dataset.key),
    };
  });
})()`;

/** The content of a card; undefined while its record is looked up, or after it has left the list. */
async function look(page: Page, key: string): Promise<Card | undefined> {
  return (await page.evaluate(
    `((key) => {
      const button = [...document.querySelectorAll('#list button')].find((each) => each.dataset.key === key);
      if (!button) return undefined;
      button.click();
      const article = document.querySelector('#detail article');
      const note = article.querySelector('.note')?.textContent ?? '';
      if (/Looking up/.test(note)) return undefined;
      const accounts = [...article.querySelectorAll('dt')].filter((dt) => dt.textContent === 'Account');
      const valueIn = (title) => accounts.find((dt) => dt.closest('dl').previousElementSibling.textContent === title)?.nextElementSibling.textContent;
      return {
        name: article.querySelector('.name').firstChild.textContent,
        choice: article.querySelector('.choice') !== null,
        record: valueIn('Record'),
        entered: valueIn('Call variables'),
      };
    })(${JSON.stringify(key)})`,
  )) as Card | undefined;
}
