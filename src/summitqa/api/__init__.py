"""The HTTP API and the web page, over an engine that is handed in.

:func:`create_app` makes the application, :func:`serve` runs it. Nothing here is loaded, opened or
configured at import.
"""

from summitqa.api.app import create_app
from summitqa.api.server import serve

__all__ = ["create_app", "serve"]
