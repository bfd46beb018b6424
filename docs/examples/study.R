# The export of `stance estimate` in R: label minus prediction over the drawn units, added to the predictions' mean. By the survey package,
# and by dsl (Egami and others) where that is installed.
suppressMessages(library(survey))
d <- read.csv(commandArgs(trailingOnly = TRUE)[1])
l <- d[d$labeled == 1, ]
l$e <- l$gold_score - l$p_score
l$size <- ave(rep(1, nrow(l)), l$stratum, FUN = length) / l$pi
m <- svymean(~e, svydesign(~1, strata = ~stratum, fpc = ~size, probs = ~pi, data = l))
cat(sprintf("mean score %.3f, standard error %.4f (survey)\n", mean(d$p_score) + coef(m), SE(m)))
if (requireNamespace("dsl", quietly = TRUE))
  print(summary(dsl::dsl("lm", gold_score ~ 1, "gold_score", "p_score", d, cluster = "article", labeled = "labeled", sample_prob = "pi")))
