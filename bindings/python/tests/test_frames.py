# SPDX-License-Identifier: MIT
"""DataFrames in and out, iterators, threads."""
import datetime
import itertools
import pickle
import threading

import pandas
import pytest

import stancekit

TEXT = "Mali expelled France's envoy. Russia praised Mali."


@pytest.fixture
def given(shipped):
    return {"model": shipped[0], "gazetteer": shipped[1]}


def test_columns_and_types(given):
    frame = stancekit.classify([TEXT], **given)
    assert list(frame.columns) == [
        "article", "date", "outlet", "sentence", "text", "source", "target", "source_affiliation", "target_affiliation",
        "head", "label", "p", "score", "p_hostile", "p_neutral", "p_friendly", "p_negative", "p_positive",
    ]  # fmt: skip
    assert str(frame["sentence"].dtype) == "int64" and str(frame["p_hostile"].dtype) == "float64"
    dyad = frame[(frame["source"] == "MLI") & (frame["target"] == "FRA")].iloc[0]
    assert dyad["label"] == "hostile" and dyad["p"] == dyad["p_hostile"] and dyad["article"] == "0"
    assert frame["date"].isna().all() and pandas.isna(dyad["p_negative"])
    shares = frame[[name for name in frame if name.startswith("p_")]].sum(axis=1)
    assert ((shares - 1).abs() < 1e-9).all()
    nothing = stancekit.classify([], **given)
    assert list(nothing.columns) == list(frame.columns) and len(nothing) == 0
    assert (nothing.dtypes == frame.dtypes).all()


def test_data_frame(given):
    table = pandas.DataFrame(
        {
            "body": [TEXT, None, float("nan"), "Japan thanked Peru."],
            "published": [datetime.datetime(2022, 5, 3), pandas.NaT, None, pandas.Timestamp("2022-05-04 10:30")],
            "id": [12345678901234567, 2, 3, "d"],
        }
    )
    with pytest.warns(stancekit.StanceWarning, match="2 articles have neither text nor title"):
        frame = stancekit.classify(table, columns={"text": "body", "date": "published"}, **given)
    assert list(frame["article"].unique()) == ["12345678901234567", "d"]
    assert list(frame["date"].unique()) == ["2022-05-03", "2022-05-04T10:30:00"]
    indexed = pandas.DataFrame({"text": [TEXT]}, index=["first"])
    assert set(stancekit.classify(indexed, **given)["article"]) == {"first"}


def test_one_text_is_one_article(given):
    frame = stancekit.classify(TEXT, **given)
    assert len(frame) == len(stancekit.classify([{"text": TEXT}], **given)) > 0


def test_mentions_are_code_points(given):
    frame = stancekit.classify("\U0001f30d Ma\u00efs: Mali praised Russia.", mentions=True, dyads_only=True, **given)
    for mention in frame["mentions"][0]:
        assert frame["text"][0][mention.start : mention.end] in ("Mali", "Russia")


def test_chunks_are_the_whole(given):
    texts = [TEXT] * 7
    chunks = list(stancekit.classify_chunks(texts, size=3, **given))
    assert [chunk["article"].nunique() for chunk in chunks] == [3, 3, 1]
    whole = stancekit.classify(texts, **given)
    pandas.testing.assert_frame_equal(pandas.concat(chunks, ignore_index=True), whole)


def test_input_is_read_lazily(given):
    """An endless input: what is read ahead is bounded."""
    taken = itertools.count()
    endless = (f"Mali attacked France. {next(taken)}" for _ in itertools.count())
    first = list(itertools.islice(stancekit.predict(endless, threads=2, dyads_only=True, **given), 10))
    assert len(first) == 10 and next(taken) < 1000
    one = (f"Mali attacked France. {n}" for n in itertools.count())
    next(stancekit.predict(one, threads=1, dyads_only=True, **given))
    assert next(one) == "Mali attacked France. 1"


def test_threads_do_not_hold_the_lock(given):
    """While one thread is in the library, another one counts."""
    text = TEXT * 3000
    counted, is_done = 0, threading.Event()

    def run():
        stancekit.classify([text], threads=1, dyads_only=True, **given)
        is_done.set()

    thread = threading.Thread(target=run)
    thread.start()
    while not is_done.is_set():
        counted += 1
        is_done.wait(0.001)
    thread.join()
    assert counted > 3


def test_pickle(given):
    model, gazetteer = pickle.loads(pickle.dumps((given["model"], given["gazetteer"])))
    assert model.heads == given["model"].heads and len(gazetteer) == len(given["gazetteer"])


def test_gazetteer(given):
    gazetteer = given["gazetteer"]
    assert gazetteer["MLI"] == ("MLI", "Mali", "state", None)
    assert "MLI" in gazetteer and "nobody" not in gazetteer and 3 not in gazetteer
    assert next(iter(gazetteer)).id in gazetteer and len(list(gazetteer)) == len(gazetteer)
    with pytest.raises(KeyError):
        gazetteer["M\0LI"]


def test_explain_sums(given):
    found = stancekit.explain("Mali expelled France's envoy.", limit=3, **given)
    dyad = found[(found["source"] == "MLI") & (found["target"] == "FRA")]
    assert list(dyad["term"])[0] == "bias" and list(dyad["term"])[-1] == "others" and len(dyad) == 5
    assert dyad["weight_hostile"].sum() > dyad["weight_friendly"].sum()
    assert dyad["weight_negative"].isna().all()
