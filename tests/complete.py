#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Types into a real shell on a terminal of its own, presses TAB, and prints what the line became.

Usage: tests/complete.py SHELL COMPLETIONS WORDS...     SHELL: bash, zsh or fish; COMPLETIONS: the file or folder of them
Ends with 77 where there is no terminal to be had.
"""
import os
import pty
import select
import sys
import time

shell, completions, *lines = sys.argv[1:]
start = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], f"bind 'set bell-style none'; PS1='> '; . {completions}/stance\n"),
    "zsh": (
        ["zsh", "-f", "-i"],
        f"PS1='> '; unsetopt beep; fpath=({completions} $fpath); autoload -U compinit; compinit -u -D\n",
    ),
    "fish": (
        ["fish", "--no-config", "-i"],
        f"function fish_prompt; echo -n '> '; end; source {completions}/stance.fish\n",
    ),
}[shell]
try:
    pid, terminal = pty.fork()
except OSError as error:
    print(f"SKIP: no terminal for {shell}: {error}")
    sys.exit(77)
if pid == 0:
    os.environ.update(TERM="dumb" if shell != "fish" else "xterm", HISTFILE="/dev/null", HOME=os.getcwd())
    os.execvp(start[0][0], start[0])


def drain():
    """Takes what the shell writes, so that it never waits for us."""
    while select.select([terminal], [], [], 0.05)[0]:
        try:
            if not os.read(terminal, 65536):
                return
        except OSError:
            return


def type_in(text):
    os.write(terminal, text.encode())
    drain()


def wait_for(count):
    """Until `told` has so many lines: what the shell made of a line is told by a program that it starts."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        drain()
        if os.path.exists("told"):
            told = open("told", encoding="utf-8").read().split("\n")
            if len(told) > count:
                return told[count - 1]
    return "nothing in a minute"


with open("tell", "w", encoding="utf-8") as script:
    script.write('#!/bin/sh\necho "$*" >> told\n')
os.chmod("tell", 0o755)
if os.path.exists("told"):
    os.unlink("told")
type_in(start[1])
type_in("./tell ready\n")
wait_for(1)
for number, line in enumerate(lines):
    type_in(f"stance {line}\t")
    time.sleep(0.5)
    drain()
    type_in("\x01./tell \n")
    print(f"{shell}: {line}<TAB> -> {wait_for(number + 2)}")
type_in("exit\n")
os.close(terminal)
os.waitpid(pid, 0)
