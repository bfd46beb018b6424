"""Runs the commands on hostile files in the current folder and looks for what a terminal would obey."""
import codecs
import json
import os
import pty
import re
import subprocess
import sys

STANCE = os.environ["STANCE"]
EVIL = "\x1b]0;owned\x07\x1b[31m\x9b2J\u202eevil\u2066x\u2069\u200f\U000e0041\x7f\ufff9"
RAW = EVIL.encode() + b"\x9b2J\xc0\x80\xff"
# Escape, C1 as UTF-8, bad bytes, direction, interlinear marks, tags.
BAD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f]")
ran = faults = 0


def look(what, data, allowed=""):
    global faults
    text = data.decode("utf-8", "replace_and_mark")
    found = sorted({hex(ord(c)) for c in BAD.findall(text) if c not in allowed})
    if found:
        faults += 1
        line = next(l for l in text.splitlines() if BAD.search(l))
        print(f"{what}: {found} in {ascii(line)[:160]}")


def mark(error):
    return ("\x9b", error.start + 1)  # a raw byte counts as C1


codecs.register_error("replace_and_mark", mark)


def run(*words, input=None, data=False, expect=None):
    """data: stdout holds JSON or CSV, which is for programs, unless a terminal shows it."""
    global ran, faults
    ran += 1
    done = subprocess.run([STANCE, *words], input=input, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    name = ascii(" ".join(words))
    look(f"{name}: stderr", done.stderr)
    if not data:
        look(f"{name}: stdout", done.stdout)
    if expect is not None and done.returncode != expect:
        faults += 1
        print(f"{name}: exit {done.returncode}, expected {expect}: {ascii(done.stderr.decode('utf-8', 'replace'))[:200]}")
    return done.stdout


def run_on_terminal(*words, allowed="\r"):
    """stdout is a terminal, stderr is not: progress bars are no matter of this test."""
    global ran, faults
    ran += 1
    main, side = pty.openpty()
    process = subprocess.Popen([STANCE, *words], stdin=subprocess.DEVNULL, stdout=side, stderr=subprocess.DEVNULL)
    os.close(side)
    said = b""
    while True:
        try:
            part = os.read(main, 65536)
        except OSError:
            break
        if not part:
            break
        said += part
    process.wait()
    os.close(main)
    if not said:
        faults += 1
        print(f"{words}: said nothing on the terminal")
    look(f"{ascii(' '.join(words))} on a terminal", said, allowed)


def write(name, content):
    with open(name, "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode())


def lines(name, *items):
    write(name, "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items))


text = f"Mali {EVIL} attacked France. Mali praised France. \x9b31mStrange Person met Strange Person in Mali."
write("a.txt", b"Title " + RAW + b"\nMali attacked France " + RAW + b" on Monday. Strange " + RAW + b" Person went. Mali praised Japan.\n")
write("bad\x1b[31m\x9b\u202e.txt", "Mali attacked France.\n")
lines("a.jsonl", {"id": "id" + EVIL, "title": "t" + EVIL, "date": "2024-01-02" + EVIL, "outlet": "o" + EVIL, "lang": "en", "text": text})
write("a.csv", f'id,title,text\n"x{EVIL}","t{EVIL}","{text}"\n')
write("broken.jsonl", b'{"text": "x", ' + RAW + b"}\n")
write("page.html", b"<html><title>T&#27;[31m" + RAW + b"</title><body><article><p>Mali attacked France " + RAW + b" on Monday, it was said there. &#155;2J</p></article></body></html>")
actor = {"id": "MLI" + EVIL, "name": "Mali" + EVIL, "type": "state", "aliases": ["Mali"]}
lines("actors.json", {"actors": [actor, {"id": "FRA", "name": "France", "type": "st" + EVIL, "aliases": ["France", "Fr" + EVIL], "x" + EVIL: 1}]})
lines("actors2.json", {"actors": [dict(actor, id="MLI\u202e"), {"id": "FRA", "name": "Fra\u202ence\u200f", "type": "state", "aliases": ["France"]}]})
write("actors.txt", f"FR{EVIL}ANCE_ [FRA{EVIL}]\n")
record = json.loads(open("labels.jsonl").readline())
lines("label.jsonl", dict(record, label="hos" + EVIL))
lines("head.jsonl", dict(record, head="st" + EVIL))
lines("unit.jsonl", dict(record, unit="u" + EVIL, annotator="a" + EVIL, note=EVIL, text=record["text"] + EVIL))
write("keys.jsonl", json.dumps({**record, "sta" + EVIL: 3, "start": EVIL}, ensure_ascii=False) + "\n" + '{"unit": ' + EVIL + "\n")
book = {"name": "b" + EVIL, "heads": [{"name": "h" + EVIL, "unit": "sentence", "labels": [{"name": "a" + EVIL}, {"name": "b"}]}]}
lines("book.json", book)
book2 = json.loads(json.dumps(book))
book2["name"], book2["heads"][0]["name"], book2["heads"][0]["labels"][0]["name"] = "b\u202e", "h\u202e", "a\u202e\u200f"
lines("book2.json", book2)
sentences = [{"unit": f"s{i}#1", "article": f"s{i}", "sentence": 1, "text": f"Word{i} {'good' if i % 2 else 'bad'}\x9b\u202e day {i}.",
              "head": "h\u202e", "label": "b" if i % 2 else "a\u202e\u200f", "annotator": "z"} for i in range(40)]
lines("sentences.jsonl", *sentences)

# ---- articles and actors
good = ["a.txt", "a.jsonl", "a.csv", "page.html", "bad\x1b[31m\x9b\u202e.txt"]
for source in ["broken.jsonl", "missing\x1b[31m\x9b.txt"]:
    run("segment", source)
    run("inspect", source)
    run("actors", "find", source)
    run("classify", "-m", "tiny.model", source)
run("actors", "find", "--actors", "actors.json", *good)
for source in [good]:
    run("segment", *source)
    run("segment", "--tokens", *source)
    run("inspect", *source)
    run("actors", "find", *source)
    run("actors", "find", "--actors", "actors2.json", *source)
    run("actors", "suggest", "--least", "1", *source)
    run("classify", "-m", "tiny.model", *source)
    run("classify", "-m", "tiny.model", "--explain", *source)
    run("classify", "-m", "tiny.model", "--actors", "actors2.json", "--by", "dyad", *source)
    run("classify", "-m", "tiny.model", "--by", "outlet", *source)
    run("classify", "-m", "tiny.model", "--provenance", *source)
run("actors", "check", "actors.json", "actors2.json")
run("actors", "compile", "-o", "x.compiled", "actors.json")
run("actors", "import", "--format", "petrarch", "actors.txt", "-o", "imported.json")
run("segment", "--" + EVIL[1:])
run("cla\x1b[31mssify")
run("classify", "--format", "x\x1b[31m\x9b")

# ---- labels, codebooks, models
run("train", "sentences.jsonl", "-o", "evil.model", "--codebook", "book2.json", expect=0)
for name in ["label.jsonl", "head.jsonl", "unit.jsonl", "keys.jsonl", "a.jsonl", "page.html"]:
    run("train", name, "labels.jsonl", "-o", "y.model")
    run("evaluate", "tiny.model", name)
    run("evaluate", "tiny.model", "labels.jsonl", name)
    run("compare", "tiny.model", "tiny.model", name)
    run("convert", "--from", "newsmtsc", name, data=True)
    run("convert", "--from", "records", "--to", "doccano", name, "-o", "z.jsonl")
    run("annotate", "alt-test", name, "--as", "a" + EVIL[1:])
run("train", "labels.jsonl", "-o", "y.model", "--codebook", "book.json", expect=2)
run("evaluate", "evil.model", "sentences.jsonl", expect=0)
run("evaluate", "evil.model", "sentences.jsonl", "--json", data=True, expect=0)
run("compare", "evil.model", "evil.model", "sentences.jsonl")
run("model", "show", "evil.model", "--top", "50", expect=0)
run("model", "show", "tiny.model")
run("model", "show", "page.html")
run("model", "explain", "tiny.model", "Mali attacked France " + EVIL, "--source", "MLI", "--target", "FRA", expect=0)
run("model", "explain", "tiny.model", "Mali attacked France " + EVIL, "--source", "M\x1b[31m", "--target", "FRA")

# ---- predictions
unit = {"unit": "a#1:MLI>FRA", "article": "a" + EVIL, "date": "2024-01-02", "outlet": "o" + EVIL, "sentence": 1, "text": text, "source": "S" + EVIL,
        "target": "T" + EVIL, "head": "st" + EVIL, "label": "lo" + EVIL, "p": {"lo" + EVIL: 0.75, "hi": 0.25}, "score": -0.5}
lines("predictions.jsonl", *[dict(unit, unit=f"a{i}#1:S>T", sentence=i) for i in range(30)])
for by in ["dyad", "article", "outlet", "outlet,month", "source"]:
    run("report", "predictions.jsonl", "--by", by)
plain = {"label": "hostile", "p": {"hostile": 0.75, "friendly": 0.25}}
lines("predictions.jsonl", *[dict(unit, unit=f"a{i}#1:S>T", sentence=i, **plain) for i in range(30)])
run("sample", "predictions.jsonl", "-n", "10", "-o", "sample.jsonl", expect=0)
lines("gold.jsonl", *[{"unit": f"a{i}#1:S>T", "head": "st" + EVIL, "label": "hostile", "annotator": "g" + EVIL} for i in range(30)])
run("estimate", "predictions.jsonl", "--sample", "sample.jsonl", "--gold", "gold.jsonl", expect=0)
run("estimate", "predictions.jsonl", "--sample", "sample.jsonl", "--gold", "gold.jsonl", "--by", "outlet")

# ---- a project
run("annotate", "init", "p", "--codebook", "book2.json")
run("annotate", "add", "p", "a.txt", "a.jsonl")
for name in ["one", "two"]:
    units = [json.loads(line) for line in open("p/units.jsonl")]
    lines(f"p/labels/{name}.jsonl", *[dict(u, head="h\u202e", label="a\u202e\u200f", annotator=name, note=EVIL) for u in units])
run("annotate", "status", "p")
run("annotate", "agree", "p", "--bootstrap", "50")
run("annotate", "export", "p", "--format", "records", "-o", "-", data=True)
run("annotate", "status", "p\x1b[31m")

# ---- on a terminal nothing is for programs
for format in ["jsonl", "csv"]:
    run_on_terminal("classify", "-m", "tiny.model", "--format", format, "a.jsonl")
run_on_terminal("inspect", "--format", "jsonl", "a.jsonl")
run_on_terminal("actors", "find", "--format", "jsonl", "a.jsonl")
run_on_terminal("report", "predictions.jsonl", "--format", "csv")
run_on_terminal("report", "predictions.jsonl", "--format", "jsonl")
run_on_terminal("evaluate", "evil.model", "sentences.jsonl", "--json")
run_on_terminal("model", "show", "evil.model", "--json")
run_on_terminal("sample", "predictions.jsonl", "-n", "10", "-o", "-")
run_on_terminal("convert", "--from", "records", "--to", "doccano", "sentences.jsonl", "-o", "-")
run_on_terminal("segment", "a.txt")

# ---- and what is for programs keeps its bytes
said = run("inspect", "--format", "jsonl", "a.jsonl", data=True)
if json.loads(said.splitlines()[0])["title"] != "t" + EVIL:
    print("inspect --format jsonl: the title has changed")
print(f"{ran if ran < 80 else ''}{'no' if not faults else faults} faults")
sys.exit(0 if ran > 80 and not faults else 1)
