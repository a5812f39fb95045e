"""Mails an alert. The password is a secret: no text here holds it, and only TLS carries it."""

import smtplib
import ssl
from collections.abc import Mapping
from email.message import EmailMessage

from okr_metrics.marts import Row
from okr_metrics.send_alerts.delivery import MaybeTaken, NotTaken
from okr_metrics.send_alerts.message import subject, text

PREFIX = "OKR_METRICS_SMTP_"
TLS_PORT = 465


class Mail:
    """Mails to one address by the server that the environment names."""

    def __init__(self, to: str, environment: Mapping[str, str], timeout: float) -> None:
        """Read OKR_METRICS_SMTP_HOST, _FROM, and _PORT, _USER, _PASSWORD if they are set."""
        missing = [name for name in ("HOST", "FROM") if not environment.get(PREFIX + name)]
        if missing:
            raise ValueError(f"set {', '.join(PREFIX + name for name in missing)}")
        self._to, self._from = to, environment[PREFIX + "FROM"]
        self._host = environment[PREFIX + "HOST"]
        port = environment.get(PREFIX + "PORT") or "587"
        if not port.isdecimal():
            raise ValueError(f"{PREFIX}PORT must be a number")
        self._port, self._timeout = int(port), timeout
        self._user = environment.get(PREFIX + "USER")
        self._password = environment.get(PREFIX + "PASSWORD", "")

    def __call__(self, alert: Row, is_repeat: bool) -> None:
        """Mail an alert; NotTaken or MaybeTaken unless the server takes it."""
        message = self._message(alert, is_repeat)
        try:
            server = self._connect()
        except smtplib.SMTPResponseException as error:
            raise refused(error) from None
        except Exception as error:
            raise NotTaken(f"no connection ({type(error).__name__})", again=True) from None
        try:
            server.send_message(message)
        except smtplib.SMTPResponseException as error:
            raise refused(error) from None
        except smtplib.SMTPRecipientsRefused as error:
            code = max(code for code, _ in error.recipients.values())
            raise refused(smtplib.SMTPResponseException(code, b"")) from None
        except Exception as error:
            raise MaybeTaken(f"no answer ({type(error).__name__})") from None
        finally:
            server.close()

    def _message(self, alert: Row, is_repeat: bool) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"] = self._from, self._to
        message["Subject"] = subject(alert, is_repeat)
        # a repeat has the id of the first, so a client can show one
        message["Message-ID"] = f"<{alert['alert_id']}@okr-metrics.invalid>"
        message.set_content(text(alert, is_repeat))
        return message

    def _connect(self) -> smtplib.SMTP:
        """Return a connection; one that has a password to send is encrypted."""
        context = ssl.create_default_context()
        if self._port == TLS_PORT:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self._host, self._port, timeout=self._timeout, context=context
            )
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=self._timeout)
        try:
            server.ehlo()
            if self._port != TLS_PORT and (self._user or server.has_extn("starttls")):
                server.starttls(context=context)
            if self._user:
                server.login(self._user, self._password)
        except BaseException:
            server.close()
            raise
        return server


def refused(error: smtplib.SMTPResponseException) -> NotTaken:
    """Return what a server's code means: of 4xx it says itself that they pass."""
    return NotTaken(f"the mail server answers {error.smtp_code}", 400 <= error.smtp_code < 500)
