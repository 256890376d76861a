"""Receive what people do in Slack: by HTTP with Slack's signature, or by Socket Mode."""

from __future__ import annotations

import http.client
import logging
import threading
from collections.abc import Callable, Iterable, Mapping

from slack_sdk.errors import SlackClientError

from archive.store import Archive
from config.model import Channel, SlackChannel
from notifier.channels.channel import MissingSecret, secret
from notifier.channels.slack_bot import error_text, web_client
from notifier.slack.chat_answers import ChatDesk
from notifier.slack.slack_desk import SlackDesk
from notifier.slack.slack_forms import FormPlace
from notifier.slack.slack_requests import SlackReply, SlackRequest, of_http, of_socket

logger = logging.getLogger(__name__)

CONNECT_AGAIN = 30.0  # seconds until Socket Mode is tried again


class Refused(Exception):
    """A click by HTTP that is not carried out; ``status`` is the answer to give."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


def http_request(
    configured: Iterable[Channel],
    headers: Mapping[str, str],
    body: bytes,
    desk: ChatDesk,
    open_archive: Callable[[], Archive],
) -> SlackReply:
    """What to answer to something that came by HTTP, and what to do then; Refused without Slack's
    signature of the last five minutes. One app can serve several channels, so each one's secret
    is tried."""
    channels = [channel for channel in configured if channel.type == "slack"]
    signed = [channel for channel in channels if _is_signed(channel, headers, body)]
    if not signed:
        known = any(channel.signing_secret_env for channel in channels)
        raise Refused(401, "not signed") if known else Refused(404, "no buttons by HTTP here")
    lower = {name.lower(): value for name, value in headers.items()}
    request = of_http(lower.get("content-type", ""), body)
    if request is None:
        raise Refused(400, "no payload")
    if lower.get("x-slack-retry-num") and request.kind == "event":
        return SlackReply()  # it was taken the first time
    place = _place(request)
    own = [channel for channel in signed if channel.channel == place]
    return SlackDesk((own or signed)[0], desk).receive(request, open_archive)


def _place(request: SlackRequest) -> str:
    """The channel of a click, or that whose button opened a form."""
    view = request.payload.get("view") or {}
    place = FormPlace.loads(str(view.get("private_metadata", "")))
    return place.channel if place else request.channel


def _is_signed(settings: SlackChannel, headers: Mapping[str, str], body: bytes) -> bool:
    from slack_sdk.signature import SignatureVerifier

    if not settings.signing_secret_env:
        return False
    try:
        verifier = SignatureVerifier(secret(settings.signing_secret_env))
    except MissingSecret as error:
        logger.warning("a click cannot be checked: %s", error)
        return False
    lower = {name.lower(): value for name, value in headers.items()}
    try:
        return verifier.is_valid_request(body, lower)
    except ValueError:  # a time that is no number, a body that is no text
        return False


def listen(
    settings: SlackChannel,
    open_archive: Callable[[], Archive],
    stop: threading.Event,
    desk: ChatDesk,
) -> None:
    """Receive clicks, forms, commands and events by Socket Mode until ``stop`` is set; blocks,
    for a thread of its own."""
    from slack_sdk.socket_mode import SocketModeClient
    from slack_sdk.socket_mode.client import BaseSocketModeClient
    from slack_sdk.socket_mode.request import SocketModeRequest
    from slack_sdk.socket_mode.response import SocketModeResponse

    own = SlackDesk(settings, desk)
    client = SocketModeClient(
        app_token=secret(settings.app_token_env),
        web_client=web_client(settings, settings.token_env),
    )

    def receive(connection: BaseSocketModeClient, envelope: SocketModeRequest) -> None:
        request = of_socket(envelope.type, envelope.payload)
        reply = own.receive(request, open_archive) if request else SlackReply()
        body = dict(reply.body) if reply.body else None
        connection.send_socket_mode_response(
            SocketModeResponse(envelope_id=envelope.envelope_id, payload=body)
        )
        if reply.work is not None:
            with open_archive() as archive:
                reply.work(archive)

    client.socket_mode_request_listeners.append(receive)
    try:
        while not stop.is_set():
            try:
                client.connect()
            except (OSError, http.client.HTTPException, SlackClientError) as error:
                logger.warning("Slack's buttons do not work yet: %s", error_text(error))
                stop.wait(CONNECT_AGAIN)
                continue
            stop.wait()  # from here on the client connects again by itself
    finally:
        client.close()
