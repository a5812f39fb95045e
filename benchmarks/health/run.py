"""Measures KPI health: python -m benchmarks.health.run [--replicas 10].

Simulates companies, applies the rules in force, those they were first defined as, and those of
0.6.1, and writes results.json, results.md and results.svg beside this file.
"""

import argparse
import json
from pathlib import Path

from benchmarks.health.measure import all_companies, measure
from benchmarks.health.report import picture, report

FOLDER = Path(__file__).parent


def rounded(value: object) -> object:
    """Return figures to four decimals."""
    if isinstance(value, dict):
        return {name: rounded(part) for name, part in value.items()}
    return round(float(value), 4) if not isinstance(value, int) else value


def main() -> None:
    """Simulate, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicas", type=int, default=10, help="companies of each profile")
    sample = all_companies(parser.parse_args().replicas)
    results = {
        "companies": len(set(sample.company)),
        "series": len(sample.kpi),
        "methods": rounded(measure(sample)),
    }
    (FOLDER / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    (FOLDER / "results.md").write_text(report(results))
    (FOLDER / "results.svg").write_text(picture(results))
    print(report(results))


if __name__ == "__main__":
    main()
