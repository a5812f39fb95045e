"""Writes an alert as text."""

from okr_metrics.marts import Row

REPEAT = "Possible repeat: "


def text(alert: Row, is_repeat: bool) -> str:
    """Return the alert as plain text: severity and message, owner, link."""
    lines = [f"{REPEAT if is_repeat else ''}[{alert['severity']}] {alert['message']}"]
    if alert["owner"]:
        lines.append(f"Owner: {alert['owner']}")
    if alert["link"]:
        lines.append(str(alert["link"]))
    return "\n".join(lines)


def subject(alert: Row, is_repeat: bool) -> str:
    """Return one line for a mail's subject."""
    line = f"[{alert['severity']}] {alert['object']} is {alert['state']}".replace("_", " ")
    return " ".join(f"{REPEAT if is_repeat else ''}{line}".split())


def for_slack(plain: str) -> str:
    """Return text in which Slack reads no mark-up, link or mention."""
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
