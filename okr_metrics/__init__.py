"""What comes with the dbt package okr_metrics for people who read its tables."""
