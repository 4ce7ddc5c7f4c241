/** What the examples with a page have in common: how it is served. */
import { readPage } from '../pages/read.js';
import type { Flow } from './flow.js';

/** Serves a page, as every example with one does. */
export function page(flow: Flow, path: string, line: number, html: string, says: string): void {
  const open = flow.node('http in', 'the page', [0, line + 1], { url: `/${path}` });
  const content = flow.node('template', 'what is seen', [1.1, line + 1], { template: readPage(html) });
  const show = flow.node('http response', 'page', [2.2, line + 1], {
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
  flow.chain(open, content, show);
  flow.group('The page', '#b45309', [flow.comment(says, [0.4, line]), open, content, show]);
}
