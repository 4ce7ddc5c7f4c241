/** A faulty CTI Server: a simulated one behind a proxy that modifies its messages, or a completely different server. */

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { decode, encode, FrameReader, type Message, type MessageInit } from '../../src/ged188/index.js';

/** The result of modifying a message of the server: other messages, bytes, or nothing. */
export type Tamper = (
  message: Message,
  later: (bytes: Buffer, ms: number) => void,
) => readonly (MessageInit | Buffer)[] | undefined;

const servers = new Set<Server>();
const sockets = new Set<Socket>();

/** Stops everything that was started here. */
export function stopAll(): void {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
  sockets.clear();
  servers.clear();
}

export async function listen(connected: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    connected(socket);
  });
  servers.add(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return (server.address() as AddressInfo).port;
}

/** @returns the port of the proxy */
export function tampered(port: number, tamper: Tamper): Promise<number> {
  return listen((near) => {
    const far = connect(port, '127.0.0.1');
    sockets.add(far);
    far.on('error', () => {});
    let version = 25;
    const requests = new FrameReader({
      onFrame: (frame) => {
        if (frame.readUInt32BE(4) === 3) version = frame.readUInt32BE(12);
      },
    });
    const answers = new FrameReader({
      onFrame: (frame) => {
        const copy = Buffer.from(frame);
        const later = (bytes: Buffer, ms: number) => void setTimeout(() => near.write(bytes), ms);
        const changed = tamper(decode(copy, version), later);
        if (changed === undefined) near.write(copy);
        else for (const each of changed) near.write(Buffer.isBuffer(each) ? each : encode(each, version));
      },
    });
    near.on('data', (bytes: Buffer) => {
      requests.push(bytes);
      far.write(bytes);
    });
    far.on('data', (bytes: Buffer) => answers.push(bytes));
    near.on('close', () => far.destroy());
    far.on('close', () => near.end());
  });
}

/** A CTI Server of Unified CCX according to its guide, as far as the doctor needs it. */
export function ccxServer(): Promise<number> {
  return listen((socket) => {
    let version = 18;
    const reader = new FrameReader({
      onFrame: (frame) => {
        if (frame.readUInt32BE(4) === 3) version = frame.readUInt32BE(12);
        const message = decode(frame, version);
        if (message.type === 'OPEN_REQ') {
          const refuse = (Status: number) =>
            socket.end(encode({ type: 'FAILURE_CONF', InvokeID: message.InvokeID, Status }, version));
          if (message.VersionNumber > 18) refuse(1);
          else if (message.PeripheralID !== 0) refuse(7);
          else {
            socket.write(
              encode(
                {
                  type: 'OPEN_CONF',
                  InvokeID: message.InvokeID,
                  ServicesGranted: 0x16,
                  PGStatus: 0x400,
                  ICMCentralControllerTime: Math.floor(Date.now() / 1_000),
                  PeripheralOnline: true,
                  PeripheralType: 21,
                },
                version,
              ),
            );
          }
        } else if (message.type === 'HEARTBEAT_REQ')
          socket.write(encode({ type: 'HEARTBEAT_CONF', InvokeID: message.InvokeID }, version));
        else if (message.type === 'CLOSE_REQ')
          socket.write(encode({ type: 'CLOSE_CONF', InvokeID: message.InvokeID }, version));
      },
    });
    socket.on('data', (bytes: Buffer) => reader.push(bytes));
  });
}
