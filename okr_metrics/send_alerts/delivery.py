"""Sends alerts one by one, and keeps in mind what became of each.

An alert is marked `sending` before it goes out and `sent` after. Whoever is killed in between, or
gets no answer, can't know whether it arrived: it is sent again, and says that it may be a repeat.
So an alert can come twice with that warning, and is never lost.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from okr_metrics.marts import Row
from okr_metrics.send_alerts.sent import Sent

ATTEMPTS = 4
FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0


class NotTaken(Exception):
    """The other side has not taken the alert, for sure; the text names no secret."""

    def __init__(self, problem: str, again: bool, wait: float = 0.0) -> None:
        """Say whether it is worth another try, and after how many seconds at least."""
        super().__init__(problem)
        self.again = again
        self.wait = wait


class MaybeTaken(Exception):
    """Nobody knows whether the other side has taken the alert; the text names no secret."""


Send = Callable[[Row, bool], None]
Say = Callable[[str], None]


@dataclass
class Counts:
    """How many alerts were sent now, had been sent before, and are not sent."""

    sent: int = 0
    before: int = 0
    unsent: int = 0


def send_all(
    alerts: list[Row], sent: Sent, send: Send, say: Say, sleep: Callable[[float], None] = time.sleep
) -> Counts:
    """Send what isn't marked as sent; the rest waits for the next run once a service is down."""
    counts, is_down = Counts(), False
    for alert in alerts:
        alert_id = str(alert["alert_id"])
        state = sent.state(alert_id)
        if state == "sent":
            counts.before += 1
            continue
        if is_down:
            counts.unsent += 1
            continue
        if state == "sending":
            say(f"{alert_id} was on its way when a run ended: sent again as a possible repeat")
        sent.mark(alert_id, "sending")
        is_repeat = state == "sending"
        problem, is_repeat, is_down = deliver(alert, is_repeat, send, sleep)
        if problem is None:
            sent.mark(alert_id, "sent")
            counts.sent += 1
            continue
        if not is_repeat:
            sent.forget(alert_id)
        counts.unsent += 1
        say(f"{alert_id} ({alert['object']}) isn't sent: {problem}")
    return counts


def deliver(
    alert: Row, is_repeat: bool, send: Send, sleep: Callable[[float], None]
) -> tuple[str | None, bool, bool]:
    """Try several times; return the problem if any, whether it may be there, whether to stop."""
    problem = ""
    for attempt in range(ATTEMPTS):
        wait = 0.0
        try:
            send(alert, is_repeat)
            return None, is_repeat, False
        except NotTaken as error:
            problem, wait = str(error), error.wait
            if not error.again:
                return problem, is_repeat, False
            if wait > LONGEST_WAIT:
                return f"{problem}; it asks to wait {wait:.0f} s", is_repeat, True
        except MaybeTaken as error:
            problem, is_repeat = str(error), True
        if attempt < ATTEMPTS - 1:
            sleep(max(wait, FIRST_WAIT * 2**attempt))
    return f"{problem}; {ATTEMPTS} attempts", is_repeat, True
