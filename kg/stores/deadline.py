"""An HTTP exchange that ends by its deadline: finding the host, connecting, and slow headers included."""

import socket
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from threading import Thread
from typing import Any, TypeVar
from urllib.request import HTTPErrorProcessor, HTTPHandler, HTTPSHandler, OpenerDirector, Request, build_opener

Result = TypeVar("Result")


class _AsItIs(HTTPErrorProcessor):
    """A handler that accepts every status as an answer: credentials and updates must not follow a redirect."""

    def http_response(self, request: Request, response: HTTPResponse) -> HTTPResponse:
        """Return the answer unchanged."""
        return response

    https_response = http_response


class Exchange:
    """One exchange; its connection can be cut from another thread."""

    def __init__(self) -> None:
        """Begin without a connection."""
        self._connections: list[HTTPConnection] = []

    def opener(self) -> OpenerDirector:
        """Return an opener whose connections this exchange can cut, and which follows no redirect."""
        exchange = self

        class Plain(HTTPHandler):
            def http_open(self, request: Request) -> HTTPResponse:
                return self.do_open(exchange._connect(HTTPConnection), request)

        class Secure(HTTPSHandler):
            def https_open(self, request: Request) -> HTTPResponse:
                return self.do_open(exchange._connect(HTTPSConnection), request)

        return build_opener(Plain, Secure, _AsItIs)

    def _connect(self, kind: type[HTTPConnection]) -> Callable[..., HTTPConnection]:
        def make(*place: Any, **settings: Any) -> HTTPConnection:
            self._connections.append(kind(*place, **settings))
            return self._connections[-1]

        return make

    def cut(self) -> None:
        """Close the connection at once; whoever reads from it sees its end."""
        for connection in self._connections:
            if connection.sock is not None:
                with suppress(OSError):
                    connection.sock.shutdown(socket.SHUT_RDWR)

    def within(self, seconds: float, work: Callable[[], Result]) -> Result:
        """Return what `work` returns, or raise what it raises. Raises TimeoutError if it takes longer than `seconds`.

        The work is done in a thread: nothing else ends a search for a host that nobody knows.
        """
        done: list[Result] = []
        failed: list[BaseException] = []

        def run() -> None:
            try:
                done.append(work())
            except BaseException as error:
                failed.append(error)

        thread = Thread(target=run, daemon=True)
        thread.start()
        try:
            thread.join(seconds)
            late = thread.is_alive()
        finally:
            if thread.is_alive():
                self.cut()
        if late:
            raise TimeoutError
        if failed:
            raise failed.pop()  # left in the list, it would be in a circle
        return done[0]
