#!/bin/sh
# R's wtd.quantile takes the sum of the weights for the number of rows. With weights that sum to 1 every quantile is the largest value: the
# quartiles of 1 to 100 with weights of 0.01 are 100, 100 and 100, where weights of 1 give 25.75, 50.50 and 75.25; of 60 hostile, 25 neutral and
# 15 friendly rows (-1, 0, 1) the median is friendly. No warning (wtd.var does warn, and gives Inf).
# Expected: a weighted median does not depend on the scale of the weights; wtd.mean's does not. normwt=TRUE sets it right; its default is FALSE,
# and the help page tells to set it for weights that are not counts, not that quantiles are wrong otherwise.
# What it matters for: weights as shares (or inverse probabilities over a sum) are common, and the median is then the maximum. Give normwt=TRUE
# always.
#
# Output seen (Hmisc 4.8-0, Debian's r-cran-hmisc 4.8-0-1; quartiles):
#   weights of 1: 25.75 50.50 75.25
#   weights of 0.1: 32.50 55.00 77.50
#   weights of 0.01: 100.00 100.00 100.00
#   weights of 0.01, normwt=TRUE: 25.75 50.50 75.25
#   60 hostile, 25 neutral, 15 friendly, weights of 0.01: median 1 and mean -0.45
set -eu
script=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && apt-get download -q -o APT::Sandbox::User=root r-cran-hmisc=4.8-0-1 >apt.log 2>&1) ||
  { cat "$work/apt.log"; echo "needs Debian 12's package lists (apt-get update)"; exit 1; }
dpkg-deb -x "$work"/r-cran-hmisc*.deb "$work/root"
cat >"$work/ask.R" <<'R'
invisible(lazyLoad(file.path(Sys.getenv("UNPACKED"), "usr/lib/R/site-library/Hmisc/R/Hmisc"), globalenv())) # the imports are not needed
ask <- function(says, weight, ...)
  cat(sprintf("%s: %s\n", says, paste(format(wtd.quantile(1:100, rep(weight, 100), probs = c(.25, .5, .75), ...), nsmall = 2), collapse = " ")))
ask("weights of 1", 1)
ask("weights of 0.1", 0.1)
ask("weights of 0.01", 0.01)
ask("weights of 0.01, normwt=TRUE", 0.01, normwt = TRUE)
scores <- rep(c(-1, 0, 1), c(60, 25, 15))
cat("60 hostile, 25 neutral, 15 friendly, weights of 0.01: median", wtd.quantile(scores, rep(.01, 100), probs = .5), "and mean", wtd.mean(scores, rep(.01, 100)))
cat("\n")
R
UNPACKED="$work/root" Rscript --vanilla "$work/ask.R" | tee "$work/said"
sed -n 's/^#   //p' "$script" | diff - "$work/said"
