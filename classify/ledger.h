/* SPDX-License-Identifier: MIT
 * The ledger: what a run has taken of each input, so that a resumed run loses nothing and scores nothing twice. For
 * each file it has the size, time, number of items taken, bytes read, and a hash of the items. A resumed run reads the
 * items again and compares. It scores new files and what was appended to a file; a file that was changed otherwise ends
 * the run with the reason.
 *
 * The ledger's file has a line for each input, and one for each time that the state was saved within it; the last line
 * of a number counts.
 *   NUMBER TAB ITEMS TAB HASH TAB BYTES TAB SIZE TAB TIME TAB PATH
 * NUMBER is from 0, TIME in nanoseconds since 1970; \n and \\ are escapes in PATH.
 * For the reading thread only. */
#ifndef STANCE_CLASSIFY_LEDGER_H
#define STANCE_CLASSIFY_LEDGER_H

#include "input/form.h"
#include "stance/base/buffer.h"

struct classify_ledger;
struct classify_ledger *classify_ledger_new(void); /* NULL: out of memory */
/* Frees it; NULL is fine. */
void classify_ledger_destroy(struct classify_ledger *ledger);

/* Loads an earlier run's ledger from the first `length` bytes of the file. STANCE_INPUT: it is damaged. */
enum stance_status classify_ledger_load(struct classify_ledger *ledger, const char *path, uint64_t length,
                                        struct stance_error *error);

/* Takes the next item. file: a number unique to the file; bytes: how far it is read. *is_earlier: an earlier run took
 * the item. STANCE_INPUT: items that the earlier run took of this file, or the one before, have changed. */
enum stance_status classify_ledger_take(struct classify_ledger *ledger, const struct input_item *item, uint64_t file,
                                        uint64_t bytes, bool *is_earlier, struct stance_error *error);
/* Call after the last item, to check the last file likewise. */
enum stance_status classify_ledger_end(struct classify_ledger *ledger, struct stance_error *error);

/* Appends lines for what was taken since the last call: of finished files to `closed`, of the current one to `open`. */
void classify_ledger_lines(struct classify_ledger *ledger, struct stance_buffer *closed, struct stance_buffer *open);
/* The number of inputs of the earlier run that were not met; after the end, these are gone. *first: one of them, or
 * NULL. */
uint64_t classify_ledger_gone(const struct classify_ledger *ledger, const char **first);

#endif
