"""Says in one line what to install where a command's Python lacks a library."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from okr_metrics.problem import Problem

# what pip calls them; they bring the other libraries that are imported
PACKAGES = {
    "babel": "babel",
    "dbt": "dbt-core",
    "duckdb": "duckdb",
    "jinja2": "jinja2",
    "vl_convert": "vl-convert-python",
    "xlsxwriter": "xlsxwriter",
}


@contextmanager
def needed(command: str, *libraries: str) -> Iterator[None]:
    """Import what a command needs inside of this: it ends with a line that names all it lacks."""
    try:
        yield
    except ModuleNotFoundError:
        missing = [PACKAGES[library] for library in libraries if not find_spec(library)]
        if not missing:
            raise
        raise Problem(
            f"okr-metrics {command} needs {' and '.join(missing)}, which {sys.executable} lacks:"
            f" run it with the Python of dbt, after `pip install {' '.join(missing)}`."
        ) from None
