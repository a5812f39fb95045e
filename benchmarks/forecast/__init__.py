"""Forecasts, intervals and odds of key results, tested on series whose future is known."""
