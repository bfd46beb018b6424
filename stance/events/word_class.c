/* SPDX-License-Identifier: MIT
 * The closed classes of English that the slot rule needs, and the verbs that hand their subject to a noun. */
#include <stdlib.h>
#include <string.h>

#include "sequence.h"
#include "stance/text/text.h"

struct entry {
  uint64_t hash; /* 0: empty */
  uint32_t bits;
  uint8_t slot;
};
enum { TABLE_SIZE = 2048 }; /* power of two, several times the words below */
struct stance_word_classes {
  struct entry entries[TABLE_SIZE];
};

struct word_list {
  uint32_t bits;
  uint8_t slot;
  const char *words; /* separated by spaces */
};
#define NO_SLOT STANCE_SLOT_COUNT
static const struct word_list lists[] = {
    {STANCE_CLASS_DETERMINER, NO_SLOT,
     "the a an this these those our my your any some no every each another both all several many more "
     "other such most new former"},
    {STANCE_CLASS_DETERMINER | STANCE_CLASS_OWN, NO_SLOT, "its his her their"},
    {STANCE_CLASS_PREPOSITION, STANCE_SLOT_OF, "of"},
    {STANCE_CLASS_PREPOSITION, STANCE_SLOT_WITH, "with alongside"},
    {STANCE_CLASS_PREPOSITION, STANCE_SLOT_AGAINST, "against versus vs"},
    {STANCE_CLASS_PREPOSITION | STANCE_CLASS_TO, STANCE_SLOT_TO, "to"},
    {STANCE_CLASS_PREPOSITION, STANCE_SLOT_TO, "unto"},
    {STANCE_CLASS_PREPOSITION, STANCE_SLOT_FOR, "for"},
    {STANCE_CLASS_PREPOSITION, STANCE_SLOT_BY, "by"},
    {STANCE_CLASS_PREPOSITION, STANCE_SLOT_FROM, "from"},
    {STANCE_CLASS_PREPOSITION, STANCE_SLOT_ON, "on upon onto"},
    {STANCE_CLASS_PREPOSITION, STANCE_SLOT_AT, "at"},
    {STANCE_CLASS_PREPOSITION, STANCE_SLOT_OVER, "over"},
    {STANCE_CLASS_PREPOSITION, STANCE_SLOT_TOWARD, "toward towards"},
    {STANCE_CLASS_PREPOSITION, STANCE_SLOT_BETWEEN, "between among"},
    {STANCE_CLASS_PREPOSITION, STANCE_SLOT_ABOUT, "about concerning regarding"},
    {STANCE_CLASS_PREPOSITION, STANCE_SLOT_INTO, "into inside"},
    {STANCE_CLASS_PREPOSITION, STANCE_SLOT_IN, "in within"},
    {STANCE_CLASS_PREPOSITION, NO_SLOT,
     "during under through amid amidst without via across near behind around along despite except outside "
     "following off beyond per like unlike beside below above throughout"},
    {STANCE_CLASS_MODAL, NO_SLOT, "will would can could may might shall should must cannot wo ca"},
    {STANCE_CLASS_BE, NO_SLOT, "is are was were be been being am 're got gets getting"},
    {STANCE_CLASS_HAVE, NO_SLOT, "has have had having 've"},
    {STANCE_CLASS_DO, NO_SLOT, "does do did"},
    {STANCE_CLASS_PRONOUN, NO_SLOT, "he she it they we i you him them us me everyone nobody someone anyone"},
    {STANCE_CLASS_PRONOUN | STANCE_CLASS_MODAL, NO_SLOT,
     "he'll she'll it'll they'll we'll i'll you'll he'd she'd it'd they'd we'd i'd you'd"},
    {STANCE_CLASS_PRONOUN | STANCE_CLASS_HAVE, NO_SLOT, "i've we've they've you've"},
    {STANCE_CLASS_PRONOUN | STANCE_CLASS_BE, NO_SLOT, "he's she's it's we're they're i'm you're"},
    {STANCE_CLASS_RELATIVE, NO_SLOT, "who which whom"},
    {STANCE_CLASS_RELATIVE | STANCE_CLASS_POSSESSIVE, NO_SLOT, "whose"},
    {STANCE_CLASS_RELATIVE | STANCE_CLASS_CLAUSE, NO_SLOT, "that"},
    {STANCE_CLASS_AND, NO_SLOT, "and or nor &"},
    {STANCE_CLASS_CLAUSE, NO_SLOT,
     "after before because while when as if although though unless until whereas since whether where but so why how "
     "once yet what"},
    {STANCE_CLASS_NEGATOR, NO_SLOT, "not never neither hardly no without"},
    {STANCE_CLASS_NEGATOR | STANCE_CLASS_DO, NO_SLOT, "n't don't doesn't didn't"},
    {STANCE_CLASS_NEGATOR | STANCE_CLASS_BE, NO_SLOT, "isn't aren't wasn't weren't"},
    {STANCE_CLASS_NEGATOR | STANCE_CLASS_HAVE, NO_SLOT, "hasn't haven't hadn't"},
    {STANCE_CLASS_NEGATOR | STANCE_CLASS_MODAL, NO_SLOT, "won't wouldn't can't couldn't shouldn't mustn't cannot needn't"},
    {STANCE_CLASS_ADVERB, NO_SLOT,
     "also again still already just now then once even soon thus instead together back later earlier ever often twice "
     "almost longer meanwhile however therefore very too only always today yesterday tomorrow tonight ago far further "
     "openly "
     "jointly recently repeatedly reportedly allegedly"},
    {STANCE_CLASS_TIME | STANCE_CLASS_ADVERB, NO_SLOT,
     "monday tuesday wednesday thursday friday saturday sunday yesterday today tonight tomorrow january february march "
     "april june july "
     "august september october november december week month year weekend morning afternoon evening night overnight"},
    {STANCE_CLASS_POSSESSIVE, NO_SLOT, "'s '"},
    {STANCE_CLASS_COMMA, NO_SLOT, ","},
    {STANCE_CLASS_STOP, NO_SLOT, "; : -- ( ) [ ] \xe2\x80\x94 \xe2\x80\x93 ... \xe2\x80\xa6 . ? !"},
    {STANCE_CLASS_QUOTE, NO_SLOT, "\" `` '' \xe2\x80\x9c \xe2\x80\x9d \xc2\xab \xc2\xbb"},
    {STANCE_CLASS_SELF, NO_SLOT, "each themselves itself himself"},
    {STANCE_CLASS_GIVE, NO_SLOT,
     "launch launches launched launching impose imposes imposed imposing sign signs signed signing express expresses "
     "expressed expressing "
     "voice voices voiced voicing offer offers offered offering give gives gave given giving make makes made making "
     "stage stages staged staging "
     "hold holds held holding issue issues issued issuing announce announces announced announcing pledge pledges "
     "pledged pledging "
     "declare declares declared declaring mount mounts mounted mounting lodge lodges lodged lodging file files filed "
     "filing press presses pressed "
     "pressing levy levies levied levying slap slaps slapped slapping propose proposes proposed proposing send sends "
     "sent sending provide provides "
     "provided providing extend extends extended extending conduct conducts conducted conducting lead leads led "
     "leading open opens opened opening "
     "deliver delivers delivered delivering wage wages waged waging carry carries carried carrying put puts putting "
     "place places placed placing "
     "show shows showed showing shown step steps stepped stepping tighten tightens tightened tightening renew renews "
     "renewed renewing "
     "reiterate reiterates reiterated reiterating reaffirm reaffirms reaffirmed reaffirming unveil unveils unveiled "
     "threaten threatens "
     "threatened threatening plan plans planned planning prepare prepares prepared preparing order orders ordered "
     "ordering approve approves "
     "approved approving pay pays paid paying grant grants granted granting pour pours poured commit commits committed "
     "lend lends lent lending "
     "fire fires fired firing bring brings brought raise raises raised strengthen strengthens strengthened deepen "
     "deepens deepened "
     "boost boosts boosted restore restores restored resume resumes resumed start starts started begin begins began "
     "seek seeks sought"},
    {STANCE_CLASS_RECEIVE, NO_SLOT,
     "face faces faced facing draw draws drew drawn drawing suffer suffers suffered suffering receive receives "
     "received receiving get gets got "
     "obtain obtains obtained win wins won winning earn earns earned earning come comes came coming accept accepts "
     "accepted enjoy enjoys enjoyed "
     "gain gains gained attract attracts attracted sustain sustains sustained undergo endure endures endured secure "
     "secures secured "
     "survive survives survived fear fears feared feel feels felt"},
    {STANCE_CLASS_WORSE, NO_SLOT,
     "suspension termination severance cancellation abandonment withdrawal exit freeze "
     "deteriorate deteriorates deteriorated deteriorating deterioration worsen worsens worsened worsening sour sours "
     "soured souring collapse "
     "collapses collapsed collapsing crumble crumbles crumbled crumbling cool cools cooled cooling fray frays frayed "
     "fraying unravel unravels "
     "unravelled unraveled unravelling unraveling rupture ruptured strain strains strained straining chill chilled "
     "chilling falter falters "
     "faltered faltering tense icy frosty rocky breakdown nosedive plummet plummeted plunge plunged fracture fractured "
     "fracturing erode eroded "
     "eroding erosion freeze freezes froze frozen"},
    {STANCE_CLASS_BETTER, NO_SLOT,
     "improve improves improved improving improvement warm warms warmed warming thaw thaws thawed thawing deepen "
     "deepens deepened deepening "
     "strengthen strengthens strengthened strengthening flourish flourished flourishing blossom blossomed mend mended "
     "normalise normalised "
     "normalize normalized normalisation normalization closer warmer rekindle rekindled resumption rapprochement"},
    {STANCE_CLASS_SHIFT, NO_SLOT,
     "quit quits quitting exit exits exited exiting leave leaves left leaving shelve shelves shelved shelving abrogate "
     "abrogates abrogated "
     "ditch ditches ditched axe axed slash slashes slashed curb curbs curbed restrict restricts restricted downgrade "
     "downgrades downgraded "
     "withdrawing terminating scrapping revoking denouncing"},
    {STANCE_CLASS_SHIFT, NO_SLOT,
     "end ends ended ending lift lifts lifted lifting halt halts halted halting deny denies denied denying cancel "
     "cancels cancelled canceled "
     "cancelling suspend suspends suspended suspending sever severs severed severing cut cuts cutting stop stops "
     "stopped stopping freeze freezes "
     "froze frozen freezing ease eases eased easing withdraw withdraws withdrew "
     "withdrawn revoke revokes revoked revoking scrap scraps scrapped terminate terminates terminated rescind rescinds "
     "rescinded repeal repeals "
     "repealed relax relaxes relaxed loosen loosens loosened waive waives waived drop drops dropped dropping abandon "
     "abandons abandoned "
     "stall stalls stalled undermine undermines undermined "
     "break breaks broke broken breaking annul annuls annulled void voids voided renounce renounces renounced "
     "pause pauses paused pausing discontinue discontinued curtail curtails curtailed tear tears tore reverse "
     "reversed"},
};

