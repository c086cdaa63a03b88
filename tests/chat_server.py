"""A server on this machine that speaks the streaming protocol of OpenAI's chat completions, from a script."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Prompt = str


@dataclass(frozen=True)
class Reply:
    """What the server does with one request: streams ``pieces``, then ends well, hangs, or drops the connection."""

    pieces: Sequence[str] = ()
    status: int = 200
    finish: str | None = "stop"
    hangs: bool = False
    drops: bool = False
    refusal: str = ""


@dataclass
class ChatServer:
    """``script`` makes the reply from the text that the model is asked with; ``prompts`` are those texts."""

    url: str = ""
    script: Callable[[Prompt], Reply] = lambda _: Reply()
    prompts: list[Prompt] = field(default_factory=list)
    systems: list[Prompt] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def take(self, body: dict[str, Any]) -> Reply:
        system, prompt = (message["content"] for message in body["messages"])
        self.bodies.append(body)
        self.systems.append(system)
        self.prompts.append(prompt)
        return self.script(prompt)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has heard enough closes the connection: nothing to report."""


@contextmanager
def serving() -> Iterator[ChatServer]:
    """A server for as long as the block lasts."""
    chat = ChatServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            assert self.path == "/v1/chat/completions"
            reply = chat.take(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            if reply.status != 200:
                self._refuse(reply.status)
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for event in _events(reply):
                self._chunk(event)
            if reply.hangs:
                chat.released.wait()
            if reply.hangs or reply.drops:
                self.close_connection = True  # without the last chunk: the client sees a cut stream
                return
            self._chunk("data: [DONE]\n\n")
            self.wfile.write(b"0\r\n\r\n")

        def _refuse(self, status: int) -> None:
            key = self.headers["Authorization"].removeprefix("Bearer ")
            body = json.dumps({"error": {"message": f"No. Your key is {key}.", "type": "error", "code": None}}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _chunk(self, text: str) -> None:
            data = text.encode()
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the name of the base class
            pass

    server = _Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    chat.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield chat
    finally:
        chat.released.set()
        server.shutdown()
        server.server_close()


def _events(reply: Reply) -> Iterator[str]:
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
    deltas += [{"content": piece} for piece in reply.pieces]
    deltas += [{"refusal": reply.refusal}] if reply.refusal else []
    for delta in deltas:
        yield _event(delta, None)
    if reply.finish and not reply.hangs and not reply.drops:
        yield _event({}, reply.finish)


def _event(delta: dict[str, Any], finish: str | None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    event = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "scripted", "choices": [choice]}
    return f"data: {json.dumps(event)}\n\n"
