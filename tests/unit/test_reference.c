/* SPDX-License-Identifier: MIT
 * What descriptions and pronouns stand for: "[~ID]" marks an implicit mention. */
#include <criterion/criterion.h>

#include "actor_text.h"

static const char actors[] =
    "{\"actors\":[\n"
    "{\"id\":\"MLI\",\"name\":\"Mali\",\"type\":\"state\",\"demonyms\":[\"Malian\"],\"capital\":\"Bamako\",\"colonial_"
    "ruler\":\"FRA\",\"region\":\"West African\",\n"
    "\"descriptions\":[{\"text\":\"junta\",\"from\":\"2020-08-18\"},\"landlocked country\"]},\n"
    "{\"id\":\"FRA\",\"name\":\"France\",\"type\":\"state\",\"demonyms\":[\"French\"],\"capital\":\"Paris\",\"region\":"
    "\"European\"},\n"
    "{\"id\":\"NER\",\"name\":\"Niger\",\"type\":\"state\",\"demonyms\":[\"Nigerien\"],\"colonial_ruler\":\"FRA\","
    "\"region\":\"West African\"},\n"
    "{\"id\":\"ECOWAS\",\"name\":\"ECOWAS\",\"type\":\"organisation\",\"descriptions\":[{\"text\":\"bloc\"}]},\n"
    "{\"id\":\"JNIM\",\"name\":\"JNIM\",\"type\":\"armed-group\"},\n"
    "{\"id\":\"OIL\",\"name\":\"Total\",\"type\":\"company\"},\n"
    "{\"id\":\"FRA.MACRON\",\"name\":\"Emmanuel "
    "Macron\",\"type\":\"person\",\"aliases\":[\"Macron\"],\"affiliation\":\"FRA\"},\n"
    "{\"id\":\"MLI.MAIGA\",\"name\":\"Abdoulaye "
    "Maiga\",\"type\":\"person\",\"aliases\":[\"Maiga\"],\"affiliation\":\"MLI\"}]}";

static struct stance_gazetteer *own;
static void open_own(void) { own = actor_gazetteer(actors); }
static void close_own(void) { stance_gazetteer_close(own); }
TestSuite(reference, .init = open_own, .fini = close_own);

Test(reference, a_junta_is_the_state_that_has_one_then) {
  EXPECT_ALL_ON(
      own, "2022-05-03",
      "Mali[MLI] told France[FRA] to go.\nParis[FRA] had criticised the junta[~MLI].\nThe regime[~MLI] was firm.");
  EXPECT_ALL_ON(own, "2019-05-03", "Mali[MLI] told France[FRA] to go.\nParis[FRA] had criticised the junta.");
}

/* Counted by hand. */
Test(reference, what_is_resolved_is_told_from_what_is_named) {
  struct stance_arena arena = {0};
  struct stance_document document =
      actor_document(own, "2022-05-03", "Mali told France to go. Paris had criticised the junta.", true, &arena);
  cr_assert_eq(document.mention_count, 4);
  for (size_t i = 0; i < 3; i++) cr_expect_not(document.mentions[i].is_implicit);
  const struct stance_mention *junta = &document.mentions[3];
  cr_expect(junta->is_implicit);
  cr_expect_eq(junta->sentence, 1);
  cr_expect_eq(junta->end, 54);
  cr_expect_str_eq(stance_actor_id(junta->actor), "MLI");
  stance_arena_free(&arena);
}

Test(reference, a_junta_is_the_one_the_article_speaks_of) {
  EXPECT_ALL_ON(own, "2019-05-03",
                "Niger's junta[NER] told France[FRA] to go.\nParis[FRA] had criticised the junta[~NER].");
}

Test(reference, reaches_no_further_than_three_sentences) {
  EXPECT_ALL(own, "Mali[MLI] left.\nIt rained.\nIt rained.\nThe junta[~MLI] spoke.");
  EXPECT_ALL(own, "Mali[MLI] left.\nIt rained.\nIt rained.\nIt rained.\nThe junta spoke.");
}

Test(reference, a_country_is_found_by_its_region) {
  EXPECT_ALL(own, "Mali[MLI] left France[FRA].\nFrance[FRA] had sent troops to the western African country[~MLI].");
  EXPECT_ALL(own, "Mali[MLI] left France[FRA].\nThe landlocked country[~MLI] is poor.");
  EXPECT_ALL(own, "Mali[MLI] left.\nThe South American country is far.");
}

Test(reference, a_country_is_the_one_that_is_named) {
  EXPECT_ALL(own, "French forces[FRA] in Mali[MLI] left the country[~MLI].");
  EXPECT_ALL(own,
             "Mali's military junta[MLI] met the French[FRA].\nMaiga[MLI.MAIGA] cited French forces[FRA] that violated "
             "the country[~MLI]'s airspace.");
  EXPECT_ALL(own, "Mali[MLI] left.\nAnother country did not; the neighbouring country did.");
}

Test(reference, rulers_and_colonies) {
  EXPECT_ALL(own, "Mali[MLI] broke with its former colonial ruler[~FRA].");
  EXPECT_ALL(own, "Mali[MLI] broke with former colonial ruler France[FRA].");
  EXPECT_ALL(own, "Mali[MLI] broke with Paris[FRA].\nFrance[FRA]'s ties with its former colony[~MLI] ended.");
}

