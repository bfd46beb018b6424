# SPDX-License-Identifier: MIT
"""Running and printing of `make bench`: one line a measurement, and under each aim the ratio that it asks for.

Wall time and processor time are the medians of up to three runs (one, where a run takes longer than ten seconds). On a
machine with other work on it the processor's seconds are the fairer figure; ratios are given in both.
"""
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from made import DATA, ROOT

BUILD = sys.argv[1]
MEGABYTES = float(sys.argv[2]) if len(sys.argv) > 2 else 200
STANCE = os.path.join(BUILD, 'stance')
PYTHON = '/usr/bin/python3'
WORK = tempfile.mkdtemp(prefix='stance-bench-')
ONE_CORE = dict(os.environ, OMP_NUM_THREADS='1', OPENBLAS_NUM_THREADS='1')
CODEBOOKS = os.path.join(ROOT, 'corpora', 'codebooks')


class Absent(Exception):
    """A peer or data that this machine lacks: its rows are left out."""


class Cost:
    def __init__(self, wall, cpu, peak):
        self.wall, self.cpu, self.peak = wall, cpu, peak


def processor():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# time(1) stands between, for its processes are small: a child's peak begins at its parent's size.
def once(command, stdout=subprocess.DEVNULL):
    start, used = time.perf_counter(), processor()
    process = subprocess.run(['/usr/bin/time', '-q', '-o', path('time'), '-f', '%M', *command], stdout=stdout,
                             stderr=subprocess.PIPE, env=ONE_CORE, cwd=WORK)
    wall, used = time.perf_counter() - start, processor() - used
    if process.returncode not in (0, 1):
        refuse(command, process)
    return Cost(wall, used, int(open(path('time')).read()) / 1024)


def refuse(command, process):
    said = (process.stderr or b'').decode(errors='replace').strip()
    raise RuntimeError('exit %d of %s: %s' % (process.returncode, ' '.join(map(str, command[:6])), said[-300:]))


def run(command, stdout=subprocess.PIPE):
    """What the command prints, as bytes; it must succeed."""
    process = subprocess.run(command, cwd=WORK, stdout=stdout, stderr=subprocess.PIPE)
    if process.returncode:
        refuse(command, process)
    return process.stdout


def measure(command, runs=3):
    costs = [once(command)]
    while len(costs) < runs and costs[0].wall < 10:
        costs.append(once(command))
    return Cost(statistics.median(c.wall for c in costs), statistics.median(c.cpu for c in costs), max(c.peak for c in costs))


def heading(text):
    print('\n%s\n%-58s %9s %9s %8s' % (text, '', 'wall s', 'cpu s', 'peak MB'), flush=True)


def row(what, cost, rest=''):
    print('%-58s %9.3f %9.3f %8.0f  %s' % (what, cost.wall, cost.cpu, cost.peak, rest), flush=True)


def ratio(what, aim, wall, cpu=None):
    both = '%.2f' % wall if cpu is None else '%.2f by wall time, %.2f by processor time' % (wall, cpu)
    print('  -> %s: %s (aim: %s)' % (what, both, aim), flush=True)


def note(text):
    print('  -> ' + text, flush=True)


def path(name):
    return os.path.join(WORK, name)


def has(name):
    return shutil.which(name) is not None


def need(is_there, what):
    if not is_there:
        raise Absent('no ' + what)


def classify(*more):
    return [STANCE, 'classify', '--progress', 'never', '--format', 'jsonl', *more]


def build_tool(name, libraries):
    out = path(name)
    flags = subprocess.run(['pkg-config', '--cflags', '--libs', *libraries], capture_output=True, text=True).stdout.split() if libraries else []
    command = [os.environ.get('CC', 'cc'), '-std=c11', '-D_GNU_SOURCE', '-O2', '-I' + ROOT, '-o', out, os.path.join(ROOT, 'tests/bench', name + '.c')]
    if libraries:
        command.append(os.path.join(BUILD, 'libstance.a'))
    run(command + flags + ['-lm', '-lutil', '-pthread'])
    return out
