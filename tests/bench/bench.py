# SPDX-License-Identifier: MIT
# The benchmark behind tests/bench/run: one line a measurement, and under each aim the ratio that it asks for.
# Wall time and processor time are the medians of up to three runs (one, where a run takes longer than ten seconds). On a
# machine with other work on it the processor's seconds are the fairer figure; ratios are given in both.
import glob, json, os, resource, shutil, statistics, subprocess, sys, tempfile, time

BUILD, MEGABYTES = sys.argv[1], float(sys.argv[2])
ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), '..', '..'))
DATA = os.path.join(ROOT, '..', 'shared', 'data')
STANCE = os.path.join(BUILD, 'stance')
PYTHON = '/usr/bin/python3'
WORK = tempfile.mkdtemp(prefix='stance-bench-')
ONE_CORE = dict(os.environ, OMP_NUM_THREADS='1', OPENBLAS_NUM_THREADS='1')


class Cost:
    def __init__(self, wall, cpu, peak):
        self.wall, self.cpu, self.peak = wall, cpu, peak


def processor():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# time(1) stands between, for its processes are small: a child's peak begins at its parent's size.
def once(command):
    start, used = time.perf_counter(), processor()
    process = subprocess.run(['/usr/bin/time', '-q', '-o', path('time'), '-f', '%M', *command], stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE, env=ONE_CORE, cwd=WORK)
    wall, used = time.perf_counter() - start, processor() - used
    if process.returncode not in (0, 1):
        raise RuntimeError('%s: %s' % (' '.join(map(str, command[:4])), process.stderr.decode(errors='replace')[:300]))
    return Cost(wall, used, int(open(path('time')).read()) / 1024)


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


def path(name):
    return os.path.join(WORK, name)


def classify(*more):
    return [STANCE, 'classify', '--progress', 'never', '--format', 'jsonl', *more]


def has(name):
    return shutil.which(name) is not None


# ---- articles -----------------------------------------------------------------------------------------------------

def write_articles():
    articles = []
    for name in sorted(glob.glob(DATA + '/bbc/*/*.txt')):
        title, _, text = open(name, encoding='utf-8', errors='replace').read().partition('\n')
        articles.append((title, text))
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


def bench_articles():
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
    costs = [once(classify('--threads', '1', path('one.txt'))) for _ in range(21)]
    cost = Cost(statistics.median(c.wall for c in costs), statistics.median(c.cpu for c in costs), costs[0].peak)
    row('one article, from start to end', cost)
    print('  -> milliseconds: %.1f by wall time (least %.1f), %.1f by processor time (aim: under 30)' % (
        cost.wall * 1e3, min(c.wall for c in costs) * 1e3, cost.cpu * 1e3))
    bench_stream()


