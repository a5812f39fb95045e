"""What the builds on Spark share: Java, and where the tables are."""

import contextlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

# a driver that lives for a minute: what compiles soonest is fastest
SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:ReservedCodeCacheSize=240m"
CONFIGURATION = """
spark.sql.adaptive.enabled false
spark.log.level ERROR
spark.ui.showConsoleProgress false
spark.executor.memory 1g
spark.cores.max 2
"""


def java_17() -> dict[str, str]:
    """Return the environment in which Spark finds Java 17; skip where there is none."""
    homes = [Path(os.environ["JAVA_HOME"])] if "JAVA_HOME" in os.environ else []
    if found := shutil.which("java"):
        homes += Path(found).resolve().parents[2].glob("*")
    for home in homes:
        with contextlib.suppress(OSError):
            said = subprocess.run([home / "bin/java", "-version"], capture_output=True, text=True)
            if 'version "17.' in said.stderr:
                return {"JAVA_HOME": str(home), "JAVA_TOOL_OPTIONS": SHORT_LIVED}
    pytest.skip("Spark needs Java 17, which isn't installed here")


def spark_on(folder: Path, java: dict[str, str], **more: str) -> dict[str, str]:
    """Return the environment of a build whose tables are in folder/warehouse."""
    (folder / "spark-defaults.conf").write_text(CONFIGURATION)
    return {
        "OKR_METRICS_SCHEMA": "demo",
        "OKR_METRICS_SPARK_CATALOG": "in-memory",
        "OKR_METRICS_SPARK_WAREHOUSE": str(folder / "warehouse"),
        "SPARK_CONF_DIR": str(folder),
        "SPARK_LOCAL_IP": "127.0.0.1",
        **java,
        **more,
    }
