# SPDX-License-Identifier: MIT
"""What may be given to be scored, as articles."""
from __future__ import annotations

import datetime
from typing import Any, Iterable, Iterator, Mapping, NamedTuple, Optional, Union

FIELDS = ("text", "id", "title", "date", "outlet")


class Article(NamedTuple):
    """One article. The title is not part of the text; the text's paragraphs are its lines.

    date: in one of the forms that newsrooms write, or a datetime; it bounds dated names of the gazetteer.
    """

    text: Union[str, bytes, None]
    id: Optional[str] = None
    title: Optional[str] = None
    date: Any = None
    outlet: Optional[str] = None


ArticleLike = Union[str, bytes, None, Article, Mapping[str, Any]]


def is_absent(value: Any) -> bool:
    """None, and what pandas writes for it: NaN, NaT, NA."""
    if value is None:
        return True
    if isinstance(value, (str, bytes)):
        return False
    try:
        return bool(value != value)
    except TypeError:  # pandas.NA has no truth
        return True


def _as_text(value: Any, field: str, number: int) -> Any:
    if is_absent(value):
        return None
    if isinstance(value, (str, bytes)):
        return value
    raise TypeError(f"article {number}: {field} is {type(value).__name__}; expected str")


def _as_id(value: Any, number: int) -> str:
    if is_absent(value):
        return str(number)
    return value if isinstance(value, str) else str(value)


def _as_date(value: Any, number: int) -> Optional[str]:
    if is_absent(value):
        return None
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return _as_text(value, "date", number)


def _from_mapping(given: Mapping[str, Any]) -> Article:
    if "text" not in given:
        raise KeyError(f"an article needs 'text'; its keys are {', '.join(map(repr, given))}")
    return Article(*(given.get(field) for field in FIELDS))


def _from_frame(frame: Any, columns: Mapping[str, str]) -> Iterator[Article]:
    names = {field: columns.get(field, field) for field in FIELDS}
    for field, name in names.items():
        if name not in frame.columns and (field == "text" or field in columns):
            raise KeyError(f"no column {name!r} for {field}; the columns are {', '.join(map(repr, frame.columns))}")
    taken = [frame[name] if name in frame.columns else [None] * len(frame) for name in names.values()]
    if names["id"] not in frame.columns:
        taken[FIELDS.index("id")] = frame.index
    return (Article(*row) for row in zip(*taken))


def articles(given: Any, columns: Optional[Mapping[str, str]] = None) -> Iterator[Article]:
    """Normalised articles of a DataFrame, or of an iterable of what may be one; their ids are str.

    An article without an id gets its place (0, 1, ...), in a DataFrame its index.
    Raises TypeError for what is none, with its place; KeyError where there is no text.
    """
    items: Iterable[Any]
    if hasattr(given, "columns") and hasattr(given, "index"):
        items = _from_frame(given, columns or {})
    elif isinstance(given, (str, bytes, Mapping)) or isinstance(given, Article):
        items = [given]
    else:
        items = given
    for number, item in enumerate(items):
        if isinstance(item, Article):
            article = item
        elif isinstance(item, Mapping):
            article = _from_mapping(item)
        else:
            article = Article(_as_text(item, "text", number))
        yield Article(
            _as_text(article.text, "text", number),
            _as_id(article.id, number),
            _as_text(article.title, "title", number),
            _as_date(article.date, number),
            _as_text(article.outlet, "outlet", number),
        )
