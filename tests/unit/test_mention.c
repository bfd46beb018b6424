/* SPDX-License-Identifier: MIT
 * Who is named where. Each text is its own expectation: "[ID]" stands behind what must be found, and nothing else must be. */
#include <criterion/criterion.h>

#include "actor_text.h"

static const char small[] =
    "{\"actors\":[\n"
    "{\"id\":\"MLI\",\"name\":\"Mali\",\"type\":\"state\",\"demonyms\":[\"Malian\"],\"capital\":\"Bamako\"},\n"
    "{\"id\":\"FRA\",\"name\":\"France\",\"type\":\"state\",\"demonyms\":[\"French\"],\"capital\":\"Paris\",\"seats\":["
    "\"Quai d'Orsay\"]},\n"
    "{\"id\":\"DEU\",\"name\":\"Germany\",\"type\":\"state\",\"demonyms\":[\"German\"]},\n"
    "{\"id\":\"POL\",\"name\":\"Poland\",\"type\":\"state\",\"demonyms\":[\"Polish\",\"Pole\"]},\n"
    "{\"id\":\"USA\",\"name\":\"United "
    "States\",\"type\":\"state\",\"aliases\":[\"US\",\"America\"],\"demonyms\":[\"American\"]},\n"
    "{\"id\":\"GTO\",\"name\":\"Group of Towns\",\"type\":\"organisation\",\"aliases\":[\"GT\"]},\n"
    "{\"id\":\"FRA.MACRON\",\"name\":\"Emmanuel "
    "Macron\",\"type\":\"person\",\"aliases\":[\"Macron\"],\"affiliation\":\"FRA\"},\n"
    "{\"id\":\"MLI.GOITA\",\"name\":\"Assimi Goïta\",\"type\":\"person\",\"affiliation\":\"MLI\"},\n"
    "{\"id\":\"WAGNER\",\"name\":\"Wagner "
    "Group\",\"type\":\"armed-group\",\"aliases\":[\"Wagner\"],\"affiliation\":\"FRA\"}]}";

static struct stance_gazetteer *own;
static void open_own(void) { own = actor_gazetteer(small); }
static void close_own(void) { stance_gazetteer_close(own); }
TestSuite(mention, .init = open_own, .fini = close_own);

Test(mention, finds_names_demonyms_and_capitals) {
  EXPECT_NAMES(own, "Mali[MLI] told Paris[FRA] that the Malians[MLI] and two Poles[POL] had left Bamako[MLI].");
  EXPECT_NAMES(own, "The talks at the Quai d'Orsay[FRA] ended.");
  EXPECT_NAMES(own, "The talks at the Quai d’Orsay[FRA] ended.");
}

/* "armed" behind a name is a verb, but not before "forces". */
Test(mention, tells_who_arms_from_armed_forces) {
  EXPECT_NAMES(own, "Mali[MLI] armed rebels in France[FRA].");
  EXPECT_NAMES(own, "Germany[DEU] armed fighters and Poland[POL] armed militias.");
  EXPECT_NAMES(own, "France[FRA] armed police in Mali[MLI].");
  EXPECT_NAMES(own, "US armed forces[USA] left, and Mali armed forces[MLI] stayed.");
  EXPECT_NAMES(own, "French armed police[FRA] met Malian troops[MLI].");
}

/* Counted by hand; "ï" has two bytes. */
Test(mention, places_are_bytes_of_the_text) {
  struct stance_arena arena = {0};
  struct stance_document document =
      actor_document(own, NULL, "Assimi Goïta met Emmanuel Macron in Paris.", false, &arena);
  cr_assert_eq(document.mention_count, 3);
  static const uint32_t places[][2] = {{0, 13}, {18, 33}, {37, 42}};
  static const char *const ids[] = {"MLI.GOITA", "FRA.MACRON", "FRA"};
  for (size_t i = 0; i < 3; i++) {
    cr_expect_eq(document.mentions[i].start, places[i][0]);
    cr_expect_eq(document.mentions[i].end, places[i][1]);
    cr_expect_str_eq(stance_actor_id(document.mentions[i].actor), ids[i]);
    cr_expect_not(document.mentions[i].is_implicit);
  }
  stance_arena_free(&arena);
}

Test(mention, leaves_the_possessive_out) {
  EXPECT_NAMES(own, "Mali[MLI]'s view is not France[FRA]’s view, nor the Malians[MLI]' own.");
}

