"""Posts an alert to a webhook as Slack's JSON. The address is a secret: no text here holds it."""

import json
import socket
import ssl
import time
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from okr_metrics.marts import Row
from okr_metrics.send_alerts.delivery import MaybeTaken, NotTaken
from okr_metrics.send_alerts.message import for_slack, text

LOOPBACK = ("127.0.0.1", "localhost", "::1")
# a request that never went out
NOT_CONNECTED = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)
# a gateway that can't say what became of it
GATEWAY = (502, 504)


class NoRedirect(HTTPRedirectHandler):
    """Follows nobody: a post that is redirected becomes a get that posts nothing."""

    def redirect_request(self, *_: object) -> None:
        """Leave the answer as it is, an error."""


class Webhook:
    """Posts to one address."""

    def __init__(self, address: str, timeout: float) -> None:
        """Take the address, which must be https unless it is this machine."""
        if not is_address(address):
            raise ValueError("must be an https:// address without blanks")
        self._address, self._timeout = address, timeout
        self._opener = build_opener(NoRedirect)

    def __call__(self, alert: Row, is_repeat: bool) -> None:
        """Post an alert; NotTaken or MaybeTaken unless the answer is 2xx."""
        body = json.dumps({"text": for_slack(text(alert, is_repeat))}).encode()
        request = Request(self._address, body, {"Content-Type": "application/json"})
        # `from None`: what urllib says may hold the address
        try:
            self._opener.open(request, timeout=self._timeout).close()
        except HTTPError as error:
            error.close()
            raise refusal(error.code, error.headers) from None
        except URLError as error:
            name = type(error.reason).__name__
            if isinstance(error.reason, NOT_CONNECTED):
                raise NotTaken(f"no connection ({name})", again=True) from None
            raise MaybeTaken(f"no answer ({name})") from None
        except Exception as error:
            raise MaybeTaken(f"no answer ({type(error).__name__})") from None


def is_address(address: str) -> bool:
    """Return whether the secret may be sent to this address."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    # http.client takes no blank, control character or letter beyond ASCII
    is_plain = address.isascii() and all("!" <= letter <= "~" for letter in address)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
    return bool(host) and is_plain and is_safe


def refusal(status: int, headers: Message) -> NotTaken | MaybeTaken:
    """Return what an answer other than 2xx means."""
    problem = f"the answer is {status}"
    if status in GATEWAY:
        return MaybeTaken(problem)
    is_busy = status == 429 or status >= 500
    return NotTaken(problem, is_busy, retry_after(headers.get("Retry-After")) if is_busy else 0)


def retry_after(value: str | None) -> float:
    """Return the seconds that a Retry-After asks for: a number or a date; 0 for anything else."""
    if not value:
        return 0.0
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return 0.0
