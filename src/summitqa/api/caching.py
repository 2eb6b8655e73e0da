"""Responses that a client may keep and must ask about again (RFC 9110, section 13.1.2)."""

from __future__ import annotations

from fastapi import Request, Response


def cached_response(request: Request, body: bytes, media_type: str, sha256: str, status: int = 200) -> Response:
    """Return *body*, or 304 without it if the client holds the body of this digest already."""
    headers = {"ETag": f'"{sha256}"', "Cache-Control": "no-cache"}
    if status == 200 and _holds(request.headers.get("if-none-match", ""), sha256):
        return Response(status_code=304, headers=headers)
    return Response(body, status, {**headers, "Content-Type": media_type})


def _holds(if_none_match: str, sha256: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return f'"{sha256}"' in tags or "*" in tags