Test(mention, reads_parts_of_hyphenated_words) {
  EXPECT_NAMES(own, "US[USA]-led talks met anti-French[FRA] anger and a Franco[FRA]-German[DEU] plan.");
  EXPECT_NAMES(own, "The French-speaking and Paris-based writer met a Franco-era judge.");
}

Test(mention, reads_acronyms_by_case_and_with_stops) {
  EXPECT_NAMES(own, "The U.S.[USA] told us that the US[USA] and GT[GTO] agree, not gt.");
  EXPECT_NAMES(own, "US[USA] TELLS US WHAT THE US[USA] WANTS");
  EXPECT_NAMES(own, "LET US PRAY FOR PEACE TODAY");
}

Test(mention, takes_capitals_in_headlines) { EXPECT_NAMES(own, "FRANCE[FRA] LEAVES MALI[MLI] AFTER NINE YEARS"); }

Test(mention, takes_agents_into_the_state) {
  EXPECT_NAMES(own,
               "Malian troops[MLI] and the French army[FRA] left; Mali's military junta[MLI] and the Mali "
               "military[MLI] stayed.");
  EXPECT_NAMES(own, "The French Ministry of Foreign Affairs[FRA] and US air force jets[USA] were named.");
  EXPECT_NAMES(own, "France[FRA] strikes first, but French jets[FRA] failed.");
}

/* What an actor does stays a word of its own, so that it can be an event. */
Test(mention, leaves_deeds_out_of_the_state) {
  EXPECT_NAMES(own, "French[FRA] strikes on Mali[MLI] failed, and Malian[MLI] raids followed.");
  EXPECT_NAMES(own, "French[FRA] air strikes hit Mali[MLI].");
  EXPECT_NAMES(own, "The French[FRA] shelling of Mali[MLI] ended the French[FRA] attack.");
  EXPECT_NAMES(own, "Malian[MLI] fire killed two French soldiers[FRA].");
}

Test(mention, takes_titles_into_the_person) {
  EXPECT_NAMES(own, "French President Emmanuel Macron[FRA.MACRON] met Mali's Colonel Assimi Goita[MLI.GOITA].");
  EXPECT_NAMES(own, "The German President[DEU] met Mr Macron[FRA.MACRON] and Macron's government[FRA].");
}

Test(mention, knows_a_surname_after_the_full_name) {
  EXPECT_NAMES(own, "Goita spoke.\nAssimi Goïta[MLI.GOITA] spoke.\nThen Goïta[MLI.GOITA] left.");
  EXPECT_NAMES(own, "Soumeylou Macron is not Macron[FRA.MACRON].");
}

Test(mention, gives_unknown_officials_to_their_state) {
  EXPECT_NAMES(own,
               "Malian spokesman Oumar Diallo[MLI] denied it.\nDiallo[MLI] blamed Paris[FRA].\nFatou Diallo did not.");
  EXPECT_NAMES(own, "German Defence Minister Anna von Stein[DEU] said no on Monday.");
}

Test(mention, merges_a_demonym_with_its_organisation) {
  EXPECT_NAMES(own, "The French security firm Wagner[WAGNER] denied that French[FRA] farmers paid Wagner[WAGNER].");
}

Test(mention, takes_the_longest_name_and_never_two) {
  struct stance_gazetteer *gazetteer = actor_gazetteer(
      "{\"actors\":[{\"id\":\"GIN\",\"name\":\"Guinea\",\"type\":\"state\"},{\"id\":\"GNB\",\"name\":\"Guinea-Bissau\","
      "\"type\":\"state\"},\n"
      "{\"id\":\"BAN\",\"name\":\"Bank of New\",\"type\":\"company\"},{\"id\":\"NYA\",\"name\":\"New York Assembly of "
      "States\",\"type\":\"organisation\"}]}");
  EXPECT_NAMES(gazetteer, "Guinea[GIN] and Guinea-Bissau[GNB] met at the Bank of New York Assembly of States[NYA].");
  stance_gazetteer_close(gazetteer);
}

