"""python -m okr_metrics.send_alerts: send the alerts that weren't sent yet."""

import argparse
import os
import sys
from pathlib import Path

from okr_metrics.libraries import needed

with needed("send_alerts", "dbt"):
    from okr_metrics.marts import Marts, MartsError, Row, add_dbt_options, open_marts
    from okr_metrics.send_alerts.delivery import Send, send_all
    from okr_metrics.send_alerts.mail import Mail
    from okr_metrics.send_alerts.sent import Sent, SentError
    from okr_metrics.send_alerts.webhook import Webhook

COLUMNS = "alert_id, severity, occurred_on, object, owner, state, message, link"
SENT = Path("target/okr_metrics_sent.sqlite")


def arguments() -> argparse.Namespace:
    """Return the options; those of dbt have dbt's names."""
    parser = argparse.ArgumentParser("okr_metrics.send_alerts", description=__doc__)
    to = parser.add_mutually_exclusive_group(required=True)
    to.add_argument(
        "--webhook-from",
        metavar="ENVIRONMENT_VARIABLE",
        help="variable that holds the address of a Slack-compatible webhook",
    )
    to.add_argument("--mail-to", metavar="ADDRESS", help="by OKR_METRICS_SMTP_HOST, _FROM, ...")
    parser.add_argument("--sent-file", type=Path, default=SENT, help=f"default {SENT}")
    parser.add_argument("--timeout", type=float, default=10, help="seconds to wait for an answer")
    add_dbt_options(parser)
    return parser.parse_args()


def channel(options: argparse.Namespace) -> Send:
    """Return what sends; ValueError with a sentence where it isn't set up."""
    if options.mail_to:
        return Mail(options.mail_to, os.environ, options.timeout)
    address = os.environ.get(options.webhook_from)
    if not address:
        raise ValueError("the environment variable that --webhook-from names isn't set")
    try:
        return Webhook(address, options.timeout)
    except ValueError as error:
        raise ValueError(f"the environment variable that --webhook-from names {error}") from None


def read(marts: Marts) -> list[Row]:
    """Return the alerts, the oldest first; MartsError where there is no such table."""
    alerts = marts.rows("okr__alerts", COLUMNS)
    if "okr__alerts" in marts.absent:
        raise MartsError(f"okr__alerts can't be read: {marts.absent['okr__alerts']}")
    return sorted(alerts, key=lambda row: (row["occurred_on"], row["severity"], row["alert_id"]))


def say(sentence: str) -> None:
    """Tell the operator."""
    print(sentence, file=sys.stderr)


def main() -> int:
    """Send; 0 if all alerts are sent, else 1."""
    options = arguments()
    try:
        send = channel(options)
        with open_marts(
            options.project_dir, options.profiles_dir, options.target, options.vars
        ) as marts:
            alerts = read(marts)
        with Sent(options.sent_file) as sent:
            counts = send_all(alerts, sent, send, say)
    except (ValueError, MartsError, SentError) as error:
        say(str(error))
        return 1
    print(f"{counts.sent} sent, {counts.before} sent before, {counts.unsent} not sent")
    return 1 if counts.unsent else 0


if __name__ == "__main__":
    sys.exit(main())
