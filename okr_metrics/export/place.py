"""Puts a folder of files in place at once.

The files of each export are in a folder of their own beside the target, `.<target>.<random>`, and
the target is a symbolic link to it. Readers go through the link; os.replace moves it to the next
folder in one step of the file system. So a process that fails or is killed at any point leaves the
link at the old folder, whole, or at the new one, whole: before the step nobody has seen the new
folder, after it nothing is left to do. The next export deletes what a killed one left, and all
folders but the last two: who still reads the files of the export before can end.

One export of a target runs at a time: the file system's lock is let go when its process ends,
however it ends. Symbolic links and these locks are those of Linux and macOS.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from okr_metrics.problem import Problem


class PlaceError(Problem):
    """The target can't be written to; the text says why."""


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Give an empty folder, and put it in place of the target when the block ends well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and not target.is_symlink():
        raise PlaceError(f"{target} is not of an export: choose another --output, or move it away.")
    with lock(target.with_name(f".{target.name}.lock")):
        delete_unused(target)
        folder = target.with_name(f".{target.name}.{uuid4().hex}")
        folder.mkdir()
        try:
            yield folder
            link = folder.with_suffix(f"{folder.suffix}_link")
            link.symlink_to(folder.name)
            os.replace(link, target)
        except BaseException:
            delete_unused(target)
            raise


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold a lock, or raise PlaceError where another process has it."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PlaceError("Another export to the same place is running.") from None
        yield


def delete_unused(target: Path) -> None:
    """Delete the folders of a target that it isn't a link to, and links on their way to it."""
    used = os.readlink(target) if target.is_symlink() else None
    ours = re.compile(re.escape(f".{target.name}.") + "[0-9a-f]{32}(_link)?")
    for path in target.parent.iterdir():
        if path.name == used or not ours.fullmatch(path.name):
            continue
        if path.is_symlink():
            path.unlink()
        else:
            shutil.rmtree(path)
