#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the commands of a page as they stand, and compares what they print with what the page shows.

Usage: tests/console.py PAGE [--write]     in a folder that looks like a checkout; --write puts the output into the page

Blocks of ```console hold lines "$ COMMAND" (bash; a line that ends in a backslash goes on), each with its output below;
"..." stands for any lines. Numbers and blanks are not compared: figures move when the model is trained anew.
`exit N` as the last line is the exit status, where it is not 0. Blocks of ```sh are not run: they need a keyboard.
"""
import os
import re
import subprocess
import sys

page, is_written = sys.argv[1], "--write" in sys.argv
if os.path.exists(".git"):
    sys.exit("console.py: the page's commands leave files; run it in a folder of its own (tests/checkout.sh), not in the project")
LONGEST = 12  # lines of output that --write puts into the page: the first and the last of them


def run(command):
    done = subprocess.run(
        ["bash", "-c", command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=250
    )
    said = done.stdout.decode("utf-8", "replace").rstrip("\n").split("\n")
    said = [line.rstrip() for line in said]
    return (said if said != [""] else []) + ([f"exit {done.returncode}"] if done.returncode else [])


def bare(line):
    return re.sub(r"[-+]?[0-9][0-9.,]*%?", "N", re.sub(r"\s+", " ", line.strip()))


def fits(shown, said):
    """shown has "..." for any number of lines."""
    if not shown:
        return not said
    if shown[0].strip() == "...":
        return any(fits(shown[1:], said[i:]) for i in range(len(said) + 1))
    return bool(said) and bare(shown[0]) == bare(said[0]) and fits(shown[1:], said[1:])


def cut(said):
    if len(said) <= LONGEST:
        return said
    return said[: LONGEST - 3] + ["..."] + said[-2:]


out, commands, failures, is_console, at = [], 0, 0, False, 0
lines = open(page, encoding="utf-8").read().split("\n")
while at < len(lines):
    line = lines[at]
    at += 1
    out.append(line)
    if line.startswith("```"):
        is_console = line == "```console"
    if not is_console or not line.startswith("$ "):
        continue
    command = line[2:]
    while command.endswith("\\"):
        command = command[:-1] + lines[at].lstrip()
        out.append(lines[at])
        at += 1
    shown = []
    while not lines[at].startswith(("$ ", "```")):
        shown.append(lines[at])
        at += 1
    said = run(command)
    commands += 1
    out += cut(said) if is_written else shown
    if not is_written and not fits(shown, said):
        failures += 1
        print(f"{page}: {command}", "--- shown", *shown, "--- said", *said[:40], sep="\n")
if is_written:
    open(page, "w", encoding="utf-8").write("\n".join(out))
print(f"{commands} commands, {failures} otherwise than shown")
sys.exit(1 if failures else 0)
