/* SPDX-License-Identifier: MIT */
#include "name_words.h"

#include <string.h>

#include "stance/text/text.h"

static const struct stance_word_list name_lists[] = {
    {STANCE_WORD_TITLE,
     "president vice-president premier chancellor minister king queen prince princess emir sultan sheikh sheik shah pope ayatollah imam "
     "spokesman spokeswoman spokesperson general gen colonel col lieutenant lt major maj captain capt brigadier admiral marshal commander "
     "sergeant sgt commandant chief leader head chairman chairwoman chair secretary secretary-general director director-general governor gov "
     "senator sen congressman congresswoman representative rep ambassador envoy diplomat official lawmaker deputy mp mr mrs ms dr prof "
     "professor sir lord lady commissioner judge justice prosecutor strongman dictator warlord founder boss ceo executive adviser advisor "
     "aide negotiator mayor attorney speaker taoiseach caliph president-elect opposition-leader delegate counterpart oligarch"},
    {STANCE_WORD_AGENT,
     "army military navy government junta regime administration cabinet ministry parliament senate embassy consulate mission delegation "
     "leadership presidency police gendarmerie intelligence coalition militia contingent treasury judiciary "
     "monarchy diplomacy secretariat garrison brigade battalion division fleet"},
    {STANCE_WORD_AGENT | STANCE_WORD_PLURAL,
     "forces troops soldiers authorities officials airstrikes warplanes jets drones fighters mercenaries peacekeepers rebels "
     "insurgents militants militias police ministers leaders diplomats lawmakers negotiators instructors paratroopers marines commandos "
     "personnel generals officers commanders envoys rulers spies hackers agents gunmen politicians representatives delegates mediators "
     "separatists servicemen missiles warships tanks planes aircraft helicopters units regulators prosecutors investigators "
     "policymakers parliamentarians legislators ministries agencies advisers contractors trainers jihadists extremists partisans nationals"},
    {STANCE_WORD_AGENT | STANCE_WORD_VERBAL, "strikes raids guards ships command side shelling fire attack force"},
    {STANCE_WORD_MODIFIER,
     "military armed security air ground naval special transitional interim ruling federal national central foreign prime defence defense "
     "interior finance trade justice health energy vice deputy former acting ex outgoing new then government army junta opposition rebel "
     "party state senior top junior occupation occupying invading invasion colonial peacekeeping allied counterterrorism border coast "
     "civilian caretaker communist islamist nationalist military-led armoured armored space nuclear intelligence police parliamentary "
     "supreme rapid expeditionary combat infantry permanent late retired brigadier lieutenant major first economy agriculture culture "
     "industry mining oil transport interior tourism environment education labor labour home external internal joint chief"},
    {STANCE_WORD_PORTFOLIO,
     "foreign affairs defence defense interior finance state trade justice health energy security economy external internal the and "
     "commerce information home treasury war staff armed forces"},
    {STANCE_WORD_GIVEN,
     "michael john james robert david william richard thomas mark charles steven stephen paul daniel matthew anthony george kenneth kevin "
     "brian edward ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan larry justin scott brandon benjamin samuel gregory "
     "frank alexander raymond patrick jack dennis jerry tyler aaron jose adam nathan henry douglas zachary peter kyle walter ethan jeremy "
     "harold keith christian roger noah gerald carl terry sean austin arthur lawrence jesse dylan bryan joe jordan billy bruce albert "
     "willie gabriel logan alan juan wayne roy ralph randy eugene vincent russell louis philip bobby johnny bradley mary patricia jennifer "
     "linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly emily donna michelle carol amanda "
     "dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen "
     "samantha katherine christine debra rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly "
     "lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice "
     "jean abigail alice julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany "
     "charlotte marie kayla alexis lori tom tim jim bob bill mike steve dave dan ben sam nick alex matt chris greg jeff ken ron don ted fred "
     "vernon hamilton barbara kathy anatole simon neil duke mohammed mohamed muhammad ahmed ali hassan hussein omar ibrahim abdul mahmoud "
     "mustafa yusuf pierre jacques francois jean-pierre michel andre philippe hans klaus jurgen wolfgang giovanni giuseppe carlos luis "
     "miguel pedro jorge ivan sergei vladimir dmitry boris igor oleg andrei nikolai yuri mikhail viktor amadou moussa oumar ousmane "
     "ibrahima mamadou abdoulaye fatou aminata kofi kwame"},
    {STANCE_WORD_PLACE_NAME, "jordan chad georgia israel paris sofia victoria kenya india ireland holland london florence austin madison lima "
                             "santiago salvador vienna england france german germany holland wales berlin rome valletta brazil cuba cyprus"},
    {STANCE_WORD_CALENDAR,
     "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
     "november december jan feb mar apr jun jul aug sept oct nov dec"},
    {STANCE_WORD_FUNCTION,
     "the a an and or but nor so yet if when while where whereas although though because since after before until as at by for from in into of "
     "off on onto out over through to toward towards under up upon with within without against between among despite during except like near "
     "per than via amid he she it they we i you his her its their our my your this that these those who whom whose which what how why there "
     "here then now also meanwhile however moreover instead yesterday today tomorrow earlier later still even only just not no never both "
     "either neither all some many most more such same other another each every any few several one two three once again thus hence "
     "therefore indeed perhaps maybe asked told under according did does do is was are were be been has have had will would can could may "
     "might must shall should let did see read why beyond across around behind below beside besides inside outside along following including "
     "regarding given speaking unlike whether first last next new former"},
    {STANCE_WORD_FEATURE,
     "river delta basin valley sea ocean canal strait channel gulf agreement agreements accord accords protocol protocols treaty convention "
     "conventions declaration club format memorandum papers street bridge airport university stadium hilton saint-germain fc olympics "
     "games fries open stock roulette shepherd coffee cheese delight auction climate marathon review times post journal tribune "
     "gazette sandwich sandwiches breast airlines airways telecom petroleum electric motors holdings inc corp corporation ltd institute foundation "
     "society museum cathedral opera cup league"},
    {STANCE_WORD_DIRECTION, "new south north east west equatorial latin central native papua african asian arab southeast greater lake rio "
                            "radio northern little upper lower air"},
    {STANCE_WORD_OF_PLACE, "gulf sea bight strait straits bay lake isle university bank"},
    {STANCE_WORD_US_GEORGIA,
     "atlanta savannah augusta macon fulton dekalb gwinnett cobb kemp abrams raffensperger ossoff warnock loeffler perdue greene ga governor "
     "gov senate senator republican republicans democrat democrats gop congressman congresswoman statehouse legislature runoff runoffs "
     "ballot midterms alabama florida tennessee carolina mississippi louisiana texas arizona michigan wisconsin nevada pennsylvania ohio "
     "virginia kentucky trump biden voters counties county bulldogs"},
    {STANCE_WORD_GEORGIA,
     "tbilisi batumi gori kutaisi poti abkhazia abkhaz abkhazian ossetia ossetian tskhinvali sukhumi saakashvili ivanishvili garibashvili "
     "zourabichvili kobakhidze kavelashvili margvelashvili georgian georgians russia russian moscow putin kremlin caucasus armenia "
     "azerbaijan ukraine moldova nato eu kvirikashvili gakharia"},
    {STANCE_WORD_BODY,
     "firm company group militia movement organisation organization party giant outfit contractor agency newspaper broadcaster network bank "
     "coalition alliance front faction militants rebels mercenaries mercenary security oil gas energy state-owned state-run private military "
     "paramilitary islamist militant jihadist extremist armed opposition ruling insurgent separatist terror terrorist shiite sunni "
     "far-right nationalist communist conservative liberal socialist arms tech technology telecoms carmaker airline news lender"},
    {STANCE_WORD_PARTICLE, "de da di dos das del della du la le el al bin ibn ben van von der den ter ould abu bint st mac o d l dit"},
    {STANCE_WORD_JUNTA, "junta regime"},
    {STANCE_WORD_COMPOUND, "speaking language based born style educated area era sized wide pacific"},
    {STANCE_WORD_RULE, "administration government regime cabinet"},
    {STANCE_WORD_VERB,
     "slams accuses says warns urges expels recalls bans blames backs rejects condemns denies seeks signs strikes hits attacks launches "
     "vows calls orders summons cuts halts ends offers sends threatens demands agrees opens closes wins loses joins leaves quits holds "
     "meets criticises criticizes hails praises welcomes suspends resumes breaks imposes lifts faces fears votes sues fines arrests "
     "kills captures seizes claims confirms announces declares plans pledges asks tells gives gets takes makes and to in on over with as for "
     "after of at is has will must may from against amid who president prime minister king"},
    {STANCE_WORD_NO_LONGER, "ex non"},
    {STANCE_WORD_ORDINARY, "us who it aid may will can un"},
};

