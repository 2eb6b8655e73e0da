"""The door to uvicorn: runs an application on an address until it is told to stop. Prints nothing."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from summitqa.errors import SummitQAError

GRACE_S = 10
"""How long requests under way may take to end once the server is told to stop."""

Announce = Callable[[str], None]
"""Called with the server's URL once it answers there."""


def serve(app: ASGIApp, host: str, port: int, *, announce: Announce | None = None) -> None:
    """Serve *app* until SIGINT or SIGTERM, let the requests under way end, and return.

    Port 0 takes a free port. Several servers of one process need their own threads; only one in the main
    thread hears signals.

    Raises:
        SummitQAError: when the address cannot be listened on.
    """
    listener = _listen(host, port)
    config = uvicorn.Config(
        app,
        log_config=None,  # logging belongs to whoever calls
        access_log=False,  # the application writes its own, without queries
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=GRACE_S,
    )
    server = _AnnouncingServer(config, _url(host, listener.getsockname()[1]), announce)
    with listener, _stopped_by_signals(server):
        server.run(sockets=[listener])


class _AnnouncingServer(uvicorn.Server):
    """Tells its URL when it is ready."""

    def __init__(self, config: uvicorn.Config, url: str, announce: Announce | None) -> None:
        super().__init__(config)
        self._url = url
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._announce is not None:
            self._announce(self._url)


@contextmanager
def _stopped_by_signals(server: uvicorn.Server) -> Iterator[None]:
    """Make both signals end the server quietly: uvicorn raises them again once it has shut down."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        server.should_exit = True

    previous = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise SummitQAError(f"{host}: not an address to serve on; choose another host, such as 127.0.0.1") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(socket.SOMAXCONN)
    except OSError as error:
        listener.close()
        raise SummitQAError(
            f"{host}:{port}: cannot serve there ({error.strerror}); stop what uses it or choose another port"
        ) from error
    return listener


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
