/* SPDX-License-Identifier: MIT
 * A compiled gazetteer: the tables that JSON files become, in one file that is loaded instead of parsed. It carries a
 * hash over the bytes of its sources and the program's version: once a source is edited, the hash differs and the JSON
 * is read.
 *
 *   magic "STANCEGZ", u32 version, u32 part count, u64 file size, u64 XXH3 of all after this header,
 *   u64 size and u64 XXH3 of the sources
 *   part table: {u64 offset, u32 size of an item, u32 count}, every part 64-byte aligned
 *   parts: strings; actors; slots of ids; aliases, their contexts and phrases; descriptions; patterns;
 *          roles of agent nouns; four for the trie of names, then four for that of agent nouns: edges,
 *          filter of edges, filters of first parts
 *
 * Items are the structs of gazetteer_entry.h. In place of a pointer the file has a number: a string's offset + 1, or an
 * item's index + 1; 0: NULL. */
#ifndef STANCE_GAZETTEER_TABLES_H
#define STANCE_GAZETTEER_TABLES_H

#include "gazetteer_entry.h"

/* The files' size together, and a hash of their bytes and of the program's version: what a compiled file is known by. Fails if one is
 * missing or no regular file. */
enum stance_status stance_gazetteer_sources(const char *const *paths, size_t path_count, uint64_t *size, uint64_t *hash,
                                            struct stance_error *error);
/* Whether the shipped actors.compiled says that it was made of such files. */
bool stance_gazetteer_is_compiled(uint64_t source_size, uint64_t source_hash);
/* Reads the files, as stance_gazetteer_open_files does, and writes their tables to `path`. */
enum stance_status stance_gazetteer_compile(const char *const *paths, size_t path_count, const char *path,
                                            struct stance_error *error);
/* Opens the files, from `compiled` if that holds the tables of exactly these files, which is much faster. A compiled
 * file that is NULL, missing, damaged or of another version is ignored. */
enum stance_status stance_gazetteer_open_compiled(const char *compiled, const char *const *paths, size_t path_count,
                                                  struct stance_gazetteer **out, struct stance_error *error);

/* Fills description_first and reference_words from the descriptions (gazetteer.c). */
enum stance_status stance_gazetteer_index_descriptions(struct stance_gazetteer *gazetteer, struct stance_error *error);

#endif
