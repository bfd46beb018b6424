/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>

#include "actor_text.h"

static void expect_failure(const char *json, size_t line, const char *message) {
  struct stance_gazetteer *gazetteer;
  struct stance_error error = {0};
  const char *path = actor_file(json);
  cr_expect_eq(stance_gazetteer_open(&path, 1, &gazetteer, &error), STANCE_INPUT, "%s", message);
  cr_expect_null(gazetteer);
  cr_expect_eq(error.line, line, "line %zu of: %s", error.line, error.message);
  cr_expect_str_eq(error.file, path);
  cr_expect_str_eq(error.message, message);
  unlink(path);
}

Test(gazetteer, keeps_actors_with_their_masters) {
  struct stance_gazetteer *gazetteer = actor_gazetteer(
      "{\"actors\":[{\"id\":\"MLI.GOIT\",\"name\":\"Assimi "
      "Goita\",\"type\":\"person\",\"affiliation\":\"MLI.JUNTA\"},\n"
      "{\"id\":\"MLI.JUNTA\",\"name\":\"CNSP\",\"type\":\"agency\",\"affiliation\":\"MLI\"},\n"
      "{\"id\":\"MLI\",\"name\":\"Mali\",\"type\":\"state\",\"affiliation\":null,\"colonial_ruler\":\"FRA\",\"region\":"
      "\"West African\"},\n"
      "{\"id\":\"FRA\",\"name\":\"France\",\"type\":\"state\"}]}");
  cr_assert_eq(stance_gazetteer_count(gazetteer), 4);
  const struct stance_actor *goita = stance_gazetteer_find(gazetteer, "MLI.GOIT");
  cr_assert_not_null(goita);
  cr_assert_str_eq(stance_actor_name(goita), "Assimi Goita");
  cr_assert_str_eq(stance_actor_type(goita), "person");
  cr_assert_str_eq(stance_actor_id(stance_actor_rollup(goita)), "MLI");
  cr_assert_str_eq(stance_actor_rollup(goita)->colonial_ruler->id, "FRA");
  cr_assert_null(stance_gazetteer_find(gazetteer, "MLI."));
  stance_gazetteer_close(gazetteer);
}

/* Agencies and persons act for their state, rebels, parties and regions do not, brigades act for their movement; "serves" says otherwise. Rolled up are
 * those who act for it and regions. */
Test(gazetteer, knows_who_acts_for_whom) {
  struct stance_gazetteer *gazetteer = actor_gazetteer(
      "{\"actors\":[{\"id\":\"COL\",\"name\":\"Colombia\",\"type\":\"state\"},\n"
      "{\"id\":\"ARMY\",\"name\":\"Colombian army\",\"type\":\"agency\",\"affiliation\":\"COL\"},\n"
      "{\"id\":\"FARC\",\"name\":\"FARC\",\"type\":\"armed-group\",\"affiliation\":\"COL\"},\n"
      "{\"id\":\"FRONT\",\"name\":\"First Front\",\"type\":\"armed-group\",\"affiliation\":\"FARC\"},\n"
      "{\"id\":\"AUC\",\"name\":\"AUC\",\"type\":\"armed-group\",\"affiliation\":\"COL\",\"serves\":true},\n"
      "{\"id\":\"PARTY\",\"name\":\"Liberal Party\",\"type\":\"party\",\"affiliation\":\"COL\"},\n"
      "{\"id\":\"CRITIC\",\"name\":\"Ana Mora\",\"type\":\"person\",\"affiliation\":\"COL\",\"serves\":false},\n"
      "{\"id\":\"CHOCO\",\"name\":\"Choco\",\"type\":\"territory\",\"affiliation\":\"COL\"},\n"
      "{\"id\":\"MAYOR\",\"name\":\"Luis Paz\",\"type\":\"person\",\"affiliation\":\"CHOCO\"},\n"
      "{\"id\":\"BAND\",\"name\":\"Choco Band\",\"type\":\"armed-group\",\"affiliation\":\"CHOCO\"}]}");
  const struct stance_actor *state = stance_gazetteer_find(gazetteer, "COL");
  const struct {
    const char *id, *rolled_up;
    bool acts;
  } expected[] = {{"ARMY", "COL", true},   {"FARC", "FARC", false},   {"FRONT", "FARC", false},
                  {"AUC", "COL", true},    {"PARTY", "PARTY", false}, {"CRITIC", "CRITIC", false},
                  {"CHOCO", "COL", false}, {"MAYOR", "COL", false},   {"BAND", "BAND", false},
                  {"COL", "COL", false}};
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
    const struct stance_actor *actor = stance_gazetteer_find(gazetteer, expected[i].id);
    cr_expect_eq(stance_actor_acts_for(actor, state), expected[i].acts, "%s", expected[i].id);
    cr_expect_str_eq(stance_actor_id(stance_actor_rollup(actor)), expected[i].rolled_up);
    cr_expect_str_eq(stance_actor_id(stance_actor_home(actor)), "COL");
  }
  cr_expect(stance_actor_acts_for(stance_gazetteer_find(gazetteer, "FRONT"), stance_gazetteer_find(gazetteer, "FARC")));
  stance_gazetteer_close(gazetteer);
  expect_failure("{\"actors\":[{\"id\":\"A\",\"name\":\"Aland\",\"type\":\"state\",\"serves\":1}]}", 1,
                 "'serves' is neither true nor false (in 'A')");
}

