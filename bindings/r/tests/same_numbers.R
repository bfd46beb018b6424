# What R gives is what the program prints, to the last digit. Needs STANCE (the program) and STANCE_ARTICLES (a folder of texts).
library(stancekit)
program <- Sys.getenv("STANCE")
folder <- Sys.getenv("STANCE_ARTICLES")
if (!nzchar(program) || !nzchar(folder)) {
  cat("same_numbers: STANCE and STANCE_ARTICLES are not set; nothing compared\n")
  quit(status = 0)
}
files <- list.files(folder, pattern = "[.]txt$", full.names = TRUE)
files <- files[order(basename(files), method = "radix")]
files <- unique(c(files[seq(1, length(files), 10)], grep("mali-tears-up", files, value = TRUE)))
lines <- lapply(files, readLines, encoding = "UTF-8", warn = FALSE)
frame <- data.frame(id = sub("[.]txt$", "", basename(files)), title = vapply(lines, `[`, "", 1),
                    date = substr(basename(files), 1, 10), text = vapply(lines, function(one) paste(one[-1], collapse = "\n"), ""))
table <- tempfile()
for (flags in c("", "--rollup", "--no-implicit")) {
  status <- system2(program, c("classify", "-q", "--format", "csv", flags, shQuote(files)), stdout = table)
  printed <- read.csv(table, colClasses = "character", na.strings = character(), encoding = "UTF-8")
  out <- stance_classify(frame, rollup = flags == "--rollup", implicit = flags != "--no-implicit")
  stopifnot(status == 0, nrow(printed) == nrow(out), nrow(out) > 300)
  for (name in intersect(names(printed), names(out))) {
    ours <- out[[name]]
    ours <- if (is.double(ours)) ifelse(is.na(ours), "", sprintf("%.4f", ours)) else ifelse(is.na(ours), "", as.character(ours))
    wrong <- which(ours != printed[[name]])
    if (length(wrong)) stop(flags, " ", name, ": row ", wrong[1], " is ", ours[wrong[1]], ", printed ", printed[[name]][wrong[1]])
  }
  cat("same_numbers:", flags, "all columns agree:", toString(intersect(names(printed), names(out))), "\n")
}
