"""Remembers in a small SQLite file which alerts were sent; one sender at a time has it."""

import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Self

from okr_metrics.problem import Problem


class SentError(Problem):
    """The file can't be used; its text says why."""


class Sent:
    """What was sent: each alert's state is `sending`, then `sent`; none if it never went out.

    SQLite's exclusive lock is held from start to end, across commits, and the system lets go of it
    when the process ends in whatever way. Each mark is on the disk before the next step.
    """

    def __init__(self, path: Path) -> None:
        """Open or make the file, and take it."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=1, isolation_level=None)
            self._connection.execute("pragma locking_mode = exclusive")
            self._connection.execute("pragma synchronous = full")
            self._connection.execute("begin exclusive")
            self._connection.execute(
                "create table if not exists alerts (alert_id text primary key, state text not null,"
                " marked_at text not null)"
            )
            self._connection.execute("commit")
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode == sqlite3.SQLITE_BUSY
            reason = "another sender is at work with it" if busy else str(error)
            raise SentError(f"{path}: {reason}.") from None
        except (sqlite3.DatabaseError, OSError) as error:
            raise SentError(f"{path}: {error}.") from None

    def state(self, alert_id: str) -> str | None:
        """Return what is known of an alert."""
        found = self._connection.execute("select state from alerts where alert_id = ?", [alert_id])
        row: tuple[str] | None = found.fetchone()
        return row[0] if row else None

    def mark(self, alert_id: str, state: str) -> None:
        """Write down what is known of an alert."""
        self._connection.execute(
            "insert or replace into alerts values (?, ?, datetime('now'))", [alert_id, state]
        )

    def forget(self, alert_id: str) -> None:
        """Take a mark back: the alert went nowhere."""
        self._connection.execute("delete from alerts where alert_id = ?", [alert_id])

    def __enter__(self) -> Self:
        """Hold the file."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let go of the file."""
        self._connection.close()
