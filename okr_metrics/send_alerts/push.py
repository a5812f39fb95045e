"""Sends the alerts of a built project that weren't sent yet."""

import os
from collections.abc import Callable
from pathlib import Path

from okr_metrics.marts import Marts, MartsError, Row
from okr_metrics.problem import Problem
from okr_metrics.project import Project
from okr_metrics.send_alerts.delivery import Counts, Send, send_all
from okr_metrics.send_alerts.mail import Mail
from okr_metrics.send_alerts.sent import Sent
from okr_metrics.send_alerts.webhook import Webhook

COLUMNS = "alert_id, severity, occurred_on, object, owner, state, message, link"


def push(project: Project, send: Send, sent_file: Path, say: Callable[[str], None]) -> Counts:
    """Send the alerts; return how many were."""
    with project.marts() as marts:
        alerts = read(marts)
    with Sent(sent_file) as sent:
        return send_all(alerts, sent, send, say)


def mail(to: str, timeout: float) -> Send:
    """Return what mails."""
    try:
        return Mail(to, os.environ, timeout)
    except ValueError as error:
        raise Problem(str(error)) from None


def webhook(variable: str, timeout: float) -> Send:
    """Return what posts to the address that an environment variable holds."""
    address = os.environ.get(variable)
    if not address:
        raise Problem("the environment variable that --webhook-from names isn't set")
    try:
        return Webhook(address, timeout)
    except ValueError as error:
        # the sentence holds no address: it is a secret
        raise Problem(f"the environment variable that --webhook-from names {error}") from None


def read(marts: Marts) -> list[Row]:
    """Return the alerts, the oldest first; MartsError where there is no such table."""
    alerts = marts.rows("okr__alerts", COLUMNS)
    if "okr__alerts" in marts.absent:
        raise MartsError(f"okr__alerts can't be read: {marts.absent['okr__alerts']}")
    return sorted(alerts, key=lambda row: (row["occurred_on"], row["severity"], row["alert_id"]))
