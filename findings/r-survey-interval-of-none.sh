#!/bin/sh
# R survey's svyciprop() of a label that no row of the sample has: the interval is 0 to 0 with the default method="logit" and with "mean", NaN to
# NaN with "asin", "beta" and "xlogit", and "likelihood" stops with "missing value where TRUE/FALSE needed". None of the six gives an interval.
# Expected: "beta" is described as the Clopper-Pearson interval for survey data, which for 0 of 200 is 0 to 1.8%; one expects that, and from the
# default something like it, surely no certainty. With 1 of 200 all six give upper ends between 1.5% and 3.5%.
# What it matters for: rare stances in small domains: svyby(..., svyciprop) prints 0 (0 to 0) for "never seen in 20 rows" as for 20,000. Take
# binom.test or Wilson with the design's effective sample size there.
#
# Output seen (survey 4.1-1, Debian's r-cran-survey 4.1-1-1):
#   logit: 0 of 200: 0 to 0; 1 of 200: 7e-04 to 0.0352
#   likelihood: 0 of 200: error; 1 of 200: 3e-04 to 0.0221
#   asin: 0 of 200: NaN to NaN; 1 of 200: 0 to 0.0197
#   beta: 0 of 200: NaN to NaN; 1 of 200: 1e-04 to 0.0276
#   mean: 0 of 200: 0 to 0; 1 of 200: -0.0049 to 0.0149
#   xlogit: 0 of 200: NaN to NaN; 1 of 200: 7e-04 to 0.0352
#   binom.test, 0 of 200: 0 to 0.0183
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
Rscript --vanilla -e 'library(survey)' >/dev/null 2>&1 || { echo "needs Debian's r-base-core and r-cran-survey"; exit 1; }
cat >"$work/ask.R" <<'R'
suppressMessages(library(survey))
cat("survey", as.character(packageVersion("survey")), "\n")
design <- svydesign(ids = ~1, weights = ~weight, data = data.frame(none = rep(0, 200), one = c(1, rep(0, 199)), weight = 50))
ask <- function(method, what) tryCatch({
  ends <- as.vector(attr(suppressWarnings(svyciprop(what, design, method = method)), "ci"))
  paste(round(ends[1], 4), "to", round(ends[2], 4))
}, error = function(e) "error")
for (method in c("logit", "likelihood", "asin", "beta", "mean", "xlogit"))
  cat(method, ": 0 of 200: ", ask(method, ~I(none == 1)), "; 1 of 200: ", ask(method, ~I(one == 1)), "\n", sep = "")
cat("binom.test, 0 of 200: 0 to", round(binom.test(0, 200)$conf.int[2], 4), "\n")
R
Rscript --vanilla "$work/ask.R" | tee "$work/said"
[ "$(grep -cE '^(logit|mean): 0 of 200: 0 to 0;' "$work/said")" -eq 2 ]
[ "$(grep -cE '^(asin|beta|xlogit): 0 of 200: NaN to NaN;' "$work/said")" -eq 3 ]
grep -q '^likelihood: 0 of 200: error;' "$work/said"
! grep -E '1 of 200: (NaN|error)' "$work/said"