Test(reference, groups_by_what_they_are) {
  EXPECT_ALL(own, "ECOWAS[ECOWAS] met Mali[MLI].\nThe bloc[~ECOWAS] warned the junta[~MLI].");
  EXPECT_ALL(own, "JNIM[JNIM] attacked Niger[NER].\nThe group[~JNIM] claimed it.");
  EXPECT_ALL(own, "Total[OIL] left Niger[NER].\nThe company[~OIL]'s boss said so.");
  EXPECT_ALL(own,
             "JNIM[JNIM] attacked Niger[NER].\nThe Group of Seven and the group of friends and the rival group met.");
  EXPECT_ALL(own, "Total[OIL] left Niger[NER].\nThe Acme company did not.");
}

Test(reference, a_government_is_the_only_states) {
  EXPECT_ALL(own, "Niger[NER] held a vote.\nThe government[~NER] was pleased.");
  EXPECT_ALL(own, "Niger[NER] met France[FRA].\nThe government was pleased.");
}

Test(reference, he_is_the_only_person_before) {
  EXPECT_ALL(own, "Maiga[MLI.MAIGA] cited Paris[FRA].\nHe[~MLI.MAIGA] was angry.\nHe[~MLI.MAIGA] left.");
  EXPECT_ALL(own, "Macron[FRA.MACRON] said he[~FRA.MACRON] would go.");
  EXPECT_ALL(own, "He came before Macron[FRA.MACRON].");
  EXPECT_ALL(own, "Paris[FRA] told Macron[FRA.MACRON] of Maiga[MLI.MAIGA].\nHe was angry.");
  EXPECT_ALL(own, "Macron[FRA.MACRON] spoke.\nThe analyst John Smithson disagreed.\nHe said so.");
  EXPECT_ALL(own, "Macron[FRA.MACRON] spoke.\nA teenager said that he was late.");
  EXPECT_ALL(own, "Macron[FRA.MACRON] spoke.\n\"He is a liar,\" a boy said.");
}

Test(reference, him_is_not_the_subject_of_his_clause) {
  EXPECT_ALL(own, "Macron[FRA.MACRON] met him.");
  EXPECT_ALL(own, "Macron[FRA.MACRON] left when they met him[~FRA.MACRON].");
  EXPECT_ALL(own, "French jets[FRA] chased them over Mali[MLI].");
}

Test(reference, a_speaker_is_one_named_before) {
  EXPECT_ALL(own, "Maiga[MLI.MAIGA] spoke.\nFrance[FRA] was late, he[~MLI.MAIGA] said.");
}

Test(reference, a_state_sends_nothing_to_itself) {
  EXPECT_ALL(own, "Mali[MLI] signed.\nFrance[FRA], which sent 2,000 soldiers to the country[~MLI], played no part.");
}

Test(reference, he_may_be_an_official_without_a_name) {
  EXPECT_ALL(own, "The Malian foreign minister[MLI] called Paris[FRA].\nHe[~MLI] was angry.");
}

Test(reference, they_are_plural) {
  EXPECT_ALL(own, "Malian authorities[MLI] said they[~MLI] had told Paris[FRA].");
  EXPECT_ALL(own, "French troops[FRA] left Mali[MLI].\nThey[~FRA] went to Niger[NER].");
  EXPECT_ALL(own, "The agreements signed in Mali[MLI] ended.\nThey were old.");
  EXPECT_ALL(own, "Mali[MLI] hosts many Nigeriens[NER], whom banks fear since they are poor.");
  EXPECT_ALL(own, "Mali[MLI] and France[FRA] met.\nThey talked.");
}

Test(reference, it_is_the_subject) {
  EXPECT_ALL(own, "Mali[MLI] declared on Monday that it[~MLI] was leaving.");
  EXPECT_ALL(own, "Mali[MLI] left.\nIt[~MLI] blamed Paris[FRA].");
  EXPECT_ALL(own, "Mali[MLI] left.\nIt was raining.");
  EXPECT_ALL(own, "People in Mali[MLI] left.\nIt blamed nobody.");
}

Test(reference, is_left_alone_inside_quotations) {
  EXPECT_ALL(own, "Macron[FRA.MACRON] smiled.\nHe[~FRA.MACRON] left.");
  EXPECT_ALL(own, "Macron[FRA.MACRON] smiled.\n\"He left.\"");
  EXPECT_ALL(own,
             "Macron[FRA.MACRON] said \"yes\" when he[~FRA.MACRON] left and \"he lied\" when he[~FRA.MACRON] came.");
}

Test(reference, a_description_is_taken_whole) {
  EXPECT_ALL(own, "Mali[MLI] left.\nThe the the junta[~MLI] and the the junta[~MLI] met its the.");
  EXPECT_ALL(own, "Mali[MLI] left.\nThe Malian junta[MLI] and the bloc ECOWAS[ECOWAS] met the junta[~MLI].");
}

Test(reference, can_be_left_out) { EXPECT_NAMES(own, "Mali[MLI] left.\nThe junta said that it blamed Paris[FRA]."); }
