"""Ratios of user time and of memory between two builds; see tests/bench/against."""
import glob
import json
import os
import statistics
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATA = os.path.join(os.path.dirname(ROOT), 'shared', 'data')


def run(command):
    """User seconds and peak memory of a command that must succeed."""
    process = os.posix_spawn(command[0], command, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, '/dev/null', os.O_WRONLY, 0), (os.POSIX_SPAWN_OPEN, 2, '/dev/null', os.O_WRONLY, 0)])
    _, status, usage = os.wait4(process, 0)
    if status:
        raise SystemExit('against: ' + ' '.join(command) + ' failed')
    return usage.ru_utime, usage.ru_maxrss / 1024


def compare(what, new, old, runs):
    pairs = [(run(old), run(new)) for _ in range(runs)]
    ratios = [after[0] / max(before[0], 1e-4) for before, after in pairs]
    print('%-46s %7.3f s %7.3f s  ratio %.2f   %5.0f MB %5.0f MB' % (
        what, statistics.median(p[0][0] for p in pairs), statistics.median(p[1][0] for p in pairs),
        statistics.median(ratios), pairs[0][0][1], pairs[0][1][1]), flush=True)


def articles(path, copies):
    texts = []
    for name in sorted(glob.glob(DATA + '/bbc/*/*.txt')):
        with open(name, encoding='utf-8', errors='replace') as file:
            title, _, text = file.read().partition('\n')
        texts.append((title, text))
    with open(path, 'w', encoding='utf-8') as out:
        for copy in range(copies):
            for number, (title, text) in enumerate(texts):
                out.write(json.dumps({'id': '%d-%d' % (copy, number), 'title': title, 'text': text},
                                     ensure_ascii=False) + '\n')
    return len(texts)


def main():
    new, old, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        once, often, out = folder + '/once.jsonl', folder + '/often.jsonl', folder + '/out'
        if not articles(once, 1):
            raise SystemExit('against: no %s/bbc' % DATA)
        articles(often, 10)
        one = folder + '/one.jsonl'
        with open(once, encoding='utf-8') as source, open(one, 'w', encoding='utf-8') as copy:
            copy.write(source.readline())
        print('%-46s %9s %9s' % ('user time and memory', 'before', 'now'))
        for what, flags, path in (('start: one article', [], one), ('each article once, both heads', [], once),
                                  ('each article once, dyads alone', ['--dyads-only'], once),
                                  ('each ten times, both heads', [], often),
                                  ('each ten times, dyads alone', ['--dyads-only'], often)):
            command = ['classify', '--threads', '1', '--format', 'jsonl', *flags, '-o', out, path]
            compare(what, [new + '/stance'] + command, [old + '/stance'] + command, runs)


main()
