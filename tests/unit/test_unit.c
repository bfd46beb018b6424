/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "stance/actors/gazetteer.h"
#include "stance/labels/unit.h"

enum { ACTORS = 12 };
static struct stance_actor actors[ACTORS];
static char ids[ACTORS][16];

/* One sentence that mentions these actors in turn; returns its units as "0>1 1>0 ". */
static const char *units_of(const int *mentioned, uint32_t count) {
  static char text[2048];
  struct stance_mention mentions[32];
  struct stance_sentence sentence = {.mention_count = count};
  struct stance_document document = {
      .sentences = &sentence, .sentence_count = 1, .mentions = mentions, .mention_count = count};
  struct stance_arena arena = {0};
  struct stance_error error;
  for (int i = 0; i < ACTORS; i++) {
    snprintf(ids[i], sizeof ids[i], "%d", i);
    actors[i].id = actors[i].name = ids[i];
  }
  for (uint32_t i = 0; i < count; i++)
    mentions[i] = (struct stance_mention){i * 2, i * 2 + 1, 0, &actors[mentioned[i]], false};
  cr_assert_eq(stance_units_make(&arena, &document, &error), STANCE_OK);
  cr_assert_eq(sentence.unit_count, document.unit_count);
  text[0] = '\0';
  for (uint32_t i = 0; i < document.unit_count; i++)
    snprintf(text + strlen(text), sizeof text - strlen(text), "%s>%s ", document.units[i].source->id,
             document.units[i].target->id);
  stance_arena_free(&arena);
  return text;
}

static void forget(void) { memset(actors, 0, sizeof actors); }
TestSuite(unit, .init = forget);

Test(unit, goes_both_ways) { cr_expect_str_eq(units_of((int[]){0, 1, 0}, 3), "0>1 1>0 "); }

Test(unit, needs_two_actors) {
  cr_expect_str_eq(units_of((int[]){0, 0}, 2), "");
  cr_expect_str_eq(units_of(NULL, 0), "");
}

Test(unit, leaves_out_who_acts_for_whom) {
  actors[1].affiliation = &actors[2]; /* 1 acts for 2, which acts for 0; 3 acts for 0 too */
  actors[2].affiliation = &actors[0];
  actors[3].affiliation = &actors[0];
  actors[1].serves = actors[2].serves = actors[3].serves = 1;
  cr_expect_str_eq(units_of((int[]){0, 1}, 2), "");
  cr_expect_str_eq(units_of((int[]){1, 3}, 2), "1>3 3>1 ");
}

/* 2 is a brigade of 1, a rebel group in the state 0. */
Test(unit, is_of_rebels_and_their_state) {
  actors[1].affiliation = &actors[0];
  actors[2].affiliation = &actors[1];
  actors[2].serves = 1;
  cr_expect_str_eq(units_of((int[]){0, 1}, 2), "0>1 1>0 ");
  cr_expect_str_eq(units_of((int[]){0, 2}, 2), "0>2 2>0 ");
  cr_expect_str_eq(units_of((int[]){1, 2}, 2), "");
}

Test(unit, takes_the_first_eight_of_a_list) {
  const char *text = units_of((int[]){0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 10);
  size_t count = 0;
  for (const char *at = text; *at; at++) count += *at == '>';
  cr_expect_eq(count, 56); /* 8 x 7 */
  cr_expect_null(strstr(text, "8>"));
}
