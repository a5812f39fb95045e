"""A client that reads all the time while something is built."""

import threading
import time
from collections.abc import Callable, Iterator


def poll(read: Callable[[], tuple], stop: threading.Event) -> Iterator[tuple]:
    """Yield what each look shows until told to stop."""
    while not stop.is_set():
        yield read()
        time.sleep(0.02)


class Poller(threading.Thread):
    """Reads all the time; keeps what it saw, or the error that it met."""

    def __init__(self, read: Callable[[], tuple]) -> None:
        """Take what reads once."""
        super().__init__(daemon=True)
        self.read, self.seen, self.error, self.ended = read, [], None, threading.Event()

    def run(self) -> None:
        """Read until told to end."""
        try:
            self.seen.extend(poll(self.read, self.ended))
        except Exception as error:  # noqa: BLE001
            self.error = error

    def end(self) -> list[tuple]:
        """Return what was seen; raise what was met."""
        self.ended.set()
        self.join()
        if self.error:
            raise self.error
        return self.seen
