/* SPDX-License-Identifier: MIT
 * What a run has taken of each of its inputs, so that it can be gone on with and nothing is lost or scored twice: the file's size, time,
 * how many items were taken, up to which byte, and a hash of them. A run that goes on reads what was taken again and compares; a new
 * file, or what was added to the end of one, is scored; a changed one ends the run with the reason.
 *
 * The ledger's file has a line for each input, and one more for each time that the state was saved within it: the last of a number counts.
 *   NUMBER TAB ITEMS TAB HASH TAB BYTES TAB SIZE TAB TIME TAB PATH       (from 0; TIME: nanoseconds since 1970; \n and \\ in PATH)
 * By the thread that reads. */
#ifndef STANCE_CLASSIFY_LEDGER_H
#define STANCE_CLASSIFY_LEDGER_H

#include "input/form.h"
#include "stance/base/buffer.h"

struct classify_ledger;
struct classify_ledger *classify_ledger_new(void); /* NULL: out of memory */
/* Frees it; NULL is fine. */
void classify_ledger_destroy(struct classify_ledger *ledger);

/* The first `length` bytes of the file at path: what an earlier run took. STANCE_INPUT: it is damaged. */
enum stance_status classify_ledger_load(struct classify_ledger *ledger, const char *path, uint64_t length,
                                        struct stance_error *error);

/* The next item. file: a number that is another one for each file that is read; bytes: how far it is read. *is_earlier: an earlier run
 * took it. STANCE_INPUT: what the earlier run took of its file, or of the one before, is no longer there. */
enum stance_status classify_ledger_take(struct classify_ledger *ledger, const struct input_item *item, uint64_t file,
                                        uint64_t bytes, bool *is_earlier, struct stance_error *error);
/* There is no further item: the same check of the last file. */
enum stance_status classify_ledger_end(struct classify_ledger *ledger, struct stance_error *error);

/* Lines for what was taken since the last call, into two buffers: of files that are behind, and of the one that is open. */
void classify_ledger_lines(struct classify_ledger *ledger, struct stance_buffer *closed, struct stance_buffer *open);
/* Inputs of the earlier run that were not met: after the end, those that are gone. first: one of them, NULL where there is none. */
uint64_t classify_ledger_gone(const struct classify_ledger *ledger, const char **first);

#endif
