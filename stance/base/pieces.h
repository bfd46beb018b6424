/* SPDX-License-Identifier: MIT
 * Files read in pieces of whole lines, so that memory does not grow with the file. For the wings above. Thread-safe. */
#ifndef STANCE_PIECES_H
#define STANCE_PIECES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/stance.h"

struct stance_piece {
  const char *text; /* [length], then a NUL: whole lines, except that the file's last one may lack its end */
  size_t length;
  size_t first_line; /* the number of its first line, from 1 */
  uint64_t rest;     /* bytes of the file behind it; 0 for pipes, where it is not known */
};
/* Called with a piece, which is valid during the call; a status that is not STANCE_OK ends the reading. */
typedef enum stance_status stance_piece_each(void *context, const struct stance_piece *piece,
                                             struct stance_error *error);
/* Reads the file at `path` ("-": stdin). is_whole: an incomplete last line, which another process may be writing, is
 * left out. Returns the first status that is not STANCE_OK. STANCE_INPUT: it cannot be read, or a line has more than
 * 2 GiB. */
enum stance_status stance_pieces_read(const char *path, bool is_whole, stance_piece_each *each, void *context,
                                      struct stance_error *error);

#endif
