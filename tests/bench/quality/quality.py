# SPDX-License-Identifier: MIT
# The benchmark behind tests/bench/quality/run: one line a figure, with its standard error, and how often the set has been looked at.
# Figures of sets marked "open" guide development. Those marked "kept" are for the end: each look at one is counted.
import argparse, fcntl, json, os, random, resource, shutil, subprocess, sys, tempfile

from measure import (POLARITY, best_factors, joint_class, mean_f1, micro_polar_f1, pair_class, polar_f1, share, standard_error)

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), '..', '..', '..'))
DATA = os.environ.get('STANCE_SHARED_DATA', os.path.join(ROOT, '..', 'shared', 'data'))
STANCES, FEELINGS = ('hostile', 'neutral', 'friendly'), ('negative', 'neutral', 'positive')


class Bench:
    def __init__(self, build, model, looks):
        self.build, self.looks_file = os.path.abspath(build), looks
        self.stance = os.path.join(self.build, 'stance')
        self.model = model or os.path.join(self.build, 'default.model')
        self.work = tempfile.mkdtemp(prefix='stance-quality-')
        self.corpus = [os.path.join(ROOT, 'corpora', 'international', 'gold.jsonl')]
        self.flags = os.environ.get('MODEL_FLAGS', '').split()

    def path(self, name):
        return os.path.join(self.work, name)

    def run(self, *arguments, may_fail=False):
        done = subprocess.run([self.stance, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.work)
        if done.returncode not in ((0, 1) if may_fail else (0,)):
            raise RuntimeError('stance %s: %s' % (' '.join(arguments[:3]), done.stderr.decode(errors='replace')[-300:]))
        return done.stdout.decode()

    def convert(self, form, source, out):
        with open(self.path(out), 'w', encoding='utf-8') as file:
            file.write(self.run('convert', '--from', form, source))
        return self.path(out)

    def train(self, name, labels, *flags):
        """Trains on label files; the heads of its report, by name."""
        self.run('train', '-q', *labels, '-o', self.path(name + '.model'), '--report', self.path(name + '.json'), *flags)
        return {head['head']: head for head in json.load(open(self.path(name + '.json')))['heads']}

    def factors(self, model, head):
        """Of each label's probability, where the head decides (stance model show)."""
        header = json.loads(self.run('model', 'show', '--json', model))
        labels = next(h['labels'] for h in header['codebook']['heads'] if h['name'] == head)
        names = [label['name'] if isinstance(label, dict) else label for label in labels]
        own = next(h for h in header['heads'] if h['name'] == head)
        return dict(zip(names, own.get('factor', [1.0] * len(names))))

    def predict(self, model, units):
        return [json.loads(line) for line in self.run('classify', '-q', '-m', model, '--format', 'jsonl', '--units', units).splitlines()]

    def score_sentences(self, sentences):
        """Each (id, date, text) as an article: {id: {(source, target): prediction}}, the sentence's own under (None, None)."""
        with open(self.path('sentences.jsonl'), 'w', encoding='utf-8') as file:
            for name, date, text in sentences:
                file.write(json.dumps({'id': name, 'date': date, 'text': text} if date else {'id': name, 'text': text}) + '\n')
        found = {name: {} for name, _, _ in sentences}
        flags = ('classify', '-q', '-m', self.model, '--format', 'jsonl', self.path('sentences.jsonl'))
        for line in self.run(*flags, may_fail=True).splitlines():
            row = json.loads(line)
            found[row['article']].setdefault((row.get('source'), row.get('target')), row)
        return found

    def look(self, name):
        """Counts a look at a set; parallel runs wait for each other."""
        with open(self.looks_file, 'a+') as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            counts = dict(line.rstrip('\n').split('\t') for line in file if '\t' in line)
            counts[name] = str(int(counts.get(name, 0)) + 1)
            file.truncate(0)
            file.writelines('%s\t%s\n' % item for item in sorted(counts.items()))
        return int(counts[name])


def say(what, value, error=None, rest=''):
    print('  %-66s %7.3f %-9s %s' % (what, value, '' if error is None else '(%.3f)' % error, rest), flush=True)


def precision(groups):
    figure = lambda pairs: share([pair for pair in pairs if pair[1] != 'neutral'])
    return figure(sum(groups, [])), standard_error(groups, figure)


def recall(groups):
    figure = lambda pairs: share([pair for pair in pairs if pair[0] != 'neutral'])
    return figure(sum(groups, [])), standard_error(groups, figure)


def interval_error(part):
    return (part['high'] - part['low']) / (2 * 1.96) if part.get('low') is not None else None


def say_folds(head, name):
    say('%s: macro-F1 of units' % name, head['macro_f1']['value'], interval_error(head['macro_f1']))
    say('%s: polar F1 of units' % name, head['polar_f1']['value'], interval_error(head['polar_f1']))


# ---- the parts ----------------------------------------------------------------------------------------------------

def part_own(bench):
    """grouped cross-validation on the shipped corpus, with the shipped model's flags"""
    codebook = os.path.join(ROOT, 'corpora', 'codebooks', 'international.json')
    heads = bench.train('own', bench.corpus, '--codebook', codebook, *bench.flags)
    for name in ('stance', 'sentiment'):
        say_folds(heads[name], name)
    say('stance: direction of pairs whose polarity is right', heads['stance']['pairs']['direction_accuracy'])


def part_constructions(bench):
    """300 sentences by construction and idiom, by the default model (open)"""
    rows = [line.split('\t') for line in open(DATA + '/constructions.tsv', encoding='utf-8').read().splitlines()[1:]]
    found = bench.score_sentences([(str(i), None, row[1]) for i, row in enumerate(rows)])
    for name, is_idiom in (('constructions', False), ('idioms', True)):
        groups = []
        for i, (kind, _, source, target, label) in enumerate(rows):
            if kind.startswith('idiom') == is_idiom:
                said = found[str(i)].get((source, target))
                groups.append([(label, said['label'] if said else 'absent')])
                if os.environ.get('STANCE_QUALITY_LIST') and groups[-1][0][0] != groups[-1][0][1]:
                    print('    ', groups[-1][0], rows[i][1], source, target)
        right = share(sum(groups, []))
        say(name, right, standard_error(groups, share), '%d of %d right' % (round(right * len(groups)), len(groups)))


def judge_sentences(bench, rows):
    """Sentences whose polar pairs are all labelled, by the default model; pairs that are not named are neutral. Persons stand for their state."""
    found = bench.score_sentences([(row['id'], row['date'], row['text']) for row in rows])
    groups, feelings, directions, absent = [], [], [], 0
    factors = bench.factors(bench.model, 'stance')
    for row in rows:
        predictions = {}
        for (source, target), unit in found[row['id']].items():
            key = tuple(name and name.split('.')[0] for name in (source, target))
            if not source or (key[0] != key[1] and (key not in predictions or predictions[key]['label'] == 'neutral')):
                predictions[key] = unit
        labels = {(pair[0], pair[1]): pair[2] for pair in row['pairs']}
        why = {(pair[0], pair[1]): pair[3] for pair in row['pairs'] if len(pair) > 3}
        group = []
        for key in sorted(labels.keys() | {key for key in predictions if key[0]}):
            label, unit = labels.get(key, 'neutral'), predictions.get(key)
            if label == 'skip':  # who is meant can be argued
                continue
            absent += unit is None and label != 'neutral'
            group.append((label, unit['label'] if unit else 'neutral'))
            if os.environ.get('STANCE_QUALITY_LIST') and group[-1][0] != group[-1][1]:
                print('    ', row['id'], group[-1], 'absent' if unit is None else '', *key, '|', why.get(key, ''), '|', row['text'])
        groups.append(group)
        sentence = predictions.get((None, None))
        feelings.append([(row['sentiment'], sentence['label'] if sentence else 'neutral')])
        if os.environ.get('STANCE_QUALITY_LIST') and feelings[-1][0][0] != feelings[-1][0][1]:
            print('    ', row['id'], 'sentence', feelings[-1][0], '|', row['text'])
        for source, target in predictions:
            if source and source < target and (target, source) in predictions:
                first, second = (labels.get(key, 'neutral') for key in ((source, target), (target, source)))
                if 'skip' in (first, second) or first == second:
                    continue
                is_ = pair_class(first, second)
                guess = joint_class(predictions[source, target]['p'], predictions[target, source]['p'], factors)
                if POLARITY[is_] == POLARITY[guess]:
                    directions.append([(is_, guess)])
    pairs = sum(groups, [])
    say('dyads: polar F1 (one, over both polarities)', micro_polar_f1(pairs), standard_error(groups, micro_polar_f1),
        '%d polar pairs whose actors were not found' % absent)
    say('dyads: precision of polar labels', *precision(groups), rest='%d of them' % sum(said != 'neutral' for _, said in pairs))
    say('dyads: recall of polar labels', *recall(groups), rest='%d of them' % sum(is_ != 'neutral' for is_, _ in pairs))
    say('dyads: mean F1 of hostile and friendly', polar_f1(pairs), standard_error(groups, polar_f1))
    say('direction, of one-sided pairs whose polarity is right', share(sum(directions, [])), standard_error(directions, share),
        '%d pairs' % len(directions))
    figure = lambda sample: mean_f1(sample, FEELINGS)
    say('sentences: macro-F1 of sentiment', figure(sum(feelings, [])), standard_error(feelings, figure))


def part_news(bench):
    """160 sentences in the style of news, all pairs labelled, by the default model (open)"""
    judge_sentences(bench, [json.loads(line) for line in open(DATA + '/news-sentences.jsonl', encoding='utf-8')])


def judge_folder(bench, name):
    with open(os.path.join(ROOT, 'corpora', 'judge', name + '.jsonl'), encoding='utf-8') as file:
        judge_sentences(bench, [json.loads(line) for line in file])


def judge_kept(bench, name):
    """Never lists what is wrong, and counts the look."""
    os.environ.pop('STANCE_QUALITY_LIST', None)
    looks = bench.look('judge/' + name)
    judge_folder(bench, name)
    print('    look %d at judge/%s by this build' % (looks, name))


def part_dev(bench):
    """122 sentences of corpora/judge written before the program was asked, by the default model (open)"""
    judge_folder(bench, 'dev')


def part_test(bench):
    """121 more of the same, by the default model (kept)"""
    judge_kept(bench, 'test')


def part_wire_dev(bench):
    """160 sentences like wire reports, over CAMEO's root classes, written before the program was asked, by the default model (open)"""
    judge_folder(bench, 'wire-dev')


def part_wire_test(bench):
    """80 more of the same, by the default model (kept)"""
    judge_kept(bench, 'wire-test')


def key_of(row):
    return ''.join(c for c in row['text'].lower() if c.isalnum())


def say_pairs(rows, labels, what, factors=None):
    """Pairs of units that follow each other: three polarities, and the direction of what is rightly polar."""
    groups, directions = {}, []
    for i in range(0, len(rows) - 1, 2):
        is_ = pair_class(labels[i], labels[i + 1])
        said = joint_class(rows[i]['p'], rows[i + 1]['p'], factors)
        groups.setdefault(key_of(rows[i]), []).append((POLARITY[is_], POLARITY[said]))
        if is_ and POLARITY[is_] == POLARITY[said]:
            directions.append([(is_, said)])
    figure = lambda sample: mean_f1(sample, (0, 1, 2))
    groups = list(groups.values())
    say('%s: polarity of pairs, macro-F1' % what, figure(sum(groups, [])), standard_error(groups, figure))
    say('%s: direction of pairs whose polarity is right' % what, share(sum(directions, [])), standard_error(directions, share))


def part_dse(bench):
    """directed sentiment, trained on train: units by cross-validation, and valid without sentences of train (kept)"""
    train = bench.convert('dse', DATA + '/dse/train.tsv', 'dse-train.jsonl')
    valid = bench.convert('dse', DATA + '/dse/valid.tsv', 'dse-valid.jsonl')
    heads = bench.train('dse', [train], '--codebook', os.path.join(ROOT, 'corpora', 'codebooks', 'dse.json'))
    say_folds(heads['stance'], 'units by cross-validation')
    say('pairs by cross-validation: polarity, macro-F1', heads['stance']['pairs']['polarity_macro_f1'])
    seen = {key_of(json.loads(line)) for line in open(train, encoding='utf-8')}
    labels = [json.loads(line)['label'] for line in open(valid, encoding='utf-8')]
    rows = bench.predict(bench.path('dse.model'), valid)
    keep = [i for i, row in enumerate(rows) if key_of(row) not in seen]
    looks = bench.look('dse/valid')
    say_pairs([rows[i] for i in keep], [labels[i] for i in keep], 'unseen', bench.factors(bench.path('dse.model'), 'stance'))
    print('    look %d at dse/valid by this build' % looks)


def part_slots(bench):
    """who does and who suffers, by the slot rules alone: dyads of which an event has source and target, against their labels (open)"""
    program = os.path.join(bench.build, 'tests', 'slots')
    if not os.path.exists(program):
        raise RuntimeError('no %s: make %s' % (program, os.path.relpath(program, ROOT)))
    for name, folder in (('own corpus', 'international'), ('constructions/', 'constructions')):
        records = os.path.join(ROOT, 'corpora', folder, 'gold.jsonl')
        done = subprocess.run([program, os.path.join(ROOT, 'corpora', 'lexicon'), records], stdout=subprocess.PIPE, check=True)
        groups = {}
        for line in done.stdout.decode().splitlines():
            article, label, said = line.split('\t')
            groups.setdefault(article, []).append((label, said))
        groups = list(groups.values())
        total = sum(map(len, groups))
        say('%s: precision of pairs with a whole event' % name, *precision(groups), rest='%d dyads' % total)
        say('%s: recall of polar pairs by a whole event' % name, *recall(groups))


def part_transfer(bench):
    """directed sentiment of train by the default model, which never saw it; factors of labels refitted on the other half (open)"""
    train = bench.convert('dse', DATA + '/dse/train.tsv', 'dse-train.jsonl')
    draw, kept = random.Random(1), []
    lines = open(train, encoding='utf-8').read().splitlines()
    for i in range(0, len(lines) - 1, 2):
        if draw.random() < 0.3:
            kept += lines[i:i + 2]
    open(bench.path('part.jsonl'), 'w', encoding='utf-8').write('\n'.join(kept) + '\n')
    labels, rows = [json.loads(line)['label'] for line in kept], bench.predict(bench.model, bench.path('part.jsonl'))
    groups = {}
    for i in range(0, len(rows), 2):
        groups.setdefault(key_of(rows[i]), []).extend((i, i + 1))
    halves = [[], []]
    for members in groups.values():
        halves[draw.randrange(2)].append(members)
    judged, refitted, start = [], list(rows), bench.factors(bench.model, 'stance')
    for half in (0, 1):
        factors = best_factors([(labels[i], rows[i]['p']) for members in halves[1 - half] for i in members], STANCES, start)
        for members in halves[half]:
            judged.append([(labels[i], max(STANCES, key=lambda label: factors[label] * rows[i]['p'][label])) for i in members])
            for i in members:
                total = sum(factors[label] * rows[i]['p'][label] for label in STANCES)
                refitted[i] = dict(rows[i], p={label: factors[label] * rows[i]['p'][label] / total for label in STANCES})
    figure = lambda sample: mean_f1(sample, STANCES)
    say('units, refitted: macro-F1', figure(sum(judged, [])), standard_error(judged, figure, 60), '%d units' % len(rows))
    say_pairs(refitted, labels, 'refitted')


def part_newsmtsc(bench):
    """sentiment towards a target in news: grouped cross-validation on its training set (open)"""
    labels = bench.convert('newsmtsc', DATA + '/newsmtsc/train.jsonl', 'newsmtsc.jsonl')
    heads = bench.train('newsmtsc', [labels], '--codebook', os.path.join(ROOT, 'corpora', 'codebooks', 'newsmtsc.json'))
    say_folds(list(heads.values())[0], 'targets')


def part_semeval(bench):
    """stance of tweets towards five targets, a model a target: cross-validation on train and val (open)"""
    figures, errors = [], []
    for target in ('abortion', 'atheism', 'climate', 'feminist', 'hillary'):
        files = [bench.convert('tweeteval', '%s/semeval2016t6/%s.%s.text' % (DATA, target, part), '%s-%s.jsonl' % (target, part))
                 for part in ('train', 'val')]
        head = bench.train(target, files, '--codebook', os.path.join(ROOT, 'corpora', 'codebooks', 'tweeteval.json'))
        head = list(head.values())[0]
        figures.append(head['polar_f1']['value'])
        errors.append(interval_error(head['polar_f1']) or 0)
        say('%s: mean F1 of favour and against' % target, figures[-1], errors[-1])
    say('mean of the targets', sum(figures) / len(figures), sum(e * e for e in errors) ** 0.5 / len(errors))


def part_speed(bench):
    """processor time of scoring, and sizes; beside another build where STANCE_AGAINST names its program"""
    size = 0
    with open(bench.path('bbc.jsonl'), 'w', encoding='utf-8') as out:
        names = sorted(os.path.join(folder, name) for folder, _, files in os.walk(DATA + '/bbc') for name in files)
        for i in range(8 * len(names)):
            title, _, text = open(names[i % len(names)], encoding='utf-8', errors='replace').read().partition('\n')
            out.write(json.dumps({'id': str(i), 'date': '2004-%02d-15' % (1 + i % 12), 'title': title, 'text': text}) + '\n')
            size += len(title) + len(text)

    def seconds(program, model):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        subprocess.run([program, 'classify', '-q', '--threads', '1', '-m', model, '--format', 'jsonl', bench.path('bbc.jsonl')],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before

    against = os.environ.get('STANCE_AGAINST')
    ours, theirs = [], []
    for _ in range(5):
        ours.append(seconds(bench.stance, bench.model))
        if against:
            theirs.append(seconds(against, os.path.join(os.path.dirname(against), 'default.model')))
    say('MB of articles a second of one core, best of five runs', size / 1e6 / min(ours))
    if against:
        say('processor time a byte, times that of STANCE_AGAINST', min(ours) / min(theirs))
    say('size of the model, MB', os.path.getsize(bench.model) / 1e6)


PARTS = {'own': part_own, 'constructions': part_constructions, 'news': part_news, 'dev': part_dev,
         'test': part_test, 'wire-dev': part_wire_dev, 'wire-test': part_wire_test, 'slots': part_slots, 'transfer': part_transfer, 'dse': part_dse,
         'newsmtsc': part_newsmtsc, 'semeval': part_semeval, 'speed': part_speed}


def main():
    parser = argparse.ArgumentParser(prog='tests/bench/quality/run', description='How often stance is right.')
    parser.add_argument('build', help='the folder of the program and the default model')
    parser.add_argument('part', nargs='*', help='one of: %s (default: all)' % ', '.join(PARTS))
    parser.add_argument('--model', help="judge this model as the default one (default: the build folder's)")
    parser.add_argument('--looks', help='where looks at kept sets are counted (default: BUILD/quality-looks.tsv)')
    parser.add_argument('--list', action='store_true', help='show what is wrong in the open sets')
    options = parser.parse_intermixed_args()
    unknown = [part for part in options.part if part not in PARTS]
    if unknown:
        parser.error("unknown part '%s'; expected %s" % (unknown[0], ', '.join(PARTS)))
    if options.list:
        os.environ['STANCE_QUALITY_LIST'] = '1'
    model = os.path.abspath(options.model) if options.model else None
    bench = Bench(options.build, model, os.path.abspath(options.looks or os.path.join(options.build, 'quality-looks.tsv')))
    if not os.path.isdir(DATA):
        print('quality: no data at %s: only part own can be run' % DATA, file=sys.stderr)
        options.part = [part for part in options.part or PARTS if part == 'own']
    failed = False
    try:
        for part in options.part or PARTS:
            print('%s: %s' % (part, PARTS[part].__doc__), flush=True)
            try:
                PARTS[part](bench)
            except (RuntimeError, OSError) as fault:
                print('quality: %s failed: %s' % (part, fault), file=sys.stderr)
                failed = True
    finally:
        shutil.rmtree(bench.work)
    return 3 if failed else 0


sys.exit(main())
