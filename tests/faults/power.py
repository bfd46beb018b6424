#!/usr/bin/env python3
"""Power cuts: logs what a run writes, syncs, cuts and renames (calls.c), rebuilds the disk as a power cut at a random moment may have left it, and goes on.

Certain is what was synced: the bytes of a file up to its last fsync, all names up to the last fsync of a folder (file systems log names in one order, and a
rename as one step). Of the rest any beginning may have reached the disk, file by file, and of the names; the last write half, or as zeros. Then nothing that was acknowledged may be lost:

  journal   `annotate label` on a terminal: the labels that its bar counted are there, the project opens, labelling goes on
  gold      annotate adjudicate, import, add, recode, withdraw: the project opens; the command run again ends as if nothing had been; after exit 0 all is there
  run       classify -o FILE: --resume ends with the same bytes, plain and as .gz; so does a run whose inputs were given in a folder

Usage: power.py BUILD_FOLDER [--points N] [--only WORD] [--seed N]
"""
import argparse
import os
import random
import re
import shutil
import struct
import subprocess
import sys
import tempfile

import faults


class Disk:
    """What stands on it: the folders' names -> files, and the files' bytes, each with what of it is certain."""

    def __init__(self, folder):
        self.root = folder
        self.folders, self.files = {}, {}
        self.later = []  # names that are not certain yet: (folder, name, what it is now), several that go together
        for place, folders, names in os.walk(folder):
            self.folders[place] = {}
            for name in folders:
                if not os.path.islink(os.path.join(place, name)):
                    self.folders[place][name] = "folder"
            for name in names:
                path = os.path.join(place, name)
                if os.path.islink(path):
                    self.folders[place][name] = ("link", os.readlink(path))
                    continue
                inode = os.stat(path).st_ino
                self.files[inode] = {"certain": open(path, "rb").read(), "later": [], "time": os.stat(path).st_mtime_ns}
                self.folders[place][name] = inode
        for place, folders, _ in os.walk(folder):
            for name in folders:
                if os.path.islink(os.path.join(place, name)):
                    self.folders[place][name] = ("link", os.readlink(os.path.join(place, name)))
        self.inodes = {inode: inode for inode in self.files}  # a number of the kernel's is given again after a file is gone
        self.made = 0

    def named(self, *changes):
        self.later.append([(os.path.dirname(path), os.path.basename(path), held) for path, held in changes])

    def take(self, record):
        what, inode, offset, first, second = record
        path = first.decode()
        file = self.files.get(self.inodes.get(inode))
        if what == "c":
            self.made += 1
            self.inodes[inode] = -self.made
            self.files[-self.made] = {"certain": b"", "later": []}
            self.named((path, -self.made))
        elif what == "w" and file:
            file["later"].append(("write", offset, second))
        elif what == "t" and file:
            file["later"].append(("cut", offset, b""))
        elif what == "s" and path in self.folders:
            for step in self.later:
                apply_names(self.folders, step)
            self.later = []
        elif what == "s" and file:
            for change in file["later"]:
                file["certain"] = apply_bytes(file["certain"], change)
            file["later"] = []
        elif what == "r":
            other = second.decode()
            self.named((other, self.now(path)), *([] if offset else [(path, None)]))
        elif what == "u":
            self.named((path, None))
        elif what == "m":
            self.folders[path] = {}
            self.named((path, "folder"))

    def now(self, path):
        held = self.folders[os.path.dirname(path)].get(os.path.basename(path))
        for step in self.later:
            for folder, name, what in step:
                held = what if os.path.join(folder, name) == path else held
        return held

    def after_cut(self, folder, some):
        """The power goes: what is left, written to the folder."""
        folders = {place: dict(names) for place, names in self.folders.items()}
        for step in self.later[: some.randint(0, len(self.later))]:
            apply_names(folders, step)
        for place, names in sorted(folders.items()):
            here = folder + place[len(self.root):]
            if not os.path.isdir(os.path.dirname(here)) or place != self.root and not os.path.isdir(here):
                continue  # its own name is lost
            os.makedirs(here, exist_ok=True)
            for name, held in names.items():
                path = os.path.join(here, name)
                if held == "folder":
                    os.mkdir(path)
                elif isinstance(held, tuple):
                    os.symlink(held[1], path)
                elif held is not None:
                    with open(path, "wb") as file:
                        file.write(self.bytes_left(held, some))
                    if "time" in self.files[held]:  # inputs and models are told by their times too
                        os.utime(path, ns=(self.files[held]["time"], self.files[held]["time"]))

    def bytes_left(self, inode, some):
        content, later = self.files[inode]["certain"], self.files[inode]["later"]
        count = some.randint(0, len(later))
        for change in later[:count]:
            content = apply_bytes(content, change)
        if count < len(later) and later[count][0] == "write":
            kind, offset, data = later[count]
            part = some.randint(0, len(data))
            how = some.random()
            if how < 0.5:
                content = apply_bytes(content, (kind, offset, data[:part]))
            elif how < 0.75 and offset == len(content):
                content = apply_bytes(content, (kind, offset, bytes(part)))
        return content


