#!/usr/bin/env python3
"""Fails the k-th allocation and thread (shim.c) and the k-th open, read, write, fsync, close, rename ... (calls.c) of small runs of every command. Each run
must end in exit code 3 with a message, or as the undisturbed run did, byte by byte. No file may stand under its final name with other bytes than before or at
the end of an undisturbed run (a journal: than a beginning of them), no temporary file may stay, and a project must still open.

Usage: faults.py BUILD_FOLDER [--k N] [--only WORD,...] [--kinds KIND,...] [--jobs N] [--leaks]
  --k      how many k of each kind are tried, spread over the run (0: all)
  --leaks  BUILD_FOLDER is one of CONFIG=sanitize: AddressSanitizer and LeakSanitizer watch (system calls alone: they bring an allocator of their own)
"""
import argparse
import concurrent.futures
import errno
import os
import pty
import random
import select
import shutil
import subprocess
import sys
import tempfile
import time

# What fails, and how: by the kernel's kinds of calls; the errno 0 of a write is a short one.
CALLS = [("open", errno.EMFILE), ("open", errno.EIO), ("read", errno.EIO), ("write", errno.ENOSPC), ("write", 0), ("fsync", errno.EIO), ("close", errno.EIO),
         ("rename", errno.EIO), ("truncate", errno.EIO), ("unlink", errno.EIO), ("stat", errno.EIO), ("mkdir", errno.ENOSPC)]
KINDS = [("malloc", 0), ("thread", 0)] + CALLS
LARGE = 1 << 20
root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# name, words, what it writes (a name that ends in / is a folder), and for `annotate label` the keys
COMMANDS = [
    ("segment", "segment a.txt a.jsonl page.html", []),
    ("inspect", "inspect --format jsonl a.txt a.jsonl a.csv page.html a.xml a.warc mail.eml box.zip a.jsonl.gz a.jsonl.zst", []),
    ("find", "actors find --actors actors.json --format jsonl a.txt", []),
    ("check", "actors check actors.json", []),
    ("compile", "actors compile -o new.compiled actors.json", ["new.compiled"]),
    ("import", "actors import --format petrarch actors.txt -o imported.json", ["imported.json"]),
    ("suggest", "actors suggest --least 1 a.txt", []),
    ("classify", "classify -m tiny.model -a actors.json --format jsonl --progress never a.txt a.jsonl -o out.jsonl", ["out.jsonl"]),
    ("classify-threads", "classify -m tiny.model -a actors.json --format csv --threads 2 --progress never a.jsonl a.csv -o out.csv", ["out.csv"]),
    ("classify-rejects", "classify -m tiny.model --format jsonl --progress never --dedupe --rejects r.jsonl bad.jsonl -o out.jsonl",
     ["out.jsonl", "r.jsonl"]),
    ("classify-resume", "classify -m tiny.model -a actors.json --format jsonl --progress never --resume folder -o begun.jsonl", ["begun.jsonl"]),
    ("classify-stdout", "classify -m tiny.model -a actors.json --by dyad --progress never a.jsonl", []),
    ("classify-stream", "classify -m tiny.model -a actors.json --stream --done --format jsonl --progress never a.jsonl", []),
    ("classify-page", "classify -m tiny.model -a actors.json --format html --progress never a.jsonl -o out.html", ["out.html"]),
    ("classify-zst", "classify -m tiny.model -a actors.json --progress never --threads 2 a.jsonl -o out.jsonl.zst", ["out.jsonl.zst"]),
    ("classify-gz", "classify -m tiny.model -a actors.json --progress never a.jsonl -o out.jsonl.gz", ["out.jsonl.gz"]),
    ("classify-db", "classify -m tiny.model -a actors.json --progress never a.jsonl -o out.db", []),
    ("classify-graph", "classify -m tiny.model -a actors.json --progress never a.jsonl -o out.graphml", ["out.graphml"]),
    ("classify-explain", "classify -m tiny.model -a actors.json --explain --progress never a.txt", []),
    ("report", "report predictions.jsonl --by article --format csv", []),
    ("report-page", "report predictions.jsonl --by dyad --format html -o r.html", ["r.html"]),
    ("train", "train labels.jsonl -o new.model --threads 1 -q --report t.html", ["new.model", "t.html"]),
    ("train-threads", "train labels.jsonl -o new.model --threads 2 -q --folds-out folds.jsonl", ["new.model", "folds.jsonl"]),
    ("evaluate", "evaluate tiny.model few.jsonl --json", []),
    ("compare", "compare tiny.model small.model fresh.jsonl -q --predictions c.jsonl", ["c.jsonl"]),
    ("show", "model show tiny.model --top 5", []),
    ("explain", "model explain tiny.model -a actors.json Mali,attacked,France. --source MLI --target FRA", []),
    ("export", "model show small.model --export libsvm -o svm few.jsonl", ["svm.model", "svm.svm"]),
    ("convert-doccano", "convert --from records --to doccano few.jsonl -o d.jsonl", ["d.jsonl"]),
    ("convert-label-studio", "convert --from records --to label-studio few.jsonl -o l.json", ["l.json"]),
    ("convert-csv", "convert --from records --to csv few.jsonl -o l.csv", ["l.csv"]),
    ("convert-from-doccano", "convert --from doccano --to records doccano.jsonl -o r.jsonl", ["r.jsonl"]),
    ("convert-from-label-studio", "convert --from label-studio --to records label-studio.json -o r.jsonl", ["r.jsonl"]),
    ("init", "annotate init q -c codebook.json", ["q/"]),
    ("add", "annotate add p a.txt a.jsonl", ["p/"]),
    ("status", "annotate status p --json", ["p/"]),
    ("label", "annotate label p --as ana", ["p/"], "hn3\x7fhq"),
    ("agree", "annotate agree p --bootstrap 20 --json", ["p/"]),
    ("adjudicate", "annotate adjudicate p --as cho --merge-only", ["p/"]),
    ("alt-test", "annotate alt-test p --as ben --min-units 2 --csv", ["p/"]),
    ("annotate-import", "annotate import p more.jsonl", ["p/"]),
    ("annotate-export", "annotate export p --format records -o e.jsonl", ["e.jsonl"]),
    ("recode", "annotate recode p --head stance --rename hostile=against", ["p/"]),
    ("withdraw", "annotate withdraw p ben", ["p/"]),
    ("readmit", "annotate withdraw p gil --back", ["p/"]),
    ("rename", "annotate rename p ben b01", ["p/"]),
    ("estimate", "estimate predictions.jsonl --sample sample.jsonl --gold gold.jsonl --format csv -o est.csv", ["est.csv"]),
    ("sample", "sample predictions.jsonl -n 5 -o s.jsonl", ["s.jsonl"]),
]