static void add(struct stance_word_classes *table, const char *word, size_t length, uint32_t bits, uint8_t slot) {
  struct stance_token token;
  stance_token_describe(word, length, &token);
  size_t at = token.hash % TABLE_SIZE;
  while (table->entries[at].hash && table->entries[at].hash != token.hash) at = (at + 1) % TABLE_SIZE;
  struct entry *entry = &table->entries[at];
  if (!entry->hash) entry->slot = NO_SLOT;
  entry->hash = token.hash;
  entry->bits |= bits;
  if (slot != NO_SLOT) entry->slot = slot;
}

struct stance_word_classes *stance_word_classes_new(void) {
  struct stance_word_classes *table = calloc(1, sizeof *table);
  if (!table) return NULL;
  for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
    for (const char *word = lists[i].words; *word;) {
      size_t length = strcspn(word, " ");
      add(table, word, length, lists[i].bits, lists[i].slot);
      word += length + (word[length] == ' ');
    }
  return table;
}

void stance_word_classes_free(struct stance_word_classes *table) { free(table); }

uint32_t stance_word_classes_find(const struct stance_word_classes *table, uint64_t hash, uint8_t *slot) {
  for (size_t at = hash % TABLE_SIZE; table->entries[at].hash; at = (at + 1) % TABLE_SIZE)
    if (table->entries[at].hash == hash) {
      *slot = table->entries[at].slot;
      return table->entries[at].bits;
    }
  *slot = NO_SLOT;
  return 0;
}

void stance_word_classes_each(const struct stance_word_classes *table, void (*each)(void *context, uint64_t hash), void *context) {
  for (size_t i = 0; i < TABLE_SIZE; i++)
    if (table->entries[i].hash) each(context, table->entries[i].hash);
}
