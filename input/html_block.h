/* SPDX-License-Identifier: MIT
 * Blocks inside an article that are not its text: calls to read on, picture credits, copyright notices. Thread-safe. */
#ifndef STANCE_INPUT_HTML_BLOCK_H
#define STANCE_INPUT_HTML_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

/* Whether a block is such an aside. links: bytes of it in links. */
bool html_block_is_aside(const char *text, size_t length, size_t links);

#endif
