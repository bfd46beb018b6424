# SPDX-License-Identifier: MIT
"""`make bench`: scoring of articles, of sentences beside fasttext, scikit-learn and VADER, and of many small files."""
import glob
import json
import os
import shutil
import statistics
import subprocess
import time

from made import bbc, write_small_files
from measure import *

SMALL_FILES = 20000
VADER_SENTENCES = 5000  # the first of them: VADER takes minutes for all


# ---- articles -----------------------------------------------------------------------------------------------------

def write_articles():
    """Writes MEGABYTES of articles, and one. Returns the bytes of text and the articles."""
    articles = bbc()
    need(articles, DATA + '/bbc')
    size = number = 0
    with open(path('bbc.jsonl'), 'w', encoding='utf-8') as out:
        while size < MEGABYTES * 1e6:
            title, text = articles[number % len(articles)]
            date = '2004-%02d-%02d' % (1 + number % 12, 1 + number % 28)
            out.write(json.dumps({'id': str(number), 'title': title, 'date': date, 'text': text}, ensure_ascii=False) + '\n')
            size += len(title.encode()) + len(text.encode())
            number += 1
    with open(path('one.txt'), 'w', encoding='utf-8') as out:
        out.write('\n'.join(articles[0]))
    return size, number


def articles():
    size, number = write_articles()
    heading('Articles: %d, %.0f MB of text, default model, full gazetteer, to JSON Lines' % (number, size / 1e6))
    for name, more in (('both heads', []), ('dyads alone', ['--dyads-only'])):
        costs = []
        for threads in (1, 2):
            command = classify('--threads', str(threads), *more, '-o', path('out'), path('bbc.jsonl'))
            costs.append(measure(command))
            units = sum(1 for _ in open(path('out'), 'rb'))
            row('%s, %d thread%s' % (name, threads, 's' * (threads > 1)), costs[-1], '%.1f MB/s, %.1f MB/s a core, %.0f units/s a core' % (
                size / 1e6 / costs[-1].wall, size / 1e6 / costs[-1].cpu, units / costs[-1].cpu))
        ratio('MB/s of one core, %s' % name, 'at least 40', size / 1e6 / costs[0].wall, size / 1e6 / costs[0].cpu)
        ratio('two threads to one', 'at least 1.8', costs[0].wall / costs[1].wall)


def start():
    if not os.path.exists(path('one.txt')):
        write_articles()
    heading('Start: one article')
    costs = [once(classify('--threads', '1', path('one.txt'))) for _ in range(21)]
    cost = Cost(statistics.median(c.wall for c in costs), statistics.median(c.cpu for c in costs), costs[0].peak)
    row('one article, from start to end', cost)
    note('milliseconds: %.1f by wall time (least %.1f), %.1f by processor time (aim: at most 8)' % (
        cost.wall * 1e3, min(c.wall for c in costs) * 1e3, cost.cpu * 1e3))


