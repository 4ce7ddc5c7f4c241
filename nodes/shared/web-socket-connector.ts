/** The way to a `ctios-server` over the network: each message of the border between the tiers is one JSON text frame. */
import type { ConnectionOptions } from 'node:tls';
import { WebSocket } from 'ws';
import type { Connector, ServerMessage, Transport } from '../../src/ctios/index.js';

/** A snapshot of a large contact center comes as many messages; none of them is larger than this, in bytes. */
const MAX_MESSAGE = 16 * 1024 * 1024;

/** @param tls for `wss:` URLs: certificates and the like, as Node's `tls.connect` takes them */
export function webSocketConnector(url: string, tls: ConnectionOptions = {}): Connector {
  return {
    name: url,
    connect(opened, failed) {
      let settled = false;
      const socket = new WebSocket(url, { ...tls, maxPayload: MAX_MESSAGE, perMessageDeflate: false });
      const fail = (error: Error): void => {
        if (settled) return;
        settled = true;
        failed(error);
      };
      // Attached for good: an 'error' nobody listens to would end the process.
      socket.on('error', fail);
      socket.on('close', () => fail(new Error(`${url} closed the connection`)));
      socket.on('open', () => {
        if (settled) return;
        settled = true;
        opened(transportOver(socket));
      });
      return () => {
        settled = true;
        socket.terminate();
      };
    },
  };
}

function transportOver(socket: WebSocket): Transport {
  let problem: Error | undefined;
  const transport: Transport = {
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    close: () => socket.close(),
    onMessage: () => {},
    onClosed: () => {},
  };
  socket.on('message', (data, isBinary) => {
    try {
      if (isBinary) throw new Error('a binary frame');
      transport.onMessage(JSON.parse(String(data)) as ServerMessage);
    } catch (error) {
      problem = error instanceof Error ? error : new Error(String(error));
      socket.terminate();
    }
  });
  socket.on('error', (error) => {
    problem = error;
  });
  socket.on('close', () => transport.onClosed(problem));
  return transport;
}
