/* SPDX-License-Identifier: MIT
 * Checking gazetteers: reads them to the end and reports every problem. */
#include <stdlib.h>

#include "gazetteer_entry.h"
#include "stance/base/error.h"

struct findings {
  stance_finding *each;
  void *context;
  size_t count;
};

static bool pass_on(void *context, const struct stance_error *problem) {
  struct findings *findings = context;
  findings->count++;
  if (findings->each) findings->each(findings->context, problem);
  return true;
}

enum stance_status stance_gazetteer_check(const char *const *paths, size_t path_count, stance_finding *each,
                                          void *context, size_t *count, struct stance_error *error) {
  struct findings findings = {.each = each, .context = context};
  struct stance_gazetteer *gazetteer = calloc(1, sizeof *gazetteer);
  *count = 0;
  if (!gazetteer) return stance_fail_memory(error);
  enum stance_status status = stance_gazetteer_read(gazetteer, paths, path_count, true, pass_on, &findings, error);
  *count = findings.count;
  stance_gazetteer_close(gazetteer);
  return status;
}
