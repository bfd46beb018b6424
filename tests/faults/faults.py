#!/usr/bin/env python3
"""Fails the k-th allocation (tests/faults/shim.c, by LD_PRELOAD) and the k-th open, read, write, fsync, close, rename (strace's injection) of small runs
of every command. Each run must end in exit code 3 with a message, or as the undisturbed run did, byte by byte; and no file may stand under its final
name with other bytes than before or at the end of an undisturbed run.

Usage: faults.py BUILD_FOLDER [--k N] [--only WORD] [--kinds KIND,...]     N: how many k of each kind are tried, spread over the run (0: all)
"""
import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile

KINDS = {"malloc": None, "openat": "EMFILE", "read": "EIO", "write": "ENOSPC", "fsync": "EIO", "fdatasync": "EIO", "close": "EIO", "rename": "EIO",
         "ftruncate": "EIO"}
root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# name, words, files that it writes
COMMANDS = [
    ("segment", "segment a.txt a.jsonl page.html", []),
    ("inspect", "inspect --format jsonl a.txt a.jsonl a.csv page.html a.xml", []),
    ("find", "actors find --actors actors.json --format jsonl a.txt", []),
    ("check", "actors check actors.json", []),
    ("compile", "actors compile -o c.compiled actors.json", ["c.compiled"]),
    ("import", "actors import --format petrarch actors.txt -o imported.json", ["imported.json"]),
    ("suggest", "actors suggest --least 1 a.txt", []),
    ("classify", "classify -m tiny.model -a actors.json --format jsonl --progress never a.txt a.jsonl -o out.jsonl", ["out.jsonl"]),
    ("classify-threads", "classify -m tiny.model -a actors.json --format csv --threads 2 --progress never a.jsonl a.csv -o out.csv", ["out.csv"]),
    ("classify-stdout", "classify -m tiny.model -a actors.json --by dyad --progress never a.jsonl", []),
    ("classify-page", "classify -m tiny.model -a actors.json --format html --progress never a.jsonl -o out.html", ["out.html"]),
    ("report", "report predictions.jsonl --by article --format csv", []),
    ("train", "train labels.jsonl -o new.model --threads 1 -q", ["new.model"]),
    ("evaluate", "evaluate tiny.model labels.jsonl --json", []),
    ("show", "model show tiny.model --top 5", []),
    ("export", "model show small.model --export libsvm -o svm labels.jsonl", ["svm.model", "svm.svm"]),
    ("convert-doccano", "convert --from records --to doccano labels.jsonl -o d.jsonl", ["d.jsonl"]),
    ("convert-label-studio", "convert --from records --to label-studio labels.jsonl -o l.json", ["l.json"]),
    ("convert-csv", "convert --from records --to csv labels.jsonl -o l.csv", ["l.csv"]),
    ("init", "annotate init q", ["q/project.json"]),
    ("add", "annotate add p a.txt a.jsonl", ["p/units.jsonl", "p/articles.jsonl"]),
    ("annotate-export", "annotate export p --format records -o e.jsonl", ["e.jsonl"]),
    ("estimate", "estimate predictions.jsonl --sample sample.jsonl --gold gold.jsonl --format csv -o est.csv", ["est.csv"]),
    ("status", "annotate status p --json", []),
    ("agree", "annotate agree p --bootstrap 20 --json", []),
    ("sample", "sample predictions.jsonl -n 5 -o s.jsonl", ["s.jsonl"]),
]


def run(words, folder, **more):
    return subprocess.run(words, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300, **more)


def snapshot(folder, files):
    said = {}
    for name in files:
        path = os.path.join(folder, name)
        said[name] = open(path, "rb").read() if os.path.exists(path) else None
    return said


def fresh(base):
    folder = tempfile.mkdtemp(prefix="faults-")
    shutil.rmtree(folder)
    shutil.copytree(base, folder, symlinks=True)
    return folder


def spread(first, last, count):
    """All k, or `count` of them: the first ones, and some of each part of the rest."""
    if last < first:
        return []
    if not count or last - first + 1 <= count:
        return list(range(first, last + 1))
    some = random.Random(7)
    step = (last - first + 1) / count
    return sorted({min(last, first + int(step * i + some.random() * step)) for i in range(count)})


def disturbed(stance, shim, kind, k, words, folder):
    if kind == "malloc":
        return run([stance, *words], folder, env=dict(os.environ, LD_PRELOAD=shim, FAULT_K=str(k)))
    inject = f"inject={kind}:error={KINDS[kind]}:when={k}"
    return run(["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={kind}", "-e", inject, stance, *words], folder)


def count(stance, shim, kind, words, base):
    """The first and last k that fall into the program and not into its loading."""
    folder = fresh(base)
    try:
        if kind == "malloc":
            run([stance, *words], folder, env=dict(os.environ, LD_PRELOAD=shim, FAULT_COUNT=folder + "/.count"))
            return 1, int(open(folder + "/.count").read())
        run(["strace", "-f", "-qq", "-o", folder + "/.trace", "-e", f"trace={kind},getrandom", stance, *words], folder)
        lines = open(folder + "/.trace", errors="replace").read().split("\n")
        calls = [line for line in lines if f" {kind}(" in line]
        loading = [i for i, line in enumerate(calls) if ".so" in line or "ld.so" in line or "locale" in line.lower() or "gconv" in line]
        first = (loading[-1] + 2 if loading else 1)
        if kind in ("close", "read"):  # the loader's come in pairs with its opens
            opens = run(["strace", "-f", "-qq", "-o", folder + "/.opens", "-e", "trace=openat", stance, *words], folder)
            loaded = [line for line in open(folder + "/.opens", errors="replace") if ".so" in line or "locale" in line.lower()]
            first = len(loaded) + 2
        return first, len(calls)
    finally:
        shutil.rmtree(folder)


