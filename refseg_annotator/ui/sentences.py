"""Sentences that come from below the window, in the person's language.

Services, storage and media say what went wrong in English: they know no Qt, and the command line and the log speak it
too. `resources/translations/sentences.json` lists those sentences as templates, gathered from the code by
`packaging/translations.py`; a sentence is known by its template, whose translation takes over what stood in the gaps.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache

from refseg_annotator import settings
from refseg_annotator.ui.number_words import if_number
from refseg_annotator.ui.wording import is_translated, tr

_GAP = re.compile(r"\{(\d+)\}")
_COUNT = re.compile(r"\{1\} (?:of \{2\} )?[^{}.;]*")
"""A template of `number_of`, or of an amount: its gaps are numbers, or every end of a sentence would fit it."""


@dataclass(frozen=True, slots=True)
class _Template:
    text: str
    pattern: re.Pattern[str]
    start: str

    @property
    def weight(self) -> int:
        """Letters that are the template's own: of two that fit, the one that says more is meant."""
        return len(_GAP.sub("", self.text))


@lru_cache(maxsize=1)
def _templates() -> tuple[_Template, ...]:
    file = settings.resources_folder() / "translations" / "sentences.json"
    try:
        texts = json.loads(file.read_text(encoding="utf-8"))
    except OSError:
        return ()
    found = []
    for text in texts:
        parts = _GAP.split(text)
        gap = r"[\d,.]+" if _COUNT.fullmatch(text) else ".*?"
        pattern = "".join(
            re.escape(part) if place % 2 == 0 else f"(?P<gap{part}>{gap})" for place, part in enumerate(parts)
        )
        found.append(_Template(text, re.compile(pattern, re.DOTALL), parts[0]))
    return tuple(sorted(found, key=lambda template: -template.weight))


def tr_sentence(sentence: str) -> str:
    """A sentence of a service in the person's language; as it is, where there is no translation of it."""
    if not sentence or not is_translated():
        return sentence
    for template in _templates():
        if not sentence.startswith(template.start):
            continue
        match = template.pattern.fullmatch(sentence)
        if match is None:
            continue
        words = tr(template.text)
        if words == template.text:
            return sentence
        # What stands in a gap may be a sentence or a word of its own.
        gaps = {name.removeprefix("gap"): _part(value) for name, value in match.groupdict().items()}
        return _filled(words, gaps)
    return sentence


def tr_sentences(joined: str) -> str:
    """Several sentences without their periods, joined by semicolons, as a queue lists them."""
    parts, told = joined.split("; "), []
    while parts:
        # A sentence may have semicolons of its own: the most parts that are one sentence together.
        for count in range(len(parts), 0, -1):
            here = "; ".join(parts[:count])
            words = _unended(here)
            if words != here or count == 1:
                told.append(words)
                del parts[:count]
                break
    return "; ".join(told)


def _unended(part: str) -> str:
    told = tr_sentence(f"{part}.")
    return (tr_sentence(part) if told == f"{part}." else told).rstrip(".。")


def _filled(words: str, gaps: dict[str, str]) -> str:
    return _GAP.sub(lambda gap: gaps.get(gap[1], gap[0]), words)


def _part(words: str) -> str:
    return tr_sentence(words) if " " in words else if_number(words)
