/* SPDX-License-Identifier: MIT
 * stance report --methods: a methods paragraph with figures. */
#ifndef STANCE_CLI_REPORT_METHODS_H
#define STANCE_CLI_REPORT_METHODS_H

#include "message.h"

struct report_methods_options {
  const char *model, *agreement, *output; /* NULL: not given; output NULL: standard output */
};

/* Exit code 1: the text lacks information, marked by brackets. */
enum exit_code report_methods(const struct report_methods_options *options, const char *const *paths, size_t count);

#endif
