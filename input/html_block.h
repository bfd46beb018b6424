/* SPDX-License-Identifier: MIT
 * Blocks that stand in an article and are none of its text: calls to read on, credits of pictures, rights. */
#ifndef STANCE_INPUT_HTML_BLOCK_H
#define STANCE_INPUT_HTML_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

/* `links`: bytes of it in links. */
bool html_block_is_aside(const char *text, size_t length, size_t links);

#endif
