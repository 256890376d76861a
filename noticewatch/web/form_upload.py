"""Read a form that may carry a file (multipart/form-data), with a limit and the page's token."""

from __future__ import annotations

import email
from dataclasses import dataclass
from email import policy
from email.message import Message

from starlette.requests import Request

from noticewatch.web.context import WebContext
from noticewatch.web.refusal import Refusal

MOST_BYTES = 10_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    """The fields of a form, and its files by field: name and content."""

    fields: dict[str, str]
    files: dict[str, tuple[str, bytes]]


async def read_upload(site: WebContext, request: Request) -> Upload:
    """The fields and files of a form that carries the token of the page it was sent from."""
    body = await limited_body(request)
    upload = _parsed(request.headers.get("content-type", ""), body)
    session = request.cookies.get("nw_session", "")
    user = request.scope.get("user_name")
    if not site.guard.csrf_ok(session, user, upload.fields.get("csrf", "")):
        raise Refusal(403, "request.form_too_old")
    return upload


async def limited_body(request: Request) -> bytes:
    """The body of a request, refused as soon as it is too long."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise Refusal(413, "request.form_too_large")
    return bytes(body)


def _parsed(content_type: str, body: bytes) -> Upload:
    if not content_type.startswith("multipart/form-data"):
        raise Refusal(415, "request.form_kind")
    head = b"Content-Type: " + content_type.encode("latin-1", "replace") + b"\r\n\r\n"
    message = email.message_from_bytes(head + body, policy=policy.HTTP)
    fields: dict[str, str] = {}
    files: dict[str, tuple[str, bytes]] = {}
    for part in message.iter_parts() if message.is_multipart() else ():
        name = part.get_param("name", header="content-disposition")
        if not isinstance(name, str):
            continue
        content = _content(part)
        if part.get_filename() is None:
            fields[name] = content.decode("utf-8", "replace")
        elif content:
            files[name] = (str(part.get_filename())[-120:], content)
    return Upload(fields=fields, files=files)


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
