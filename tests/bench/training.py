# SPDX-License-Identifier: MIT
"""`make bench`: training beside liblinear-train, grids of kernels beside svm-train, and a million units."""
import os

from measure import *

DSE = ['--codebook', CODEBOOKS + '/dse.json']


def labels():
    """Writes dse/train as label records. Returns their number."""
    need(os.path.isdir(DATA + '/dse'), DATA + '/dse')
    with open(path('dse.jsonl'), 'wb') as out:
        run([STANCE, 'convert', '--from', 'dse', DATA + '/dse/train.tsv'], out)
    return sum(1 for _ in open(path('dse.jsonl'), 'rb'))


def vectors(model, records, name):
    """The records as the model's features, for the tools of libsvm and liblinear. Only Platt's labels can be exported."""
    run([STANCE, 'train', records, *DSE, '--calibration', 'platt', '--vectors', 'none', '-q', '-o', model])
    run([STANCE, 'model', 'show', model, records, '--export', 'libsvm', '-o', name])
    return name + '.svm'


def training():
    units = labels()
    heading('Directed training: all of dse/train, %d units, full templates, one thread' % units)
    train = [STANCE, 'train', 'dse.jsonl', *DSE, '--threads', '1', '-q', '-o', 'dse.model']
    folds = measure(train)
    row('stance train, choice of templates, 5 folds, calibration', folds)
    given = measure(train + ['--preset', 'default'])
    row('stance train --preset default: without the choice', given)
    halves = measure(train + ['--preset', 'default', '--cv', '2'])
    row('stance train --preset default --cv 2', halves)
    # the features F once and k folds of (k - 1) / k of the units each: F + 5 t with 5 folds, F + 2 t with 2, F + t with none
    one = halves.cpu - (given.cpu - halves.cpu) / 3
    note('seconds, folds and all: %.1f by wall time, %.1f by processor time (aim: under 10); peak %.0f MB (aim: under 600)' % (
        folds.wall, folds.cpu, folds.peak))
    note('5 folds to one training with its features, by processor time, reckoned from 5 and 2 folds: %.2f (aim: at most 4)' % (given.cpu / one))
    try:
        beside_liblinear(given)
    except Absent as absent:
        note('%s: left out' % absent)


def beside_liblinear(ours):
    need(has('liblinear-train'), 'liblinear-train')
    rows = vectors('platt.model', 'dse.jsonl', 'dse')
    peers = []
    for what, more in (('one training', []), ('5 folds', ['-v', '5'])):
        peers.append(measure(['liblinear-train', '-q', '-s', '1', '-B', '1', *more, rows, *([] if more else ['liblinear.model'])]))
        row('liblinear-train -s 1, %s, on ready-made vectors' % what, peers[-1])
    ratio("our time, features and all, to liblinear's 5 folds and last training", 'none set', ours.wall / sum(p.wall for p in peers),
          ours.cpu / sum(p.cpu for p in peers))


def grid():
    need(has('svm-train'), 'svm-train')
    if not os.path.exists(path('dse.jsonl')):
        labels()
    with open(path('two.jsonl'), 'w') as out:
        lines = open(path('dse.jsonl')).readlines()
        step = len(lines) // 2000
        out.writelines(lines[i * step] for i in range(2000))
    train = [STANCE, 'train', 'two.jsonl', *DSE, '--solver', 'libsvm', '--kernel', 'rbf', '--threads', '1', '-q', '-o', 'grid.model']
    ours = measure(train + ['--tune', '--grid-out', 'grid.csv'], 1)
    points = sum(1 for _ in open(path('grid.csv'))) - 1
    heading('A grid of C, gamma and class weights, %d points, and in each fold again, RBF kernel, 2,000 units of dse, one thread' % points)
    row('stance train --tune, with features and the last training', ours)
    alone = measure(train)
    row('stance train, the same without a grid', alone)
    rows = vectors('two.model', 'two.jsonl', 'two')
    some = 'fewer.svm'  # what is left without one of five folds, in which --tune tries the grid again
    with open(path(rows)) as source, open(path(some), 'w') as out:
        out.writelines(line for i, line in enumerate(source) if i % 5)
    inner = sum(',without ' in line for line in open(path('grid.csv')))
    peer, runs = Cost(0, 0, 0), [(0.0625, 0.1), (0.25, 0.3), (1, 1)]
    for file, folds, times in ((rows, '5', points - inner), (some, '4', inner)):
        for c, gamma in runs:
            cost = once(['svm-train', '-q', '-v', folds, '-c', str(c), '-g', str(gamma), file])
            peer = Cost(peer.wall + cost.wall * times / len(runs), peer.cpu + cost.cpu * times / len(runs), max(peer.peak, cost.peak))
    row('svm-train, %d times -v 5 and %d times -v 4 (6 were run)' % (points - inner, inner), peer)
    ratio("svm-train's time, without features, to ours", 'at least 20', peer.wall / ours.wall, peer.cpu / ours.cpu)


def million():
    need(os.path.isdir(DATA + '/dse'), DATA + '/dse')
    print('\nA million training units: dse/train with words replaced, 5 folds and all, two threads', flush=True)
    subprocess.run([PYTHON, os.path.join(ROOT, 'tests/bench/million.py'), BUILD, '1000000', '0.15', '--threads', '2'], check=True)
