# SPDX-License-Identifier: MIT
"""Predictions and explanations as pandas DataFrames."""
from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Iterable, Iterator, Mapping, Optional

from ._articles import articles
from ._predict import noted, score, settings_of
from ._scorer import Prediction
from .models import Gazetteer, Model

if TYPE_CHECKING:
    import pandas

TEXTS = (
    "article",
    "date",
    "outlet",
    "sentence",
    "text",
    "source",
    "target",
    "source_affiliation",
    "target_affiliation",
    "head",
    "label",
)


def _frame(predictions: Iterable[Prediction], labels: Iterable[str], mentions: bool) -> "pandas.DataFrame":
    import pandas

    rows = list(predictions)
    fields = dict(zip(Prediction._fields, zip(*rows))) if rows else dict.fromkeys(Prediction._fields, ())
    columns: dict[str, Any] = {
        name: pandas.Series(fields[name], dtype="int64" if name == "sentence" else object) for name in TEXTS
    }
    columns["p"] = pandas.Series([p[label] for p, label in zip(fields["p"], fields["label"])], dtype="float64")
    columns["score"] = pandas.Series(fields["score"], dtype="float64")
    for label in labels:
        columns[f"p_{label}"] = pandas.Series([p.get(label) for p in fields["p"]], dtype="float64")
    if mentions:
        columns["mentions"] = pandas.Series(list(fields["mentions"]), dtype=object)
    return pandas.DataFrame(columns)


def classify_chunks(
    given: Any,
    *,
    size: int = 10000,
    model: Optional[Model] = None,
    gazetteer: Optional[Gazetteer] = None,
    implicit: bool = True,
    rollup: bool = False,
    dyads_only: bool = False,
    threads: Optional[int] = None,
    columns: Optional[Mapping[str, str]] = None,
    mentions: bool = False,
) -> Iterator["pandas.DataFrame"]:
    """As `classify`, in DataFrames of the predictions of `size` articles each, for inputs that are larger than memory.

    The last is shorter; one whose articles have no predictions is empty, with the same columns.
    """
    if isinstance(size, bool) or not isinstance(size, int) or size < 1:
        raise ValueError(f"size is {size!r}; expected a whole number above 0")
    settings = settings_of(model, gazetteer, implicit, rollup, dyads_only)
    return _chunks(noted(score(articles(given, columns), settings, threads)), size, settings.model.labels, mentions)


def _chunks(scored: Iterator[Any], size: int, labels: list[str], mentions: bool) -> Iterator["pandas.DataFrame"]:
    while chunk := list(itertools.islice(scored, size)):
        yield _frame((prediction for one in chunk for prediction in one.predictions), labels, mentions)


def classify(
    given: Any,
    *,
    model: Optional[Model] = None,
    gazetteer: Optional[Gazetteer] = None,
    implicit: bool = True,
    rollup: bool = False,
    dyads_only: bool = False,
    threads: Optional[int] = None,
    columns: Optional[Mapping[str, str]] = None,
    mentions: bool = False,
) -> "pandas.DataFrame":
    """Who is hostile or friendly to whom: one row a prediction.

    given       a DataFrame with a column "text" (and "id", "title", "date", "outlet"; the index is the id where there is
                no column of it), or a text, an Article, a mapping with such keys, or an iterable of these
    model       a Model; None: the shipped one
    gazetteer   a Gazetteer; None: the shipped actors
    implicit    also mentions resolved from context ("the junta", "he")
    rollup      actors replaced by whom they act for (a minister by the state)
    dyads_only  dyads alone, not sentences
    threads     None: one a core; the result is the same for any number
    columns     where a DataFrame's columns have other names: {"text": "body", "date": "published"}
    mentions    a column of tuples of Mention too

    Returns a DataFrame [predictions x (13 + labels)]: article, date, outlet (str or None), sentence (int), text, source,
    target, source_affiliation, target_affiliation (ids, None where there is none), head, label (str), p (of the label),
    score (-1 .. 1), and p_LABEL of each label (NaN where the row's head has no such label). Articles without text and
    title give no rows, which is told by a StanceWarning, like bytes that are not UTF-8 and dates that are not read.
    Raises TypeError and KeyError for what is no article, and StanceError for what the library refuses.
    """
    settings = settings_of(model, gazetteer, implicit, rollup, dyads_only)
    scored = noted(score(articles(given, columns), settings, threads))
    return _frame((prediction for one in scored for prediction in one.predictions), settings.model.labels, mentions)


def explain(
    given: Any,
    *,
    limit: int = 10,
    model: Optional[Model] = None,
    gazetteer: Optional[Gazetteer] = None,
    implicit: bool = True,
    rollup: bool = False,
    dyads_only: bool = False,
    columns: Optional[Mapping[str, str]] = None,
) -> "pandas.DataFrame":
    """Which words decided: of each prediction the bias, the `limit` strongest features, and all others together.

    The arguments are those of `classify`. Returns a DataFrame [terms x (10 + labels)]: article, sentence, source, target,
    head, label, term ("bias", a feature's name, "others"), words (of the feature's first occurrence, or None), start, end
    (code points of the sentence; NA where there are no words), and weight_LABEL of each label (NaN where the head has no
    such label). The weights of a prediction sum to its decision values, in ten-thousandths without a remainder.
    Raises StanceUsageError for a model with a kernel, whose decisions are no sum over words; else as `classify`.
    """
    import pandas

    if isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= 1000:
        raise ValueError(f"limit is {limit!r}; expected 1 .. 1000")
    settings = settings_of(model, gazetteer, implicit, rollup, dyads_only, limit)
    names = ["article", "sentence", "source", "target", "head", "label", "term", "words", "start", "end"]
    labels, rows = settings.model.labels, []
    for one in noted(score(articles(given, columns), settings, 1)):
        for unit, terms in zip(one.predictions, one.why):
            about = (unit.article, unit.sentence, unit.source, unit.target, unit.head, unit.label)
            rows += [(*about, *term[:4], *(term[4].get(label) for label in labels)) for term in terms]
    frame = pandas.DataFrame(rows, columns=names + [f"weight_{label}" for label in labels])
    weights = {f"weight_{label}": "float64" for label in labels}
    return frame.astype({"sentence": "int64", "start": "Int64", "end": "Int64", **weights})
