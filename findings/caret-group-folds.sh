#!/bin/sh
# R caret's groupKFold(group, k) draws a fold for each group with replacement: it returns k folds or fewer, of any sizes, and says nothing. Of
# 10,000 calls with 10 groups and k=10 (the default there, meant to leave one group out) 4 give ten folds, the mean is 6.5; with 20 groups 22% do.
# With 10 outlets and k=5 49% of the calls give fewer than five folds, and the largest fold holds 4 outlets or more in 58%.
# Expected: k folds of about equal numbers of groups, as scikit-learn's GroupKFold gives; k over the number of groups is refused.
# The help page speaks of nothing but splitting by a factor. Reported upstream in 2020, open.
# What it matters for: "10-fold by outlet" in a paper was 6 or 7 folds, and a mean over folds weighs an outlet alone as four together. Count
# length(folds), or deal sample(rep_len(1:k, m)) to the groups.
#
# Output seen (Debian's r-cran-caret 6.0-93; 10,000 calls each, groups of 5 rows):
#   10 groups, k=10: 3 to 10 folds, mean 6.5; k folds in 0.04%; largest fold of 2 groups or more in 100%
#   20 groups, k=10: 5 to 10 folds, mean 8.8; k folds in 22.42%; largest fold of 4 groups or more in 87%
#   10 groups, k=5: 2 to 5 folds, mean 4.5; k folds in 51.38%; largest fold of 4 groups or more in 58%
set -eu
script=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && apt-get download -q -o APT::Sandbox::User=root r-cran-caret=6.0-93+dfsg-1 >apt.log 2>&1) ||
  { cat "$work/apt.log"; echo "needs Debian 12's package lists (apt-get update)"; exit 1; }
dpkg-deb -x "$work"/r-cran-caret*.deb "$work/root"
cat >"$work/ask.R" <<'R'
invisible(lazyLoad(file.path(Sys.getenv("UNPACKED"), "usr/lib/R/site-library/caret/R/caret"), globalenv())) # the imports are not needed
set.seed(1)
ask <- function(groups, k) {
  group <- rep(seq_len(groups), each = 5)
  seen <- replicate(10000, {
    folds <- groupKFold(group, k) # the rows to train on
    c(length(folds), max(length(group) - lengths(folds)) / 5)
  })
  cat(sprintf("%d groups, k=%d: %d to %d folds, mean %.1f; k folds in %.2f%%; largest fold of %.0f groups or more in %.0f%%\n", groups, k,
              min(seen[1, ]), max(seen[1, ]), mean(seen[1, ]), 100 * mean(seen[1, ] == k), 2 * groups / k, 100 * mean(seen[2, ] >= 2 * groups / k)))
}
ask(10, 10)
ask(20, 10)
ask(10, 5)
R
UNPACKED="$work/root" nice -n 10 Rscript --vanilla "$work/ask.R" | tee "$work/said"
sed -n 's/^#   //p' "$script" | diff - "$work/said"
