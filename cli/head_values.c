/* SPDX-License-Identifier: MIT */
#include "head_values.h"

#include <stdlib.h>
#include <string.h>

#include "stance/features/feature.h"

/* Whether the text before the colon is this head's name. */
static bool names_head(const char *item, const char *colon, const char *head) {
  return strlen(head) == (size_t)(colon - item) && memcmp(item, head, strlen(head)) == 0;
}

static bool codebook_has(const struct stance_codebook *codebook, const char *item, const char *colon) {
  for (size_t h = 0; h < codebook->head_count; h++)
    if (names_head(item, colon, codebook->heads[h].name)) return true;
  return false;
}

const char *head_features(const struct flag_list *features, const char *head) {
  const char *of_all = NULL, *own = NULL;
  for (size_t i = 0; i < features->count; i++) {
    const char *item = features->items[i], *colon = strchr(item, ':');
    if (!colon) of_all = item;
    else if (names_head(item, colon, head)) own = colon + 1;
  }
  return own ? own : of_all;
}

/* "HEAD:C"; NULL: another form, or C is out of range. */
static const char *read_cost(const char *item, double *cost) {
  const char *colon = strrchr(item, ':');
  char *end;
  if (!colon || colon == item) return NULL;
  *cost = strtod(colon + 1, &end);
  return end != colon + 1 && !*end && *cost >= 1e-6 && *cost <= 1e6 ? colon : NULL;
}

double head_cost(const struct flag_list *costs, double fallback, const char *head) {
  double found = fallback, cost;
  for (size_t i = 0; i < costs->count; i++) {
    const char *colon = read_cost(costs->items[i], &cost);
    if (colon && names_head(costs->items[i], colon, head)) found = cost;
  }
  return found;
}

enum stance_status head_features_check(const struct flag_list *features, const struct stance_codebook *codebook,
                                       const struct dataset *data, struct stance_error *error) {
  for (size_t i = 0; i < features->count; i++) {
    const char *item = features->items[i], *colon = strchr(item, ':');
    if (colon && !colon[1]) return stance_fail(error, STANCE_USAGE, "--features '%.60s' lists no template", item);
    if (colon && !codebook_has(codebook, item, colon))
      return stance_fail(error, STANCE_USAGE, "--features '%.60s': codebook '%s' has no such head", item,
                         codebook->name);
  }
  for (size_t h = 0; h < codebook->head_count; h++) {
    const char *list = data[h].count ? head_features(features, codebook->heads[h].name) : NULL;
    stance_template_set set;
    if (list) STANCE_TRY(stance_template_parse(list, codebook->heads[h].unit, &set, error));
  }
  return STANCE_OK;
}

enum stance_status head_costs_check(const struct flag_list *costs, const struct stance_codebook *codebook,
                                    struct stance_error *error) {
  for (size_t i = 0; i < costs->count; i++) {
    const char *item = costs->items[i];
    double cost;
    const char *colon = read_cost(item, &cost);
    if (!colon)
      return stance_fail(error, STANCE_USAGE, "--head-cost '%.60s': expected HEAD:C with C from 1e-06 to 1e+06", item);
    if (!codebook_has(codebook, item, colon))
      return stance_fail(error, STANCE_USAGE, "--head-cost '%.60s': codebook '%s' has no such head", item,
                         codebook->name);
  }
  return STANCE_OK;
}
