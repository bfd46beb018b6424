#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Training on a million units: peak memory, wall time, processor time.

Usage: tests/bench/million.py BUILD_FOLDER [UNITS [SHARE [TRAIN_FLAG...]]]     (a million units; a share of 0.15 of the words)

dse/train is repeated until there are as many units. In each copy but the first, each word outside of the mentions is
replaced, with the probability SHARE, by a word drawn from all words of the corpus (so that frequent words come often),
by a generator seeded with 1; articles and units get the copy's number. Labels stay. So the vocabulary of words stays that
of dse, while word sequences, which are most features, become new ones.
"""
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATA = os.path.join(os.path.dirname(ROOT), 'shared', 'data', 'dse', 'train.tsv')
WORD = re.compile(r'\w+')


def perturb(text, mentions, words, share, draw):
    """The text with some words replaced, and the mentions where they stand in it."""
    out, at, shift = [], 0, []
    for match in WORD.finditer(text):
        start, end = match.span()
        if draw.random() >= share or any(start < m['end'] and m['start'] < end for m in mentions):
            continue
        word = draw.choice(words)
        out += [text[at:start], word]
        at = end
        shift.append((end, len(word) - (end - start)))
    moved = [dict(m, start=m['start'] + sum(d for e, d in shift if e <= m['start']),
                  end=m['end'] + sum(d for e, d in shift if e <= m['start'])) for m in mentions]
    return ''.join(out) + text[at:], moved


def write(records, units, share, path):
    words = [word for record in records for word in WORD.findall(record['text'])]
    draw, written, copy = random.Random(1), 0, 0
    with open(path, 'w', encoding='utf-8') as out:
        while written < units:
            before = None
            for record in records[:units - written]:
                if copy and record['text'] != before:
                    text, mentions = perturb(record['text'], record['mentions'], words, share, draw)
                before = record['text']
                if copy:
                    article = '%s-%d' % (record['article'], copy)
                    record = dict(record, article=article, text=text, mentions=mentions,
                                  unit=record['unit'].replace(record['article'], article, 1))
                out.write(json.dumps(record, ensure_ascii=False) + '\n')
                written += 1
            copy += 1
    return copy


def main():
    build, units = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000000
    share, flags = float(sys.argv[3]) if len(sys.argv) > 3 else 0.15, sys.argv[4:]
    if not os.path.exists(DATA):
        raise SystemExit('million: no ' + DATA)
    stance = build + '/stance'
    with tempfile.TemporaryDirectory() as folder:
        said = subprocess.run([stance, 'convert', '--from', 'dse', DATA], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
        records = [json.loads(line) for line in said.stdout.decode().splitlines()]
        path = folder + '/units.jsonl'
        copies = write(records, units, share, path)
        del records, said
        print('%d units in %d copies, %.0f MB of labels' % (units, copies, os.path.getsize(path) / 1e6), flush=True)
        command = [stance, 'train', path, '-q', '-o', folder + '/model', '--codebook', ROOT + '/corpora/codebooks/dse.json', *flags]
        start, process = time.perf_counter(), os.posix_spawn(stance, command, os.environ)
        _, status, used = os.wait4(process, 0)
        if status:
            raise SystemExit('million: stance train failed')
        print('%.0f s of wall time, %.0f s of processor time, peak %.0f MB, model %.0f MB (aims: 480 s on 2 cores, 2000 MB)' % (
            time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, os.path.getsize(folder + '/model') / 1e6))


main()
