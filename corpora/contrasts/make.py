# SPDX-License-Identifier: MIT
# Makes gold.jsonl of sentences.txt: a sentence, a tab, its polar dyads (source>target and + or -); all its other dyads are neutral. The program finds
# the mentions. Usage: corpora/contrasts/make.py build/stance MODEL > corpora/contrasts/gold.jsonl
import json, os, subprocess, sys

here = os.path.dirname(os.path.abspath(__file__))
rows = [line.rstrip('\n').split('\t') for line in open(os.path.join(here, 'sentences.txt'), encoding='utf-8')]
articles = ''.join(json.dumps({'id': 'contrasts-%03d' % i, 'date': '2016-06-01', 'text': row[0]}) + '\n' for i, row in enumerate(rows))
done = subprocess.run([sys.argv[1], 'classify', '-q', '-m', sys.argv[2], '--format', 'jsonl', '-'], input=articles.encode(),
                      stdout=subprocess.PIPE, check=True)
left = {i: set(row[1].split()) for i, row in enumerate(rows)}
for line in done.stdout.decode().splitlines():
    unit = json.loads(line)
    if unit['head'] != 'stance':
        continue
    i, pair = int(unit['article'][-3:]), '%s>%s' % (unit['source'], unit['target'])
    label = 'friendly' if pair + '+' in left[i] else 'hostile' if pair + '-' in left[i] else 'neutral'
    left[i] -= {pair + '+', pair + '-'}
    print(json.dumps({'unit': '%s#%d:%s' % (unit['article'], unit['sentence'], pair), 'article': unit['article'], 'sentence': unit['sentence'],
                      'text': unit['text'], 'source': unit['source'], 'target': unit['target'], 'mentions': unit['mentions'],
                      'head': 'stance', 'label': label, 'annotator': 'author', 'at': '2026-11-28T17:00:00Z', 'date': '2016-06-01'},
                     ensure_ascii=False, separators=(',', ':')))
for i, pairs in left.items():
    if pairs:
        sys.exit("sentences.txt:%d: no actors for '%s' in '%s'" % (i + 1, ' '.join(sorted(pairs)), rows[i][0]))
