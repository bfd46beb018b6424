#!/bin/sh
# NLTK's AnnotationTask.weighted_kappa(max_distance) divides only the expected disagreement by max_distance, not the observed one: it computes 1
# - max_distance * Do/De. The parameter is there to bring distances to 0..1, should cancel out, and does not: for five-point ratings whose linear
# weighted kappa is 0.66 (so scikit-learn, and NLTK with the default of 1), max_distance=4, the true largest distance, gives -0.37; quadratic
# 0.81 becomes -2.10 with 16.
# Expected: the same kappa whatever the scale of the distances. The documentation does not speak of the parameter's effect.
# What it matters for: leave max_distance out, whatever the distance; check against scikit-learn's cohen_kappa_score(weights=...).
#
# Output seen (Debian's python3-nltk 3.8-1; scikit-learn 1.2.1):
#   linear: scikit-learn 0.6585; NLTK max_distance=1 0.6585, max_distance=4 -0.3659
#   quadratic: scikit-learn 0.8065; NLTK max_distance=1 0.8065, max_distance=16 -2.0968
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
/usr/bin/python3 -c 'import sklearn' 2>/dev/null || { echo "needs Debian's python3-sklearn"; exit 1; }
(cd "$work" && apt-get download -q -o APT::Sandbox::User=root python3-nltk=3.8-1 python3-regex python3-joblib python3-click python3-tqdm \
  python3-colorama >apt.log 2>&1) || { cat "$work/apt.log"; echo "needs Debian 12's package lists (apt-get update)"; exit 1; }
for package in "$work"/*.deb; do dpkg-deb -x "$package" "$work/root"; done
cat >"$work/ask.py" <<'P'
import nltk
from nltk.metrics.agreement import AnnotationTask
from sklearn.metrics import cohen_kappa_score
print("NLTK", nltk.__version__)
one = [1, 2, 3, 5, 5, 1, 2, 3, 5, 1, 2, 2, 4, 4]
other = [1, 2, 5, 5, 3, 1, 3, 3, 5, 2, 2, 1, 4, 5]
ratings = [(who, item, rating) for who, all in (("ana", one), ("eva", other)) for item, rating in enumerate(all)]
for weights, power in ("linear", 1), ("quadratic", 2):
    task = AnnotationTask(ratings, distance=lambda a, b: abs(a - b) ** power)
    right, largest = cohen_kappa_score(one, other, weights=weights), 4 ** power
    print("%s: scikit-learn %.4f; NLTK max_distance=1 %.4f, max_distance=%d %.4f" %
          (weights, right, task.weighted_kappa(), largest, task.weighted_kappa(largest)))
    assert abs(task.weighted_kappa() - right) < 1e-9
    assert abs(task.weighted_kappa(largest) - (1 - largest * (1 - right))) < 1e-9
P
PYTHONPATH="$work/root/usr/lib/python3/dist-packages" /usr/bin/python3 "$work/ask.py"
