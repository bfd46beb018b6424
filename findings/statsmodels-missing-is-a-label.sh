#!/bin/sh
# statsmodels' aggregate_raters() takes a missing rating (NaN) for a label of its own, so fleiss_kappa() of its table counts "neither rated" as
# agreement and "one did not rate" as disagreement. Kappa of three coders is 0.58; where the third rated half of the rows it is 0.23, where the third
# rated none -0.14, though the two others agree as before (0.63). Two ratings a row by five coders in turns: -0.13, the same ratings in two columns
# 0.57. No warning.
# Expected: an error (the documentation says that one comes where data cannot be made integers, and no integer is NaN), or rows as they are:
# fleiss_kappa refuses rows of unequal numbers, but here NaN has made the numbers equal.
# What it matters for: designs where not everyone rates everything are the usual ones. Look for nan in the labels, its second value; take
# Krippendorff's alpha, or rows of equal numbers.
#
# Output seen (statsmodels 0.13.5, Debian's python3-statsmodels 0.13.5+dfsg-7; 200 rows):
#   three coders: kappa 0.58, labels -1 0 1
#   the third rated half: kappa 0.23, labels -1 0 1 nan
#   the rows that all three rated: kappa 0.64, labels -1 0 1
#   the third rated nothing: kappa -0.14, labels -1 0 1 nan
#   the first and the second: kappa 0.63, labels -1 0 1
#   two of five by turns: kappa -0.13, labels -1 0 1 nan
#   the same ratings, two columns: kappa 0.57, labels -1 0 1
set -eu
script=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
/usr/bin/python3 -c 'import statsmodels' 2>/dev/null || { echo "needs Debian's python3-statsmodels"; exit 1; }
cat >"$work/ask.py" <<'P'
import numpy as np
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa
draw = np.random.default_rng(1)
def label(*size):
    return draw.choice([-1.0, 0.0, 1.0], size=size, p=[0.2, 0.7, 0.1])
def tell(says, ratings):
    table, labels = aggregate_raters(ratings)
    print(f"{says}: kappa {fleiss_kappa(table):.2f}, labels {' '.join(f'{label:g}' for label in labels)}")
truth = label(200, 1)
five = np.where(draw.random((200, 5)) < 0.8, truth, label(200, 5))
three = five[:, :3]
tell("three coders", three)
half = three.copy()
half[100:, 2] = np.nan
tell("the third rated half", half)
tell("the rows that all three rated", half[:100])
none = three.copy()
none[:, 2] = np.nan
tell("the third rated nothing", none)
tell("the first and the second", three[:, :2])
turns = np.where((np.arange(5) - np.arange(200)[:, None]) % 5 < 2, five, np.nan)
tell("two of five by turns", turns)
tell("the same ratings, two columns", np.array([row[~np.isnan(row)] for row in turns]))
P
OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 nice -n 10 /usr/bin/python3 "$work/ask.py" | tee "$work/said"
sed -n 's/^#   //p' "$script" | diff - "$work/said"
