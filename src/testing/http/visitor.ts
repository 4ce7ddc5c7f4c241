/** A simulated browser in a flow test: opens pages and connections of the flow. */
import { request, type Server } from 'node:http';
import { WebSocket } from 'ws';
import { PORT } from '../node-red.js';
import type { FlowAnswer, VisitorRequest } from '../pages.js';
import type { Network } from './network.js';

const HOST = `127.0.0.1:${PORT}`;

export class Visitor {
  constructor(
    private readonly network: Network,
    private readonly server: Server,
  ) {}

  fetch(path: string, { method, headers, body }: VisitorRequest): Promise<FlowAnswer> {
    const isText = typeof body === 'string';
    const text = body === undefined || isText ? body : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const asked = request(
        {
          path,
          method: method ?? (body === undefined ? 'GET' : 'POST'),
          headers: {
            host: HOST,
            ...(text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) }),
            ...(body === undefined || isText ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          createConnection: () => this.network.connect(this.server),
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', reject);
          response.on('end', () => {
            const said = Buffer.concat(parts).toString('utf8');
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: parsed(said) });
          });
        },
      );
      asked.on('error', reject);
      asked.end(text);
    });
  }

  open(path: string, received: (data: unknown) => void): WebSocket {
    const socket = new WebSocket(`ws://${HOST}${path}`, { createConnection: () => this.network.connect(this.server) });
    socket.on('message', (data) => received(parsed(String(data))));
    socket.on('error', () => {});
    return socket;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
