"""What the marts say in sentences, in another language: pairs of templates of sentences.toml."""

import re
import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from okr_metrics.marts import Row

if TYPE_CHECKING:
    from okr_metrics.dashboard.formats import Formats

FILE = Path(__file__).parents[1] / "sentences.toml"
MART_LANGUAGE = "en"
PLACEHOLDER = re.compile(r"{(\w+)(?::(\w+))?}")
# what a placeholder of a kind fits; one without a kind is text, shown as it is
KINDS = {
    "": r".*?",
    "name": r"\w+",
    "list": r"\w+(?:, \w+)*",
    "series": r"\w+(?: \(\w+ .*?\))?",
    "count": r"\d+",
    "day": r"\d{4}-\d\d-\d\d",
    "value": r"-?\d+(?:\.\d+)?(?:%| [A-Z]{3}| months| hours)?",
    "word": r"[\w ]+?",
    "part": r".+?",
}
# how deep parts stand in one another: more isn't a sentence of ours
DEEPEST = 6
NUMBER = re.compile(r"(-?[\d.]+) ?(.*)")


class Template:
    """A sentence of the marts with its placeholders, and the same in another language."""

    def __init__(self, english: str, other: str) -> None:
        """Take a pair: `{start:day}` in English is `{start}` in the other language."""
        self.kinds = {name: kind for name, kind in PLACEHOLDER.findall(english)}
        self.other = other
        self.literals = len(PLACEHOLDER.sub("", english))
        texts = PLACEHOLDER.split(english)[::3]
        fits = [f"(?P<{name}>{KINDS[kind]})" for name, kind in self.kinds.items()]
        parts = [re.escape(text) + fit for text, fit in zip(texts, [*fits, ""], strict=True)]
        self.pattern = re.compile("".join(parts), re.DOTALL)


class Sentences:
    """Says texts of the marts in the language of the page."""

    def __init__(self, formats: "Formats") -> None:
        """Take the formats of the language, for the numbers and days inside a sentence."""
        self.formats = formats
        self.language = formats.labels.language
        texts = load().get(self.language, {})
        self.words: dict[str, str] = texts.get("words", {})
        self.kpis: dict[str, list[str]] = texts.get("kpis", {})
        self.templates = compiled(self.language)
        self.found: dict[str, str | None] = {}

    def __call__(self, text: str | None) -> str | None:
        """Return a text in the page's language; one that no template fits is marked as English."""
        if text is None or self.language == MART_LANGUAGE:
            return text
        said = self.find(text)
        if said is None:
            return Markup('<span lang="{}">{}</span>').format(MART_LANGUAGE, text)
        return said

    def formula(self, formula: str) -> str:
        """Return a formula; one without a template is names and signs, the same in any language."""
        return self.find(formula) or formula

    def with_name(self, row: Row, kpi_id: str = "kpi_id") -> Row:
        """Return a row with its kpi_name in the page's language; a name that isn't ours stays."""
        english, other = self.kpis.get(row[kpi_id], (None, None))
        return row | {"kpi_name": other} if row["kpi_name"] == english else row

    def find(self, text: str, depth: int = 0) -> str | None:
        """Return a text in the other language; None where no template fits."""
        if text not in self.found and depth <= DEEPEST:
            said = (self.fill(template, text, depth) for template in self.templates)
            self.found[text] = next((found for found in said if found is not None), None)
        return self.found.get(text)

    def fill(self, template: Template, text: str, depth: int) -> str | None:
        """Return a text by one template; None where it doesn't fit, or a part of it doesn't."""
        match = template.pattern.fullmatch(text)
        if not match:
            return None
        values = {
            name: self.value(template.kinds[name], found, depth)
            for name, found in match.groupdict().items()
        }
        return None if None in values.values() else template.other.format(**values)

    def value(self, kind: str, text: str, depth: int) -> str | None:
        """Return what stands in a placeholder, in the other language; None where it can't be."""
        if kind == "part":
            return self.find(text, depth + 1)
        if kind == "word":
            return self.words.get(text)
        if kind == "day":
            return self.formats.day(date.fromisoformat(text))
        if kind in ("value", "count") and (parts := NUMBER.fullmatch(text)):
            return self.formats.written(Decimal(parts[1]), parts[2])
        return text


def load() -> dict[str, dict[str, Any]]:
    """Return the tables words, kpis and sentences by language."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def compiled(language: str) -> list[Template]:
    """Return the templates of a language, those that say most themselves first."""
    pairs = load().get(language, {}).get("sentences", {})
    found = [Template(english, other) for english, other in pairs.items()]
    return sorted(found, key=lambda template: -template.literals)
