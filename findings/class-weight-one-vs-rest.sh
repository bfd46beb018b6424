#!/bin/sh
# With two classes, class_weight=w and sample_weight=w[y] are the same thing in scikit-learn. With three they are not: LinearSVC and
# SGDClassifier weight only the positive side of each one-vs-rest problem; every row of the rest weighs 1, whatever its class. So a weight under
# 1 for the frequent class does nothing where it is one of the rest, and "balanced" does not balance. SVC, RidgeClassifier and multinomial
# LogisticRegression weight every row; LogisticRegression(multi_class="ovr") computes "balanced" afresh for each binary problem, a third meaning.
# The solver liblinear, and its own option -wi, do as LinearSVC.
# Expected: the documentation of LinearSVC says that C of class i is multiplied by its weight, and speaks of no one-vs-rest exception. How large:
# 1 prediction in 9 is another, and recall of the rarest of three classes (5%) is 0.64 in place of 0.76, of the most frequent 0.90 in place of
# 0.79.
# What it matters for: "balanced" results of two learners are not comparable, nor C tuned for one; pass sample_weight where balance is meant.
#
# Output seen (scikit-learn 1.2.1, Debian's python3-sklearn 1.2.1+dfsg-1; recalls by class, shares 0.80, 0.15, 0.05):
#   LinearSVC          class_weight 0.90 0.72 0.64  sample_weight 0.79 0.78 0.76  11.3% differ
#   SGDClassifier      class_weight 0.92 0.73 0.62  sample_weight 0.83 0.75 0.78  10.3% differ
#   LogisticRegression class_weight 0.91 0.72 0.60  sample_weight 0.80 0.75 0.72  11.0% differ (one-vs-rest, liblinear)
#   LogisticRegression class_weight 0.85 0.74 0.65  sample_weight 0.82 0.73 0.75   5.5% differ (one-vs-rest, lbfgs)
#   LogisticRegression class_weight 0.84 0.80 0.72  sample_weight 0.84 0.80 0.72   0.0% differ (multinomial)
#   RidgeClassifier    class_weight 0.82 0.78 0.76  sample_weight 0.82 0.78 0.76   0.0% differ
#   SVC                class_weight 0.83 0.76 0.62  sample_weight 0.83 0.76 0.62   0.0% differ
#   LinearSVC          class_weight 0.88 0.84  sample_weight 0.88 0.84   0.0% differ (two classes)
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
/usr/bin/python3 -c 'import sklearn' 2>/dev/null || { echo "needs Debian's python3-sklearn"; exit 1; }
cat >"$work/ask.py" <<'P'
import warnings
import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression, RidgeClassifier, SGDClassifier
from sklearn.metrics import recall_score
from sklearn.svm import SVC, LinearSVC
warnings.simplefilter("ignore")
print("scikit-learn", sklearn.__version__)
centres = np.random.default_rng(7).normal(size=(3, 60)) * 0.25
draw = np.random.default_rng(1)
def rows(n, shares):
    labels = draw.choice(3, size=n, p=shares)
    return centres[labels] + draw.normal(size=(n, 60)), labels
def ask(make, shares, says=""):
    (train, labels), (test, truth) = rows(3000, shares), rows(5000, shares)
    weights = len(labels) / (np.count_nonzero(shares) * np.maximum(np.bincount(labels, minlength=3), 1))
    by_class = make(class_weight="balanced").fit(train, labels).predict(test)
    by_row = make().fit(train, labels, sample_weight=weights[labels]).predict(test)
    differ = 100 * np.mean(by_class != by_row)
    recalls = [" ".join("%.2f" % r for r in recall_score(truth, p, average=None)) for p in (by_class, by_row)]
    name = type(make()).__name__
    print("%-18s class_weight %s  sample_weight %s  %4.1f%% differ%s" % (name, *recalls, differ, says))
    return differ
three, two = (0.8, 0.15, 0.05), (0.9, 0.1, 0)
linear = lambda **more: LinearSVC(C=0.1, dual=False, random_state=0, **more)
descent = lambda **more: SGDClassifier(random_state=0, alpha=0.001, max_iter=200, tol=None, average=True, **more)
assert ask(linear, three) > 7
assert ask(descent, three) > 7
assert ask(lambda **more: LogisticRegression(solver="liblinear", **more), three, " (one-vs-rest, liblinear)") > 7
assert 2 < ask(lambda **more: LogisticRegression(multi_class="ovr", **more), three, " (one-vs-rest, lbfgs)") < 9
assert ask(lambda **more: LogisticRegression(**more), three, " (multinomial)") < 0.5
assert ask(lambda **more: RidgeClassifier(**more), three) < 0.5
assert ask(lambda **more: SVC(kernel="linear", C=0.1, **more), three) < 0.5
assert ask(linear, two, " (two classes)") < 0.5
P
OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 nice -n 10 /usr/bin/python3 "$work/ask.py"
