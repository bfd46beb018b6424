# What may be given, what comes back, and what is refused.
library(stancekit)
model <- stance_model()
actors <- stance_actors()
score <- function(...) stance_classify(..., model = model, actors = actors)
fails <- function(call, message) {
  found <- tryCatch({ call; "no error" }, error = conditionMessage)
  if (!grepl(message, found)) stop("expected an error like '", message, "', found '", found, "'")
}
warns <- function(call, message) {
  found <- NULL
  value <- withCallingHandlers(call, warning = function(w) {
    found <<- c(found, conditionMessage(w))
    invokeRestart("muffleWarning")
  })
  if (!any(grepl(message, found))) stop("expected a warning like '", message, "', found '", toString(found), "'")
  value
}

# shape and types
frame <- data.frame(id = c("a", "b", NA, "d"), outlet = "Gazette", date = as.Date(c("2022-05-03", NA, NA, "2022-05-04")),
                    text = c("Mali expelled France's envoy.", NA, "It rained.", "Russia praised Mali."))
out <- warns(score(frame), "1 articles have neither text nor title")
stopifnot(
  is.data.frame(out), identical(class(out), "data.frame"),
  identical(names(out), c("article", "date", "outlet", "sentence", "text", "source", "target", "source_affiliation",
                          "target_affiliation", "head", "label", "p", "score", "p_hostile", "p_neutral", "p_friendly",
                          "p_negative", "p_positive")),
  identical(unique(out$article), c("a", "3", "d")), is.integer(out$sentence), is.double(out$score),
  identical(unique(out$date), c("2022-05-03", NA, "2022-05-04")), all(out$outlet == "Gazette"))
dyad <- out[which(out$source == "MLI" & out$target == "FRA"), ]
stopifnot(dyad$label == "hostile", dyad$p == dyad$p_hostile, is.na(dyad$p_negative), dyad$score < 0)
whole <- out[is.na(out$source), ]
stopifnot(all(is.na(whole$target)), all(whole$head == "sentiment"), all(is.na(whole$p_hostile)))
stopifnot(abs(rowSums(out[grep("^p_", names(out))], na.rm = TRUE) - 1) < 1e-9)
empty <- score(character())
stopifnot(nrow(empty) == 0, identical(names(empty), names(out)))
stopifnot(identical(sapply(empty, typeof), sapply(out, typeof)))

# threads, settings, shapes of input
texts <- rep(frame$text[c(1, 4)], 50)
stopifnot(identical(score(texts, threads = 1), score(texts, threads = 3)))
stopifnot(identical(unique(score(c(x = texts[1], y = texts[2]))$article), c("x", "y")))
stopifnot(all(score(texts[1], dyads_only = TRUE)$head == "stance"))
stopifnot(identical(score(factor(texts)), score(texts)))
stopifnot(identical(unique(score(data.frame(id = c(100000, 2), text = texts[1:2]))$article), c("100000", "2")))

# quanteda's corpus and readtext's data frame, by their structure
vars <- data.frame(docname_ = c("mali", "rain"), docid_ = factor(c("mali", "rain")), segid_ = 1L, date = as.Date(c("2022-05-03", NA)))
corpus <- structure(c(mali = texts[1], rain = "It rained."), class = c("corpus", "character"), docvars = vars, meta = list())
out <- score(corpus)
stopifnot(identical(unique(out$article), c("mali", "rain")), identical(unique(out$date), c("2022-05-03", NA)))
readtext <- structure(data.frame(doc_id = "one.txt", text = texts[1]), class = c("readtext", "data.frame"))
stopifnot(identical(unique(score(readtext)$article), "one.txt"))
peer <- "quanteda" # in a variable: it need not be there to check this package
if (requireNamespace(peer, quietly = TRUE)) {
  real <- getExportedValue(peer, "corpus")(c(mali = texts[1]), docvars = data.frame(date = as.Date("2022-05-03")))
  stopifnot(identical(score(real)$date[1], "2022-05-03"), identical(score(real)$article[1], "mali"))
}

# encodings: marked, unmarked, wrong, in whatever locale
utf8 <- "Japan praised \u201cMali\u201d\u2026 in Ma\u00ef\U0001f30d."
latin1 <- rawToChar(c(charToRaw("Mali praised France at Orl"), as.raw(0xe9), charToRaw("ans.")))
Encoding(latin1) <- "latin1"
unmarked <- utf8
Encoding(unmarked) <- "unknown"
out <- score(c(utf8, unmarked, latin1))
stopifnot(all(Encoding(out$text[grepl("Japan|Orl", out$text, useBytes = TRUE)]) == "UTF-8"))
stopifnot(identical(out$text[out$article == "1"], out$text[out$article == "2"]))
stopifnot(charToRaw(out$text[1])[1:5] == charToRaw("Japan"), out$text[out$article == "3"][1] == "Mali praised France at Orl\u00e9ans.")
wrong <- rawToChar(as.raw(c(0x4d, 0x61, 0x6c, 0x69, 0x20, 0xff)))
stopifnot(warns(score(wrong), "1 bytes were not UTF-8")$text == "Mali \ufffd")
invisible(warns(score(data.frame(text = "It rained.", date = "05/03/2022")), "1 dates could not be read"))

# explanations add up
why <- stance_explain(texts[1], limit = 3, model = model, actors = actors)
one <- why[which(why$source == "MLI" & why$target == "FRA"), ]
stopifnot(nrow(one) == 5, one$term[1] == "bias", one$term[5] == "others", is.na(one$words[1]), all(is.na(one$weight_negative)))
spans <- which(!is.na(one$words))
stopifnot(length(spans) > 0, substring(texts[1], one$start[spans] + 1, one$end[spans]) == one$words[spans])
stopifnot(which.max(colSums(one[c("weight_hostile", "weight_neutral", "weight_friendly")])) == 1)

# what is refused
fails(stance_model("nowhere.model"), "nowhere.model: cannot open")
fails(stance_model(c("a", "b")), "expected one path")
fails(stance_actors(NA_character_), "expected files and folders")
bad <- tempfile(fileext = ".json")
writeLines(c('{"actors":[', '{"id":"A","name":"A","type":"planet","aliases":["A"]}]}'), bad)
fails(stance_actors(bad), ":2: .*planet")
fails(score(3), "found numeric")
fails(score(data.frame(body = "x")), "no column 'text'")
fails(score(data.frame(text = 1:2)), "column 'text' is integer")
fails(score("x", threads = 0), "threads: expected a whole number")
fails(score("x", implicit = NA), "expected TRUE or FALSE")
fails(stance_explain("x", limit = 1.5), "limit: expected a whole number")
fails(stance_classify("x", model = 3), "expected a stance_model")
saved <- unserialize(serialize(model, NULL))
fails(stance_classify("x", model = saved), "saved in another session")
fails(stance_classify("x", model = structure(list(pointer = 3), class = "stance_model")), "")
cat("inputs: as expected\n")
