"""What comes with the dbt package okr_metrics: the command okr-metrics."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
# the dbt package: inside an installed wheel, else the checkout itself
DBT_PACKAGE = HERE / "dbt_package" if (HERE / "dbt_package").exists() else HERE.parent