Test(gazetteer, says_where_an_entry_is_bad) {
  expect_failure(
      "{\"actors\":[\n{\"id\":\"A\",\"name\":\"Aland\",\"type\":\"state\"},\n{\"name\":\"B\",\"type\":\"state\"}]}", 3,
      "'id' is missing; expected a string");
  expect_failure("{\"actors\":[{\"id\":\"A\",\"name\":\"Aland\",\"type\":\"stat\"}]}", 1,
                 "unknown type 'stat'; expected state, territory, organisation, armed-group, agency, company, party, "
                 "media or person (in 'A')");
}

Test(gazetteer, refuses_bad_dates) {
  expect_failure("{\"actors\":[{\"id\":\"A\",\"name\":\"Aland\",\"type\":\"state\",\"from\":\"2021-02-29\"}]}", 1,
                 "bad date '2021-02-29' under 'from'; expected YYYY-MM-DD (in 'A')");
  expect_failure(
      "{\"actors\":[{\"id\":\"A\",\"name\":\"Aland\",\"type\":\"state\",\"from\":\"2021-02-01\",\"until\":\"2021-02-"
      "01\"}]}",
      1, "'from' is not before 'until' (in 'A')");
}

Test(gazetteer, refuses_masters_that_lead_nowhere) {
  expect_failure("{\"actors\":[{\"id\":\"A\",\"name\":\"Aland\",\"type\":\"state\",\"affiliation\":\"B\"}]}", 1,
                 "unknown affiliation 'B'; expected the id of an actor (in 'A')");
  expect_failure(
      "{\"actors\":[{\"id\":\"C\",\"name\":\"Cland\",\"type\":\"state\",\"affiliation\":\"A\"},\n"
      "{\"id\":\"A\",\"name\":\"Aland\",\"type\":\"state\",\"affiliation\":\"B\"},\n"
      "{\"id\":\"B\",\"name\":\"Bland\",\"type\":\"state\",\"affiliation\":\"A\"}]}",
      2, "the affiliation goes in a circle by way of 'B' (in 'A')");
}

Test(gazetteer, refuses_bad_names_and_patterns) {
  expect_failure("{\"actors\":[{\"id\":\"A\",\"name\":\"Aland\",\"type\":\"state\",\"aliases\":[\" \"]}]}", 1,
                 "empty alias ' ' (in 'A')");
  expect_failure("{\"actors\":[{\"id\":\"A\",\"name\":\"Aland\",\"type\":\"state\",\"patterns\":[\"Al(and\"]}]}", 1,
                 "pattern 'Al(and' does not compile: missing closing parenthesis at character 6 (in 'A')");
  expect_failure("{\"actors\":[{\"id\":\"A\",\"name\":\"Aland\",\"type\":\"state\",\"patterns\":[\"a)|(b\"]}]}", 1,
                 "pattern 'a)|(b' does not compile: unmatched closing parenthesis at character 1 (in 'A')");
}

