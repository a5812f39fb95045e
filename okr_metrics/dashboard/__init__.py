"""The dashboard: one self-contained HTML file of the public tables."""

from typing import Any

# what a template shows, by name
View = dict[str, Any]
