# SPDX-License-Identifier: MIT
"""Articles scored side by side, answered in their order, with bounded memory."""
from __future__ import annotations

import itertools
import os
import queue
import warnings
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Iterable, Iterator, Mapping, Optional

from ._articles import Article, articles
from ._errors import StanceWarning
from ._scorer import Prediction, Scored, Scorer, Settings
from .models import Gazetteer, Model

BATCH = 64  # articles that a thread takes at once


class _Notes:
    """What was left out or repaired, for one warning at the end."""

    def __init__(self) -> None:
        self.absent = self.repaired = self.dates = 0

    def add(self, scored: Scored) -> None:
        self.absent += scored.is_absent
        self.repaired += scored.repaired
        self.dates += scored.date_is_lost

    def warn(self) -> None:
        told = [
            (self.absent, "articles have neither text nor title and were left out"),
            (self.repaired, "bytes were not UTF-8, or NUL, and became U+FFFD"),
            (self.dates, "dates could not be read"),
        ]
        for count, what in told:
            if count:
                warnings.warn(f"{count} {what}", StanceWarning, stacklevel=4)


def _run_batch(scorers: "queue.SimpleQueue[Scorer]", batch: list[Article]) -> list[Scored]:
    scorer = scorers.get()
    try:
        return [scorer.run(article) for article in batch]
    finally:
        scorers.put(scorer)


def score(items: Iterator[Article], settings: Settings, threads: Optional[int]) -> Iterator[Scored]:
    """In the order of the items; not more than a few batches are read ahead, with one thread nothing is."""
    count = threads if threads is not None else (os.cpu_count() or 1)
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= 256:
        raise ValueError(f"threads is {threads!r}; expected 1 .. 256")
    if count == 1:
        scorer = Scorer(settings)
        yield from map(scorer.run, items)
        return
    scorers: "queue.SimpleQueue[Scorer]" = queue.SimpleQueue()
    for _ in range(count):
        scorers.put(Scorer(settings))
    running: deque[Any] = deque()
    with ThreadPoolExecutor(count, thread_name_prefix="stancekit") as pool:
        try:
            while batch := list(itertools.islice(items, BATCH)):
                running.append(pool.submit(_run_batch, scorers, batch))
                if len(running) > 2 * count:
                    yield from running.popleft().result()
            while running:
                yield from running.popleft().result()
        finally:
            for future in running:
                future.cancel()


def noted(scored: Iterable[Scored]) -> Iterator[Scored]:
    """The same; at the end, warnings of what was left out or repaired."""
    notes = _Notes()
    for one in scored:
        notes.add(one)
        yield one
    notes.warn()


def settings_of(
    model: Optional[Model],
    gazetteer: Optional[Gazetteer],
    implicit: bool,
    rollup: bool,
    dyads_only: bool,
    explain: int = 0,
) -> Settings:
    """The shipped model and actors where none are given. Raises TypeError for what is neither."""
    for given, kind in ((model, Model), (gazetteer, Gazetteer)):
        if given is not None and not isinstance(given, kind):
            raise TypeError(f"expected a {kind.__name__}, found {type(given).__name__}")
    return Settings(model or Model(), gazetteer if gazetteer is not None else Gazetteer(), implicit, rollup, dyads_only, explain)


def predict(
    given: Any,
    *,
    model: Optional[Model] = None,
    gazetteer: Optional[Gazetteer] = None,
    implicit: bool = True,
    rollup: bool = False,
    dyads_only: bool = False,
    threads: Optional[int] = None,
    columns: Optional[Mapping[str, str]] = None,
) -> Iterator[Prediction]:
    """Predictions of articles, one by one, for inputs of any size.

    given: a text, an Article, a mapping with "text" (and "id", "title", "date", "outlet"), an iterable of such, lazily
    read, or a DataFrame with such columns (see `classify` for `columns`). The other arguments are those of `classify`.
    Yields in the input's order: of each sentence its dyads, then the sentence itself. Memory does not grow with the
    input. Raises TypeError and KeyError for what is no article, with its place, and StanceError for what the library
    refuses.
    """
    settings = settings_of(model, gazetteer, implicit, rollup, dyads_only)
    scored = noted(score(articles(given, columns), settings, threads))
    return (prediction for one in scored for prediction in one.predictions)
