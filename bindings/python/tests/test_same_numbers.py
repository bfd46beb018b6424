# SPDX-License-Identifier: MIT
"""What Python gives is what `stance classify` prints, to the last digit."""
import json
import os
import subprocess

import stancekit


def printed(program, files, *flags):
    command = [program, "classify", "--quiet", "--format", "jsonl", *flags, *map(str, files)]
    own = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}  # a sanitizer's library is meant for this process
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", env=own)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    for line in lines:  # the library does not look at what was trained on
        line.pop("seen", None)
    return lines


def as_printed(prediction):
    found = {"article": prediction.article, "date": prediction.date, "sentence": prediction.sentence, "text": prediction.text}
    for key in ("source", "target", "source_affiliation", "target_affiliation"):
        if getattr(prediction, key) is not None:
            found[key] = getattr(prediction, key)
    found["mentions"] = [
        {"actor": m.actor, "start": m.start, "end": m.end, **({"implicit": True} if m.implicit else {})}
        for m in prediction.mentions
    ]
    return {**found, "head": prediction.head, "label": prediction.label, "p": prediction.p, "score": prediction.score}


def test_predictions(program, files, articles, shipped):
    model, gazetteer = shipped
    expected = printed(program, files)
    assert len(expected) > 300
    for threads in (1, 3):
        found = [as_printed(p) for p in stancekit.predict(articles, model=model, gazetteer=gazetteer, threads=threads)]
        assert found == expected


def test_settings(program, files, articles, shipped):
    model, gazetteer = shipped
    flags = {"implicit": "--no-implicit", "rollup": "--rollup", "dyads_only": "--dyads-only"}
    for name, flag in flags.items():
        given = {name: name != "implicit"}
        found = stancekit.predict(articles, model=model, gazetteer=gazetteer, **given)
        assert [as_printed(p) for p in found] == printed(program, files, flag)


def test_explanations(program, files, articles, shipped):
    model, gazetteer = shipped
    few = slice(-3, None)
    found = stancekit.explain(articles[few], limit=4, model=model, gazetteer=gazetteer)
    rows = found.to_dict("records")
    for unit in printed(program, files[few], "--explain=4"):
        labels, why = list(unit["p"]), unit["why"]
        terms = [{"term": "bias", "weights": why["bias"]}]
        terms += [{**feature, "term": feature["name"]} for feature in why["features"]]
        terms += [{"term": "others", "weights": why["others"]}]
        for term in terms:
            row = rows.pop(0)
            assert (row["article"], row["sentence"], row["head"]) == (unit["article"], unit["sentence"], unit["head"])
            assert (row["term"], row["words"]) == (term["term"], term.get("words"))
            if "start" in term:
                assert (row["start"], row["end"]) == (term["start"], term["end"])
            assert {label: row[f"weight_{label}"] for label in labels} == term["weights"]
    assert not rows


def test_articles_as_they_are_found(program, tmp_path, shipped):
    """Bytes that are not UTF-8, line ends, dates of newsrooms, invisible characters: read as the program reads them."""
    model, gazetteer = shipped
    odd = [
        {"id": "crlf", "title": "Talks\r\n", "date": "3 May 2022", "text": "Mali expelled France's envoy.\r\nIt rained.\r"},
        {"id": "unseen", "date": "20220503", "text": "Ma\u00adli accused \u200bFrance of lies. Les Ma\u00efs\u2026"},
        {"id": "far \U0001f30d", "date": None, "text": "\U0001f30d\U0001f30d Mali praised Russia."},
    ]
    path = tmp_path / "odd.jsonl"
    path.write_text("".join(json.dumps({k: v for k, v in one.items() if v}) + "\n" for one in odd), encoding="utf-8")
    expected = printed(program, [path])
    found = [as_printed(p) for p in stancekit.predict(odd, model=model, gazetteer=gazetteer)]
    assert [{k: v for k, v in one.items() if v is not None} for one in found] == expected
