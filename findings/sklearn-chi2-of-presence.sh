#!/bin/sh
# scikit-learn's feature_selection.chi2 is not the chi-squared test of a 2x2 table where a feature is 0 or 1: it sums over the rows that have the
# word and leaves out those without, so the statistic is the test's times the share of rows without the word. A word in 95% of hostile and 85% of
# other articles has 27.8 and p = 1e-7 in scipy; chi2 says 2.8 and p = 0.1 of the word, 25.0 and p = 6e-7 of its absence.
# Expected: the test; its documentation names booleans as a use and speaks of the test of dependence. How large: the four words below stand in
# just the opposite order, so SelectKBest takes the one that tells least. Asked upstream in 2019.
# What it matters for: lists of telling words, and p-values beside those of tools that test the whole table. Give it x and 1 - x: the sum of the
# two statistics is the test's.
#
# Output seen (scikit-learn 1.2.1, Debian's python3-sklearn 1.2.1+dfsg-1; scipy 1.10.1; words by their articles of 500 hostile and 500 others):
#   in 475 and 425 of 500: test 27.8 (p 1e-07); chi2 of the word 2.8 (p 0.1), of its absence 25.0 (p 6e-07), sum 27.8
#   in 400 and 340 of 500: test 18.7 (p 2e-05); chi2 of the word 4.9 (p 0.03), of its absence 13.8 (p 0.0002), sum 18.7
#   in 250 and 190 of 500: test 14.6 (p 0.0001); chi2 of the word 8.2 (p 0.004), of its absence 6.4 (p 0.01), sum 14.6
#   in 30 and 8 of 500: test 13.2 (p 0.0003); chi2 of the word 12.7 (p 0.0004), of its absence 0.5 (p 0.5), sum 13.2
set -eu
script=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
/usr/bin/python3 -c 'import sklearn' 2>/dev/null || { echo "needs Debian's python3-sklearn"; exit 1; }
cat >"$work/ask.py" <<'P'
import numpy as np
from scipy.stats import chi2_contingency
from sklearn.feature_selection import chi2
hostile = np.repeat([1, 0], 500)
def tell(of_hostile, of_others):
    has = np.concatenate([np.arange(500) < of_hostile, np.arange(500) < of_others]).astype(int)
    table = [[np.sum((has == here) & (hostile == label)) for label in (0, 1)] for here in (0, 1)]
    test = chi2_contingency(table, correction=False)
    (word, no_word), (p_word, p_no) = chi2(np.column_stack([has, 1 - has]), hostile)
    print("in %d and %d of 500: test %.1f (p %.1g); chi2 of the word %.1f (p %.1g), of its absence %.1f (p %.1g), sum %.1f" %
          (of_hostile, of_others, test[0], test[1], word, p_word, no_word, p_no, word + no_word))
tell(475, 425)
tell(400, 340)
tell(250, 190)
tell(30, 8)
P
OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 nice -n 10 /usr/bin/python3 "$work/ask.py" | tee "$work/said"
sed -n 's/^#   //p' "$script" | diff - "$work/said"
