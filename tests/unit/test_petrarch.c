/* SPDX-License-Identifier: MIT
 * PETRARCH dictionaries; what dates mean is PETRARCH's own rule (00-30 are 20YY; both ends of a range belong to it). */
#include <criterion/criterion.h>
#include <glob.h>

#include "actor_text.h"
#include "stance/actors/petrarch.h"

static char warnings[4096];

static void collect(void *context, const struct stance_error *warning) {
  (void)context;
  snprintf(warnings + strlen(warnings), sizeof warnings - strlen(warnings), "%zu: %s\n", warning->line,
           warning->message);
}

/* The gazetteer that a dictionary becomes, as text. */
static const char *import(const char *dictionary) {
  static struct stance_buffer out;
  struct stance_petrarch *petrarch = stance_petrarch_new();
  struct stance_error error;
  const char *path = actor_file(dictionary);
  warnings[0] = '\0';
  stance_buffer_clear(&out);
  cr_assert_eq(stance_petrarch_read(petrarch, path, collect, NULL, &error), STANCE_OK);
  cr_assert(stance_petrarch_write(petrarch, &out));
  stance_petrarch_destroy(petrarch);
  unlink(path);
  return out.data;
}

Test(petrarch, reads_names_and_synonyms) {
  cr_expect_str_eq(
      import("# a comment\nFRANCE_  [FRA]\n+FRENCH_REPUBLIC_ \n+LAND_OF_THE_FRANKS # old\n\nUN_ [IGOUNO]\n"),
      "{\"actors\":[\n"
      " {\"id\":\"FRA\",\"name\":\"France\",\"type\":\"state\",\"aliases\":[\"France\",\"French Republic\",\"Land of "
      "the Franks\"]},\n"
      " {\"id\":\"IGOUNO\",\"name\":\"IGOUNO\",\"type\":\"organisation\",\"aliases\":[\"UN\"]}\n]}\n");
  cr_expect_str_eq(warnings, "");
}

Test(petrarch, reads_dates) {
  cr_expect_str_eq(import("AFGHANISTAN_ [AFG]\nABDUL_QADIR_\n\t[AFGELI 620101-780427]\n\t[AFGGOV "
                          "780427-780430]\n\t[AFGOPP >20100131]\n"),
                   "{\"actors\":[\n"
                   " {\"id\":\"AFG\",\"name\":\"Afghanistan\",\"type\":\"state\",\"aliases\":[\"Afghanistan\"]},\n"
                   " {\"id\":\"AFGELI\",\"name\":\"Afghanistan "
                   "elites\",\"type\":\"organisation\",\"affiliation\":\"AFG\",\"aliases\":[{\"text\":\"Abdul "
                   "Qadir\",\"from\":\"1962-01-01\",\"until\":\"1978-04-27\"}]},\n"
                   " {\"id\":\"AFGGOV\",\"name\":\"Afghanistan "
                   "government\",\"type\":\"agency\",\"affiliation\":\"AFG\",\"aliases\":[{\"text\":\"Abdul "
                   "Qadir\",\"from\":\"1978-04-27\",\"until\":\"1978-05-01\"}]},\n"
                   " {\"id\":\"AFGOPP\",\"name\":\"Afghanistan "
                   "opposition\",\"type\":\"party\",\"affiliation\":\"AFG\",\"aliases\":[{\"text\":\"Abdul "
                   "Qadir\",\"from\":\"2010-01-31\"}]}\n]}\n");
}

Test(petrarch, a_code_without_dates_holds_at_all_other_times) {
  const char *text = import("X_Y_\n\t[AAAELI]\n\t[AAAGOV 010101-021231]\n\t[AAAMIL <991231]\n");
  cr_expect_not_null(strstr(text,
                            "\"AAAGOV\",\"name\":\"AAAGOV\",\"type\":\"agency\",\"aliases\":[{\"text\":\"X "
                            "Y\",\"from\":\"2001-01-01\",\"until\":\"2003-01-01\"}]"));
  cr_expect_not_null(strstr(text, "{\"text\":\"X Y\",\"until\":\"1999-12-31\"}"));
  cr_expect_not_null(strstr(text,
                            "{\"text\":\"X Y\",\"from\":\"1999-12-31\",\"until\":\"2001-01-01\"},{\"text\":\"X "
                            "Y\",\"from\":\"2003-01-01\"}"));
}

Test(petrarch, tells_what_it_cannot_use) {
  import(
      "NOBODY_\nFRANCE_ [FRA\nSPAIN_ [ESP 991301-000101]\nITALY_ [ITA 20121204]\nPERU_ [per]\n\t[ZZZ]\nMALI_ "
      "[MLI]\n+MALI_\nNO_ONE [---]\n+\n");
  cr_expect_str_eq(
      warnings,
      "1: 'Nobody' has no code\n"
      "2: '[' without ']'\n"
      "3: bad date in '[ESP 991301-000101]'; expected >DAY, <DAY or DAY-DAY, a day being YYMMDD or YYYYMMDD\n"
      "4: bad date in '[ITA 20121204]'; expected >DAY, <DAY or DAY-DAY, a day being YYMMDD or YYYYMMDD\n"
      "5: bad code '[per]'; expected [CODE] or [CODE DATES]\n"
      "8: 'Mali' was given before; the first holds\n"
      "10: '+' is no name of 1 to 24 words\n",
      "%s", warnings);
}

