# SPDX-License-Identifier: MIT
"""`make bench`: a project of two annotators (agreement, status), and the annotation screen."""
import json
import os
import random

from measure import *

UNITS = 50000
LABELS = [('hostile', 'h', -1), ('neutral', 'n', 0), ('friendly', 'f', 1)]


def write_project(folder):
    """UNITS dyads in articles of 40, labelled by two who differ on a fifth; seeded."""
    draw, words = random.Random(1), 'the minister of defence said on Tuesday that talks with his neighbour had gone well'.split()
    os.makedirs(folder + '/labels')
    with open(folder + '/project.json', 'w') as out:
        json.dump({'codebook': 'codebook.json'}, out)
    with open(folder + '/codebook.json', 'w') as out:
        json.dump({'name': 'bench', 'heads': [{'name': 'stance', 'unit': 'dyad', 'labels': [
            {'name': name, 'key': key, 'value': value} for name, key, value in LABELS]}]}, out)
    journals = [(name, open('%s/labels/%s.jsonl' % (folder, name), 'w')) for name in ('ana', 'ben')]
    with open(folder + '/units.jsonl', 'w') as units:
        for i in range(UNITS):
            if i % 2 == 0:
                text = 'Mali and France: ' + ' '.join(draw.choice(words) for _ in range(25)) + '.'
            source, target = (('MLI', 'FRA'), ('FRA', 'MLI'))[i % 2]
            article = '2022-05-03-article-%d' % (i // 40)
            unit = {'unit': '%s#%d:%s>%s' % (article, i // 2 % 20, source, target), 'article': article, 'sentence': i // 2 % 20,
                    'text': text, 'source': source, 'target': target,
                    'mentions': [{'actor': 'MLI', 'start': 0, 'end': 4}, {'actor': 'FRA', 'start': 9, 'end': 15}], 'head': 'stance'}
            units.write(json.dumps(dict(unit, title='A title', date='2022-05-03')) + '\n')
            truth = draw.randrange(3)
            for who, (name, journal) in enumerate(journals):
                label = LABELS[draw.randrange(3) if who and draw.random() < 0.3 else truth][0]
                at = '2026-01-01T%02d:%02d:%02d.%03dZ' % (i // 3600, i // 60 % 60, i % 60, who)
                journal.write(json.dumps(dict(unit, label=label, annotator=name, at=at, seconds=2.4)) + '\n')
    for _, journal in journals:
        journal.close()


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
