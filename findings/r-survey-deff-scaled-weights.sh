#!/bin/sh
# R survey's svymean(deff=TRUE) takes the sum of the weights for the size of the population. With weights scaled to mean 1, as many surveys ship
# them, the population is the sample, simple random sampling has no error, and the design effect is 6e+16 or Inf, without a warning; rounded to 3
# decimals as in a published file it is 96,643; at mean 2 it is twice the right one; scaled to sum 1 it is NA (this once with a warning).
# Estimates and standard errors are the same throughout, so nothing else shows it.
# Expected: a design effect does not depend on the scale of the weights. That of deff="replace" does not: 9.50 in each case.
# What it matters for: effective sample sizes n/deff from such files are 0 or absurd; ask for deff="replace".
#
# Output seen (survey 4.1-1, Debian's r-cran-survey 4.1-1-1; its data apiclus1, 183 schools in 15 clusters, weights that vary):
#   as drawn: sum 6590.010, mean 643.13, error 24.077, design effect 9.776458; with "replace" 9.50
#   mean 2: sum 366.000, mean 643.13, error 24.077, design effect 19.00994; with "replace" 9.50
#   mean 1: sum 183.000, mean 643.13, error 24.077, design effect 6.120005e+16; with "replace" 9.50
#   mean 1, 3 decimals: sum 183.018, mean 643.13, error 24.077, design effect 96643.39; with "replace" 9.50
#   sum 1: sum 1.000, mean 643.13, error 24.077, design effect NA, a warning; with "replace" 9.50
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
Rscript --vanilla -e 'library(survey)' >/dev/null 2>&1 || { echo "needs Debian's r-base-core and r-cran-survey"; exit 1; }
cat >"$work/ask.R" <<'R'
suppressMessages(library(survey))
cat("survey", as.character(packageVersion("survey")), "\n")
data(api)
schools <- apiclus1
schools$base <- schools$pw * ifelse(schools$stype == "E", 1, 1.3)
ask <- function(says, weight) {
  schools$weight <- weight
  design <- svydesign(id = ~dnum, weights = ~weight, data = schools)
  warned <- ""
  mean <- withCallingHandlers(svymean(~api00, design, deff = TRUE), warning = function(w) { warned <<- ", a warning"; invokeRestart("muffleWarning") })
  effect <- as.numeric(deff(mean))
  cat(sprintf("%s: sum %.3f, mean %.2f, error %.3f, design effect %.7g%s; with \"replace\" %.2f\n", says, sum(weight), coef(mean), SE(mean),
              effect, warned, as.numeric(deff(svymean(~api00, design, deff = "replace")))))
  effect
}
n <- nrow(schools)
one <- schools$base / mean(schools$base)
full <- ask("as drawn", schools$base)
stopifnot(full > 5, full < 15)
twice <- ask("mean 2", 2 * one)
stopifnot(twice > 1.7 * full)
stopifnot(abs(ask("mean 1", one)) > 1e9)
stopifnot(abs(ask("mean 1, 3 decimals", round(one, 3))) > 1e4)
stopifnot(is.na(ask("sum 1", one / n)))
R
Rscript --vanilla "$work/ask.R"
