"""Send mail over SMTP, one message a recipient: one refusal does not touch the others."""

from __future__ import annotations

import smtplib
import ssl

from config.model import EmailChannel
from domain.records.message import OutboxItem
from notifier.channels.channel import (
    BaseChannel,
    Dead,
    MissingSecret,
    Paused,
    Result,
    Retry,
    Sent,
    secret,
)
from notifier.render.mail import BadAddress, MailAddresses, compose, parse_address
from notifier.render.mail_renderer import MailRenderer

TIMEOUT = 15.0


class EmailSender(BaseChannel):
    """An unknown outcome is sent again under the same Message-ID."""

    def __init__(self, settings: EmailChannel) -> None:
        self._settings = settings
        self.mail_addresses = MailAddresses(sender=settings.sender, to=settings.to)
        self.renderer = MailRenderer(self.mail_addresses)

    def send(self, item: OutboxItem, root: OutboxItem | None) -> Result:
        try:
            sender = parse_address(self._settings.sender).addr_spec
        except BadAddress as error:
            return Paused(error=f"sender: {error}")
        try:
            message = compose(item.payload)
        except BadAddress as error:
            return Dead(error=f"recipient: {error}")
        try:
            server = self._open()
        except MissingSecret as error:
            return Paused(error=str(error))
        except smtplib.SMTPAuthenticationError as error:
            return _login_refused(error)
        except smtplib.SMTPNotSupportedError as error:
            return Paused(error=f"{self._settings.host}: {error}")
        except ssl.SSLCertVerificationError as error:
            return Paused(error=f"{self._settings.host}: {error.verify_message}")
        except (OSError, smtplib.SMTPException) as error:
            return Retry(error=_words(error))
        try:
            server.send_message(message, sender, [parse_address(item.payload["to"]).addr_spec])
        except smtplib.SMTPException as error:
            return _refused(error)
        except OSError as error:
            return Retry(error=_words(error), unknown=True)
        finally:
            _close(server)
        return Sent(receipt={"message_id": message["Message-ID"]})

    def _open(self) -> smtplib.SMTP:
        config = self._settings
        if config.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                config.host, config.port, timeout=TIMEOUT, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(config.host, config.port, timeout=TIMEOUT)
        try:
            if config.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if config.user_env:
                server.login(secret(config.user_env), secret(config.password_env))
        except BaseException:
            server.close()
            raise
        return server


def _close(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]


def _reply(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {words}"[:300]


def _login_refused(error: smtplib.SMTPAuthenticationError) -> Result:
    reply = _reply(error.smtp_code, error.smtp_error)
    return Retry(error=reply) if 400 <= error.smtp_code < 500 else Paused(error=reply)


def _refused(error: smtplib.SMTPException) -> Result:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        return _verdict(code, text)
    if isinstance(error, smtplib.SMTPSenderRefused):
        if error.smtp_code >= 500 and error.smtp_code != 552:
            return Paused(error=_reply(error.smtp_code, error.smtp_error))
        return _verdict(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPDataError):
        return _verdict(error.smtp_code, error.smtp_error)
    return Retry(error=_words(error), unknown=True)


def _verdict(code: int, text: bytes | str) -> Result:
    """4xx: later, 421 for everybody; 5xx: never, for this message."""
    if code >= 500:
        return Dead(error=_reply(code, text))
    return Retry(error=_reply(code, text), message_only=code != 421)
