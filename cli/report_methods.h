/* SPDX-License-Identifier: MIT
 * stance report --methods: the paragraph on methods, with figures. */
#ifndef STANCE_CLI_REPORT_METHODS_H
#define STANCE_CLI_REPORT_METHODS_H

#include "message.h"

struct report_methods_options {
  const char *model, *agreement, *output; /* NULL: not given; output: standard output */
};

/* 1 (a finding): something is missing in the text, in brackets. */
enum exit_code report_methods(const struct report_methods_options *options, const char *const *paths, size_t count);

#endif
