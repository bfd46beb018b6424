/* SPDX-License-Identifier: MIT
 * A compiled gazetteer: the tables that its JSON files become, in a file that is taken as it is instead of parsed. It is known by the bytes
 * of the files it was made from and by the program's version, so that it is never taken for others: once a file is edited, the
 * JSON is read.
 *
 *   magic "STANCEGZ", u32 version, u32 part count, u64 file size, u64 XXH3 of all behind this header, u64 size and XXH3 of the sources
 *   part table: {u64 offset, u32 size of an item, u32 count}, every part 64-byte aligned
 *   the parts: strings; actors; slots of ids; aliases, their contexts and phrases; descriptions; patterns; roles of agent nouns;
 *              of the trie of names, then of that of agent nouns: edges, values, filter
 *
 * Items are the structs of gazetteer_entry.h; where these have a pointer, the file has a number: a string's place + 1, or an item's
 * index + 1; 0: NULL. */
#ifndef STANCE_GAZETTEER_TABLES_H
#define STANCE_GAZETTEER_TABLES_H

#include "gazetteer_entry.h"

/* Reads the files, as stance_gazetteer_open_files does, and writes their tables to `path`. */
enum stance_status stance_gazetteer_compile(const char *const *paths, size_t path_count, const char *path,
                                            struct stance_error *error);
/* Opens the files; from `compiled` where that holds the tables of exactly these, which is ten times as fast. A compiled file that is
 * damaged, of another version, not there or NULL is passed over. */
enum stance_status stance_gazetteer_open_compiled(const char *compiled, const char *const *paths, size_t path_count,
                                                  struct stance_gazetteer **out, struct stance_error *error);

/* gazetteer.c: what follows from the descriptions. */
enum stance_status stance_gazetteer_index_descriptions(struct stance_gazetteer *gazetteer, struct stance_error *error);

#endif
