"""The texts of the page, one language at a time, from labels.toml."""

import tomllib
from pathlib import Path
from typing import Any

from okr_metrics.problem import Problem

FILE = Path(__file__).parents[1] / "labels.toml"


class Labels:
    """The labels of one language; a key that isn't there is an error."""

    def __init__(self, language: str) -> None:
        """Take the language of the marts; Problem where the file has no table of it."""
        texts = load()
        if language not in texts:
            raise Problem(
                f"The tables are in the language {language!r} (okr_metrics_language), and the page"
                f" has labels in {', '.join(texts)} alone: add a table [{language}] to"
                f" {FILE.name}, with the keys of [en]."
            )
        self.language = language
        self._texts = texts[language]

    def __call__(self, key: str, **values: object) -> str:
        """Return a label, with what its braces name filled in; 'okr.title' is key title of okr."""
        found: Any = self._texts
        for part in key.split("."):
            found = found[part]
        text = str(found)
        return text.format(**values) if values else text

    def of(self, group: str, code: str | None) -> str:
        """Return the label of a code of the marts, the code itself where it is a user's own."""
        return str(self._texts[group].get(code, code or self("none")))


def load() -> dict[str, dict[str, Any]]:
    """Return the labels by language."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