Test(petrarch, reads_agents) {
  cr_expect_str_eq(import("!PERSON! = MAN, MEN\nPOLICE {} [~COP]\nARMY [~MIL]\nDEPUTY [~GOV]\nTHIEF {THIEVES} "
                          "[~CRM]\nFISHER!PERSON! [~AGR]\n"),
                   "{\"actors\":[\n],\"agents\":[\n"
                   " {\"text\":\"police\",\"role\":\"COP\"},\n {\"text\":\"army\",\"role\":\"MIL\"},\n "
                   "{\"text\":\"armies\",\"role\":\"MIL\"},\n"
                   " {\"text\":\"deputy\",\"role\":\"GOV\"},\n {\"text\":\"deputies\",\"role\":\"GOV\"},\n "
                   "{\"text\":\"thief\",\"role\":\"CRM\"},\n"
                   " {\"text\":\"thieves\",\"role\":\"CRM\"},\n {\"text\":\"fisherman\",\"role\":\"AGR\"},\n "
                   "{\"text\":\"fishermen\",\"role\":\"AGR\"}\n]}\n");
  cr_expect_str_eq(warnings, "");
}

Test(petrarch, an_actor_whose_code_is_anothers_name_is_called_apart) {
  const char *text = import("MALI_ [ABC]\nABC_ [XYZ]\n\nXYZ_ [ABC]\n");
  cr_expect_not_null(strstr(text, "{\"id\":\"ABC\",\"name\":\"Mali\""));
  cr_expect_not_null(strstr(text, "{\"id\":\"XYZ\",\"name\":\"ABC\""));
  text = import("ABC_ [XYZGOV]\nXYZGOV_ [ABC]\n");
  cr_expect_not_null(strstr(text, "{\"id\":\"XYZGOV\",\"name\":\"PETRARCH XYZGOV\""));
}

Test(petrarch, its_names_match) {
  char *json =
      strdup(import("FRANCE_ [FRA]\n+FRENCH_\nJEAN_DUPONT_\n\t[FRAGOV 100101-121231]\nU.N._ [IGOUNO]\nARMY "
                    "[~MIL]\nDUMMY_ [FRAMIL]\n"));
  struct stance_gazetteer *gazetteer = actor_gazetteer(json);
  EXPECT_NAMES_ON(gazetteer, "2011-06-01",
                  "Jean Dupont[FRAGOV] of France[FRA] met the French army[FRAMIL] at the UN[IGOUNO].");
  EXPECT_NAMES_ON(gazetteer, "2013-06-01", "Jean Dupont met the U.N.[IGOUNO] in France[FRA].");
  stance_gazetteer_close(gazetteer);
  free(json);
}

Test(petrarch, the_whole_dictionaries_load_without_findings) {
  glob_t paths;
  if (glob("../shared/data/petrarch/*.txt", 0, NULL, &paths) != 0) cr_skip_test("../shared/data/petrarch is absent");
  struct stance_petrarch *petrarch = stance_petrarch_new();
  struct stance_buffer out = {0};
  struct stance_error error;
  size_t findings;
  for (size_t i = 0; i < paths.gl_pathc; i++)
    cr_assert_eq(stance_petrarch_read(petrarch, paths.gl_pathv[i], NULL, NULL, &error), STANCE_OK);
  cr_expect_gt(stance_petrarch_name_count(petrarch), 28000);
  cr_assert(stance_petrarch_write(petrarch, &out));
  const char *path = actor_file(out.data);
  cr_assert_eq(stance_gazetteer_check(&path, 1, NULL, NULL, &findings, &error), STANCE_OK);
  cr_expect_eq(findings, 0);
  unlink(path);
  stance_buffer_free(&out);
  stance_petrarch_destroy(petrarch);
  globfree(&paths);
}

/* A state's name is cut to 100 bytes for the names of its actors: where the cut ends at a '*', which no name may end in, the code stands instead. */
Test(petrarch, names_no_actor_by_a_stem) {
  char dictionary[256];
  for (int cut = 60; cut < 140; cut++) {
    snprintf(dictionary, sizeof dictionary, "Z%0*d*%040d [AFG]\nX_ [AFGGOV]\n", cut, 0, 0);
    cr_expect_null(strstr(import(dictionary), "*\",\"type\""), "%s", dictionary);
    cr_expect_null(strstr(import(dictionary), "* government\""), "%s", dictionary);
  }
}
