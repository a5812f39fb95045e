"""What the connectors should give of raw files: another program, without SQL of ours."""

import csv
from collections import Counter
from pathlib import Path


def read(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a raw file."""
    with (folder / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def stripe_customers(folder: Path) -> dict[tuple[str, ...], int]:
    """Return {(country,): how many}."""
    return dict(Counter((row["address_country"],) for row in read(folder, "stripe.customer")))
