"""Receive clicks on Slack's buttons: by HTTP with Slack's signature, or by Socket Mode."""

from __future__ import annotations

import http.client
import json
import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import parse_qs

from slack_sdk.errors import SlackClientError

from archive.store import Archive
from config.model import Channel, SlackChannel
from notifier.channels.channel import MissingSecret, secret
from notifier.channels.slack_bot import SlackBot, error_text, web_client

logger = logging.getLogger(__name__)

CONNECT_AGAIN = 30.0  # seconds until Socket Mode is tried again


class Refused(Exception):
    """A click by HTTP that is not carried out; ``status`` is the answer to give."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


def http_click(
    configured: Iterable[Channel], headers: Mapping[str, str], body: bytes
) -> Callable[[Archive], bool]:
    """What to do for a click that came by HTTP; Refused without Slack's signature of the last
    five minutes. One app can serve several channels, so each one's secret is tried."""
    channels = [channel for channel in configured if channel.type == "slack"]
    signed = [channel for channel in channels if _is_signed(channel, headers, body)]
    if not signed:
        known = any(channel.signing_secret_env for channel in channels)
        raise Refused(401, "not signed") if known else Refused(404, "no buttons by HTTP here")
    try:
        payload = json.loads(parse_qs(body.decode())["payload"][0])
    except (KeyError, ValueError):
        raise Refused(400, "no payload") from None
    if not isinstance(payload, Mapping):
        raise Refused(400, "no payload")
    place = (payload.get("channel") or {}).get("id")
    own = [channel for channel in signed if channel.channel == place]
    return lambda archive: SlackBot((own or signed)[0]).click(archive, payload)


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
    settings: SlackChannel, open_archive: Callable[[], Archive], stop: threading.Event
) -> None:
    """Receive clicks by Socket Mode until ``stop`` is set; blocks, for a thread of its own."""
    from slack_sdk.socket_mode import SocketModeClient
    from slack_sdk.socket_mode.client import BaseSocketModeClient
    from slack_sdk.socket_mode.request import SocketModeRequest
    from slack_sdk.socket_mode.response import SocketModeResponse

    channel = SlackBot(settings)
    client = SocketModeClient(
        app_token=secret(settings.app_token_env),
        web_client=web_client(settings, settings.token_env),
    )

    def receive(connection: BaseSocketModeClient, request: SocketModeRequest) -> None:
        connection.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
        if request.type == "interactive":
            with open_archive() as archive:
                channel.click(archive, request.payload)

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
