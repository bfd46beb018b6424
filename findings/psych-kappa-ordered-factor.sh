#!/bin/sh
# R psych's cohen.kappa() turns an ordered factor into text and takes its levels by the alphabet: hostile < neutral < mild < friendly becomes
# friendly, hostile, mild, neutral, where hostile beside friendly is the nearest miss and mild beside friendly a farther one. Weighted kappa of the
# same ratings is 0.40 as ordered factors and 0.76 as numbers or as a table of the same factors. No warning; the unweighted kappa is the same.
# Expected: the order that factor(..., ordered=TRUE) states, as table() takes it. The help page speaks of values from 1 to p, and of levels= for
# values that nobody gave; ordered factors it does not name.
# What it matters for: ordered labels are held as such factors in R. Give their as.integer(), their table(), or levels= in order.
#
# Output seen (Debian's r-cran-psych 2.2.9-1; 300 rows, each coder one step off in at most 4 of 10; quadratic weights):
#   ordered factors: kappa 0.42, weighted 0.40
#   the alphabet's order: kappa 0.42, weighted 0.40
#   as.integer(): kappa 0.42, weighted 0.76
#   levels= in order: kappa 0.42, weighted 0.76
#   table(): kappa 0.42, weighted 0.76
set -eu
script=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && apt-get download -q -o APT::Sandbox::User=root r-cran-psych=2.2.9-1 r-cran-mnormt r-cran-nlme r-cran-lattice >apt.log 2>&1) ||
  { cat "$work/apt.log"; echo "needs Debian 12's package lists (apt-get update)"; exit 1; }
for package in "$work"/*.deb; do dpkg-deb -x "$package" "$work/root"; done
cat >"$work/ask.R" <<'R'
library(psych)
options(warn = 2)
set.seed(1)
order <- c("hostile", "neutral", "mild", "friendly")
truth <- sample(4, 300, TRUE, c(.3, .35, .2, .15))
rate <- function() factor(order[pmin(4, pmax(1, truth + sample(-1:1, 300, TRUE, c(.2, .6, .2))))], order, ordered = TRUE)
both <- data.frame(one = rate(), other = rate())
tell <- function(says, seen) cat(sprintf("%s: kappa %.2f, weighted %.2f\n", says, seen$kappa, seen$weighted.kappa))
tell("ordered factors", cohen.kappa(both))
tell("the alphabet's order", cohen.kappa(both, levels = sort(order)))
tell("as.integer()", cohen.kappa(sapply(both, as.integer)))
tell("levels= in order", cohen.kappa(both, levels = order))
tell("table()", cohen.kappa(table(both)))
R
LC_ALL=C R_LIBS="$work/root/usr/lib/R/site-library:$work/root/usr/lib/R/library" Rscript --vanilla "$work/ask.R" | tee "$work/said"
sed -n 's/^#   //p' "$script" | diff - "$work/said"
