/* SPDX-License-Identifier: MIT
 * "Athens, Georgia", "Paris, Texas", "London, Ontario": a place before a comma and a state or province lies there, even
 * if a capital has the same name. The states of the United States, the provinces of Canada and the states of
 * Australia. */
#include "mention_scan.h"
#include "stance/base/ascii.h"

struct province {
  const char *first, *second; /* second NULL: one word */
  const char *country;        /* the id of an actor */
};

static const struct province provinces[] = {
    {"alabama", NULL, "USA"},      {"alaska", NULL, "USA"},       {"arizona", NULL, "USA"},
    {"arkansas", NULL, "USA"},     {"california", NULL, "USA"},   {"colorado", NULL, "USA"},
    {"connecticut", NULL, "USA"},  {"delaware", NULL, "USA"},     {"florida", NULL, "USA"},
    {"georgia", NULL, "USA"},      {"hawaii", NULL, "USA"},       {"idaho", NULL, "USA"},
    {"illinois", NULL, "USA"},     {"indiana", NULL, "USA"},      {"iowa", NULL, "USA"},
    {"kansas", NULL, "USA"},       {"kentucky", NULL, "USA"},     {"louisiana", NULL, "USA"},
    {"maine", NULL, "USA"},        {"maryland", NULL, "USA"},     {"massachusetts", NULL, "USA"},
    {"michigan", NULL, "USA"},     {"minnesota", NULL, "USA"},    {"mississippi", NULL, "USA"},
    {"missouri", NULL, "USA"},     {"montana", NULL, "USA"},      {"nebraska", NULL, "USA"},
    {"nevada", NULL, "USA"},       {"new", "hampshire", "USA"},   {"new", "jersey", "USA"},
    {"new", "mexico", "USA"},      {"new", "york", "USA"},        {"north", "carolina", "USA"},
    {"north", "dakota", "USA"},    {"ohio", NULL, "USA"},         {"oklahoma", NULL, "USA"},
    {"oregon", NULL, "USA"},       {"pennsylvania", NULL, "USA"}, {"rhode", "island", "USA"},
    {"south", "carolina", "USA"},  {"south", "dakota", "USA"},    {"tennessee", NULL, "USA"},
    {"texas", NULL, "USA"},        {"utah", NULL, "USA"},         {"vermont", NULL, "USA"},
    {"virginia", NULL, "USA"},     {"west", "virginia", "USA"},   {"wisconsin", NULL, "USA"},
    {"wyoming", NULL, "USA"},      {"alberta", NULL, "CAN"},      {"british", "columbia", "CAN"},
    {"manitoba", NULL, "CAN"},     {"new", "brunswick", "CAN"},   {"newfoundland", NULL, "CAN"},
    {"nova", "scotia", "CAN"},     {"ontario", NULL, "CAN"},      {"quebec", NULL, "CAN"},
    {"saskatchewan", NULL, "CAN"}, {"new", "south", "AUS"},       {"queensland", NULL, "AUS"},
    {"tasmania", NULL, "AUS"},     {"victoria", NULL, "AUS"},
};

/* The province that begins at `token`; *last: its last token. NULL: none. */
static const struct province *province_at(const struct stance_mention_scan *scan, uint32_t token, uint32_t limit,
                                          uint32_t *last) {
  for (size_t i = 0; i < sizeof provinces / sizeof *provinces; i++) {
    const struct province *province = &provinces[i];
    if (!stance_scan_is_word(scan, token, province->first)) continue;
    *last = token + (province->second != NULL);
    if (!province->second || (*last < limit && stance_scan_is_word(scan, *last, province->second))) return province;
  }
  return NULL;
}

const struct stance_actor *stance_province_country(const struct stance_mention_scan *scan,
                                                   const struct stance_match *match) {
  const struct stance_sentence *sentence = &scan->document->sentences[scan->sentence];
  uint32_t limit = sentence->token_first + sentence->token_count, behind = match->token_last + 1, last;
  if (match->is_possessive || match->ends_inside || behind + 1 >= limit || !stance_scan_is_word(scan, behind, ","))
    return NULL;
  const struct stance_token *tokens = scan->document->tokens;
  if (tokens[behind + 1].shape == STANCE_SHAPE_LOWER) return NULL;
  const struct province *province = province_at(scan, behind + 1, limit, &last);
  /* a list such as "in Athens, Georgia and Russia", as no punctuation ends the name */
  if (!province || (last + 1 < limit && tokens[last + 1].kind != STANCE_TOKEN_PUNCTUATION)) return NULL;
  return stance_gazetteer_find(scan->gazetteer, province->country);
}
