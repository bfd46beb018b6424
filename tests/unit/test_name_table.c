/* SPDX-License-Identifier: MIT
 * The tables that names are found with: the trie of their parts, the classes of words, and the filters before both. */
#include <criterion/criterion.h>
#include <string.h>

#include "stance/actors/alias_trie.h"
#include "stance/actors/name_part.h"
#include "stance/actors/name_words.h"
#include "stance/text/text.h"

/* ---- the trie ------------------------------------------------------------------------------------------------ */

Test(alias_trie, an_empty_one_has_nothing) {
  struct stance_alias_trie trie = {0};
  cr_expect_eq(stance_alias_trie_child(&trie, 0, 1), 0);
  cr_assert(stance_alias_trie_finish(&trie));
  cr_expect_not(stance_alias_trie_may_start(&trie, 1, STANCE_SHAPE_LOWER));
  cr_expect_not(stance_alias_trie_may_start(&trie, 1, STANCE_SHAPE_CAPITAL));
  cr_expect_null(stance_alias_trie_edge(&trie, 0, 1));
  stance_alias_trie_free(&trie);
}

Test(alias_trie, edges_bear_the_values_of_their_nodes_once_it_is_finished) {
  struct stance_alias_trie trie = {0};
  const uint64_t names[] = {7, 8, 9};
  uint32_t two = stance_alias_trie_add(&trie, names, 2, false), three = stance_alias_trie_add(&trie, names, 3, false);
  trie.values[two] = 22;
  trie.values[three] = 33;
  cr_assert(stance_alias_trie_finish(&trie));
  const struct stance_alias_edge *edge = stance_alias_trie_edge(&trie, 0, 7);
  cr_assert_not_null(edge);
  cr_expect_eq(edge->value, 0);
  edge = stance_alias_trie_edge(&trie, edge->child, 8);
  cr_assert_not_null(edge);
  cr_expect_eq(edge->child, two);
  cr_expect_eq(edge->value, 22);
  edge = stance_alias_trie_edge(&trie, edge->child, 9);
  cr_assert_not_null(edge);
  cr_expect_eq(edge->value, 33);
  cr_expect_null(stance_alias_trie_edge(&trie, edge->child, 7));
  cr_expect_null(stance_alias_trie_edge(&trie, 0, 8));
  stance_alias_trie_free(&trie);
}

Test(alias_trie, tells_first_parts_in_lower_case_apart) {
  struct stance_alias_trie trie = {0};
  const uint64_t capital = UINT64_C(0x1000), lower = UINT64_C(0x1001), both = UINT64_C(0x1002);
  cr_assert(stance_alias_trie_add(&trie, &capital, 1, false));
  cr_assert(stance_alias_trie_add(&trie, &lower, 1, true));
  cr_assert(stance_alias_trie_add(&trie, &both, 1, false));
  cr_assert(stance_alias_trie_add(&trie, &both, 1, true)); /* known already: it may stand in lower case from now on */
  cr_assert(stance_alias_trie_finish(&trie));
  cr_expect(stance_alias_trie_may_start(&trie, capital, STANCE_SHAPE_CAPITAL));
  cr_expect_not(stance_alias_trie_may_start(&trie, capital, STANCE_SHAPE_LOWER));
  cr_expect(stance_alias_trie_may_start(&trie, lower, STANCE_SHAPE_LOWER));
  cr_expect(stance_alias_trie_may_start(&trie, lower, STANCE_SHAPE_UPPER));
  cr_expect(stance_alias_trie_may_start(&trie, both, STANCE_SHAPE_LOWER));
  stance_alias_trie_free(&trie);
}

/* Name parts that share their low bits, as the filters see them, are still told apart by the edges; nothing is lost as the table grows. */
Test(alias_trie, keeps_all_names_as_it_grows) {
  enum { NAMES = 20000 };
  struct stance_alias_trie trie = {0};
  for (uint64_t i = 0; i < NAMES; i++) {
    const uint64_t parts[] = {i << 20 | 5, i};
    uint32_t node = stance_alias_trie_add(&trie, parts, 2, i % 2);
    cr_assert(node);
    trie.values[node] = (uint32_t)i + 1;
  }
  cr_assert(stance_alias_trie_finish(&trie));
  for (uint64_t i = 0; i < NAMES; i++) {
    cr_assert(stance_alias_trie_may_start(&trie, i << 20 | 5, STANCE_SHAPE_CAPITAL));
    const struct stance_alias_edge *first = stance_alias_trie_edge(&trie, 0, i << 20 | 5);
    cr_assert_not_null(first);
    const struct stance_alias_edge *second = stance_alias_trie_edge(&trie, first->child, i);
    cr_assert_not_null(second);
    cr_assert_eq(second->value, i + 1);
    cr_assert_null(stance_alias_trie_edge(&trie, first->child, i + 1));
  }
  cr_expect_null(stance_alias_trie_edge(&trie, 0, (uint64_t)NAMES << 20 | 5));
  stance_alias_trie_free(&trie);
}

/* Both filters are larger than the table of starts here: each of its bytes stands for many parts, and says yes if one of them does. */
Test(alias_trie, marks_all_starts_in_lower_case) {
  enum { NAMES = 4000 };
  struct stance_alias_trie trie = {0};
  static struct stance_word_starts starts;
  for (uint64_t i = 0; i < NAMES; i++) cr_assert(stance_alias_trie_add(&trie, &(uint64_t){i * 3}, 1, i % 4 == 0));
  cr_assert(stance_alias_trie_finish(&trie));
  cr_assert_gt(trie.lower.mask, sizeof starts.of - 1);
  stance_alias_trie_mark_starts(&trie, &starts);
  for (uint64_t i = 0; i < NAMES; i += 4) cr_assert_eq(starts.of[stance_word_start(i * 3)], STANCE_START_NAME);
  cr_expect_eq(starts.of[stance_word_start(1)], 0);
  cr_expect_eq(starts.of[stance_word_start(UINT64_MAX)], 0);
  stance_alias_trie_free(&trie);
}