def stream():
    process = subprocess.Popen(classify('--stream', '--threads', '1'), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    times = []
    for number, line in zip(range(60), open(path('bbc.jsonl'), 'rb')):
        article = json.loads(line)
        article['text'] += '\nFrance praised Mali.'
        begun = time.perf_counter()
        process.stdin.write(json.dumps(article).encode() + b'\n')
        process.stdin.flush()
        while b'France praised Mali' not in process.stdout.readline():
            if process.poll() is not None:
                raise RuntimeError('--stream ended with %d' % process.returncode)
        if number >= 10:
            times.append((time.perf_counter() - begun) * 1e3)
        rest = 2  # the other order of the pair, and the sentence
        while rest and process.stdout.readline():
            rest -= 1
    process.stdin.close()
    process.wait()
    note('a feed (--stream), milliseconds from an article to its answer: median %.1f, longest %.1f (aim: under 5)' % (
        statistics.median(times), max(times)))


def small_files():
    """Files of 600 bytes beside the same articles in one file: what a file costs."""
    folder, lines = path('small'), path('small.jsonl')
    need(bbc(), DATA + '/bbc')
    write_small_files(folder, lines, SMALL_FILES)
    heading('Many small files: %d of 600 bytes in 50 folders, one thread' % SMALL_FILES)
    files = measure(classify('--threads', '1', '-o', path('out'), folder))
    row('stance classify FOLDER, both heads', files, '%.0f microseconds a file' % (files.cpu / SMALL_FILES * 1e6))
    same = measure(classify('--threads', '1', '-o', path('out'), lines))
    row('the same articles in one JSON Lines file', same)
    note("by processor time, files to lines: %.2f (aim: at most 0.6 of 0.1.0's time for the files; see AGAINST)" % (files.cpu / same.cpu))
    shutil.rmtree(folder)


# ---- sentences beside fasttext, scikit-learn and VADER -----------------------------------------------------------------

SKLEARN = '''
import json, pickle, sys
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC
if sys.argv[1] == 'train':
    records = [json.loads(line) for line in open('labels.jsonl')]
    vectorizer = TfidfVectorizer(ngram_range=(1, 3), min_df=2)
    model = LinearSVC().fit(vectorizer.fit_transform([r['text'] for r in records]), [r['label'] for r in records])
    pickle.dump((vectorizer, model), open('sklearn.model', 'wb'))
else:
    vectorizer, model = pickle.load(open('sklearn.model', 'rb'))
    lines = open('sentences.txt').read().split('\\n')[:-1]
    for start in range(0, len(lines), 20000):
        print('\\n'.join(model.predict(vectorizer.transform(lines[start:start + 20000]))))
'''

VADER = '''
const {SentimentIntensityAnalyzer} = require('vader-sentiment');
const lines = require('fs').readFileSync('sentences.txt', 'utf8').split('\\n').slice(0, %d);
for (const line of lines) console.log(SentimentIntensityAnalyzer.polarity_scores(line).compound);
''' % VADER_SENTENCES


def tweets():
    names = sorted(glob.glob(DATA + '/semeval2016t6/*.train.text'))
    need(names, DATA + '/semeval2016t6')
    with open(path('labels.jsonl'), 'wb') as out:
        run([STANCE, 'convert', '--from', 'tweeteval', *names], out)
    records = [json.loads(line) for line in open(path('labels.jsonl'))]
    with open(path('fasttext.train'), 'w') as out:
        out.writelines('__label__%s %s\n' % (r['label'], r['text'].lower()) for r in records)
    open(path('sklearn_bench.py'), 'w').write(SKLEARN)
    return len(records)


def sentences():
    count = tweets()
    train = [STANCE, 'train', 'labels.jsonl', '--codebook', CODEBOOKS + '/tweeteval.json', '--features', 'word,trigram',
             '--threads', '1', '-q', '-o']
    heading('Training: %d tweets, words 1-3-grams, linear SVM, whole process, one thread' % count)
    peer = measure([PYTHON, 'sklearn_bench.py', 'train'])
    row('scikit-learn, TfidfVectorizer and LinearSVC', peer)
    ours = measure(train + ['sentence.model'])
    row('stance train, with 5-fold cross-validation and calibration', ours)
    ratio("our time to scikit-learn's", 'at most 0.4', ours.wall / peer.wall, ours.cpu / peer.cpu)
    if not os.path.exists(path('bbc.jsonl')):
        write_articles()
    with open(path('some.jsonl'), 'w') as out:
        out.writelines(line for line, _ in zip(open(path('bbc.jsonl')), range(20000)))
    lines = [line for line in run([STANCE, 'segment', 'some.jsonl']).decode().split('\n') if line]
    with open(path('sentences.txt'), 'w') as out:
        out.write('\n'.join(lines) + '\n')
    heading('Scoring %d sentences, whole process, one thread' % len(lines))
    ours = measure(classify('-m', 'sentence.model', '--threads', '1', '-o', 'out', 'some.jsonl'))
    both = measure(classify('--threads', '1', '-o', 'out', 'some.jsonl'))
    speed = lambda cost: '%.0f sentences/s, %.0f a core' % (len(lines) / cost.wall, len(lines) / cost.cpu)
    row('stance classify, words 1-3-grams, from articles', ours, speed(ours))
    row('stance classify, the default model, from articles', both, speed(both))
    for part in (beside_fasttext, beside_sklearn, beside_vader):
        try:
            part(ours, both, speed)
        except Absent as absent:
            note('%s: left out' % absent)


def beside_fasttext(ours, both, speed):
    need(has('fasttext'), 'fasttext')
    once(['fasttext', 'supervised', '-input', 'fasttext.train', '-output', 'fasttext', '-wordNgrams', '2', '-epoch', '25', '-thread', '1'])
    peer = measure(['fasttext', 'predict', 'fasttext.bin', 'sentences.txt'])
    row('fasttext predict, words and word pairs, from sentences', peer, speed(peer))
    ratio("our sentences/s to fasttext's", 'at least 3', peer.wall / ours.wall, peer.cpu / ours.cpu)


def beside_sklearn(ours, both, speed):
    peer = measure([PYTHON, 'sklearn_bench.py', 'predict'])
    row('scikit-learn, words 1-3-grams, from sentences', peer, speed(peer))
    ratio("our sentences/s to scikit-learn's", 'at least 10', peer.wall / ours.wall, peer.cpu / ours.cpu)


def beside_vader(ours, both, speed):
    need(has('node'), 'node')
    script = path('vader.js')
    open(script, 'w').write(VADER)
    places = [os.environ.get('NODE_PATH', ''), subprocess.run(['npm', 'root', '-g'], capture_output=True, text=True).stdout.strip() if has('npm') else '']
    ONE_CORE['NODE_PATH'] = ':'.join(place for place in places if place)
    found = subprocess.run(['node', '-e', "require('vader-sentiment')"], env=ONE_CORE, cwd=WORK, capture_output=True)
    need(found.returncode == 0, "vader-sentiment for node (npm install -g vader-sentiment, or NODE_PATH)")
    peer = measure(['node', script])
    share = VADER_SENTENCES / sum(1 for _ in open(path('sentences.txt'), 'rb'))
    row('VADER (vader-sentiment on node), from %d sentences' % VADER_SENTENCES, peer, '%.0f sentences/s, %.0f a core' % (
        VADER_SENTENCES / peer.wall, VADER_SENTENCES / peer.cpu))
    ratio("the default model's sentences/s, dyads too, to VADER's", 'none set', peer.wall / share / both.wall, peer.cpu / share / both.cpu)
