# Whether all commands find the same articles, sentences and dyads in the same inputs.   usage: same.py STANCE FILE...
import json, re, subprocess, sys

STANCE, FILES = sys.argv[1], sys.argv[2:]


def run(*command):
    result = subprocess.run([STANCE, *command], capture_output=True, stdin=subprocess.DEVNULL)
    if result.returncode > 2:
        print(f"{command[0]}: exit {result.returncode}: {result.stderr.decode()[:200]}")
    return result.stdout.decode()


def objects(text):
    return [json.loads(line) for line in text.splitlines()]


def compare(what, one, other):
    for who, more in (("inspect", one - other), (what, other - one)):
        if more:
            print(f"{what}: {who} alone has {sorted(more)[:3]}")


COMMON = ["--any-language", *FILES]
ids = [a["id"] for a in objects(run("inspect", "--format", "jsonl", *COMMON)) if not a.get("left_out")]
blocks = run("segment", *COMMON).rstrip("\n").split("\n\n")
sentences = {sentence for block in blocks for sentence in block.split("\n")}
lines = objects(run("classify", "--format", "jsonl", "--done", "--progress", "never", *COMMON))
predictions = [line for line in lines if not line.get("done")]
run("annotate", "init", "project")
run("annotate", "add", "--any-language", "project", *FILES)
with open("project/units.jsonl") as file:
    units = objects(file.read())
mentions = objects(run("actors", "find", "--format", "jsonl", *COMMON))
with open("one.json", "w") as file:  # a gazetteer that knows next to nothing, so that all names are missing in it
    file.write('{"actors":[{"id":"ZZZ","name":"Zzyzx","type":"state"}]}')
names = objects(run("actors", "suggest", "-a", "one.json", "--least", "1", "--limit", "1000000", "--format", "jsonl", *COMMON))

if len(set(ids)) != len(ids) or len(ids) < 20:
    print(f"{len(ids)} articles, {len(set(ids))} ids")
if len(blocks) != len(ids):
    print(f"segment: {len(blocks)} articles, inspect: {len(ids)}")
compare("classify", set(ids), {line["article"] for line in lines if line.get("done") and not line.get("error")})
for what, records in (("classify", predictions), ("annotate", units), ("actors", mentions)):
    compare(what, set(ids), set(ids) | {record["article"] for record in records})
    compare(what, sentences, sentences | {record["text"] for record in records})
dyads = lambda records: {(r["article"], r["sentence"], r["source"], r["target"]) for r in records if r.get("source")}
if not dyads(predictions) or dyads(predictions) != dyads(units):
    print(f"dyads: {sorted(dyads(predictions) ^ dyads(units))[:3]} of {len(dyads(units))}")

# suggest: each context stands in a sentence, no name is counted oftener than it stands there, and articles with names are not missed
text = re.sub(r"\s+", " ", "\n".join(blocks))
for name in names:
    for context in name["contexts"]:
        if context.removeprefix("... ").removesuffix(" ...") not in text:
            print(f"suggest alone has {context}")
    if not name["articles"] <= name["count"] <= text.count(name["name"]):
        print(f"suggest: {name}, {text.count(name['name'])} times in the sentences")
inside = {re.sub("['’]s$", "", w) for s in sentences if s[-1] in ".!?" for w in re.findall(r"(?<=[a-z] )[A-Z][a-zô’]+", s)}
missed = {w for w in inside if not w.endswith("day") and not any(w in name["name"] for name in names)}
if len(names) < 20 or missed:
    print(f"suggest: {len(names)} names, without {sorted(missed)}")