# A small folder of shipped data, with its actors compiled.
MAKE_BASE = """mkdir data && for f in codebooks lexicon vectors; do ln -s "$(readlink -f "$BUILD/$f")" data/$f; done
. $ROOT/tests/cli/tiny-model.sh
""" + r"""
printf 'A title\nMali attacked France on Monday. Strange Person praised Japan. Strange Person left.\n' > a.txt
for i in 1 2 3; do echo "{\"id\":\"j$i\",\"date\":\"2024-01-0$i\",\"text\":\"Mali attacked France on day $i. Japan praised Peru.\"}"; done > a.jsonl
{ cat a.jsonl; echo '{"id":"bad'; sed 's/"j/"k/' a.jsonl; } > bad.jsonl
printf 'id,text\nx,"Mali praised France."\n' > a.csv
printf '<html><title>T</title><body><article><p>Mali attacked France on Monday, it was said there and here.</p></article></body></html>' > page.html
printf '<?xml version="1.0"?><rss><channel><item><title>Mali</title><description>Mali praised France.</description></item></channel></rss>' > a.xml
printf 'WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: text/plain\r\nContent-Length: 20\r\n\r\nMali praised France.\r\n\r\n' > a.warc
printf 'From: a@b.example\nSubject: Mali\nDate: Mon, 1 Jan 2024 10:00:00 +0000\nContent-Type: text/plain\n\nMali praised France.\n' > mail.eml
python3 -c 'import zipfile; z = zipfile.ZipFile("box.zip", "w"); z.write("a.txt"); z.write("a.jsonl")'
gzip -nk a.jsonl; zstd -q a.jsonl
echo '{"actors":[{"id":"MLI","name":"Mali","type":"state","aliases":["Mali","Malian"]},{"id":"FRA","name":"France","type":"state","aliases":["France"]},{"id":"JPN","name":"Japan","type":"state","aliases":["Japan"]},{"id":"PER","name":"Peru","type":"state","aliases":["Peru"]}]}' > actors.json
printf 'FRANCE_ [FRA]\n+FRENCH_\n' > actors.txt
mkdir data/actors && mv actors.json data/actors/ && ln -s data/actors/actors.json .
$STANCE actors compile -o data/actors.compiled data/actors 2> /dev/null
mkdir folder; for i in 1 2 3; do sed "s/\"j/\"f$i/" a.jsonl > folder/$i.jsonl; done
head -n 12 labels.jsonl > few.jsonl
$STANCE classify -m tiny.model -a actors.json --format jsonl a.jsonl > predictions.jsonl
$STANCE train labels.jsonl -o small.model --calibration platt --features stance:-vectors > /dev/null 2>&1
sed 's/on day /in week /; s/"n#/"t#/; s/"article":"n/"article":"t/' few.jsonl > fresh.jsonl
$STANCE sample predictions.jsonl -n 8 -o sample.jsonl -q
sed -n 's/.*"unit":"\([^"]*\)".*/{"unit":"\1","head":"stance","label":"hostile","annotator":"g"}/p' sample.jsonl > gold.jsonl
$STANCE convert --from records --to doccano few.jsonl -o doccano.jsonl 2> /dev/null
$STANCE convert --from records --to label-studio few.jsonl -o label-studio.json 2> /dev/null
label() { printf '{"unit":"%s#0:MLI>FRA","article":"%s","sentence":0,"text":"Mali accused France (%s).","source":"MLI","target":"FRA","mentions":[{"actor":"MLI","start":0,"end":4},{"actor":"FRA","start":13,"end":19}],"head":"stance","label":"%s","annotator":"%s","at":"2024-01-01T10:00:0%s.000Z"}\n' $1 $1 $1 $2 $3 $4; }
{ for a in u v w y; do label $a hostile ben 1; label $a neutral dora 2; label $a hostile eva 3; label $a hostile finn 3; done; label u hostile gil 3; label z neutral ben 4; label z neutral dora 5; label z friendly eva 5; } > given.jsonl
{ label x neutral ben 6; label t hostile dora 7; } > more.jsonl
echo '{"name":"q","heads":[{"name":"stance","unit":"dyad","question":"q","labels":[{"name":"hostile","key":"h","value":-1},{"name":"neutral","key":"n","value":0},{"name":"friendly","key":"f","value":1}]},{"name":"sentiment","unit":"sentence","question":"q","labels":[{"name":"negative","key":"1","value":-1},{"name":"positive","key":"3","value":1}]}]}' > codebook.json
$STANCE annotate init p -c codebook.json > /dev/null 2>&1; $STANCE annotate add p a.csv -a actors.json > /dev/null 2>&1; $STANCE annotate import p given.jsonl > /dev/null 2>&1
$STANCE annotate withdraw p gil > /dev/null 2>&1
"""
RESUMED = "classify -m tiny.model -a actors.json --format jsonl --progress never --resume folder -o begun.jsonl"


