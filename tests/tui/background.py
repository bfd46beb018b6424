# SPDX-License-Identifier: MIT
"""Runs a command on this terminal; on SIGUSR1 it takes the terminal's foreground from it, on SIGUSR2 it gives it back.

A change of the terminal's size is signalled to the foreground alone: one that comes in between is lost to the command.
Usage: background.py FILE COMMAND...    FILE gets the process id, FILE.taken and FILE.given appear; exits as the command does
"""
import os
import signal
import subprocess
import sys

name, own = sys.argv[1], os.getpgrp()


def to_the_front():
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)


def give_front_to(group, done):
    os.tcsetpgrp(0, group)
    open(name + done, "w", encoding="ascii").close()


signal.signal(signal.SIGTTOU, signal.SIG_IGN)  # else the terminal stops who takes the foreground from behind
child = subprocess.Popen(sys.argv[2:], preexec_fn=to_the_front)
signal.signal(signal.SIGUSR1, lambda *_: give_front_to(own, ".taken"))
signal.signal(signal.SIGUSR2, lambda *_: give_front_to(child.pid, ".given"))
with open(name + ".part", "w", encoding="ascii") as file:
    file.write(str(os.getpid()))
os.rename(name + ".part", name)
status = child.wait()
os.tcsetpgrp(0, own)
sys.exit(status)
