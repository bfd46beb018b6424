# SPDX-License-Identifier: MIT
# Makes gold.jsonl of the sentences in KIND.txt: an article a heading ("## id", which begins with its date), a sentence a line, its label
# before it: "-" negative, "0" neutral, "+" positive. Usage: corpora/kinds/make.py [FILE...] (default: all here) > corpora/kinds/gold.jsonl
import glob, json, os, sys

LABELS = {'-': 'negative', '0': 'neutral', '+': 'positive'}
here = os.path.dirname(os.path.abspath(__file__))
seen = set()
for path in sys.argv[1:] or sorted(glob.glob(os.path.join(here, '*.txt'))):
    article = None
    for number, line in enumerate(open(path, encoding='utf-8'), 1):
        line = line.rstrip('\n')
        if line.startswith('## '):
            article, sentence = line[3:], 0
            if article in seen:
                sys.exit("%s:%d: the article '%s' stands twice" % (path, number, article))
            seen.add(article)
        elif line[:1] in LABELS and line[1:2] == ' ' and article:
            print(json.dumps({'unit': '%s#%d' % (article, sentence), 'article': article, 'sentence': sentence, 'text': line[2:],
                              'head': 'sentiment', 'label': LABELS[line[0]], 'annotator': 'author', 'at': '2026-11-28T10:00:00Z',
                              'date': article[:10]}, ensure_ascii=False, separators=(',', ':')))
            sentence += 1
        elif line:
            sys.exit("%s:%d: '%s'; expected '## DATE-NAME', or a label of - 0 + and a sentence" % (path, number, line[:40]))
