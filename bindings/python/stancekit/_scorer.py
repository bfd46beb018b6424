# SPDX-License-Identifier: MIT
"""One thread's scorer: an article in, predictions out. The call into the library runs without the interpreter's lock."""
from __future__ import annotations

import struct
from typing import Any, Dict, NamedTuple, Optional, Tuple

from ._articles import Article
from ._library import check, decode, ffi, lib
from .models import Gazetteer, Model

ONE = 10000  # the library rounds to whole ten-thousandths
LABELS_MAX = lib.STANCE_LABELS_MAX

# The library's arrays are unpacked in one go, which is ten times as fast as member by member; their layout is checked.
_PREDICTION = struct.Struct(f"@I0PPPII{LABELS_MAX}ff0P")
_ROUNDED = struct.Struct(f"@{LABELS_MAX}Hh")
if _PREDICTION.size != ffi.sizeof("struct stance_prediction") or _ROUNDED.size != ffi.sizeof("struct stance_rounded"):
    raise ImportError("libstance lays its structs out in another way than this package expects")


class Mention(NamedTuple):
    """An actor at a span of a sentence; start and end are code points of its text, half-open."""

    actor: str
    start: int
    end: int
    implicit: bool


class Prediction(NamedTuple):
    """One label of one unit: of a dyad (source towards target), of a target, or of a sentence (both None)."""

    article: str
    date: Optional[str]
    outlet: Optional[str]
    sentence: int
    """Its place in the article; 0 is the title where there is one."""
    text: str
    source: Optional[str]
    target: Optional[str]
    source_affiliation: Optional[str]
    target_affiliation: Optional[str]
    mentions: Tuple[Mention, ...]
    head: str
    label: str
    p: Dict[str, float]
    """Each label's probability in ten-thousandths, summing to 1; the label need not be the most probable one."""
    score: float
    """-1 hostile .. +1 friendly: the mean of the labels' values under p."""


class Settings(NamedTuple):
    """How to score."""

    model: Model
    gazetteer: Gazetteer
    implicit: bool = True
    rollup: bool = False
    dyads_only: bool = False
    explain: int = 0


class Scored(NamedTuple):
    """What came of one article."""

    predictions: list[Prediction]
    why: list[list[tuple[Any, ...]]]
    """With Settings.explain: of each prediction (term, words, start, end, weights by label)."""
    repaired: int
    date_is_lost: bool
    is_absent: bool


def _bytes(text: Any) -> bytes:
    """A lone surrogate becomes bytes that are not UTF-8, which the library repairs and counts."""
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")


def _line(text: Any) -> Any:
    """A NUL-terminated line, or NULL; a NUL inside must not end it."""
    return ffi.NULL if text is None else ffi.new("char[]", _bytes(text).replace(b"\0", b"\xef\xbf\xbd"))


