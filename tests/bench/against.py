"""Ratios of user time and of memory between two builds; see tests/bench/against."""
import json
import os
import statistics
import subprocess
import sys
import tempfile

from made import DATA, ROOT, UNITS, bbc, write_project, write_small_files

SMALL_FILES = 5000


def run(command):
    """User seconds and peak memory of a command that must succeed. What it wrote before is removed, not added to."""
    if '-o' in command and os.path.exists(command[command.index('-o') + 1]):
        os.unlink(command[command.index('-o') + 1])
    process = os.posix_spawn(command[0], command, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, '/dev/null', os.O_WRONLY, 0), (os.POSIX_SPAWN_OPEN, 2, '/dev/null', os.O_WRONLY, 0)])
    _, status, usage = os.wait4(process, 0)
    if status:
        raise RuntimeError(' '.join(command[:5]) + ' ended with %d' % os.waitstatus_to_exitcode(status))
    return usage.ru_utime, usage.ru_maxrss / 1024


def compare(what, new, old, runs):
    pairs = [(run(old), run(new)) for _ in range(runs)]
    ratios = [after[0] / max(before[0], 1e-4) for before, after in pairs]
    print('%-46s %7.3f s %7.3f s  ratio %.2f   %5.0f MB %5.0f MB' % (
        what, statistics.median(p[0][0] for p in pairs), statistics.median(p[1][0] for p in pairs),
        statistics.median(ratios), pairs[0][0][1], pairs[0][1][1]), flush=True)


def articles(path, copies):
    texts = bbc()
    with open(path, 'w', encoding='utf-8') as out:
        for copy in range(copies):
            for number, (title, text) in enumerate(texts):
                out.write(json.dumps({'id': '%d-%d' % (copy, number), 'title': title, 'text': text},
                                     ensure_ascii=False) + '\n')
    return len(texts)


def commands(folder):
    """What is compared: words, the command, and whether it is long enough for fewer runs."""
    once, often, one, out = (folder + name for name in ('/once.jsonl', '/often.jsonl', '/one.jsonl', '/out'))
    if articles(once, 1):
        articles(often, 10)
        with open(once, encoding='utf-8') as source, open(one, 'w', encoding='utf-8') as copy:
            copy.write(source.readline())
        write_small_files(folder + '/small', folder + '/small.jsonl', SMALL_FILES)
        classify = ['classify', '--threads', '1', '--format', 'jsonl', '-o', out]
        for what, path in (('start: one article', one), ('each article once', once), ('each article ten times', often),
                           ('%d files of 600 bytes' % SMALL_FILES, folder + '/small')):
            yield what + ', both heads', classify + [path], path == often
            if path != one:
                yield what + ', dyads alone', classify + ['--dyads-only', path], path == often
    else:
        print('against: no %s/bbc: articles are left out' % DATA)
    write_project(folder + '/team')
    for what in ('agree', 'status'):
        yield 'annotate %s, %d units by two' % (what, UNITS), ['annotate', what, folder + '/team'], False
    if os.path.exists(DATA + '/dse/train.tsv'):
        with open(folder + '/dse.jsonl', 'wb') as labels:
            subprocess.run([sys.argv[1] + '/stance', 'convert', '--from', 'dse', DATA + '/dse/train.tsv'], stdout=labels,
                           stderr=subprocess.DEVNULL, check=True)
        yield 'train on dse, 5 folds and all', ['train', folder + '/dse.jsonl', '--codebook', ROOT + '/corpora/codebooks/dse.json',
                                                '--threads', '1', '-q', '-o', out], True
    else:
        print('against: no %s/dse: training is left out' % DATA)


def main():
    new, old, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        print('%-46s %9s %9s' % ('user time and memory', 'before', 'now'))
        for what, command, is_long in commands(folder):
            try:
                compare(what, [new + '/stance'] + command, [old + '/stance'] + command, min(runs, 3) if is_long else runs)
            except RuntimeError as wrong:
                failed += 1
                print('FAILED: %s' % wrong, flush=True)
    return 1 if failed else 0


sys.exit(main())
