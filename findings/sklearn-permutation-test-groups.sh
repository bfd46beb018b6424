#!/bin/sh
# scikit-learn's permutation_test_score(..., groups=articles, cv=GroupKFold()) shuffles labels within each article only. Where all sentences of an
# article have one label, as with the stance of an outlet or an author, no shuffle moves anything: all permuted scores equal the real one and p is
# exactly 1, however good the classifier (here 75% right on two equal labels, p = 0.01 with labels permuted over whole articles). Without groups and
# with plain folds features that only know the article get 0.01, where the permutation over articles gives 0.9.
# Expected: groups= keeps articles together in the folds, as in the other functions that take it. The documentation does say that labels move within
# groups and that grouped folds need the argument; not that both together can leave nothing to test. Asked upstream in 2020 and 2021.
# What it matters for: p = 1 of a good model, p = 0.01 of one that memorises articles. Permute the articles' labels yourself.
#
# Output seen (scikit-learn 1.2.1, Debian's python3-sklearn 1.2.1+dfsg-1; 40 articles of 10 sentences, 99 permutations):
#   words that tell, GroupKFold, groups=: score 0.75, permuted 0.75 to 0.75, p 1.00
#   words that tell, articles permuted: score 0.75, permuted 0.35 to 0.59, p 0.01
#   topics alone, GroupKFold, groups=: score 0.38, permuted 0.38 to 0.38, p 1.00
#   topics alone, plain folds: score 0.68, permuted 0.43 to 0.57, p 0.01
#   topics alone, articles permuted: score 0.38, permuted 0.31 to 0.71, p 0.91
set -eu
script=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
/usr/bin/python3 -c 'import sklearn' 2>/dev/null || { echo "needs Debian's python3-sklearn"; exit 1; }
cat >"$work/ask.py" <<'P'
import numpy as np
from sklearn.linear_model import RidgeClassifier
from sklearn.model_selection import GroupKFold, StratifiedKFold, cross_val_score, permutation_test_score
draw = np.random.default_rng(1)
articles = np.repeat(np.arange(40), 10)
stance = draw.permutation(np.repeat([0, 1], 20))
labels = stance[articles]
topic = draw.normal(size=(40, 20))[articles] + 0.5 * draw.normal(size=(400, 20)) # sentences of an article are alike
model = RidgeClassifier()
def tell(says, features, folds, **more):
    score, permuted, p = permutation_test_score(model, features, labels, cv=folds, n_permutations=99, random_state=0, **more)
    print(f"{says}: score {score:.2f}, permuted {permuted.min():.2f} to {permuted.max():.2f}, p {p:.2f}")
def by_article(says, features):
    ask = lambda labels: cross_val_score(model, features, labels, cv=GroupKFold(5), groups=articles).mean()
    permuted = np.array([ask(draw.permutation(stance)[articles]) for _ in range(99)])
    score = ask(labels)
    print(f"{says}: score {score:.2f}, permuted {permuted.min():.2f} to {permuted.max():.2f}, p {(1 + np.sum(permuted >= score)) / 100:.2f}")
telling = draw.normal(size=(400, 20))
telling[:, 0] += 1.2 * labels
tell("words that tell, GroupKFold, groups=", telling, GroupKFold(5), groups=articles)
by_article("words that tell, articles permuted", telling)
tell("topics alone, GroupKFold, groups=", topic, GroupKFold(5), groups=articles)
tell("topics alone, plain folds", topic, StratifiedKFold(5, shuffle=True, random_state=0))
by_article("topics alone, articles permuted", topic)
P
OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 nice -n 10 /usr/bin/python3 "$work/ask.py" | tee "$work/said"
sed -n 's/^#   //p' "$script" | diff - "$work/said"
