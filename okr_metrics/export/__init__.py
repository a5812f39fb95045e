"""The export: the public tables as Parquet files, and a workbook for people who live in Excel."""