enum { FIRST_ENTRIES = 512 };

static bool grow(struct stance_name_words *words, struct stance_arena *arena) {
  size_t size = words->entries ? (words->mask + 1) * 2 : FIRST_ENTRIES;
  struct stance_name_word_entry *entries = stance_arena_zalloc(arena, size, sizeof *entries);
  if (!entries) return false;
  for (size_t i = 0; words->entries && i <= words->mask; i++) {
    if (!words->entries[i].classes) continue;
    size_t slot = words->entries[i].hash & (size - 1);
    while (entries[slot].classes) slot = (slot + 1) & (size - 1);
    entries[slot] = words->entries[i];
  }
  words->entries = entries;
  words->mask = size - 1;
  return true;
}

bool stance_name_words_add(struct stance_name_words *words, struct stance_arena *arena, uint64_t hash, uint32_t classes) {
  if ((!words->entries || words->count * 2 > words->mask) && !grow(words, arena)) return false;
  size_t slot = hash & words->mask;
  while (words->entries[slot].classes && words->entries[slot].hash != hash) slot = (slot + 1) & words->mask;
  if (!words->entries[slot].classes) words->count++;
  words->entries[slot].hash = hash;
  words->entries[slot].classes |= classes;
  stance_word_filter_add(&words->filter, hash);
  return true;
}

bool stance_name_words_fill(struct stance_name_words *words, struct stance_arena *arena) {
  return stance_name_words_add_lists(words, arena, name_lists, sizeof name_lists / sizeof *name_lists);
}

bool stance_name_words_add_lists(struct stance_name_words *words, struct stance_arena *arena, const struct stance_word_list *lists,
                                 size_t count) {
  for (size_t i = 0; i < count; i++)
    for (const char *at = lists[i].words; *at;) {
      struct stance_token about;
      size_t length = strcspn(at, " ");
      stance_token_describe(at, length, &about);
      if (!stance_name_words_add(words, arena, about.hash, lists[i].classes)) return false;
      at += length + (at[length] == ' ');
    }
  return true;
}