def judge(done, reference, before, after, expected_after):
    if done.returncode < 0 or done.returncode > 128 and done.returncode != reference.returncode:
        return f"crash ({done.returncode})"
    for name, content in after.items():
        if content != before[name] and content != expected_after[name]:
            return f"{name} stands with other bytes"
    if done.returncode == 3:
        return "exit 3 without a message" if not done.stderr.strip() else None
    if done.returncode == reference.returncode and done.stdout == reference.stdout and after == expected_after:
        return None
    return f"exit {done.returncode}, {'other output' if done.stdout != reference.stdout or after != expected_after else 'the same output'}"


def make_base(stance, build):
    base = tempfile.mkdtemp(prefix="faults-base-")
    env = dict(os.environ, STANCE=stance, ROOT=root, BUILD=build)
    script = ". $ROOT/tests/cli/tiny-model.sh\n" + r"""
printf 'A title\nMali attacked France on Monday. Strange Person praised Japan. Strange Person left.\n' > a.txt
for i in 1 2 3; do echo "{\"id\":\"j$i\",\"date\":\"2024-01-0$i\",\"text\":\"Mali attacked France on day $i. Japan praised Peru.\"}"; done > a.jsonl
printf 'id,text\nx,"Mali praised France."\n' > a.csv
printf '<html><title>T</title><body><article><p>Mali attacked France on Monday, it was said there and here.</p></article></body></html>' > page.html
printf '<?xml version="1.0"?><rss><channel><item><title>Mali</title><description>Mali praised France.</description></item></channel></rss>' > a.xml
echo '{"actors":[{"id":"MLI","name":"Mali","type":"state","aliases":["Mali","Malian"]},{"id":"FRA","name":"France","type":"state","aliases":["France"]},{"id":"JPN","name":"Japan","type":"state","aliases":["Japan"]},{"id":"PER","name":"Peru","type":"state","aliases":["Peru"]}]}' > actors.json
printf 'FRANCE_ [FRA]\n+FRENCH_\n' > actors.txt
$STANCE classify -m tiny.model -a actors.json --format jsonl a.jsonl > predictions.jsonl
$STANCE train labels.jsonl -o small.model --features stance:-vectors > /dev/null 2>&1
$STANCE sample predictions.jsonl -n 8 -o sample.jsonl -q
sed -n 's/.*"unit":"\([^"]*\)".*/{"unit":"\1","head":"stance","label":"hostile","annotator":"g"}/p' sample.jsonl > gold.jsonl
$STANCE annotate init p > /dev/null 2>&1; $STANCE annotate add p a.csv > /dev/null 2>&1
"""
    subprocess.run(["bash", "-c", script], cwd=base, env=env, check=True, stdin=subprocess.DEVNULL)
    return base


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--k", type=int, default=4)
    parser.add_argument("--only", default="")
    parser.add_argument("--kinds", default="")
    options = parser.parse_args()
    build = os.path.abspath(options.build)
    stance = os.path.join(build, "stance")
    kinds = options.kinds.split(",") if options.kinds else list(KINDS)
    if not shutil.which("strace"):
        kinds = [kind for kind in kinds if kind == "malloc"]
        print("no strace: only allocations are failed")
    work = tempfile.mkdtemp(prefix="faults-shim-")
    shim = os.path.join(work, "shim.so")
    subprocess.run([os.environ.get("CC", "cc"), "-O1", "-shared", "-fPIC", "-o", shim, os.path.join(root, "tests/faults/shim.c")], check=True)
    base = make_base(stance, build)
    runs = faults = 0
    for name, line, files in COMMANDS:
        if options.only and options.only not in name:
            continue
        words = line.split()
        folder = fresh(base)
        before = snapshot(folder, files)
        reference = run([stance, *words], folder)
        expected = snapshot(folder, files)
        shutil.rmtree(folder)
        if reference.returncode not in (0, 1):
            print(f"{name}: the undisturbed run ends with {reference.returncode}: {reference.stderr.decode('utf-8', 'replace')[:200]}")
            faults += 1
            continue
        for kind in kinds:
            first, last = count(stance, shim, kind, words, base)
            for k in spread(first, last, options.k):
                folder = fresh(base)
                try:
                    done = disturbed(stance, shim, kind, k, words, folder)
                    fault = judge(done, reference, before, snapshot(folder, files), expected)
                except subprocess.TimeoutExpired:
                    fault = "hangs"
                runs += 1
                if fault:
                    faults += 1
                    last_line = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
                    print(f"{name}: {kind} {k} of {last}: {fault}; said: {last_line[:140]}", flush=True)
                shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(base)
    shutil.rmtree(work)
    print(f"{runs} runs with a fault, {faults} that ended badly")
    return 1 if faults or not runs else 0


if __name__ == "__main__":
    sys.exit(main())
