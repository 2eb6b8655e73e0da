"""The client that waits."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence

import httpx

from summitqa.client import calls
from summitqa.client.calls import Call, check_url
from summitqa.client.events import EventDecoder
from summitqa.client.responses import Model, check_status, read_model, read_text, transport_error
from summitqa.client.retries import Retries
from summitqa.closing import Closing
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


class Client(Closing):
    """Asks one server, over connections that are kept; safe to use from several threads.

    Args:
        base_url: address of the server, such as ``http://127.0.0.1:8000``.
        timeout_s: longest wait for a connection, and for each part of a response.
        retries: new attempts after a 503 or a lost connection; nothing else is tried again.
        transport: sends the requests; ``None`` for the network.
        sleep: waits the given number of seconds before a new attempt.

    Raises:
        UnreachableServerError: if *base_url* is no address.

    Every method that asks the server raises:
        UnreachableServerError: if nothing answers there.
        UnknownServerError: if what answers is no summitqa server.
        RemoteTimeoutError: if the answer takes longer than *timeout_s*.
        RemoteProblemError: if the server answers with an error.
    """

    def __init__(
        self,
        base_url: str,
        *,
        timeout_s: float = 30,
        retries: int = 2,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base_url = check_url(base_url)
        self._timeout_s = timeout_s
        self._retries = Retries(retries)
        self._sleep = sleep
        self._http = httpx.Client(base_url=self.base_url, timeout=timeout_s, transport=transport)

    def ask(
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
        return self._get(call, AnswerResponse)

    def stream(
        self,
        question: str,
        *,
        history: Sequence[str | Turn] = (),
        resolve: bool = True,
        document_ids: Sequence[str] | None = None,
        budget_ms: int | None = None,
    ) -> Generator[AnswerEvent, None, None]:
        """Yield how *question* was understood, what is quoted, and the whole answer, each as soon as it is there.

        Arguments as for :meth:`ask`. Nothing is sent before the first event is asked for; leaving the iterator
        (``close()``) hangs up.
        """
        call = calls.ask_call(question, history, document_ids, resolve=resolve, budget_ms=budget_ms, stream=True)
        response = self._send(call, stream=True)
        try:
            yield from self._events_of(response, call)
        except httpx.TransportError as error:
            raise transport_error(error, self.base_url, self._timeout_s) from error
        finally:
            response.close()

    def search(self, question: str, *, k: int = 10) -> SearchResponse:
        """Return the *k* passages closest to *question*, best first."""
        return self._get(calls.search_call(question, k), SearchResponse)

    def verify(
        self, document_id: str, start: int, end: int, cited_text: str, *, prefix: str = "", suffix: str = ""
    ) -> VerificationResponse:
        """Say whether *cited_text* stands at ``[start, end)`` of the document, has moved, or is gone."""
        return self._get(calls.verify_call(document_id, start, end, cited_text, (prefix, suffix)), VerificationResponse)

    def documents(self) -> list[DocumentInfoResponse]:
        """List the documents by id."""
        return self._get(calls.DOCUMENTS, DocumentsResponse).documents

    def document(self, document_id: str) -> DocumentResponse:
        """Return a document's title, digest and blocks; a problem of status 404 if there is none of that id."""
        return self._get(calls.document_call(document_id), DocumentResponse)

    def document_text(self, document_id: str) -> str:
        """Return the canonical text of a document, which offsets count in; status 404 as for :meth:`document`."""
        call = calls.text_call(document_id)
        return read_text(self._send(call), call, self.base_url)

    def version(self) -> str:
        """Return the version of the server."""
        return self._get(calls.VERSION, VersionResponse).version

    def ready(self) -> IndexResponse:
        """Return which index and models answer; an error if the server cannot answer questions now."""
        return self._get(calls.READY, ReadyResponse).index

    def close(self) -> None:
        """Close the connections; closing twice is harmless."""
        self._http.close()

    def _get(self, call: Call, model: type[Model]) -> Model:
        return read_model(self._send(call), model, call, self.base_url)

    def _events_of(self, response: httpx.Response, call: Call) -> Iterator[AnswerEvent]:
        if response.status_code != httpx.codes.OK:
            response.read()
            check_status(response, call, self.base_url)
        decoder = EventDecoder(response, call, self.base_url)
        for chunk in response.iter_bytes():
            yield from decoder.feed(chunk)
        decoder.finish()

    def _send(self, call: Call, *, stream: bool = False) -> httpx.Response:
        """Send *call*, again after a 503 or a lost connection as often as allowed; return any other response."""
        attempt = 0
        while True:
            try:
                request = self._http.build_request(call.method, call.path, json=call.body)
                response = self._http.send(request, stream=stream)
            except httpx.TransportError as error:
                wait = self._retries.after_error(attempt, error)
                if wait is None:
                    raise transport_error(error, self.base_url, self._timeout_s) from error
            else:
                wait = self._retries.after_response(attempt, response)
                if wait is None:
                    return response
                response.close()
            self._sleep(wait)
            attempt += 1