def environment(**more):
    return dict(os.environ, LC_ALL="C", STANCE_NOW="2026-11-23T10:00:00Z", STANCE_CONFIG="", TERM="xterm", STANCE_DATA="data", **more)


class Ended:
    def __init__(self, code, out, said):
        self.returncode, self.stdout, self.stderr = code, out, said


def run(words, folder, env, keys=None):
    if keys is None:
        done = subprocess.run(words, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
        return Ended(done.returncode, done.stdout, done.stderr)
    return run_on_terminal(words, folder, env, keys)


def run_on_terminal(words, folder, env, keys):
    """Each key once the screen stands still; what was painted is no output that is compared."""
    ours, theirs = pty.openpty()
    program = subprocess.Popen(words, cwd=folder, env=env, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, start_new_session=True)
    os.close(theirs)
    until, rest = time.time() + 60, keys
    painted = False
    while program.poll() is None and time.time() < until:
        ready, _, _ = select.select([ours], [], [], 0.05)
        if ready:
            try:
                painted = bool(os.read(ours, 65536)) or painted
            except OSError:
                break
        elif painted and rest:
            os.write(ours, rest[0].encode())
            rest = rest[1:]
    try:
        said = program.communicate(timeout=30)[1]
    except subprocess.TimeoutExpired:
        program.kill()
        program.communicate()
        raise
    finally:
        os.close(ours)
    return Ended(program.returncode, b"", said)


def read(path, known={}):
    """A file's bytes. Runs share the models of the base folder by hard links, whose bytes are kept by inode and time."""
    about = os.stat(path)
    if about.st_nlink < 2:
        return open(path, "rb").read()
    key = about.st_ino, about.st_size, about.st_mtime_ns
    if key not in known:
        known[key] = open(path, "rb").read()
    return known[key]


def snapshot(folder):
    kept = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            if not name.startswith("."):
                kept[os.path.relpath(path, folder)] = read(path)
    return kept


def fresh(base):
    folder = tempfile.mkdtemp(prefix="faults-")
    shutil.rmtree(folder)
    shutil.copytree(base, folder, symlinks=True, copy_function=lambda a, b: os.link(a, b) if os.path.getsize(a) >= LARGE else shutil.copy2(a, b))
    return folder


def spread(count, tries):
    """All k, or `tries` of them, one of each part of the run."""
    if not tries or count <= tries:
        return list(range(1, count + 1))
    some = random.Random(7)
    return sorted({min(count, 1 + int(count / tries * (i + some.random()))) for i in range(tries)})


class Harness:
    def __init__(self, build, leaks):
        self.stance, self.leaks = os.path.join(build, "stance"), leaks
        self.work = tempfile.mkdtemp(prefix="faults-shim-")
        self.base = tempfile.mkdtemp(prefix="faults-base-")
        for name in ("shim", "calls"):
            subprocess.run([os.environ.get("CC", "cc"), "-O1", "-shared", "-fPIC", "-o", f"{self.work}/{name}.so", f"{root}/tests/faults/{name}.c"], check=True)
        env = environment(STANCE=self.stance, ROOT=root, BUILD=build, ASAN_OPTIONS="detect_leaks=0")
        subprocess.run(["bash", "-c", MAKE_BASE], cwd=self.base, env=env, check=True, stdin=subprocess.DEVNULL)
        self.interrupted_run()

    def interrupted_run(self):
        """A run that could not give its output its name leaves what --resume goes on with."""
        run([self.stance, *RESUMED.replace(" --resume", "").split()], self.base, self.loaded("calls", CALLS_FAIL=f"rename:1:{errno.EIO}", CALLS_UNDER=self.base + "/begun.jsonl.partial"))

    def loaded(self, shim, **more):
        if self.leaks:  # the program has AddressSanitizer inside, which wants to be first
            more["ASAN_OPTIONS"] = "detect_leaks=1:verify_asan_link_order=0"
        return environment(LD_PRELOAD=f"{self.work}/{shim}.so", **more)

    def words(self, line):
        return [self.stance, *[word.replace(",", " ") if "attacked" in word else word for word in line.split()]]

    def count(self, line, keys):
        counts = {}
        for shim, name in (("shim", "FAULT_COUNT"), ("calls", "CALLS_COUNT")):
            if self.leaks and shim == "shim":
                continue
            folder = fresh(self.base)
            run(self.words(line), folder, self.loaded(shim, **{name: folder + "/.count"}), keys)
            for text in open(folder + "/.count"):
                kind, number = text.split()
                counts[kind] = int(number)
            shutil.rmtree(folder)
        return counts

    def disturbed(self, kind, code, k, line, folder, keys):
        if kind in ("malloc", "thread"):
            env = self.loaded("shim", FAULT_K=str(k), FAULT_KIND=kind)
        else:
            env = self.loaded("calls", CALLS_FAIL=f"{kind}:{k}:{code}")
            done = run(self.words(line), folder, env, keys)
            if done.returncode != 99:  # libc's code lay across 4 GB, which the filter does not take: another place
                return done
        return run(self.words(line), folder, env, keys)

    def judge(self, done, reference, before, expected, folder, files, kind, keys):
        now = snapshot(folder)
        if done.returncode == 99:
            return "the shim: " + done.stderr.decode("utf-8", "replace")
        if done.returncode < 0 or done.returncode > 128 and done.returncode != reference.returncode:
            return f"crash ({done.returncode})"
        if b"LeakSanitizer" in done.stderr or b"AddressSanitizer" in done.stderr:
            return "leak"
        for name in sorted(now.keys() | expected.keys()):
            content, first, last = now.get(name), before.get(name), expected.get(name)
            if content == first or content == last or name.startswith("begun.jsonl.partial") or name == "p/.lock":
                continue
            is_journal = (name == "r.jsonl" or name.startswith("p/")) and last is not None and content is not None and last.startswith(content) and content.startswith(first or b"")  # the list of rejects is a log
            if is_journal and done.returncode == 3:
                continue
            if name == "p/labels/ana.jsonl" and content.startswith(first or b""):
                continue  # who labels has seen the failure and gone on; that the project opens is looked at below
            if name in expected or name in before:
                return f"{name} stands with other bytes" if content is not None else f"{name} is gone"
            if ".partial" not in name and kind != "unlink" and not name.endswith((".db-journal", ".db")):
                return f"{name} was left behind"
        if any(name.endswith("/") for name in files) and os.path.exists(folder + "/p"):
            opened = run([self.stance, "annotate", "status", "p", "--json"], folder, environment())
            if opened.returncode != 0:
                return "the project does not open: " + opened.stderr.decode("utf-8", "replace")[:100]
        if done.returncode == 3:
            return None if done.stderr.strip() else "exit 3 without a message"
        if keys and done.returncode == 0:
            return None
        if keys and done.returncode == 2 and b"set TERM" in done.stderr:
            return None  # ncurses says no more of an entry that it cannot read than of one that is not there
        wrong = [name for name in expected if now.get(name) != expected[name]]
        if done.returncode == reference.returncode and done.stdout == reference.stdout and not wrong:
            return None
        return f"exit {done.returncode}, {'other output' if done.stdout != reference.stdout or wrong else 'the same output'}"

    def one(self, name, line, files, keys, kind, code, k, count, reference, before, expected):
        folder = fresh(self.base)
        said = ""
        try:
            done = self.disturbed(kind, code, k, line, folder, keys)
            fault = self.judge(done, reference, before, expected, folder, files, kind, keys)
            lines = done.stderr.decode("utf-8", "replace").strip().split("\n")
            said = "; said: " + (next((l for l in lines if "#1" in l or "#2" in l), "") if fault == "leak" else lines[-1][:140])
        except subprocess.TimeoutExpired:
            fault = "hangs"
        shutil.rmtree(folder, ignore_errors=True)
        if not fault:
            return None
        how = f" ({errno.errorcode.get(code, 'short')})" if kind not in ("malloc", "thread") else ""
        return f"{name}: {kind}{how} {k} of {count}: {fault}{said}"

    def command(self, entry, kinds, tries, pool):
        name, line, files = entry[:3]
        keys = entry[3] if len(entry) > 3 else None
        before = snapshot(self.base)
        folder = fresh(self.base)
        reference = run(self.words(line), folder, environment(), keys)
        expected = snapshot(folder)
        shutil.rmtree(folder)
        if reference.returncode not in (0, 1):
            return 1, [f"{name}: the undisturbed run ends with {reference.returncode}: {reference.stderr.decode('utf-8', 'replace')[:200]}"]
        counts = self.count(line, keys)
        print(f"{name}: " + ", ".join(f"{n} {kind}" for kind, n in counts.items() if n), flush=True)
        jobs = [pool.submit(self.one, name, line, files, keys, kind, code, k, counts[kind], reference, before, expected)
                for kind, code in kinds if kind in counts for k in spread(counts[kind], tries)]
        found = [job.result() for job in jobs]
        return len(jobs), [fault for fault in found if fault]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--k", type=int, default=4)
    parser.add_argument("--only", default="")
    parser.add_argument("--kinds", default="")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--leaks", action="store_true")
    options = parser.parse_args()
    kinds = [(kind, code) for kind, code in KINDS if not options.kinds or kind in options.kinds.split(",")]
    harness = Harness(os.path.abspath(options.build), options.leaks)
    runs = faults = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for entry in COMMANDS:
            if options.only and not any(word in entry[0] for word in options.only.split(",")):
                continue
            count, found = harness.command(entry, kinds, options.k, pool)
            runs += count
            faults += len(found)
            for fault in found:
                print(fault, flush=True)
            print(f"{entry[0]}: {count} runs, {len(found)} bad", flush=True)
    shutil.rmtree(harness.base)
    shutil.rmtree(harness.work)
    print(f"{runs} runs with a fault, {faults} that ended badly")
    return 1 if faults or not runs else 0


if __name__ == "__main__":
    sys.exit(main())
