/**
 * The example message of a node's help: defined once, in `example.json` beside the node, with texts in each language.
 */
import { existsSync, readFileSync } from 'node:fs';

const WORDS = {
  'en-US': ['Example', 'In the dialog:', 'A message that arrives:', 'A message that is sent:'],
  de: ['Beispiel', 'Im Dialog:', 'Eine Nachricht, die ankommt:', 'Eine Nachricht, die gesendet wird:'],
  ja: ['例', 'ダイアログの設定:', '受け取るメッセージ:', '送り出すメッセージ:'],
};

/** @returns Markdown, or nothing for a node without messages */
export function exampleOf(file, language) {
  if (!existsSync(file)) return '';
  const { dialog, in: arrives, out } = JSON.parse(readFileSync(file, 'utf8'));
  const [heading, ...words] = WORDS[language];
  const parts = [dialog, arrives, out].flatMap((value, index) =>
    value === undefined ? [] : [`${words[index]}\n\n\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``],
  );
  return `### ${heading}\n\n${parts.join('\n\n')}`;
}