Test(alias_trie, has_first_edges_for_words_as_they_are_written) {
  struct stance_alias_trie trie = {0};
  const uint64_t names[] = {7, 8}, lower = 9;
  cr_assert(stance_alias_trie_finish(&trie));
  cr_expect_null(stance_alias_trie_first_edge(&trie, 7, STANCE_SHAPE_CAPITAL));
  stance_alias_trie_free(&trie);
  uint32_t node = stance_alias_trie_add(&trie, names, 2, false);
  cr_assert(node);
  cr_assert(stance_alias_trie_add(&trie, &lower, 1, true));
  cr_assert(stance_alias_trie_finish(&trie));
  const struct stance_alias_edge *edge = stance_alias_trie_first_edge(&trie, 7, STANCE_SHAPE_CAPITAL);
  cr_assert_not_null(edge);
  cr_expect_eq(stance_alias_trie_child(&trie, edge->child, 8), node);
  cr_expect_null(stance_alias_trie_first_edge(&trie, 7, STANCE_SHAPE_LOWER));
  cr_expect_null(stance_alias_trie_first_edge(&trie, 8, STANCE_SHAPE_CAPITAL));
  cr_expect_not_null(stance_alias_trie_first_edge(&trie, 9, STANCE_SHAPE_LOWER));
  stance_alias_trie_free(&trie);
}

/* ---- classes of words ------------------------------------------------------------------------------------------ */

Test(name_words, an_empty_one_has_no_classes) {
  const struct stance_name_words words = {0};
  cr_expect_eq(stance_name_words_of(&words, 0), 0);
  cr_expect_eq(stance_name_words_of(&words, UINT64_MAX), 0);
}

Test(name_words, joins_the_classes_of_a_word) {
  struct stance_arena arena = {0};
  struct stance_name_words words = {0};
  struct stance_token general;
  cr_assert(stance_name_words_fill(&words, &arena));
  stance_token_describe("General", strlen("General"), &general);
  cr_expect_eq(stance_name_words_of(&words, general.hash), STANCE_NAME_TITLE);
  cr_assert(stance_name_words_add(&words, &arena, general.hash, STANCE_NAME_BODY));
  cr_expect_eq(stance_name_words_of(&words, general.hash), STANCE_NAME_TITLE | STANCE_NAME_BODY);
  stance_arena_free(&arena);
}

/* The filter says of these that they may be words: they have its bits. The table must still tell them apart. */
Test(name_words, a_filter_only_turns_away) {
  enum { WORDS = 5000 };
  struct stance_arena arena = {0};
  struct stance_name_words words = {0};
  for (uint64_t i = 0; i < WORDS; i++) cr_assert(stance_name_words_add(&words, &arena, i << 2, 1 << i % 8));
  for (uint64_t i = 0; i < WORDS; i++) {
    cr_assert_eq(stance_name_words_of(&words, i << 2), UINT32_C(1) << i % 8);
    cr_assert(stance_word_filter_may_have(&words.filter, i << 2 | 1));
    cr_assert_eq(stance_name_words_of(&words, i << 2 | 1), 0);
    cr_assert_eq(stance_name_words_of(&words, i << 2 | UINT64_C(1) << 63), 0);
  }
  cr_expect_not(stance_word_filter_may_have(&words.filter, UINT64_MAX));
  stance_arena_free(&arena);
}

/* ---- parts ----------------------------------------------------------------------------------------------------- */

Test(part, cuts_at_marks_and_drops_stops) {
  struct stance_name_part parts[4];
  const char *text = "-d’Orsay.. U.S.-led\xC2\xA0x";
  struct stance_token us;
  stance_token_describe("us", 2, &us);
  cr_assert_eq(stance_name_parts_cut(text, strlen(text), parts, 4), 5);
  cr_expect_eq(parts[0].start, 1);
  cr_expect_eq(parts[0].end, 2);
  cr_expect_eq(parts[1].start, 5);
  cr_expect_eq(parts[2].hash, us.hash);
  cr_expect(parts[2].has_stops);
  cr_expect_eq(parts[2].end, parts[2].start + 4);
  cr_expect_eq(parts[3].start, parts[2].end + 1);
  cr_expect_eq(stance_name_parts_cut("..-'", 4, parts, 4), 0);
  cr_expect_eq(stance_name_parts_cut("", 0, parts, 4), 0);
}

Test(part, a_word_drops_its_possessive) {
  struct stance_token mali;
  stance_token_describe("mali", 4, &mali);
  cr_expect_eq(stance_name_part_word("Mali's", 6), mali.hash);
  cr_expect_eq(stance_name_part_word("Mali’s", 8), mali.hash);
  cr_expect_eq(stance_name_part_word("M.a.l.i.", 8), mali.hash);
  cr_expect_eq(stance_name_part_possessive("forces'", 7), 1);
  cr_expect_eq(stance_name_part_possessive("forces’", 9), 3);
  cr_expect_eq(stance_name_part_possessive("'s", 2), 0);
  cr_expect_eq(stance_name_part_possessive("'", 1), 0);
  cr_expect_eq(stance_name_part_possessive("forces", 6), 0);
}