Test(mention, asks_for_the_words_around) {
  struct stance_gazetteer *gazetteer = actor_gazetteer(
      "{\"actors\":[{\"id\":\"MAY\",\"name\":\"Theresa "
      "May\",\"type\":\"person\",\"aliases\":[{\"text\":\"May\",\"after\":[\"Mrs\",\"Prime Minister\"]}]},\n"
      "{\"id\":\"TCD\",\"name\":\"Chad\",\"type\":\"state\",\"aliases\":[{\"text\":\"Chad\",\"not_after\":[\"Lake\"],"
      "\"not_before\":[\"Smith\"]}]}]}");
  EXPECT_NAMES(gazetteer,
               "In May, Mrs May[MAY] met Prime Minister May[MAY] in Chad[TCD], by Lake Chad, with Chad Smith.");
  stance_gazetteer_close(gazetteer);
}

Test(mention, keeps_to_dates) {
  struct stance_gazetteer *gazetteer = actor_gazetteer(
      "{\"actors\":[{\"id\":\"OLD\",\"name\":\"George "
      "Bush\",\"type\":\"person\",\"aliases\":[\"Bush\"],\"from\":\"1989-01-20\",\"until\":\"1993-01-20\"},\n"
      "{\"id\":\"NEW\",\"name\":\"George W. "
      "Bush\",\"type\":\"person\",\"aliases\":[\"Bush\"],\"from\":\"2001-01-20\",\"until\":\"2009-01-20\"},\n"
      "{\"id\":\"SUN\",\"name\":\"Soviet Union\",\"type\":\"state\",\"until\":\"1991-12-26\"}]}");
  EXPECT_NAMES_ON(gazetteer, "1990-05-01", "Bush[OLD] met the Soviet Union[SUN].");
  EXPECT_NAMES_ON(gazetteer, "2003-05-01", "Bush[NEW] remembered the Soviet Union.");
  EXPECT_NAMES_ON(gazetteer, "2003-05-01", "George Bush[OLD] spoke.\nBush[OLD] did not call George W. Bush[NEW].");
  EXPECT_NAMES(gazetteer, "The Soviet Union[SUN] fell.");
  stance_gazetteer_close(gazetteer);
}

Test(mention, runs_patterns) {
  struct stance_gazetteer *gazetteer = actor_gazetteer(
      "{\"actors\":[{\"id\":\"MLI\",\"name\":\"Mali\",\"type\":\"state\",\"patterns\":[\"Mali(?:'s|an)? (?:military "
      ")?junta\",\"(c)olonels of \\\\1amp\"]},\n"
      "{\"id\":\"BAD\",\"name\":\"Bad\",\"type\":\"company\",\"patterns\":[\"(?:a+)+z\"]}]}");
  EXPECT_NAMES(gazetteer,
               "Malian junta[MLI] and the colonels of camps met the colonels of camp[MLI]; Malian juntas did not.");
  stance_gazetteer_close(gazetteer);
}

Test(mention, takes_agents_and_roles_from_files) {
  struct stance_gazetteer *gazetteer = actor_gazetteer(
      "{\"actors\":[{\"id\":\"FRA\",\"name\":\"France\",\"type\":\"state\",\"demonyms\":[\"French\"]},{\"id\":"
      "\"FRAAGR\",\"name\":\"FRAAGR\",\"type\":\"organisation\"}],\n"
      "\"agents\":[{\"text\":\"dairy farmers\",\"role\":\"AGR\"},\"poets\"]}");
  EXPECT_NAMES(gazetteer, "French dairy farmers[FRAAGR] and French poets[FRA] like French[FRA] films.");
  stance_gazetteer_close(gazetteer);
}

/* ---- with the shipped gazetteer ------------------------------------------------------------------------------- */

Test(shipped_names, tells_neighbours_apart) {
  const struct stance_gazetteer *shipped = actor_shipped();
  EXPECT_NAMES(shipped,
               "Niger[NER] and Nigeria[NGA] met in Niamey[NER] with the Nigerien[NER] and the Nigerian side[NGA].");
  EXPECT_NAMES(shipped, "Guinea[GIN], Guinea-Bissau[GNB], Equatorial Guinea[GNQ] and Papua New Guinea[PNG] voted.");
  EXPECT_NAMES(shipped, "The Gulf of Guinea and the Niger Delta are waters.");
  EXPECT_NAMES(shipped, "DR Congo[COD] and the Republic of Congo[COG] met; Congo-Brazzaville[COG] agreed.");
  EXPECT_NAMES(shipped, "North Korea[PRK] and South Korea[KOR] talk.");
  EXPECT_NAMES(shipped, "South African troops[ZAF] met those of the Central African Republic[CAF].");
}

