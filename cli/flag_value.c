/* SPDX-License-Identifier: MIT
 * Flags' values: parses them into the options struct, and prints defaults and choices for the help. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "flags.h"

static void *member(void *options, const struct flag *flag) { return (char *)options + flag->offset; }

/* The flag's i-th choice; its name is NULL after the last. */
static struct flag_choice choice_at(const struct flag *flag, int i) {
  return flag->choices ? flag->choices[i] : (struct flag_choice){flag->names(i), i};
}

void flag_put_choices(const struct flag *flag, struct stance_buffer *out) {
  for (int i = 0; choice_at(flag, i).name; i++)
    stance_buffer_printf(out, "%s%s", i ? "|" : "", choice_at(flag, i).name);
}

static bool set_choice(const struct flag *flag, void *options, const char *text) {
  for (int i = 0; choice_at(flag, i).name; i++)
    if (strcmp(choice_at(flag, i).name, text) == 0) {
      *(int *)member(options, flag) = choice_at(flag, i).value;
      return true;
    }
  struct stance_buffer names = {0};
  flag_put_choices(flag, &names);
  message_usage("--%s: unknown value '%s'; expected %s", flag->name, text, names.failed ? "another" : names.data);
  stance_buffer_free(&names);
  return false;
}

static bool parse_number(const struct flag *flag, const char *text, double *out) {
  char *end;
  errno = 0;
  *out = strtod(text, &end); /* LC_NUMERIC is "C": main sets LC_CTYPE alone */
  bool is_whole = flag->type != FLAG_INTEGER || (*out == floor(*out) && fabs(*out) < 9e15);
  bool is_free = flag->min == 0 && flag->max == 0;
  bool is_inside = is_free || (*out >= flag->min && *out <= flag->max);
  if (end != text && !*end && !errno && isfinite(*out) && is_whole && is_inside) return true;
  const char *kind = flag->type == FLAG_INTEGER ? "a whole number" : "a number";
  if (is_free) message_usage("--%s: '%s' is not %s", flag->name, text, kind);
  else message_usage("--%s: '%s' is not %s from %.10g to %.10g", flag->name, text, kind, flag->min, flag->max);
  return false;
}

bool flag_set(const struct flag *flag, void *options, const char *text) {
  double number = 0;
  if ((flag->type == FLAG_INTEGER || flag->type == FLAG_NUMBER) && !parse_number(flag, text, &number)) return false;
  switch (flag->type) {
    case FLAG_BOOL: *(bool *)member(options, flag) = true; return true;
    case FLAG_STRING: *(const char **)member(options, flag) = text; return true;
    case FLAG_CHOICE: return set_choice(flag, options, text);
    case FLAG_INTEGER: *(long *)member(options, flag) = (long)number; return true;
    case FLAG_NUMBER: *(double *)member(options, flag) = number; return true;
    case FLAG_LIST: break;
  }
  struct flag_list *list = member(options, flag);
  if (list->count == FLAG_LIST_MAX) {
    message_usage("--%s: given more than %d times", flag->name, FLAG_LIST_MAX);
    return false;
  }
  list->items[list->count++] = text;
  return true;
}

/* The default as it would be typed; "" if there is none. */
static void put_default(const struct flag *flag, const void *defaults, struct stance_buffer *out) {
  const void *at = (const char *)defaults + flag->offset;
  if (flag->unset) {
    stance_buffer_puts(out, flag->unset);
    return;
  }
  switch (flag->type) {
    case FLAG_STRING:
      if (*(const char *const *)at) stance_buffer_puts(out, *(const char *const *)at);
      return;
    case FLAG_INTEGER: stance_buffer_printf(out, "%ld", *(const long *)at); return;
    case FLAG_NUMBER: stance_buffer_printf(out, "%g", *(const double *)at); return;
    case FLAG_CHOICE:
      for (int i = 0; choice_at(flag, i).name; i++)
        if (choice_at(flag, i).value == *(const int *)at) stance_buffer_puts(out, choice_at(flag, i).name);
      return;
    case FLAG_BOOL:
    case FLAG_LIST: return;
  }
}

void flag_put_remarks(const struct flag *flag, const void *defaults, struct stance_buffer *out) {
  struct stance_buffer value = {0};
  const char *between = "(";
  if (flag->type == FLAG_CHOICE) {
    stance_buffer_puts(out, between);
    flag_put_choices(flag, out);
    between = "; ";
  }
  if (flag->optional) {
    stance_buffer_printf(out, "%salone: %s", between, flag->optional);
    between = "; ";
  }
  put_default(flag, defaults, &value);
  if (value.length && !(flag->optional && !flag->unset)) {
    stance_buffer_printf(out, "%sdefault: %s", between, value.data);
    between = "; ";
  }
  if (flag->type == FLAG_LIST) {
    stance_buffer_printf(out, "%smay be given again", between);
    between = "; ";
  }
  if (*between == ';') stance_buffer_putc(out, ')');
  stance_buffer_free(&value);
}
