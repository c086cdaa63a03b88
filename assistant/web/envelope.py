"""What surrounds every response: security headers, and a page head that is ours instead of Gradio's.

A reply in HTML is held back until it is whole, because its content security policy names its inline scripts by
their hash. So nothing that a document might smuggle into a page can run, even if its escaping failed.
"""

import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Dress = Callable[[str, Headers], str]

_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
_COMMON_POLICY = "default-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
_STATIC_POLICY = f"{_COMMON_POLICY}; style-src 'self'; img-src 'self' data:"
# Gradio compiles its templates with Function() and sets styles from scripts.
_GRADIO_POLICY = (
    f"{_COMMON_POLICY}; connect-src 'self'; font-src 'self' data:; img-src 'self' data: blob:; "
    "manifest-src 'self'; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; "
    "script-src 'self' 'unsafe-eval'"
)
_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}


class Envelope:
    """An ASGI middleware that sets the headers and passes every HTML page through ``dress``."""

    def __init__(self, app: ASGIApp, dress: Dress) -> None:
        self._app = app
        self._dress = dress

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if "text/html" in headers.get("accept", ""):  # a page is read here, so it must not arrive compressed
            plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            scope = {**scope, "headers": plain}
        await self._app(scope, receive, _Reply(send, lambda page: self._dress(page, headers)))


class _Reply:
    """Sends one response on, held back while it is an HTML page."""

    def __init__(self, send: Send, dress: Callable[[str], str]) -> None:
        self._send = send
        self._dress = dress
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            if headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers:
                self._start = message
                return
            headers["Content-Security-Policy"] = _STATIC_POLICY
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page(self._start)
            return
        await self._send(message)

    async def _send_page(self, start: Message) -> None:
        page = self._dress(self._body.decode())
        body = page.encode()
        headers = MutableHeaders(scope=start)
        headers["Content-Security-Policy"] = content_security_policy(page)
        headers["Cache-Control"] = "no-cache"  # a document withdrawn is a page withdrawn
        if self._body:  # the answer to a HEAD request has a length, but no body
            headers["Content-Length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def content_security_policy(page: str) -> str:
    """Write the strictest policy that lets this page work."""
    if "<script" not in page:
        return _STATIC_POLICY
    hashes = {b64encode(sha256(script.encode()).digest()).decode() for script in _INLINE_SCRIPT.findall(page)}
    return " ".join([_GRADIO_POLICY, *(f"'sha256-{digest}'" for digest in sorted(hashes))])


def dress_gradio(page: str, *, language: str, description: str, head: str) -> str:
    """Give Gradio's page our language, description and ``head`` (HTML), and drop its own social-media cards."""
    if "gradio_config" not in page:
        return page
    page = re.sub(r"<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>\s*", "", page)
    page = re.sub(r"<link rel=\"manifest\"[^>]*>\s*", "", page)
    page = re.sub(r"<html\s+lang=\"\w+\"", f'<html lang="{language}"', page, count=1)
    return page.replace("</head>", f'<meta name="description" content="{description}">{head}</head>', 1)
