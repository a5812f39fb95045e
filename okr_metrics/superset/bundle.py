"""Zips the YAML files of bundle/, which are in Superset's import format.

The uuids in them never change: Superset knows by these what it has imported before.
"""

import json
import os
import zipfile
from pathlib import Path

FILES = Path(__file__).parent / "bundle"
# the same bytes each time
TIME = (1980, 1, 1, 0, 0, 0)


def write_bundle(output: Path, uri: str, schema: str | None) -> int:
    """Write the zip for a database's SQLAlchemy URI and the marts' schema; return its files.

    Nobody else may read the zip: the URI in it may hold a password.
    """
    values = {"<uri>": json.dumps(uri), "<schema>": json.dumps(schema)}
    output.unlink(missing_ok=True)
    descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    files = sorted(FILES.rglob("*.yaml"))
    with os.fdopen(descriptor, "wb") as stream, zipfile.ZipFile(stream, "w") as bundle:
        for file in files:
            text = file.read_text(encoding="utf-8")
            for name, value in values.items():
                text = text.replace(f": {name}\n", f": {value}\n")
            # Superset takes off the first folder
            place = Path("okr_metrics", file.relative_to(FILES)).as_posix()
            bundle.writestr(zipfile.ZipInfo(place, TIME), text)
    return len(files)
