"""The engine as tools and resources of the Model Context Protocol; the door to the ``mcp`` package.

:func:`create_server` makes the server; :func:`serve_stdio` and :class:`HttpTransport` carry it. What is quoted is
always labelled as data, since whoever reads it here may be a model that follows instructions.
"""

from summitqa.mcp.server import create_server
from summitqa.mcp.transports import HttpTransport, serve_stdio

__all__ = ["HttpTransport", "create_server", "serve_stdio"]