Test(shipped_names, leaves_other_places_alone) {
  const struct stance_gazetteer *shipped = actor_shipped();
  EXPECT_NAMES(shipped, "He went from New Mexico to the Jordan River and then to New England.");
  EXPECT_NAMES(shipped, "The Minsk agreements and the Paris Agreement hold.");
  EXPECT_NAMES(shipped, "Latin American poets read to African-American voters.");
  EXPECT_NAMES(shipped, "In French, it is fine.");
  EXPECT_NAMES(shipped, "They ate a turkey while Turkey[TUR] voted.");
}

Test(shipped_names, leaves_persons_their_names) {
  const struct stance_gazetteer *shipped = actor_shipped();
  EXPECT_NAMES(shipped, "Michael Jordan played against Jordan Henderson while Vernon Jordan watched.");
  EXPECT_NAMES(shipped, "Chad Smith drums, but Chad[TCD] expelled an envoy from Jordan[JOR].");
  EXPECT_NAMES(shipped, "Paris Hilton sang in Paris[FRA].");
}

/* Places of the same name in a state or province: theirs, never the capital's state. */
Test(shipped_names, knows_towns_of_provinces) {
  const struct stance_gazetteer *shipped = actor_shipped();
  EXPECT_NAMES(shipped, "She flew from Athens[USA], Georgia, to London[CAN], Ontario.");
  EXPECT_NAMES(shipped, "Paris[USA], Texas, and Rome[USA], New York, are towns; so is Lebanon[USA], Pennsylvania.");
  EXPECT_NAMES(shipped, "The court in Moscow[USA], Idaho.");
  EXPECT_NAMES(shipped, "Batumi[GEO], Georgia[GEO], lies by the sea.");
  EXPECT_NAMES(shipped, "Ministers met in Athens[GRC], Moscow[RUS] and Paris[FRA].");
}

/* Towns are their recognised state's, whoever holds them. */
Test(shipped_names, leaves_towns_to_their_states) {
  const struct stance_gazetteer *shipped = actor_shipped();
  EXPECT_NAMES(shipped, "Shells fell on Donetsk[UKR], Luhansk[UKR], Simferopol[UKR] and Sevastopol[UKR].");
  EXPECT_NAMES(shipped, "Convoys left Timbuktu[MLI] and Kidal[MLI] for the north.");
  EXPECT_NAMES(shipped, "Protests in Srinagar[IND], Barcelona[ESP] and Antwerp[BEL] went on.");
  EXPECT_NAMES(shipped, "Monks gathered in Dharamsala[IND] and Lhasa[CHN].");
  EXPECT_NAMES(shipped, "Erbil[IRQ], Hargeisa[SOM], Tiraspol[MDA], Sukhumi[GEO] and Stepanakert[AZE] were calm.");
}

Test(shipped_names, leaves_out_what_is_no_longer_or_not_theirs) {
  const struct stance_gazetteer *shipped = actor_shipped();
  EXPECT_NAMES(shipped, "Ex-Mali envoy slams Paris[FRA]");
  EXPECT_NAMES(shipped, "Non-French troops thank Mali[MLI] for its help.");
  EXPECT_NAMES(shipped, "The non-American parts of an ex-Soviet gun.");
}

Test(shipped_names, knows_two_georgias) {
  const struct stance_gazetteer *shipped = actor_shipped();
  EXPECT_NAMES(shipped, "Voters in Atlanta, Georgia, chose.");
  EXPECT_NAMES(shipped, "Georgia Governor Brian Kemp spoke.");
  EXPECT_NAMES(shipped, "In Tbilisi[GEO], crowds said that Georgia[GEO] belongs to Europe.");
  EXPECT_NAMES(shipped, "Georgia[GEO] signed the accord.");
}

Test(shipped_names, knows_persons_and_seats) {
  const struct stance_gazetteer *shipped = actor_shipped();
  EXPECT_NAMES(
      shipped,
      "The Kremlin[RUS] and the White House[USA] were silent; French President Emmanuel Macron[FRA.MACRON] was not.");
  EXPECT_NAMES(shipped, "Russian Foreign Minister Lavrov[RUS.LAVROV] called.");
  EXPECT_NAMES(shipped, "The Trump administration[USA] answered Putin[RUS.PUTIN].");
}

