#!/bin/sh
# R's e1071::classAgreement(table(predicted, true)) reads the table by position: where a class is never predicted, the table has a row fewer,
# each later row stands beside the wrong column, and agreement is counted off the diagonal. A classifier that never says the rare "friendly"
# (first in the alphabet) is right in 87.2% of 1,000 rows with kappa 0.67; classAgreement reports 2.0% and -0.19. No warning, though the two sets
# of names differ.
# Expected: rows and columns match by their names, which table() carries, or an error as from caret::confusionMatrix. match.names=TRUE does it;
# its default is FALSE, and the help page does not say what follows where the table is not square.
# What it matters for: never predicting the rarest class is what classifiers of few labels do, and then this measures nothing. Give table()
# factors with the same levels.
#
# Output seen (e1071 1.7-13, Debian's r-cran-e1071 1.7-13-1):
#   table of 2 rows and 3 columns
#   right in 0.872 of the rows
#   classAgreement: diag 0.020, kappa -0.194
#   with match.names=TRUE: diag 0.872, kappa 0.672
#   with equal levels: diag 0.872, kappa 0.672
set -eu
script=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && apt-get download -q -o APT::Sandbox::User=root r-cran-e1071=1.7-13-1 r-cran-class r-cran-proxy r-cran-mass >apt.log 2>&1) ||
  { cat "$work/apt.log"; echo "needs Debian 12's package lists (apt-get update)"; exit 1; }
for package in "$work"/*.deb; do dpkg-deb -x "$package" "$work/root"; done
cat >"$work/ask.R" <<'R'
set.seed(2)
true <- factor(sample(c("friendly", "hostile", "neutral"), 1000, TRUE, c(.1, .2, .7)))
predicted <- as.character(true)
predicted[runif(1000) < .1 | predicted == "friendly"] <- "neutral"
tell <- function(says, ...) {
  seen <- e1071::classAgreement(...)
  cat(sprintf("%s: diag %.3f, kappa %.3f\n", says, seen$diag, seen$kappa))
}
both <- table(predicted, true)
cat("table of", nrow(both), "rows and", ncol(both), "columns\n")
cat("right in", mean(predicted == true), "of the rows\n")
tell("classAgreement", both)
tell("with match.names=TRUE", both, match.names = TRUE)
tell("with equal levels", table(factor(predicted, levels(true)), true))
R
R_LIBS="$work/root/usr/lib/R/site-library:$work/root/usr/lib/R/library" Rscript --vanilla "$work/ask.R" | tee "$work/said"
sed -n 's/^#   //p' "$script" | diff - "$work/said"
