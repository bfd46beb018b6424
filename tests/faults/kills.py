#!/usr/bin/env python3
"""kill -9 at random moments (calls.c: at a random one of the calls that reach the disk or read it), then on, until the run ends: same bytes.

  batch      classify -o FILE --resume: .jsonl, .csv, .jsonl.gz and .db, one and two threads; the state is written at each look at the clock
  training   train -o MODEL --report FILE: no file under its name with other bytes; run again: the same model
  project    annotate add, import, adjudicate, recode, withdraw, rename: the project opens; the command again ends as if nothing had been

Labelling on a terminal: tests/unit/test_kill.c (STANCE_KILLS=200); the browser: `make test-web KILLS=200`; the worker: tests/services/nats-kills.
Usage: kills.py BUILD_FOLDER [--kills N] [--only WORD] [--seed N]
"""
import os
import shutil
import sqlite3
import sys

import faults
from power import Cuts, main


class Kills(Cuts):
    """points: how many kills each kind gets."""

    def until(self, folder, words, calls, **more):
        done = self.stance(folder, words, self.harness.loaded("calls", CALLS_KILL=str(self.some.randint(1, calls)), **more))
        return done.returncode == -9

    def calls_of(self, folder, words, **more):
        self.stance(folder, words, self.harness.loaded("calls", CALLS_COUNT=folder + "/.count", **more))
        return sum(int(line.split()[1]) for line in open(folder + "/.count"))

    def tell(self, name, kills, wrong):
        self.bad += len(wrong)
        for fault in wrong:
            print(f"{name}: {fault}", flush=True)
        print(f"{name}: {kills} kills, {len(wrong)} bad", flush=True)

    def batch(self):
        outputs = [("out.jsonl", 1), ("out.csv", 2), ("out.jsonl.gz", 2), ("out.db", 1)]
        for output, threads in outputs:
            folder, kills, wrong, ended = self.begin(), 0, [], 0
            with open(folder + "/feed.jsonl", "w") as feed:
                for i in range(1500):
                    feed.write(f'{{"id":"a{i}","date":"2024-01-01","text":"Mali attacked France on day {i}. Japan praised Peru."}}\n')
            words = ["classify", "-m", "tiny.model", "-a", "actors.json", "--threads", str(threads), "--progress", "never", "-o", output, "feed.jsonl"]
            calls = self.calls_of(folder, words, CALLS_CLOCK="2")
            expected = content_of(f"{folder}/{output}")
            os.remove(f"{folder}/{output}")
            while kills < self.points // len(outputs):
                begun = [*words, "--resume"] if os.path.exists(f"{folder}/{output}.partial") else words
                if self.until(folder, begun, calls, CALLS_CLOCK="2"):
                    kills += 1
                    if os.path.exists(f"{folder}/{output}") and content_of(f"{folder}/{output}") != expected:
                        wrong.append("stands under its name with other bytes")
                    if not os.path.exists(f"{folder}/{output}"):
                        continue
                ended += 1
                if not os.path.exists(f"{folder}/{output}") or content_of(f"{folder}/{output}") != expected:
                    wrong.append(f"ended with other bytes after {kills} kills")
                for name in os.listdir(folder):
                    if name.startswith(output):
                        os.remove(f"{folder}/{name}")
            shutil.rmtree(folder)
            self.tell(f"classify -o {output} --threads {threads} ({calls} calls, {ended} ends)", kills, wrong)

    def training(self):
        folder, kills, wrong = self.begin(), 0, []
        words = ["train", "labels.jsonl", "-o", "new.model", "--threads", "2", "-q", "--report", "t.html"]
        calls = self.calls_of(folder, words)
        expected = {name: content_of(f"{folder}/{name}") for name in ("new.model", "t.html")}
        for name in expected:
            os.remove(f"{folder}/{name}")
        while kills < self.points:
            killed = self.until(folder, words, calls)
            kills += killed
            for name, content in expected.items():
                there = os.path.exists(f"{folder}/{name}")
                if there and content_of(f"{folder}/{name}") != content or not there and not killed:
                    wrong.append(f"{name} after {kills} kills")
                if there:
                    os.remove(f"{folder}/{name}")
        self.tell(f"train ({calls} calls)", kills, wrong)
        shutil.rmtree(folder)

    def project(self):
        lines = ("adjudicate p --as cho --merge-only", "import p more.jsonl", "add p a.txt", "recode p --head stance --rename hostile=against", "withdraw p ben",
                 "rename p ben b01", "withdraw p gil --back")
        for line in lines:
            words, wrong, kills = ["annotate", *line.split()], [], 0
            folder = self.begin()
            calls = self.calls_of(folder, words)
            expected = self.exported(folder)
            shutil.rmtree(folder)
            while kills < self.points // len(lines):
                folder = self.begin()
                kills += self.until(folder, words, calls)
                if self.exported(folder) != expected:
                    again = self.stance(folder, words)
                    if again.returncode != 0 or self.exported(folder) != expected:
                        wrong.append(f"again: exit {again.returncode}: {again.stderr.decode()[:200]}")
                shutil.rmtree(folder)
            self.tell("annotate " + line.split()[0] + f" ({calls} calls)", kills, wrong)


def content_of(path):
    if path.endswith(".db"):  # SQLite's file has its own counters
        with sqlite3.connect(path) as base:
            return "\n".join(base.iterdump())
    return open(path, "rb").read()


if __name__ == "__main__":
    sys.exit(main(__doc__, Kills, "kills", 200, "batch", "training", "project"))
