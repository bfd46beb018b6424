# Opening models and actors, scoring, explaining.

one_path <- function(path, what) {
  if (!is.character(path) || length(path) != 1 || is.na(path)) stop(what, ": expected one path", call. = FALSE)
  path
}

stance_version <- function() .Call(C_version)

stance_model <- function(path = NULL) {
  if (!is.null(path)) one_path(path, "path")
  pointer <- .Call(C_open_model, path)
  structure(list(pointer = pointer, path = path, heads = .Call(C_model_heads, pointer)), class = "stance_model")
}

stance_actors <- function(paths = character()) {
  if (!is.character(paths) || anyNA(paths)) stop("paths: expected files and folders", call. = FALSE)
  structure(list(pointer = .Call(C_open_actors, paths), paths = paths), class = "stance_actors")
}

print.stance_model <- function(x, ...) {
  cat("<stance_model> ", if (is.null(x$path)) "the shipped one" else x$path, "\n", sep = "")
  for (head in names(x$heads)) cat("  ", head, ": ", toString(x$heads[[head]]), "\n", sep = "")
  invisible(x)
}

print.stance_actors <- function(x, ...) {
  from <- if (length(x$paths)) toString(x$paths) else "the shipped ones"
  cat("<stance_actors> ", .Call(C_actor_count, x$pointer), " actors: ", from, "\n", sep = "")
  invisible(x)
}

is_switch <- function(x) is.logical(x) && length(x) == 1 && !is.na(x)

whole_number <- function(x, name, least, most) {
  if (!is.numeric(x) || length(x) != 1 || is.na(x) || x != round(x) || x < least || x > most)
    stop(name, ": expected a whole number, ", least, " .. ", most, call. = FALSE)
  as.integer(x)
}

opened <- function(given, class, open) {
  if (is.null(given)) return(open())
  if (inherits(given, class)) return(given)
  if (is.character(given)) return(open(given))
  stop("expected a ", class, " or its path; found ", class(given)[1], call. = FALSE)
}

tell_notes <- function(notes) {
  what <- c("articles have neither text nor title and were left out", "bytes were not UTF-8 and became U+FFFD",
            "dates could not be read")
  for (i in which(notes > 0)) warning(format(notes[i], scientific = FALSE), " ", what[i], call. = FALSE)
}

# What C gives: named columns, and a matrix of shares (or weights) with a column for each label.
scored <- function(x, model, actors, text, implicit, rollup, dyads_only, threads, limit) {
  if (!is_switch(implicit) || !is_switch(rollup) || !is_switch(dyads_only))
    stop("implicit, rollup, dyads_only: expected TRUE or FALSE", call. = FALSE)
  articles <- articles_of(x, one_path(text, "text"))
  model <- opened(model, "stance_model", stance_model)
  actors <- opened(actors, "stance_actors", stance_actors)
  labels <- unique(unlist(model$heads, use.names = FALSE))
  places <- vapply(model$heads, function(head) c(match(head, labels) - 1L, integer(16 - length(head))), integer(16))
  out <- .Call(C_score, model$pointer, actors$pointer, articles$text, articles$title, articles$date,
               c(implicit, rollup, dyads_only), c(threads, limit, length(labels)), places)
  names(out) <- c("article", "sentence", "text", "source", "target", "source_affiliation", "target_affiliation", "head",
                  "label", "shares", "score", "date", "term", "words", "start", "end", "notes")
  tell_notes(out$notes)
  out$outlet <- articles$outlet[out$article]
  out$article <- articles$id[out$article]
  colnames(out$shares) <- labels
  out
}

threads_of <- function(threads) {
  if (is.null(threads)) {
    cores <- detectCores()
    threads <- if (is.na(cores)) 1L else min(cores, 256L)
  }
  whole_number(threads, "threads", 1, 256)
}

stance_classify <- function(x, model = NULL, actors = NULL, text = "text", implicit = TRUE, rollup = FALSE,
                            dyads_only = FALSE, threads = NULL) {
  out <- scored(x, model, actors, text, implicit, rollup, dyads_only, threads_of(threads), 0L)
  frame <- data.frame(out[c("article", "date", "outlet", "sentence", "text", "source", "target", "source_affiliation",
                            "target_affiliation", "head", "label")], stringsAsFactors = FALSE)
  frame$p <- out$shares[cbind(seq_along(out$label), match(out$label, colnames(out$shares)))]
  frame$score <- out$score
  for (label in colnames(out$shares)) frame[[paste0("p_", label)]] <- out$shares[, label]
  frame
}

stance_explain <- function(x, limit = 10, model = NULL, actors = NULL, text = "text", implicit = TRUE, rollup = FALSE,
                           dyads_only = FALSE) {
  out <- scored(x, model, actors, text, implicit, rollup, dyads_only, 1L, whole_number(limit, "limit", 1, 1000))
  frame <- data.frame(out[c("article", "sentence", "source", "target", "head", "label", "term", "words", "start", "end")],
                      stringsAsFactors = FALSE)
  for (label in colnames(out$shares)) frame[[paste0("weight_", label)]] <- out$shares[, label]
  frame
}
