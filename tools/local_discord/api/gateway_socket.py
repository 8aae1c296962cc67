"""One connection to the gateway: its protocol, compression and heartbeat."""

import asyncio
import json
import zlib
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tools.local_discord.model.clock import Clock
from tools.local_discord.state.gateway import Gateway, Session
from tools.local_discord.state.gateway_protocol import Close, Op

COMMANDS_LIMIT = 120
COMMANDS_SECONDS = 60.0
"""Seconds in which a client may send COMMANDS_LIMIT frames."""
CUT = 1006
"""The close code for a connection that ended without a close frame."""


@dataclass(slots=True)
class Socket:
    """A gateway connection, from the server's side."""

    gateway: Gateway
    clock: Clock
    heartbeat_seconds: float
    session: Session | None = None
    _web: web.WebSocketResponse = field(default_factory=lambda: web.WebSocketResponse(max_msg_size=4096 * 4))
    _out: "asyncio.Queue[str | bytes | int]" = field(default_factory=asyncio.Queue)
    _deflate: Any = None
    _silent: bool = False
    _received: "deque[float]" = field(default_factory=deque)
    _request: web.Request | None = None
    _code: int | None = None

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Serve a client until one of the two disconnects."""
        query = request.query
        self._request = request
        await self._web.prepare(request)
        if query.get("compress") == "zlib-stream":
            self._deflate = zlib.compressobj()
        elif "compress" in query:
            await self._web.close(code=Close.UNKNOWN_ERROR, message=b"only zlib-stream is spoken here")
            return self._web
        if query.get("v") != "10" or query.get("encoding") != "json":
            await self._web.close(code=Close.INVALID_VERSION)
            return self._web
        self.gateway.connections.append(self)
        writer = asyncio.create_task(self._write())
        self.control(Op.HELLO, {"heartbeat_interval": int(self.heartbeat_seconds * 1000), "_trace": []})
        try:
            async for message in self._web:
                if message.type is WSMsgType.TEXT:
                    self._read(message.data)
                else:
                    self.close(Close.DECODE_ERROR)
        finally:
            writer.cancel()
            self.gateway.disconnected(self, self._code or self._web.close_code)
        return self._web

    def send(self, frame: str | bytes) -> None:
        self._out.put_nowait(frame)

    def control(self, op: Op, data: Any) -> None:
        self.send(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    def close(self, code: int) -> None:
        self._code = code
        self._out.put_nowait(code)

    def silence(self) -> None:
        self._silent = True

    async def _write(self) -> None:
        while True:
            frame = await self._out.get()
            if self._silent:
                continue
            if isinstance(frame, int):
                await self._end(frame)
                return
            if isinstance(frame, bytes):
                await self._web.send_bytes(frame)
            elif self._deflate is None:
                await self._web.send_str(frame)
            else:
                packed = self._deflate.compress(frame.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
                await self._web.send_bytes(packed)

    async def _end(self, code: int) -> None:
        if code != CUT:
            await self._web.close(code=code)
        elif self._request is not None and self._request.transport is not None:
            self._request.transport.abort()

    def _read(self, text: str) -> None:
        if self._silent:
            return
        now = self.clock.seconds()
        self._received.append(now)
        while self._received[0] < now - COMMANDS_SECONDS:
            self._received.popleft()
        if len(self._received) > COMMANDS_LIMIT:
            self.close(Close.RATE_LIMITED)
            return
        try:
            frame = json.loads(text)
            op, data = Op(frame["op"]), frame.get("d")
        except (json.JSONDecodeError, KeyError, TypeError):
            self.close(Close.DECODE_ERROR)
            return
        except ValueError:
            self.close(Close.UNKNOWN_OPCODE)
            return
        self._obey(op, data)

    def _obey(self, op: Op, data: Any) -> None:
        if op is Op.HEARTBEAT:
            self.control(Op.HEARTBEAT_ACK, None)
        elif op in (Op.IDENTIFY, Op.RESUME):
            if self.session is not None:
                self.close(Close.ALREADY_AUTHENTICATED)
                return
            answer = (
                self.gateway.identify(data, self) if op is Op.IDENTIFY else self.gateway.resume(data, self)
            )
            if isinstance(answer, Session):
                self.session = answer
            elif answer is None:
                self.control(Op.INVALID_SESSION, data=False)
            else:
                self.close(answer)
        elif self.session is None:
            self.close(Close.NOT_AUTHENTICATED)
        elif op not in (Op.PRESENCE, Op.VOICE_STATE):
            self.close(Close.UNKNOWN_OPCODE)
