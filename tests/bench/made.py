# SPDX-License-Identifier: MIT
"""Data that the benchmarks make: articles of ../shared/data/bbc, small files of them, a project of two annotators."""
import glob
import json
import os
import random

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), '..', '..'))
DATA = os.path.join(ROOT, '..', 'shared', 'data')
UNITS = 50000
LABELS = [('hostile', 'h', -1), ('neutral', 'n', 0), ('friendly', 'f', 1)]


def bbc():
    """(title, text) of each article; none where the data is absent."""
    articles = []
    for name in sorted(glob.glob(DATA + '/bbc/*/*.txt')):
        with open(name, encoding='utf-8', errors='replace') as file:
            title, _, text = file.read().partition('\n')
        articles.append((title, text))
    return articles


def write_small_files(folder, lines, count):
    """Files of 600 bytes in 50 folders, and the same articles in one JSON Lines file; each piece of an article once."""
    articles = bbc()
    with open(lines, 'w', encoding='utf-8') as out:
        for number in range(count):
            title, text = articles[number % len(articles)]
            at = number // len(articles) * 600 % max(len(text) - 600, 1)
            text = title + '\n' + text[at:at + 600 - len(title)]
            place = '%s/%02d' % (folder, number % 50)
            os.makedirs(place, exist_ok=True)
            with open('%s/%05d.txt' % (place, number), 'w', encoding='utf-8') as one:
                one.write(text)
            out.write(json.dumps({'id': str(number), 'text': text}, ensure_ascii=False) + '\n')


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
