# SPDX-License-Identifier: MIT
"""Whatever is given, what comes is an exception that says what is wrong."""
import subprocess
import sys
import warnings

import pytest

import stancekit


@pytest.fixture
def given(shipped):
    return {"model": shipped[0], "gazetteer": shipped[1]}


def test_files(tmp_path):
    with pytest.raises(stancekit.StanceInputError, match="missing.model: cannot open"):
        stancekit.Model(tmp_path / "missing.model")
    damaged = tmp_path / "damaged.model"
    damaged.write_bytes(b"STANCEKM" + bytes(100))
    with pytest.raises(stancekit.StanceInputError, match="damaged.model"):
        stancekit.Model(damaged)
    bad = tmp_path / "bad.json"
    bad.write_text('{"actors":[\n{"id":"A","name":"A","type":"planet","aliases":["A"]}]}')
    with pytest.raises(stancekit.StanceInputError) as caught:
        stancekit.Gazetteer(bad)
    assert caught.value.line == 2 and caught.value.file == str(bad) and "planet" in caught.value.message
    with pytest.raises(stancekit.StanceInputError, match="has no .json file"):
        (tmp_path / "empty").mkdir()
        stancekit.Gazetteer(tmp_path / "empty")
    assert issubclass(stancekit.StanceInputError, ValueError)


@pytest.mark.parametrize(
    "articles, message",
    [
        ([3], "article 0: text is int; expected str"),
        (["a", ["b"]], "article 1: text is list"),
        ([{"text": "a", "title": 4}], "article 0: title is int"),
        (7, "not iterable"),
    ],
)
def test_what_is_no_article(given, articles, message):
    for threads in (1, 2):
        with pytest.raises(TypeError, match=message):
            stancekit.classify(articles, threads=threads, **given)


def test_arguments(given):
    with pytest.raises(KeyError, match="needs 'text'"):
        stancekit.classify([{"body": "x"}], **given)
    pandas = pytest.importorskip("pandas")
    with pytest.raises(KeyError, match="no column 'text'"):
        stancekit.classify(pandas.DataFrame({"body": ["x"]}), **given)
    for threads in (0, 257, True, 1.5):
        with pytest.raises(ValueError, match="threads"):
            stancekit.classify("x", threads=threads, **given)
    with pytest.raises(ValueError, match="limit"):
        stancekit.explain("x", limit=0, **given)
    with pytest.raises(ValueError, match="size"):
        stancekit.classify_chunks("x", size=0, **given)
    with pytest.raises(TypeError, match="expected a Model, found str"):
        stancekit.classify("x", model="my.model")


def test_hostile_texts(given):
    """NUL, lone surrogates, bytes, nothing at all, very long lines: repaired and told, never a crash."""
    with pytest.warns(stancekit.StanceWarning, match="bytes were not UTF-8"):
        frame = stancekit.classify(["Mali\0 attacked \udcff France.", b"Mali \xff attacked France."], **given)
    assert set(frame["article"]) == {"0", "1"} and frame["text"].str.contains("\ufffd").all()
    with pytest.warns(stancekit.StanceWarning, match="1 dates could not be read"):
        stancekit.classify({"text": "It rained.", "date": "31/12/99 or so"}, **given)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(stancekit.classify(["", "   \n", "\u200b"], **given)) == 0
        title = stancekit.classify({"text": "", "title": "Mali\0 attacked France"}, **given)
        assert title["sentence"].eq(0).all() and len(title) > 0
        stancekit.classify("Mali. " * 10000, dyads_only=True, **given)
    with pytest.raises(stancekit.StanceError, match="the limit is 100000"):
        stancekit.classify("Mali " * 100000, dyads_only=True, **given)


def test_a_scorer_that_fails_ends_the_run(given):
    def broken():
        yield "Mali attacked France."
        raise RuntimeError("the feed broke")

    for threads in (1, 2):
        with pytest.raises(RuntimeError, match="the feed broke"):
            list(stancekit.predict(broken(), threads=threads, **given))


def test_no_library_is_an_import_error():
    """In a process of its own: the library is loaded once."""
    script = "import sys; sys.path.insert(0, sys.argv[1]); import stancekit"
    folder = str(__import__("conftest").ROOT / "bindings" / "python")
    done = subprocess.run(
        [sys.executable, "-c", script, folder],
        env={"STANCEKIT_LIBRARY": "/nowhere/libstance.so.0", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 1 and "ImportError: libstance cannot be loaded" in done.stderr
