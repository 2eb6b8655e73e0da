"""The client for asyncio: the same methods as the one that waits, each awaited."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from types import TracebackType
from typing import Self

import httpx

from summitqa.client import calls
from summitqa.client.calls import Call, check_url
from summitqa.client.events import EventDecoder
from summitqa.client.responses import Model, check_status, read_model, read_text, transport_error
from summitqa.client.retries import Retries
from summitqa.schemas import (
    AnswerResponse,
    DocumentInfoResponse,
    DocumentResponse,
    DocumentsResponse,
    IndexResponse,
    ReadyResponse,
    SearchResponse,
    VerificationResponse,
    VersionResponse,
)
from summitqa.schemas.events import AnswerEvent
from summitqa.types import Turn


class AsyncClient:
    """Asks one server, over connections that are kept; safe to use from several tasks of one event loop.

    Arguments and errors are those of :class:`summitqa.client.blocking.Client`.
    """

    def __init__(
        self,
        base_url: str,
        *,
        timeout_s: float = 30,
        retries: int = 2,
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.base_url = check_url(base_url)
        self._timeout_s = timeout_s
        self._retries = Retries(retries)
        self._sleep = sleep
        self._http = httpx.AsyncClient(base_url=self.base_url, timeout=timeout_s, transport=transport)

    async def ask(
        self,
        question: str,
        *,
        history: Sequence[str | Turn] = (),
        resolve: bool = True,
        document_ids: Sequence[str] | None = None,
        budget_ms: int | None = None,
    ) -> AnswerResponse:
        """Answer *question*. See :meth:`summitqa.engine.Engine.ask`; an earlier turn may be a question alone."""
        call = calls.ask_call(question, history, document_ids, resolve=resolve, budget_ms=budget_ms)
        return await self._get(call, AnswerResponse)

    async def stream(
        self,
        question: str,
        *,
        history: Sequence[str | Turn] = (),
        resolve: bool = True,
        document_ids: Sequence[str] | None = None,
        budget_ms: int | None = None,
    ) -> AsyncGenerator[AnswerEvent, None]:
        """Yield how *question* was understood, what is quoted, and the whole answer, each as soon as it is there.

        Arguments as for :meth:`ask`. Nothing is sent before the first event is asked for; leaving the iterator
        (``aclose()``) hangs up.
        """
        call = calls.ask_call(question, history, document_ids, resolve=resolve, budget_ms=budget_ms, stream=True)
        response = await self._send(call, stream=True)
        try:
            async for event in self._events_of(response, call):
                yield event
        except httpx.TransportError as error:
            raise transport_error(error, self.base_url, self._timeout_s) from error
        finally:
            await response.aclose()

    async def search(self, question: str, *, k: int = 10) -> SearchResponse:
        """Return the *k* passages closest to *question*, best first."""
        return await self._get(calls.search_call(question, k), SearchResponse)

    async def verify(
        self, document_id: str, start: int, end: int, cited_text: str, *, prefix: str = "", suffix: str = ""
    ) -> VerificationResponse:
        """Say whether *cited_text* stands at ``[start, end)`` of the document, has moved, or is gone."""
        return await self._get(
            calls.verify_call(document_id, start, end, cited_text, (prefix, suffix)), VerificationResponse
        )

    async def documents(self) -> list[DocumentInfoResponse]:
        """List the documents by id."""
        return (await self._get(calls.DOCUMENTS, DocumentsResponse)).documents

    async def document(self, document_id: str) -> DocumentResponse:
        """Return a document's title, digest and blocks; a problem of status 404 if there is none of that id."""
        return await self._get(calls.document_call(document_id), DocumentResponse)

    async def document_text(self, document_id: str) -> str:
        """Return the canonical text of a document, which offsets count in; status 404 as for :meth:`document`."""
        call = calls.text_call(document_id)
        return read_text(await self._send(call), call, self.base_url)

    async def version(self) -> str:
        """Return the version of the server."""
        return (await self._get(calls.VERSION, VersionResponse)).version

    async def ready(self) -> IndexResponse:
        """Return which index and models answer; an error if the server cannot answer questions now."""
        return (await self._get(calls.READY, ReadyResponse)).index

    async def close(self) -> None:
        """Close the connections; closing twice is harmless."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        """Return the client itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self.close()

    async def _get(self, call: Call, model: type[Model]) -> Model:
        return read_model(await self._send(call), model, call, self.base_url)

    async def _events_of(self, response: httpx.Response, call: Call) -> AsyncIterator[AnswerEvent]:
        if response.status_code != httpx.codes.OK:
            await response.aread()
            check_status(response, call, self.base_url)
        decoder = EventDecoder(response, call, self.base_url)
        async for chunk in response.aiter_bytes():
            for event in decoder.feed(chunk):
                yield event
        decoder.finish()

    async def _send(self, call: Call, *, stream: bool = False) -> httpx.Response:
        """Send *call*, again after a 503 or a lost connection as often as allowed; return any other response."""
        attempt = 0
        while True:
            try:
                request = self._http.build_request(call.method, call.path, json=call.body)
                response = await self._http.send(request, stream=stream)
            except httpx.TransportError as error:
                wait = self._retries.after_error(attempt, error)
                if wait is None:
                    raise transport_error(error, self.base_url, self._timeout_s) from error
            else:
                wait = self._retries.after_response(attempt, response)
                if wait is None:
                    return response
                await response.aclose()
            await self._sleep(wait)
            attempt += 1
