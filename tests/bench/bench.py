# SPDX-License-Identifier: MIT
"""The benchmark behind tests/bench/run: its parts one after the other. A part that fails is named, and the others run."""
import os
import shutil
import sys

import scoring
import team
import training
from measure import BUILD, ROOT, WORK, Absent, build_tool, run


def features():
    print('\nFeatures of units with the full directed templates, one thread (corpora/international/gold.jsonl)', flush=True)
    records = os.path.join(WORK, 'dyads.jsonl')
    with open(records, 'w') as out:
        out.writelines(line for line in open(os.path.join(ROOT, 'corpora/international/gold.jsonl')) if '"head":"stance"' in line)
    tool = build_tool('feature_bench', ['libpcre2-8', 'libcjson', 'libutf8proc'])
    print(run([tool, os.path.join(ROOT, 'corpora/lexicon'), records]).decode().rstrip())
    print('  cold: each unit in a sentence of its own; warm: the other order of the pair follows (aim: at least 60,000 units/s)')


# A part is a list of steps, of which each runs whatever became of the ones before.
PARTS = {'scoring': [scoring.articles, scoring.stream, scoring.start, scoring.sentences],
         'files': [scoring.small_files],
         'features': [features],
         'training': [training.training, training.grid],
         'annotation': [team.team, team.screen],
         'million': [training.million]}
DEFAULT = [part for part in PARTS if part != 'million']  # 15 minutes of processor time


def main():
    asked = sys.argv[3:] or DEFAULT
    wrong = [part for part in asked if part not in PARTS]
    if wrong or not os.path.exists(os.path.join(BUILD, 'stance')):
        print("bench: %s; parts are %s" % ("no part '%s'" % wrong[0] if wrong else 'no %s/stance' % BUILD, ' '.join(PARTS)), file=sys.stderr)
        return 2
    failed = []
    try:
        for step in [step for part in asked for step in PARTS[part]]:
            try:
                step()
            except Absent as absent:
                print('\n%s: %s left out' % (absent, step.__name__.replace('_', ' ')), flush=True)
            except Exception as wrong:
                failed.append(step.__name__.replace('_', ' '))
                print('\nFAILED: %s: %s: %s' % (failed[-1], type(wrong).__name__, wrong), flush=True)
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
    if failed:
        print('\nbench: %d of the measurements failed: %s' % (len(failed), ', '.join(failed)), flush=True)
    return 1 if failed else 0


sys.exit(main())