Test(gazetteer, refuses_what_is_no_gazetteer) {
  expect_failure("", 1, "is empty; expected JSON");
  expect_failure("[]", 1, "has no array 'actors'; expected {\"actors\":[...]}");
}

Test(gazetteer, refuses_an_id_that_is_in_two_files) {
  struct stance_gazetteer *gazetteer;
  struct stance_error error;
  char first[64], expected[200];
  strcpy(first, actor_file("{\"actors\":[\n{\"id\":\"A\",\"name\":\"Aland\",\"type\":\"state\"}]}"));
  const char *second = actor_file("{\"actors\":[\n\n{\"id\":\"A\",\"name\":\"Bland\",\"type\":\"state\"}]}");
  cr_assert_eq(stance_gazetteer_open((const char *[]){first, second}, 2, &gazetteer, &error), STANCE_INPUT);
  snprintf(expected, sizeof expected, "id 'A' is given twice, first in %s:2 (in 'A')", first);
  cr_expect_str_eq(error.message, expected);
  cr_expect_str_eq(error.file, second);
  cr_expect_eq(error.line, 3);
  unlink(first);
  unlink(second);
}

static char findings[4096];

static void collect(void *context, const struct stance_error *finding) {
  (void)context;
  snprintf(findings + strlen(findings), sizeof findings - strlen(findings), "%zu: %.*s\n", finding->line,
           (int)strcspn(finding->message, "/"), finding->message); /* up to a file's name */
}

static size_t check(const char *json) {
  struct stance_error error;
  const char *path = actor_file(json);
  size_t count;
  findings[0] = '\0';
  cr_assert_eq(stance_gazetteer_check(&path, 1, collect, NULL, &count, &error), STANCE_OK);
  unlink(path);
  return count;
}

Test(gazetteer_check, tells_all_that_is_wrong) {
  cr_expect_eq(
      check("{\"actors\":[\n"
            "{\"id\":\"A\",\"name\":\"Aland\",\"type\":\"state\",\"aliasses\":[]},\n"
            "{\"id\":\"B\",\"name\":\"Bland\",\"type\":\"planet\"},\n"
            "{\"id\":\"C\",\"name\":\"Cland\",\"type\":\"state\",\"aliases\":[\"Aland\"],\"until\":\"soon\"},\n"
            "{\"id\":\"D\",\"name\":\"Dland\",\"type\":\"state\",\"aliases\":[\"Aland\",{\"text\":\"Dlandia\","
            "\"befor\":[\"x\"]}]}]}"),
      6);
  cr_expect_str_eq(findings,
                   "2: unknown field 'aliasses' (in 'A')\n"
                   "3: unknown type 'planet'; expected state, territory, organisation, armed-group, agency, company, "
                   "party, media or person (in 'B')\n"
                   "4: bad date 'soon' under 'until'; expected YYYY-MM-DD (in 'C')\n"
                   "4: duplicate alias 'Aland': it is one of 'A' already (\n"
                   "5: duplicate alias 'Aland': it is one of 'A' already (\n"
                   "5: unknown field 'befor' (in 'D')\n",
                   "%s", findings);
}

Test(gazetteer_check, lets_dates_and_surroundings_tell_actors_apart) {
  cr_expect_eq(check("{\"actors\":[\n"
                     "{\"id\":\"A\",\"name\":\"George "
                     "Bush\",\"type\":\"person\",\"aliases\":[\"Bush\"],\"until\":\"1993-01-20\"},\n"
                     "{\"id\":\"B\",\"name\":\"George W "
                     "Bush\",\"type\":\"person\",\"aliases\":[\"Bush\"],\"from\":\"2001-01-20\"},\n"
                     "{\"id\":\"C\",\"name\":\"Bush "
                     "Corp\",\"type\":\"company\",\"aliases\":[{\"text\":\"Bush\",\"before\":[\"shares\"]}]}]}"),
               0, "%s", findings);
}

Test(gazetteer_check, calls_bad_json_a_finding) {
  cr_expect_eq(check("{\"actors\":[\n{\"id\":}]}"), 1);
  cr_expect_str_eq(findings, "2: bad JSON at '}]}'\n", "%s", findings);
}
