"""A store that answers as a test says, to see what becomes of answers that no store should give."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ROWS = "application/sparql-results+json"
ONE_ROW = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"1"}}]}}'
Reply = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers as the test says and remembers what it was asked."""

    reply: Reply
    seen: list[tuple[str, str, dict[str, str], bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.seen.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        type(self).reply(self)

    do_GET = do_HEAD = do_PUT = do_POST  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""

    def answer(self, status: int, body: bytes = b"", media: str = "text/plain", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", headers.pop("length", str(len(body))))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(reply: Reply) -> Iterator[tuple[str, type[Handler]]]:
    handler = type("Served", (Handler,), {"reply": staticmethod(reply), "seen": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/query", handler
    finally:
        server.shutdown()
        server.server_close()
