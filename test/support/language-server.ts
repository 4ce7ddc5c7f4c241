/** TypeScript's language server, used like an editor does: JSON-RPC on standard input and output. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly items?: readonly unknown[] };
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

export class LanguageServer {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #pending = new Map<number, (answer: Message) => void>();
  #received = Buffer.alloc(0);
  #lastId = 0;

  private constructor(private readonly root: string) {
    const typescript = dirname(createRequire(join(root, 'package.json')).resolve('typescript/package.json'));
    this.#process = spawn(process.execPath, [join(typescript, 'bin', 'tsc'), '--lsp', '--stdio'], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#process.stdout.on('data', (bytes: Buffer) => this.#read(bytes));
  }

  /** @param root the folder of the project */
  static async start(root: string): Promise<LanguageServer> {
    const server = new LanguageServer(root);
    await server.#request('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(root).href,
      capabilities: {},
    });
    server.#send({ method: 'initialized', params: {} });
    return server;
  }

  /**
   * The completions offered by an editor.
   * @param file path below the root; it need not exist
   * @param text its content; `|` marks the cursor
   */
  async completions(file: string, text: string): Promise<readonly string[]> {
    const [before, after] = text.split('|') as [string, string];
    const uri = pathToFileURL(join(this.root, file)).href;
    const textDocument = { uri, languageId: 'typescript', version: 1, text: before + after };
    this.#send({ method: 'textDocument/didOpen', params: { textDocument } });
    const lines = before.split('\n');
    const position = { line: lines.length - 1, character: lines.at(-1)!.length };
    const result = await this.#request('textDocument/completion', { textDocument: { uri }, position });
    this.#send({ method: 'textDocument/didClose', params: { textDocument: { uri } } });
    const { items = [] } = (result ?? {}) as { items?: readonly { label: string }[] };
    return items.map(({ label }) => label);
  }

  stop(): Promise<void> {
    return new Promise((done) => {
      this.#process.once('close', () => done());
      this.#process.kill();
    });
  }

  async #request(method: string, params: object): Promise<unknown> {
    const id = ++this.#lastId;
    const answered = new Promise<Message>((resolve) => this.#pending.set(id, resolve));
    this.#send({ id, method, params });
    const { result, error } = await answered;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  #send(message: object): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.#process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.#process.stdin.write(body);
  }

  #read(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (;;) {
      const head = this.#received.indexOf('\r\n\r\n');
      if (head < 0) return;
      const start = head + 4;
      const end = start + Number(/Content-Length: (\d+)/i.exec(this.#received.toString('latin1', 0, head))?.[1]);
      if (this.#received.length < end) return;
      const message = JSON.parse(this.#received.toString('utf8', start, end)) as Message;
      this.#received = this.#received.subarray(end);
      this.#take(message);
    }
  }

  #take({ id, method, params, ...answer }: Message): void {
    if (id === undefined) return;
    // Requests of the server: its configuration, the registration of capabilities.
    if (method !== undefined) {
      this.#send({ id, result: params?.items?.map(() => null) ?? null });
      return;
    }
    this.#pending.get(id)?.(answer);
    this.#pending.delete(id);
  }
}
