"""Sends the alerts of okr__alerts to a webhook or by mail, each once."""
