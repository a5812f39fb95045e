"""python -m okr_metrics: the command okr-metrics."""

from okr_metrics.cli import main

main()
