#!/bin/sh
# R survey's rake() takes its stopping rule in units of the population: with the default epsilon=1 it stops when no cell changes by more than 1.
# Given margins as shares (they sum to 1) and weights that sum to 1, no cell can ever change by 1, so it stops after its first round, says
# nothing, and meets only the last margin. Raking does not depend on the scale of the totals; this does.
# Expected: the margins asked for, or the warning "did not converge". How large: with sex and age related in the sample, women asked for at 50%
# come out at 44.9%, and the estimate moves from 0.467 to 0.479; the same call with every total times 400 gives 50.0%. The help page gives
# epsilon's default and its meaning under 1, and does not say that shares need another.
# What it matters for: normalised weights and margins in per cent are how many surveys publish them; pass totals, or control=list(epsilon=1e-9),
# and look at svytable() afterwards.
#
# Output seen (survey 4.1-1, Debian's r-cran-survey 4.1-1-1):
#   shares, default: women 44.9%, old 40.0%, estimate 0.479
#   totals of 400: women 50.0%, old 40.0%, estimate 0.467
#   shares, epsilon=1e-9: women 50.0%, old 40.0%, estimate 0.467
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
Rscript --vanilla -e 'library(survey)' >/dev/null 2>&1 || { echo "needs Debian's r-base-core and r-cran-survey"; exit 1; }
cat >"$work/ask.R" <<'R'
suppressMessages(library(survey))
options(warn = 2)
cat("survey", as.character(packageVersion("survey")), "\n")
set.seed(1)
n <- 400
rows <- data.frame(sex = sample(c("f", "m"), n, TRUE, c(.7, .3)), age = sample(c("old", "young"), n, TRUE, c(.6, .4)))
rows$age[rows$sex == "f" & runif(n) < .4] <- "old"
rows$hostile <- rbinom(n, 1, ifelse(rows$sex == "f", .3, .6) + ifelse(rows$age == "old", .2, 0))
ask <- function(says, total, ...) {
  rows$weight <- total / n
  raked <- rake(svydesign(ids = ~1, weights = ~weight, data = rows), list(~sex, ~age),
                list(data.frame(sex = c("f", "m"), Freq = total * c(.5, .5)), data.frame(age = c("old", "young"), Freq = total * c(.4, .6))), ...)
  women <- prop.table(svytable(~sex, raked))[["f"]]
  cat(sprintf("%s: women %.1f%%, old %.1f%%, estimate %.3f\n", says, 100 * women, 100 * prop.table(svytable(~age, raked))[["old"]],
              coef(svymean(~hostile, raked))))
  women
}
stopifnot(ask("shares, default", 1) < .46)
stopifnot(abs(ask("totals of 400", 400) - .5) < .001)
stopifnot(abs(ask("shares, epsilon=1e-9", 1, control = list(maxit = 100, epsilon = 1e-9)) - .5) < .001)
R
Rscript --vanilla "$work/ask.R"
