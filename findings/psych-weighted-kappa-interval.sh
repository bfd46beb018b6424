#!/bin/sh
# R psych's cohen.kappa() gives a right weighted kappa with a wrong interval: the error of the weighted one comes from a sum over the wrong index,
# and a variance that comes out below zero is set to 0. Of two coders on a five-point scale whose first point is usual, 499 of 500 samples of 200
# rows get an interval of no width (0.77 to 0.77), where kappa moves by 0.038 from sample to sample; for three labels with a usual middle the error
# is 6 times too large. The unweighted kappa beside it has the right error, vcd's Kappa() has it for both.
# Expected: what the help page names, the large-sample error of Fleiss, Cohen and Everitt, whose 95% intervals hold the true value in 93 to 95% of
# these samples. No warning of an interval too narrow.
# What it matters for: weighted kappa and its interval are what a paper on intensity codes reports. Take vcd::Kappa(..., weights="Fleiss-Cohen"), or
# a bootstrap.
#
# Output seen (Debian's r-cran-psych 2.2.9-1, r-cran-vcd 1:1.4-11-1; quadratic weights, 500 samples of 200 rows, mean errors; "right" is the share
# of 95% intervals that hold the true value):
#   5 labels, the first usual: kappa 0.77 moves by 0.038; psych's error 0.000 (0 in 499), right 0%; vcd's 0.037, right 95%
#   7 labels, all alike: kappa 0.92 moves by 0.010; psych's error 0.005 (0 in 231), right 47%; vcd's 0.010, right 95%
#   3 labels, the middle usual: kappa 0.36 moves by 0.092; psych's error 0.579 (0 in 0), right 100%; vcd's 0.088, right 93%
set -eu
script=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && apt-get download -q -o APT::Sandbox::User=root r-cran-psych=2.2.9-1 r-cran-mnormt r-cran-nlme r-cran-lattice r-cran-vcd=1:1.4-11-1 r-cran-mass \
  r-cran-colorspace r-cran-zoo r-cran-lmtest >apt.log 2>&1) || { cat "$work/apt.log"; echo "needs Debian 12's package lists (apt-get update)"; exit 1; }
for package in "$work"/*.deb; do dpkg-deb -x "$package" "$work/root"; done
cat >"$work/ask.R" <<'R'
suppressMessages({ library(psych); library(vcd) })
rate <- function(truth, shares, near) { # 6 in 10 as it is, the others at random or one step off
  labels <- length(shares)
  other <- if (near) truth + sample(c(-1, 1), length(truth), TRUE) else sample(labels, length(truth), TRUE, shares)
  pmin(labels, pmax(1, ifelse(runif(length(truth)) < .6, truth, other)))
}
ask <- function(says, shares, near) {
  set.seed(1)
  labels <- length(shares)
  draw <- function(n) {
    truth <- sample(labels, n, TRUE, shares)
    data.frame(one = factor(rate(truth, shares, near), 1:labels), other = factor(rate(truth, shares, near), 1:labels))
  }
  true <- unname(Kappa(table(draw(1e6)), weights = "Fleiss-Cohen")$Weighted["value"])
  seen <- replicate(500, {
    both <- draw(200)
    of_psych <- suppressWarnings(cohen.kappa(both, levels = 1:labels)) # the one warning is of ends beyond 1
    of_vcd <- Kappa(table(both), weights = "Fleiss-Cohen")$Weighted
    stopifnot(abs(of_psych$weighted.kappa - of_vcd[1]) < 1e-9)
    c(of_vcd, sqrt(of_psych$var.weighted))
  })
  right <- function(error) 100 * mean(abs(seen[1, ] - true) <= qnorm(.975) * error)
  cat(sprintf("%s: kappa %.2f moves by %.3f; psych's error %.3f (0 in %d), right %.0f%%; vcd's %.3f, right %.0f%%\n", says, true, sd(seen[1, ]),
              mean(seen[3, ]), sum(seen[3, ] == 0), right(seen[3, ]), mean(seen[2, ]), right(seen[2, ])))
}
ask("5 labels, the first usual", c(.7, .15, .08, .05, .02), TRUE)
ask("7 labels, all alike", rep(1 / 7, 7), TRUE)
ask("3 labels, the middle usual", c(.1, .8, .1), FALSE)
R
LC_ALL=C R_LIBS="$work/root/usr/lib/R/site-library:$work/root/usr/lib/R/library" nice -n 10 Rscript --vanilla "$work/ask.R" | tee "$work/said"
sed -n 's/^#   //p' "$script" | diff - "$work/said"