def bench_stream():
    process = subprocess.Popen(classify('--stream', '--threads', '1'), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    times = []
    for number, line in zip(range(60), open(path('bbc.jsonl'), 'rb')):
        article = json.loads(line)
        article['text'] += '\nFrance praised Mali.'
        start = time.perf_counter()
        process.stdin.write(json.dumps(article).encode() + b'\n')
        process.stdin.flush()
        while b'France praised Mali' not in process.stdout.readline():
            pass
        if number >= 10:
            times.append((time.perf_counter() - start) * 1e3)
        rest = 2  # the other order of the pair, and the sentence
        while rest and process.stdout.readline():
            rest -= 1
    process.stdin.close()
    process.wait()
    print('  -> a feed (--stream), milliseconds from an article to its answer: median %.1f, longest %.1f (aim: under 5)' % (
        statistics.median(times), max(times)))


# ---- features ------------------------------------------------------------------------------------------------------

def build_tool(name, libraries):
    out = path(name)
    flags = subprocess.run(['pkg-config', '--cflags', '--libs', *libraries], capture_output=True, text=True).stdout.split() if libraries else []
    command = [os.environ.get('CC', 'cc'), '-std=c11', '-D_GNU_SOURCE', '-O2', '-I' + ROOT, '-o', out, os.path.join(ROOT, 'tests/bench', name + '.c')]
    if libraries:
        command.append(os.path.join(BUILD, 'libstance.a'))
    subprocess.run(command + flags + ['-lm', '-lutil', '-pthread'], check=True)
    return out


def bench_features():
    print('\nFeatures of units with the full directed templates, one thread (corpora/international/gold.jsonl)')
    records = path('dyads.jsonl')
    with open(records, 'w') as out:
        out.writelines(line for line in open(os.path.join(ROOT, 'corpora/international/gold.jsonl')) if '"head":"stance"' in line)
    tool = build_tool('feature_bench', ['libpcre2-8', 'libcjson', 'libutf8proc'])
    said = subprocess.run([tool, os.path.join(ROOT, 'corpora/lexicon'), records], capture_output=True, text=True, check=True).stdout
    print(said.rstrip())
    print('  cold: each unit in a sentence of its own; warm: the other order of the pair follows (aim: at least 60,000 units/s)')


# ---- sentences beside fasttext and scikit-learn ------------------------------------------------------------------------

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


def tweets():
    names = sorted(glob.glob(DATA + '/semeval2016t6/*.train.text'))
    with open(path('labels.jsonl'), 'wb') as out:
        subprocess.run([STANCE, 'convert', '--from', 'tweeteval', *names], stdout=out, stderr=subprocess.DEVNULL, check=True)
    records = [json.loads(line) for line in open(path('labels.jsonl'))]
    with open(path('fasttext.train'), 'w') as out:
        out.writelines('__label__%s %s\n' % (r['label'], r['text'].lower()) for r in records)
    open(path('sklearn_bench.py'), 'w').write(SKLEARN)
    return len(records)


def bench_sentences():
    if not os.path.isdir(DATA + '/semeval2016t6'):
        print('\nno semeval2016t6: training and scoring of sentences left out')
        return
    count = tweets()
    codebook = os.path.join(ROOT, 'corpora/codebooks/tweeteval.json')
    train = [STANCE, 'train', 'labels.jsonl', '--codebook', codebook, '--features', 'word,trigram', '--threads', '1', '-q', '-o']
    heading('Training: %d tweets, words 1-3-grams, linear SVM, whole process, one thread' % count)
    peer = measure([PYTHON, 'sklearn_bench.py', 'train'])
    row('scikit-learn, TfidfVectorizer and LinearSVC', peer)
    ours = measure(train + ['sentence.model'])
    row('stance train, with 5-fold cross-validation and calibration', ours)
    ratio("our time to scikit-learn's", 'at most 0.4', ours.wall / peer.wall, ours.cpu / peer.cpu)

    with open(path('some.jsonl'), 'w') as out:
        out.writelines(line for line, _ in zip(open(path('bbc.jsonl')), range(20000)))
    with open(path('sentences.txt'), 'w') as out:
        said = subprocess.run([STANCE, 'segment', 'some.jsonl'], capture_output=True, text=True, cwd=WORK).stdout
        lines = [line for line in said.split('\n') if line]
        out.write('\n'.join(lines) + '\n')
    heading('Scoring %d sentences, whole process, one thread' % len(lines))
    ours = measure(classify('-m', 'sentence.model', '--threads', '1', '-o', 'out', 'some.jsonl'))
    speed = lambda cost: '%.0f sentences/s, %.0f a core' % (len(lines) / cost.wall, len(lines) / cost.cpu)
    row('stance classify, words 1-3-grams, from articles', ours, speed(ours))
    if has('fasttext'):
        once(['fasttext', 'supervised', '-input', 'fasttext.train', '-output', 'fasttext', '-wordNgrams', '2', '-epoch', '25', '-thread', '1'])
        peer = measure(['fasttext', 'predict', 'fasttext.bin', 'sentences.txt'])
        row('fasttext predict, words and word pairs, from sentences', peer, speed(peer))
        ratio("our sentences/s to fasttext's", 'at least 3', peer.wall / ours.wall, peer.cpu / ours.cpu)
    peer = measure([PYTHON, 'sklearn_bench.py', 'predict'])
    row('scikit-learn, words 1-3-grams, from sentences', peer, speed(peer))
    ratio("our sentences/s to scikit-learn's", 'at least 10', peer.wall / ours.wall, peer.cpu / ours.cpu)


# ---- training -----------------------------------------------------------------------------------------------------------

def bench_training():
    if not os.path.isdir(DATA + '/dse'):
        print('\nno dse: directed training left out')
        return
    with open(path('dse.jsonl'), 'wb') as out:
        subprocess.run([STANCE, 'convert', '--from', 'dse', DATA + '/dse/train.tsv'], stdout=out, stderr=subprocess.DEVNULL, check=True)
    units = sum(1 for _ in open(path('dse.jsonl')))
    heading('Directed training: all of dse/train, %d units, full templates, one thread' % units)
    train = [STANCE, 'train', 'dse.jsonl', '--codebook', os.path.join(ROOT, 'corpora/codebooks/dse.json'), '--threads', '1', '-q', '-o', 'dse.model']
    folds = measure(train)
    row('stance train, with 5-fold cross-validation, calibration', folds)
    halves = measure(train + ['--cv', '2'])
    row('stance train --cv 2', halves)
    # the features F once and k folds of (k - 1) / k of the units each: F + 5 t with 5 folds, F + 2 t with 2, F + t with none
    one = halves.cpu - (folds.cpu - halves.cpu) / 3
    print('  -> seconds, folds and all: %.1f by wall time, %.1f by processor time (aim: under 10); peak %.0f MB (aim: under 600)' % (
        folds.wall, folds.cpu, folds.peak))
    print('  -> 5 folds to one training with its features, by processor time, reckoned from 5 and 2 folds: %.2f (aim: at most 4)' % (folds.cpu / one))


def bench_grid():
    if not has('svm-train') or not os.path.exists(path('dse.jsonl')):
        print('\nno svm-train or no dse: the grid left out')
        return
    with open(path('two.jsonl'), 'w') as out:
        lines = open(path('dse.jsonl')).readlines()
        step = len(lines) // 2000
        out.writelines(lines[i * step] for i in range(2000))
    codebook = os.path.join(ROOT, 'corpora/codebooks/dse.json')
    train = [STANCE, 'train', 'two.jsonl', '--codebook', codebook, '--solver', 'libsvm', '--kernel', 'rbf', '--threads', '1', '-q', '-o']
    subprocess.run(train + ['two.model'], cwd=WORK, stdout=subprocess.DEVNULL, check=True)
    heading('A grid of 5 C x 5 gamma, 5 folds, RBF kernel, 2,000 units of dse, one thread')
    ours = measure(train + ['grid.model', '--tune'], 1)
    row('stance train --tune, with features and the last training', ours)
    subprocess.run([STANCE, 'model', 'show', 'two.model', 'two.jsonl', '--export', 'libsvm', '-o', 'two'], cwd=WORK, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if not os.path.exists(path('two.svm')):
        subprocess.run([STANCE, 'train', 'two.jsonl', '--codebook', codebook, '-q', '-o', 'linear.model'], cwd=WORK, stdout=subprocess.DEVNULL, check=True)
        subprocess.run([STANCE, 'model', 'show', 'linear.model', 'two.jsonl', '--export', 'libsvm', '-o', 'two'], cwd=WORK, stdout=subprocess.DEVNULL, check=True)
    peer = Cost(0, 0, 0)
    for power in (-1, 1, 3):  # three of the 25 points, the rest taken to cost the same
        cost = once(['svm-train', '-q', '-v', '5', '-c', str(2.0 ** power), '-g', str(2.0 ** (power - 2)), 'two.svm'])
        peer = Cost(peer.wall + cost.wall * 25 / 3, peer.cpu + cost.cpu * 25 / 3, max(peer.peak, cost.peak))
    row('svm-train -v 5, 25 times (3 were run), without features', peer)
    ratio("svm-train's time to ours", 'at least 10', peer.wall / ours.wall, peer.cpu / ours.cpu)


# ---- annotation ------------------------------------------------------------------------------------------------------------

def bench_annotation():
    print('\nThe annotation screen, 100,000 units with 99,000 labels (aims: opens in under 1 s, under 10 ms a key)')
    tool = build_tool('annotate_bench', [])
    print(subprocess.run([tool, STANCE, path('project')], capture_output=True, text=True).stdout.rstrip())


def bench_scoring():
    if not os.path.isdir(DATA + '/bbc'):
        print('no %s/bbc: scoring left out' % DATA)
        return
    bench_articles()
    bench_sentences()


PARTS = {'scoring': bench_scoring, 'features': bench_features, 'training': lambda: (bench_training(), bench_grid()),
         'annotation': bench_annotation}


def main():
    try:
        for name in sys.argv[3:] or PARTS:
            PARTS[name]()
    finally:
        shutil.rmtree(WORK, ignore_errors=True)


main()
