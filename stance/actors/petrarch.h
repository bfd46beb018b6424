/* SPDX-License-Identifier: MIT
 * Converts PETRARCH (TABARI) actor and agent dictionaries to a gazetteer.
 *
 *   FRANCE_  [FRA]                   a name and its code
 *   +FRENCH_                         a further name of the same
 *   ABDUL_QADIR_  # comment
 *   	[AFGELI 620101-780427]          a code for a time: YYMMDD (00-30: 20YY) or YYYYMMDD, both days included
 *   	[AFGGOV >780427]                from that day on; <780427: before it
 *   	[AFGELI]                        at all other times; [---]: nobody
 *   POLICEMAN {POLICEMEN} [~COP]     an agent with its plural: behind the name of FRA it is FRACOP
 *   !PERSON! = MAN, MEN              a set; FISHER!PERSON! is FISHERMAN and FISHERMEN
 *
 * A code becomes an actor's id, a name one of its aliases, with its dates. Of what is given twice the first counts. */
#ifndef STANCE_PETRARCH_H
#define STANCE_PETRARCH_H

#include "stance/base/buffer.h"
#include "stance/stance.h"

struct stance_petrarch;
/* Called with each line that could not be used in full: file, line, message. */
typedef void stance_petrarch_warning(void *context, const struct stance_error *warning);

/* An empty import. NULL: out of memory. */
struct stance_petrarch *stance_petrarch_new(void);
/* Frees it; NULL is fine. */
void stance_petrarch_destroy(struct stance_petrarch *import);
/* Adds a dictionary; actors and agents may come in any order and number of files. Bad lines go to `each`, which may be
 * NULL. Fails only if the file cannot be read, or for lack of memory. */
enum stance_status stance_petrarch_read(struct stance_petrarch *import, const char *path, stance_petrarch_warning *each,
                                        void *context, struct stance_error *error);
/* The number of actors read so far. */
size_t stance_petrarch_actor_count(const struct stance_petrarch *import);
size_t stance_petrarch_name_count(
    const struct stance_petrarch *import); /* aliases; one with two periods counts twice */
/* The number of agent nouns ("rebels"). */
size_t stance_petrarch_agent_count(const struct stance_petrarch *import);
/* Appends the gazetteer as JSON, one actor on a line. False: out of memory. */
bool stance_petrarch_write(const struct stance_petrarch *import, struct stance_buffer *out);

#endif
