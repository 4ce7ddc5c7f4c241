"""A client of ctios-server in Python 3, with the standard library only. Written from docs/reference/ctios-protocol.md."""

import base64
import hashlib
import json
import os
import socket
import struct
from collections import deque
from urllib.parse import urlsplit


class Closed(Exception):
    """The connection has ended; `code` is the WebSocket's."""

    def __init__(self, code):
        super().__init__(f"closed with {code}")
        self.code = code


class WebSocket:
    """What of RFC 6455 the protocol needs: text frames, ping, close."""

    MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    TEXT, CLOSE, PING, PONG = 1, 8, 9, 10

    def __init__(self, url, timeout):
        at = urlsplit(url)
        self._socket = socket.create_connection((at.hostname, at.port or 42028), timeout)
        self._received = b""
        key = base64.b64encode(os.urandom(16)).decode()
        self._socket.sendall(
            (
                f"GET {at.path or '/'} HTTP/1.1\r\nHost: {at.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
            ).encode()
        )
        while b"\r\n\r\n" not in self._received:
            self._more()
        head, self._received = self._received.split(b"\r\n\r\n", 1)
        accept = base64.b64encode(hashlib.sha1((key + self.MAGIC).encode()).digest())
        if b" 101 " not in head.split(b"\r\n")[0] or accept not in head:
            raise ConnectionError(head.decode("latin-1"))

    def send(self, text):
        self._frame(self.TEXT, text.encode())

    def receive(self):
        """The next text. Raises Closed at the end, TimeoutError if nothing comes in time."""
        while True:
            opcode, data = self._read_frame()
            if opcode == self.TEXT:
                return data.decode()
            if opcode == self.PING:
                self._frame(self.PONG, data)
            elif opcode == self.CLOSE:
                raise Closed(struct.unpack(">H", data[:2])[0] if len(data) >= 2 else 1005)

    def close(self):
        try:
            self._frame(self.CLOSE, struct.pack(">H", 1000))
        finally:
            self._socket.close()

    def _frame(self, opcode, data):
        size = len(data)
        if size < 126:
            head = struct.pack(">BB", 0x80 | opcode, 0x80 | size)
        elif size < 65536:
            head = struct.pack(">BBH", 0x80 | opcode, 0x80 | 126, size)
        else:
            head = struct.pack(">BBQ", 0x80 | opcode, 0x80 | 127, size)
        mask = os.urandom(4)
        self._socket.sendall(head + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(data)))

    def _read_frame(self):
        first, second = self._take(2)
        size = second & 0x7F
        if size == 126:
            (size,) = struct.unpack(">H", self._take(2))
        elif size == 127:
            (size,) = struct.unpack(">Q", self._take(8))
        return first & 0x0F, self._take(size)

    def _take(self, count):
        while len(self._received) < count:
            self._more()
        taken, self._received = self._received[:count], self._received[count:]
        return taken

    def _more(self):
        data = self._socket.recv(65536)
        if not data:
            raise Closed(1006)
        self._received += data


class Client:
    """One connection. Messages are read when something is waited for; those that are passed over stay in `events`."""

    def __init__(self, url, name="python", timeout=30.0):
        self._web_socket = WebSocket(url, timeout)
        self._name = name
        self._next_id = 1
        self._done = {}
        self._unread = deque()
        #: Whether heartbeats of the server are answered.
        self.answers = True
        self.heartbeats = []
        self.link = None
        self.closing = None

    def hello(self, version=1):
        """The answer: `welcome` or `refused`."""
        self.send({"kind": "hello", "version": version, "client": self._name})
        while True:
            message = self._receive()
            if message["kind"] in ("welcome", "refused"):
                return message

    def request(self, request, target=None, args=None, **more):
        """Sends a request and returns its `done`; events that come before it can still be waited for."""
        number, self._next_id = self._next_id, self._next_id + 1
        message = {"kind": "request", "id": number, "request": request, "args": args or {}, **more}
        if target is not None:
            message["target"] = target
        self.send(message)
        while number not in self._done:
            self._read()
        return self._done.pop(number)

    def event(self, name, **args):
        """The next event of that name with these arguments; those before it are dropped."""
        while True:
            while self._unread:
                event = self._unread.popleft()
                if event["event"] == name and all(event["args"].get(key) == value for key, value in args.items()):
                    return event
            self._read()

    def events(self):
        """The events that have come and were not waited for."""
        taken = list(self._unread)
        self._unread.clear()
        return taken

    def wait(self, until):
        while not until():
            self._read()

    def bye(self):
        self.send({"kind": "bye"})
        self._web_socket.close()

    def send(self, message):
        self._web_socket.send(json.dumps(message))

    def _receive(self):
        return json.loads(self._web_socket.receive())

    def _read(self):
        message = self._receive()
        kind = message["kind"]
        if kind == "event":
            self._unread.append(message)
        elif kind == "done":
            self._done[message["id"]] = message
        elif kind == "link":
            self.link = message["link"]
        elif kind == "heartbeat":
            self.heartbeats.append(message["id"])
            # Its own come back with an id from 1; the server's count down and want to be returned.
            if message["id"] < 0 and self.answers:
                self.send(message)
        elif kind == "closing":
            self.closing = message
        # Any other kind is of a later version and is ignored.
