"""The rolling test of forecasts: python -m benchmarks.forecast [--series 30] [--seed 1].

Writes results.md: the method of today beside that of version 0.6.1, on the same key results.
"""

import argparse
import warnings
from pathlib import Path

from benchmarks.forecast.report import report
from benchmarks.forecast.rolling import bounds, roll
from benchmarks.forecast.series import real, simulated

# on purpose: no other seed was looked at when the method was chosen
SEED = 20261128


def main() -> None:
    """Run the test and write its page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=40, help="simulated series of each kind")
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    # a series without a value in some window has no mean there
    warnings.filterwarnings("ignore", "Mean of empty slice|All-NaN|Degrees of freedom")
    found, skipped = real()
    sets = {"simulated": simulated(arguments.series, arguments.seed), "real": found}
    results = {
        name: (roll(series, arguments.seed), bounds(series, arguments.seed))
        for name, series in sets.items()
        if series
    }
    page = report(results, skipped, arguments.series, arguments.seed)
    Path(__file__).with_name("results.md").write_text(page)
    print(page)


if __name__ == "__main__":
    main()
