"""Serving on an address."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from api_fakes import ApiClient
from summitqa.api import serve
from summitqa.errors import SummitQAError

SCRIPT = """
from api_fakes import FakeEngine
from summitqa.api import create_app, serve
engine = FakeEngine()
serve(create_app(engine, close_engine=True), "127.0.0.1", 0, announce=lambda url: print(url, flush=True))
print("closed" if engine.closed else "open")
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_server_cleanly(number: signal.Signals) -> None:
    """The server announces its address, answers there, and on a signal closes the engine and returns."""
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT],
        cwd=Path(__file__).parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        answer = httpx.post(f"{url}/v1/chat", json={"question": "x"})
        process.send_signal(number)
        output, errors = process.communicate(timeout=30)
    assert (answer.status_code, process.returncode, output, errors) == (200, 0, "closed\n", "")


def test_a_port_in_use_is_told_in_one_line() -> None:
    """Another server on the port is an error with a way out, not a traceback."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SummitQAError, match=rf"127\.0\.0\.1:{port}: .*choose another port") as caught:
            serve(ApiClient().app, "127.0.0.1", port)
    assert "\n" not in str(caught.value)


def test_a_host_that_is_no_address_is_told_in_one_line() -> None:
    """A host that cannot be resolved is named."""
    host = "x" * 64  # longer than a label of a name may be, so that no name server is asked
    with pytest.raises(SummitQAError, match="x: not an address to serve on"):
        serve(ApiClient().app, host, 0)
