# SPDX-License-Identifier: MIT
"""`make bench`: a project of two annotators (agreement, status), and the annotation screen."""
from made import UNITS, write_project
from measure import *


def team():
    write_project(path('team'))
    heading('A project of %s units, labelled by two' % format(UNITS, ','))
    for what in ('agree', 'status'):
        cost = measure([STANCE, 'annotate', what, 'team'])
        row('stance annotate ' + what, cost)
        note('seconds: %.2f by wall time, %.2f by processor time (aim: at most 1)' % (cost.wall, cost.cpu))


def screen():
    print('\nThe annotation screen, 100,000 units with 99,000 labels (aims: opens in under 1 s, under 10 ms a key)', flush=True)
    tool = build_tool('annotate_bench', [])
    print(run([tool, STANCE, path('project')]).decode().rstrip(), flush=True)
