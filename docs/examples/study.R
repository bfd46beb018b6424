# The export of `stance estimate` in R's survey package: label minus prediction over the drawn units, added to the predictions' mean.
suppressMessages(library(survey))
d <- read.csv(commandArgs(trailingOnly = TRUE)[1])
l <- d[d$labeled == 1, ]
l$e <- l$gold_score - l$p_score
l$size <- ave(rep(1, nrow(l)), l$stratum, FUN = length) / l$pi
m <- svymean(~e, svydesign(~1, strata = ~stratum, fpc = ~size, probs = ~pi, data = l))
cat(sprintf("mean score %.3f, standard error %.4f\n", mean(d$p_score) + coef(m), SE(m)))
