/* SPDX-License-Identifier: MIT */
#include "folds.h"

#include "stance/base/buffer.h"
#include "stance/base/error.h"

static void put_text(struct stance_buffer *out, const char *key, const char *text) {
  if (!text || !*text) return;
  stance_buffer_printf(out, "\"%s\":", key);
  stance_buffer_json_text(out, text);
  stance_buffer_puts(out, ",");
}

static void put_unit(const struct folds *folds, size_t i, struct stance_buffer *out) {
  const struct stance_record *record = folds->data->records[i];
  const struct stance_head *head = folds->data->head;
  const float *p = folds->p + i * head->label_count;
  double score = 0;
  stance_buffer_puts(out, "{");
  put_text(out, "unit", record->unit);
  put_text(out, "article", record->article);
  put_text(out, "date", record->date);
  put_text(out, "outlet", record->outlet);
  stance_buffer_printf(out, "\"sentence\":%u,", (unsigned)record->sentence);
  put_text(out, "text", record->text);
  put_text(out, "source", record->source);
  put_text(out, "target", record->target);
  put_text(out, "head", head->name);
  put_text(out, "gold", head->labels[folds->data->labels[i]].name);
  put_text(out, "label", head->labels[folds->predicted[i]].name);
  stance_buffer_puts(out, "\"p\":{");
  for (size_t l = 0; l < head->label_count; l++) {
    if (l) stance_buffer_puts(out, ",");
    stance_buffer_json_text(out, head->labels[l].name);
    stance_buffer_printf(out, ":%.6f", (double)p[l]);
    score += (double)p[l] * head->labels[l].value;
  }
  stance_buffer_printf(out, "},\"score\":%.6f", score);
  if (folds->folds) stance_buffer_printf(out, ",\"fold\":%u", (unsigned)folds->folds[i]);
  if (folds->is_seen) stance_buffer_puts(out, folds->is_seen[i] ? ",\"seen\":true" : ",\"seen\":false");
  stance_buffer_puts(out, "}\n");
}

enum stance_status train_folds_write(const struct folds *folds, FILE *out, struct stance_error *error) {
  struct stance_buffer line = {0};
  enum stance_status status = STANCE_OK;
  for (size_t i = 0; status == STANCE_OK && i < folds->data->count; i++) {
    line.length = 0;
    put_unit(folds, i, &line);
    if (line.failed) status = stance_fail_memory(error);
    else if (fwrite(line.data, 1, line.length, out) != line.length)
      status = stance_fail_errno(error, NULL, "cannot write");
  }
  stance_buffer_free(&line);
  return status;
}
