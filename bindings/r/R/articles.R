# What may be given to be scored, as columns of UTF-8 texts.

# Texts that are UTF-8 are taken so whatever they are marked as (under LC_ALL=C, what was read is marked as nothing); others are
# translated where the session's locale says from what.
as_utf8 <- function(x) {
  x <- as.character(x)
  unmarked <- !is.na(x) & Encoding(x) == "unknown"
  valid <- unmarked & validUTF8(x)
  if (any(valid)) Encoding(x)[valid] <- "UTF-8"
  foreign <- unmarked & !valid
  if (any(foreign) && isTRUE(l10n_info()[["Latin-1"]])) x[foreign] <- enc2utf8(x[foreign])
  x
}

# Numbers without an exponent: as.character(100000) is "1e+05".
as_id <- function(x) {
  if (!is.double(x) || is.object(x)) return(as_utf8(x))
  vapply(x, function(one) if (is.na(one)) NA_character_ else format(one, digits = 15, scientific = FALSE), "")
}

as_date <- function(x) {
  if (inherits(x, "Date")) return(format(x, "%Y-%m-%d"))
  if (inherits(x, "POSIXt")) {
    day <- format(x, "%Y-%m-%d")
    return(ifelse(format(x, "%H:%M:%S") == "00:00:00", day, format(x, "%Y-%m-%dT%H:%M:%S")))
  }
  as_id(x)
}

# quanteda's corpus is a character vector with names and a data frame of document variables; readtext's a data frame.
# A list: text, id, title, date, outlet, each as long as there are articles; NA for what is absent.
articles_of <- function(x, text) {
  given <- NULL
  if (inherits(x, "corpus")) {
    if (!is.character(x)) stop("this corpus is of a quanteda before version 2; update it with quanteda::as.corpus()")
    given <- attr(x, "docvars")
    names <- if (is.null(names(x))) given[["docname_"]] else names(x)
    texts <- as.vector(unclass(x))
  } else if (is.data.frame(x)) {
    if (!text %in% names(x)) stop("no column '", text, "'; the columns are ", toString(names(x)), call. = FALSE)
    given <- x
    names <- if (!is.null(x[["id"]])) x[["id"]] else if (!is.null(x[["doc_id"]])) x[["doc_id"]] else row.names(x)
    texts <- x[[text]]
  } else if (is.character(x) || is.factor(x)) {
    names <- names(x)
    texts <- x
  } else {
    stop("expected texts, a data frame, or a corpus of quanteda; found ", class(x)[1], call. = FALSE)
  }
  if (!is.character(texts) && !is.factor(texts) && !all(is.na(texts)))
    stop("column '", text, "' is ", class(texts)[1], "; expected character", call. = FALSE)
  texts <- as_utf8(texts)
  count <- length(texts)
  column <- function(name, convert = as_utf8) {
    values <- if (is.null(given)) NULL else given[[name]]
    if (is.null(values)) rep(NA_character_, count) else convert(values)
  }
  ids <- if (is.null(names)) as.character(seq_len(count)) else as_id(names)
  ids[is.na(ids)] <- as.character(seq_len(count))[is.na(ids)]
  list(text = texts, id = ids, title = column("title"), date = column("date", as_date), outlet = column("outlet"))
}