def apply_names(folders, step):
    for folder, name, held in step:
        if held is None:
            folders[folder].pop(name, None)
        else:
            folders[folder][name] = held


def apply_bytes(content, change):
    kind, offset, data = change
    if kind == "cut":
        return content[:offset] + bytes(max(0, offset - len(content)))
    content += bytes(max(0, offset - len(content)))
    return content[:offset] + data + content[offset + len(data):]


def read_log(path):
    log, records, at = open(path, "rb").read(), [], 0
    while at < len(log):
        what, inode, offset, first, second = struct.unpack_from("5Q", log, at)
        at += 40
        records.append((chr(what), inode, offset, log[at:at + first], log[at + first:at + first + second]))
        at += first + second
    return records


class Cuts:
    def __init__(self, build, points, seed):
        self.harness = faults.Harness(build, False)
        self.points, self.some, self.bad = points, random.Random(seed), 0

    def stance(self, folder, words, env=None, keys=None):
        return faults.run([self.harness.stance, *words], folder, env or faults.environment(), keys)

    def begin(self):
        folder = os.path.realpath(tempfile.mkdtemp(prefix="power-"))
        os.rmdir(folder)
        shutil.copytree(self.harness.base, folder, symlinks=True)
        return folder

    def logged(self, folder, words, keys=None, **more):
        disk, log = Disk(folder), folder + ".log"
        done = self.stance(folder, words, self.harness.loaded("calls", CALLS_LOG=log, CALLS_UNDER=folder, **more), keys)
        records = read_log(log)
        os.remove(log)
        return done, disk, records

    def each_cut(self, name, folder, disk, records, check):
        """check(folder, how many records the disk had seen, all of them) -> what is wrong, or None"""
        cuts = sorted(self.some.randint(0, len(records)) for _ in range(self.points))
        seen = wrong = 0
        for cut in cuts:
            while seen < cut:
                disk.take(records[seen])
                seen += 1
            left = tempfile.mkdtemp(prefix="power-left-")
            disk.after_cut(left, self.some)
            fault = check(left, records[:cut], cut == len(records))
            if fault:
                wrong += 1
                print(f"{name}: after {cut} of {len(records)} records: {fault}", flush=True)
            shutil.rmtree(left)
        shutil.rmtree(folder)
        self.bad += wrong
        print(f"{name}: {len(cuts)} power cuts within {len(records)} writes, syncs and names: {wrong} bad", flush=True)

    # ---- the three kinds ----------------------------------------------------------------------------------------------

    def journal(self):
        folder = self.begin()
        sentences = " ".join(f"Mali {verb} France on day {i}." for i, verb in enumerate(["attacked", "praised", "visited"] * 4))
        with open(folder + "/long.txt", "w") as file:
            file.write(sentences)
        self.stance(folder, ["annotate", "add", "p", "long.txt"])
        done, disk, records = self.logged(folder, ["annotate", "label", "p", "--as", "ana"], "h\fn\f3\f" * 10 + "q")
        if done.returncode != 0:
            raise SystemExit("annotate label: " + done.stderr.decode())

        def check(left, before, _):
            shown = [int(n) for record in before if record[0] == "p" for n in re.findall(rb" ana  (\d+)/\d+ done", record[4])]
            said = self.stance(left, ["annotate", "export", "p", "--annotator", "ana"])
            if said.returncode not in (0, 1) and (shown or b"ana" not in said.stderr):
                return f"exit {said.returncode}: {said.stderr.decode()[:200]}"
            kept = said.stdout.count(b'"annotator":"ana"')
            if kept < max(shown, default=0):
                return f"{max(shown)} labels acknowledged, {kept} kept"
            again = self.stance(left, ["annotate", "label", "p", "--as", "ana"], keys="hq")
            return None if again.returncode == 0 else f"labelling does not go on: exit {again.returncode}: {again.stderr.decode()[:200]}"

        self.each_cut("journal", folder, disk, records, check)

    def exported(self, folder):
        """The labels and gold of a project, without what a second try may say otherwise: when a label was written (later than those that stand)."""
        said = [self.stance(folder, ["annotate", "status", "p", "--json"])]
        for words in (["export", "p"], ["export", "p", "--gold"]):
            said.append(self.stance(folder, ["annotate", *words]))
        return [(done.returncode, re.sub(rb'"at":"[^"]*"', b'', done.stdout)) for done in said]

    def gold(self):
        for line in ("adjudicate p --as cho --merge-only", "import p more.jsonl", "add p a.txt", "recode p --head stance --rename hostile=against", "withdraw p ben",
                     "rename p ben b01", "withdraw p gil --back"):
            folder = self.begin()
            done, disk, records = self.logged(folder, ["annotate", *line.split()])
            if done.returncode != 0:
                raise SystemExit(f"{line}: {done.stderr.decode()}")
            expected = self.exported(folder)

            def check(left, _, is_all):
                now = self.exported(left)
                if now[0][0] != 0:
                    return "the project does not open: " + self.stance(left, ["annotate", "status", "p"]).stderr.decode()[:200]
                if is_all and now != expected:
                    return "it had ended, and something is lost"
                if now == expected:
                    return None
                again = self.stance(left, ["annotate", *line.split()])
                if again.returncode not in (0, 2):
                    return f"again: exit {again.returncode}: {again.stderr.decode()[:200]}"
                return None if self.exported(left) == expected else f"again it ends otherwise: exit {again.returncode}: {again.stderr.decode()[:200]}"

            self.each_cut("annotate " + line.split()[0], folder, disk, records, check)

    def run(self):
        for output, inputs in (("out.jsonl", "feed.jsonl"), ("out.jsonl.gz", "feed.jsonl"), ("out.csv", "parts")):
            folder = self.begin()
            os.mkdir(folder + "/parts")
            for part in range(8):
                with open(f"{folder}/parts/{part}.jsonl", "w") as file:
                    for i in range(100):
                        file.write(f'{{"id":"{part}.{i}","date":"2024-01-01","text":"Mali attacked France on day {i}. Japan praised Peru."}}\n')
            with open(folder + "/feed.jsonl", "w") as feed:
                for part in range(8):
                    feed.write(open(f"{folder}/parts/{part}.jsonl").read())
            words = ["classify", "-m", "tiny.model", "-a", "actors.json", "--threads", "1", "--progress", "never", "-o", output, inputs]
            done, disk, records = self.logged(folder, words, CALLS_CLOCK="2")
            if done.returncode != 0:
                raise SystemExit(f"classify: {done.stderr.decode()}")
            expected = open(f"{folder}/{output}", "rb").read()
            states = sum(record[0] == "r" and record[4].endswith(b".state") for record in records)

            def check(left, _, is_all):
                if os.path.exists(f"{left}/{output}"):
                    return None if open(f"{left}/{output}", "rb").read() == expected else "stands under its name with other bytes"
                if is_all:
                    return "it had ended, and its output is gone"
                again = self.stance(left, [*words, "--resume"])
                if again.returncode != 0:
                    return f"--resume: exit {again.returncode}: {again.stderr.decode()[:200]}"
                return None if open(f"{left}/{output}", "rb").read() == expected else "--resume ends with other bytes"

            self.each_cut(f"classify -o {output} {inputs} ({states} states)", folder, disk, records, check)


def main(doc, make, often, default, *kinds):
    """--often: how many points each kind gets; the kinds are make's methods."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--" + often, dest="points", metavar="N", type=int, default=default)
    parser.add_argument("--only", default="")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    made = make(os.path.abspath(options.build), options.points, options.seed)
    for kind in kinds:
        if options.only in kind:
            getattr(made, kind)()
    shutil.rmtree(made.harness.base)
    shutil.rmtree(made.harness.work)
    return 1 if made.bad else 0


if __name__ == "__main__":
    sys.exit(main(__doc__, Cuts, "points", 500, "journal", "gold", "run"))