class Scorer:
    """Of one thread at a time."""

    def __init__(self, settings: Settings):
        options, out = ffi.new("struct stance_scoring *"), ffi.new("struct stance_scorer **")
        options.no_implicit = not settings.implicit
        options.rollup = settings.rollup
        options.dyads_only = settings.dyads_only
        options.repair = True
        self._error = ffi.new("struct stance_error *")
        check(
            lib.stance_scorer_new(settings.model._pointer, settings.gazetteer._pointer, options, out, self._error),
            self._error,
        )
        self._pointer = ffi.gc(out[0], lib.stance_scorer_destroy)
        self._settings = settings  # model and gazetteer must outlive the scorer
        self._result = ffi.new("struct stance_result *")
        self._heads = list(settings.model.heads.items())

    def run(self, article: Article) -> Scored:
        """Raises StanceError where the library cannot score it."""
        if article.text is None and article.title is None:
            return Scored([], [], 0, False, True)
        text = _bytes(article.text or "")
        given, result = ffi.new("struct stance_article *"), self._result
        kept = text_buffer, title, date = ffi.from_buffer(text or b"\0"), _line(article.title), _line(article.date)
        given.text, given.text_length, given.title, given.date = text_buffer, len(text), title, date
        check(lib.stance_scorer_run(self._pointer, given, result, self._error), self._error)
        count = result.prediction_count
        predictions = list(self._predictions(article, result, count))
        why = [self._explain(result, index) for index in range(count)] if self._settings.explain else []
        del kept
        return Scored(predictions, why, int(result.repaired), bool(result.date_is_lost), False)

    def _predictions(self, article: Article, result: Any, count: int) -> Any:
        if not count:
            return
        rounded = ffi.new("struct stance_rounded[]", count)
        lib.stance_round(self._settings.model._pointer, result.predictions, count, rounded)
        date = decode(result.document.date) if result.document.date else None
        title = {"article": article.id or "", "date": date, "outlet": article.outlet}
        at, last = {}, -1
        actors, heads = self._settings.gazetteer._actor, self._heads
        rows = _PREDICTION.iter_unpack(ffi.buffer(result.predictions, count * _PREDICTION.size))
        shares = _ROUNDED.iter_unpack(ffi.buffer(rounded, count * _ROUNDED.size))
        for row, share in zip(rows, shares):
            sentence, source, target, head, label = row[:5]
            if sentence != last:
                text, mentions = self._sentence(result.document, sentence)
                at, last = {"sentence": sentence, "text": text, "mentions": mentions}, sentence
            name, labels = heads[head]
            who = actors(source) if source else None
            whom = actors(target) if target else None
            yield Prediction(
                **title,
                **at,
                source=who.id if who else None,
                target=whom.id if whom else None,
                source_affiliation=who.affiliation if who else None,
                target_affiliation=whom.affiliation if whom else None,
                head=name,
                label=labels[label],
                p={labels[i]: share[i] / ONE for i in range(len(labels))},
                score=share[LABELS_MAX] / ONE,
            )

    def _sentence(self, document: Any, index: int) -> tuple[str, tuple[Mention, ...]]:
        """Its text, and its mentions in code points of that."""
        sentence = document.sentences[index]
        raw = ffi.buffer(document.text + sentence.start, sentence.end - sentence.start)[:]
        text, mentions = raw.decode("utf-8", "replace"), []
        is_ascii = len(text) == len(raw)
        for number in range(sentence.mention_first, sentence.mention_first + sentence.mention_count):
            mention = document.mentions[number]
            start, end = mention.start - sentence.start, mention.end - sentence.start
            if not is_ascii:
                start, end = len(raw[:start].decode("utf-8", "replace")), len(raw[:end].decode("utf-8", "replace"))
            actor = self._settings.gazetteer._actor(int(ffi.cast("uintptr_t", mention.actor)))
            mentions.append(Mention(actor.id, start, end, bool(mention.is_implicit)))
        return text, tuple(mentions)

    def _explain(self, result: Any, index: int) -> list[tuple[Any, ...]]:
        prediction = result.predictions + index
        out, document = ffi.new("struct stance_explanation *"), result.document
        limit = self._settings.explain
        check(lib.stance_scorer_explain(self._pointer, prediction, limit, out, self._error), self._error)
        sentence, labels = document.sentences[prediction.sentence], self._heads[prediction.head][1]
        raw = ffi.buffer(document.text + sentence.start, sentence.end - sentence.start)[:]

        def by_label(weights: Any) -> dict[str, float]:
            return {label: weights[i] / ONE for i, label in enumerate(labels)}

        terms = [("bias", None, None, None, by_label(out.bias))]
        for number in range(out.reason_count):
            reason = out.reasons[number]
            words = start = end = None
            if sentence.start <= reason.start < reason.end <= sentence.end:
                before = raw[: reason.start - sentence.start].decode("utf-8", "replace")
                words = raw[reason.start - sentence.start : reason.end - sentence.start].decode("utf-8", "replace")
                start, end = len(before), len(before) + len(words)
            terms.append((decode(reason.feature), words, start, end, by_label(reason.weights)))
        terms.append(("others", None, None, None, by_label(out.others)))
        return terms
