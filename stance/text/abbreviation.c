/* SPDX-License-Identifier: MIT
 * Words that matter where a sentence may end: abbreviations, and the words that begin sentences behind them. */
#include <string.h>

#include "stance/base/swar.h"
#include "text_rules.h"

static const struct {
  unsigned flags;
  const char *words;
} groups[] = {
    {STANCE_WORD_TITLE | STANCE_WORD_SURE,
     "mr mrs ms messrs dr drs prof profs mme mlle gen gens col lt maj capt sgt cpl pvt adm brig cmdr comdr cdr "
     "cmdre sqn flt rev msgr hon sen sens rep reps gov govs pres amb supt insp det const ald fr sra dra ing"},
    {STANCE_WORD_TITLE | STANCE_WORD_OPEN | STANCE_WORD_SURE, "st mt ft ste"},
    {STANCE_WORD_NUMBER, "no nos nr p pp vol vols fig figs art arts sec sect ch chap para paras cl eq est tel ext jan mar "
                         "apr jun jul dec"},
    {STANCE_WORD_NUMBER | STANCE_WORD_SURE, "feb aug sep sept oct nov"},
    {STANCE_WORD_CALENDAR_SHORT, "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun"},
    {STANCE_WORD_WHEN, "in by since until on from after before during"},
    {STANCE_WORD_INNER | STANCE_WORD_SURE, "e.g i.e eg ie viz cf vs v.s approx ca c.f a.k.a incl resp"},
    {STANCE_WORD_INNER, "v"},
    {STANCE_WORD_OPEN | STANCE_WORD_SURE,
     "inc ltd corp cos bros llc llp jr sr esq etc ave blvd dept govt assn univ intl natl ph.d m.d b.a m.a d.c calif fla "
     "ky minn mont okla tenn tex wis wyo conn ariz colo ala"},
    {STANCE_WORD_OPEN, "co plc rd al pty bhd ill kan md mich mo neb nev pa va vt ark cie ed eds"},
    {STANCE_WORD_TIME | STANCE_WORD_SURE, "a.m p.m"},
    {STANCE_WORD_STARTER,
     "the a an this that these those there here he she it they we you i his her its their our my your who what when "
     "where why how which whose while if but and or so yet nor for in on at by to from with without within under over "
     "after before since during until although though because as despite however meanwhile moreover nevertheless "
     "therefore thus then now today yesterday tomorrow also even only once some many most several few all both each "
     "every any no not one two three another other such let's it's he's she's they're we're i'm there's that's did do "
     "please according among about "
     "former asked earlier later last next still soon just through against between"},
    {STANCE_WORD_DAY,
     "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
     "september october november december est edt cst cdt mst mdt pst pdt et ct pt gmt utc bst cet cest eet msk ist "
     "jst eastern central pacific mountain greenwich moscow local"},
};

/* Words are told apart by their bytes in lower case, zeros behind them; a table of open addressing. */
enum { SLOT_BITS = 10, SLOTS = 1 << SLOT_BITS, WORD_MAX = 14 };

static struct {
  uint64_t low, high;
  unsigned flags; /* 0: free */
} table[SLOTS];

static size_t slot_of(uint64_t low, uint64_t high) {
  size_t slot = (size_t)((low ^ high >> 3 ^ high << 29) * UINT64_C(0x9e3779b97f4a7c15) >> (64 - SLOT_BITS));
  while (table[slot].flags && (table[slot].low != low || table[slot].high != high)) slot = (slot + 1) % SLOTS;
  return slot;
}

void stance_words_prepare(void) {
  for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
    for (const char *word = groups[i].words; *word;) {
      size_t length = strcspn(word, " "), first = length < 8 ? length : 8;
      uint64_t low = swar_load_some(word, first), high = swar_load_some(word + first, length - first);
      size_t slot = slot_of(low, high);
      table[slot].low = low;
      table[slot].high = high;
      table[slot].flags |= groups[i].flags;
      word += length + (word[length] == ' ');
    }
}

unsigned stance_word_flags(const char *word, size_t length) {
  if (!length || length > WORD_MAX) return 0;
  size_t first = length < 8 ? length : 8;
  uint64_t low = swar_load_some(word, first), high = swar_load_some(word + first, length - first);
  if ((low | high) & SWAR_HIGHS) return 0;
  return table[slot_of(swar_lower(low, swar_upper(low)), swar_lower(high, swar_upper(high)))].flags;
}
