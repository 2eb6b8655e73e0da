"""The routes for those who run the server: is it alive, can it answer, which version is it."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from summitqa import __version__
from summitqa.api.openapi import problems
from summitqa.api.service import Serving
from summitqa.schemas import ReadyResponse, VersionResponse, index_to_json

router = APIRouter(tags=["operation"])


class HealthResponse(BaseModel):
    """The process answers."""

    status: Literal["alive"]


@router.get("/healthz", summary="Is the process alive?", responses=problems())
async def show_health() -> HealthResponse:
    """Answer as long as the process does, whatever the state of the index."""
    return HealthResponse(status="alive")


@router.get("/readyz", summary="Can it answer questions?", responses=problems(500, 503))
async def show_readiness(service: Serving) -> ReadyResponse:
    """Return the open index and the models, or 503; never waits for a place in the queue."""
    return ReadyResponse(status="ready", index=index_to_json(service.engine.state))


@router.get("/version", summary="Which version is it?", responses=problems())
async def show_version() -> VersionResponse:
    """Return the version of the package."""
    return VersionResponse(name="summitqa", version=__version__)