/* Each beside what looks like it: their names are often ordinary words, or others' names. */
Test(shipped_names, knows_who_fought_in_earlier_decades) {
  const struct stance_gazetteer *shipped = actor_shipped();
  EXPECT_NAMES(shipped,
               "Contra rebels[CONTRAS] and the contras[CONTRAS]' allies left before the Iran[IRN]-Contra "
               "hearings; Contra Costa County did not, for all the pros and contras.");
  EXPECT_NAMES(shipped,
               "The Viet Cong[VIETCONG] shelled South Vietnamese troops[RVN]; North Vietnam[VDR] was silent "
               "about the Vietnam War.");
  EXPECT_NAMES(shipped, "Shi'ite Amal fighters[AMAL] freed him; Amal said that she was glad.");
  EXPECT_NAMES(shipped, "M-19[M19] guerrillas fled by the M19 motorway; the Tupamaros[TUPAMAROS] did not.");
  EXPECT_NAMES(shipped, "Tamil separatists[TAMILS] fought the Sinhalese[SINHALESE], and Tamil films told of it.");
  EXPECT_NAMES(shipped, "Hutus[HUTUS] and Tutsi soldiers[TUTSIS] stayed; Luo Ping and a Zulu film did not.");
  EXPECT_NAMES(shipped, "Ethnic Karens[KARENS] fled, said Karen.");
  EXPECT_NAMES(shipped, "Poland[POL]'s Solidarity[SOLIDARNOSC] asked for solidarity.\nSolidarity counts.");
  EXPECT_NAMES(shipped, "FNLA[FNLA] and ZAPU[ZWE.ZAPU] men met KANU[KEN.KANU]'s.");
  EXPECT_NAMES(shipped, "The banned FIS[DZA.FIS] is no FIS ski race, and an ERP system no ERP[ERP_ARG] guerrillas.");
  EXPECT_NAMES(shipped,
               "Black September gunmen[BLACKSEPTEMBER] came in a black September; the Derg[ETH.DERG] never saw "
               "Lough Derg.");
  EXPECT_NAMES(shipped,
               "UNPROFOR[UNPROFOR], IFOR[IFOR] and NATO[NATO]'s Stabilization Force[SFOR] are not the "
               "Stabilization Force of 2025.");
}

Test(shipped_names, knows_blocs_and_parties_of_earlier_decades) {
  const struct stance_gazetteer *shipped = actor_shipped();
  EXPECT_NAMES(shipped, "Comecon[COMECON], the EEC[EU] and the Contadora[CONTADORA] nations met on Contadora.");
  EXPECT_NAMES(shipped,
               "The Western European Union[WEU] is not the European Union[EU], nor the Pan Africanist "
               "Congress[ZAF.PAC] Congress[USA.CONGRESS].");
  EXPECT_NAMES(shipped,
               "The Gorkha National Liberation Front[GNLF], the National Liberation Front of South "
               "Vietnam[VIETCONG] and the People's Liberation Army of Namibia[PLAN_NAM] were named.");
  EXPECT_NAMES(shipped,
               "The Malayan Communist Party[CPM_MYS] and the Palestine Liberation Front[PLF] spoke; a Women's "
               "Liberation group and Shah Rukh Khan did not.");
  EXPECT_NAMES(shipped, "West German Chancellor Helmut Kohl[DEU] met East German leaders[DDR].");
}

/* Who sat in a capital, by the date of the article. */
Test(shipped_names, gives_capitals_to_the_state_of_the_day) {
  const struct stance_gazetteer *shipped = actor_shipped();
  EXPECT_NAMES_ON(shipped, "1979-12-27",
                  "Moscow[SUN] and the Kremlin[SUN] told Kabul[AFG], Prague[CSK] and Belgrade[YUG].");
  EXPECT_NAMES_ON(shipped, "1992-01-02", "Moscow[RUS] and the Kremlin[RUS] told Belgrade[YUG].");
  EXPECT_NAMES_ON(shipped, "2005-01-02", "Moscow[RUS] told Prague[CZE] and Belgrade[SRB].");
  EXPECT_NAMES_ON(shipped, "1968-01-31", "Hanoi[VDR] told Saigon[RVN].");
  EXPECT_NAMES_ON(shipped, "1986-01-31", "Hanoi[VNM] praised Afghan rebels[AFGMUJAHIDEEN].");
  EXPECT_NAMES_ON(shipped, "2002-01-31", "Hanoi[VNM] praised Afghan rebels[AFG].");
}
