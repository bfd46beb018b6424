/* SPDX-License-Identifier: MIT
 * What is told without being done, or not by who seems to do it: asked, wanted, pledged, warned of, averted, denied; and set phrases in
 * other words. What is expected was written by reading the sentences; the lexicon is the one in corpora/. */
#include "slot_sentence.h"

static const struct expected expectations[] = {
    /* what is asked, wanted or expected is not done; what is asked to end, lasts */
    {"[Mali|A] urged [France|B] to help [Niger|C].", "help", "subj=B obj=C", 0, "hedged"},
    {"[Peru|A] asked [Chile|B] to thank [Bolivia|C].", "thank", "subj=B obj=C", 0, "hedged"},
    {"[Oman|A] demanded that [Iran|B] praise [Iraq|C].", "praise", "subj=B obj=C", 0, "hedged"},
    {"[Togo|A] was urged by [Ghana|B] to help [Benin|C].", "help", "subj=A obj=C", 0, "hedged"},
    {"[Mali|A] urged [France|B] to lift its siege of [Niger|C].", "lift its siege of", "subj=B obj=C", -1, "hedged"},
    {"[Peru|A] helped [Chile|B] to attack [Bolivia|C].", "attack", "subj=B obj=C", -1, ""},
    {"[Chad|A] has no plans to attack [Sudan|B].", "attack", "subj=A obj=B", 0, "negated hedged"},
    /* harm to a third is what who asks for it wants; who is asked has done nothing */
    {"[Egypt|A] urged [France|B] to bomb [Libya|C].", "bomb", "obj=C subj=A", -1, "hedged"},
    {"[Kenya|A] asked [Uganda|B] to expel [Rwandan|C] envoys.", "expel", "obj=C subj=A", -1, "hedged"},
    {"[Peru|A] hopes that [Chile|B] will punish [Bolivia|C].", "punish", "obj=C subj=A", -1, "hedged"},
    {"[Kenya|A] wants [Uganda|B] to condemn [Rwanda|C].", "condemn", "obj=C subj=A", -1, "hedged"},
    {"[Oman|A] wants [Iran|B] to be punished.", "punish", "obj=B subj=A", -1, "passive hedged"},
    {"[Israel|A] predicted that [Iran|B] would attack [Iraq|C].", "attack", "subj=B obj=C", 0, "hedged"},
    {"[Cuba|A] urged [Mexico|B] not to attack [Haiti|C].", "attack", "subj=B obj=C", 0, "negated"},
    /* a pledge to do harm is no pledge */
    {"[Kenya|A] pledged to crush [Somalia|B].", "pledge", "subj=A", 0, ""},
    {"[Israel|A] promised to step up strikes in [Lebanon|B].", "promise", "subj=A", 0, ""},
    {"[Kenya|A] promised [Somalia|B] to fight [Eritrea|C].", "promise", "subj=A obj=B", 1, ""},
    {"[Kenya|A] pledged to help [Somalia|B].", "pledge", "subj=A", 1, ""},
    /* who is warned of another is not threatened; what one is warned against or kept from is not done */
    {"[Oman|A] warned [Kuwait|B] that [Iran|C] was arming raiders.", "warn", "subj=A obj=B", 0, ""},
    {"[Oman|A] warned [Kuwait|B] that it would pay.", "warn", "subj=A obj=B", -1, ""},
    {"[Mali|A] warned [Niger|B] against attacking [Chad|C].", "attack", "subj=B obj=C", 0, "negated"},
    {"[Mali|A] stopped [Niger|B] from attacking [Chad|C].", "attack", "subj=B obj=C", 0, "negated"},
    /* a neighbour, ally or foe in apposition is not the one it belongs to */
    {"[Turkey|A] shelled [Syria|B], [Iraq|C]'s neighbour.", "shell", "subj=A obj=B", -1, ""},
    {"[Mali|A] thanked [Niger|B], [Chad|C]'s old rival, for grain.", "thank", "subj=A obj=B", 1, ""},
    /* what several do that takes no object, they do to each other, whatever stands behind */
    {"[Mali|A] and [Niger|B] traded fire a day after the truce.", "trade fire", "subj=A subj=B", -1, "mutual"},
    {"[Mali|A] and [Niger|B] clashed two days after the truce.", "clash", "subj=A subj=B", -1, "mutual"},
    {"[Mali|A] and [Niger|B] make up the majority.", "make up", "subj=A subj=B", 1, ""},
    /* whose threat it is, not whom it is against, is the subject */
    {"[Iran|A]'s threat to bomb [Iraq|B] was condemned by [Oman|C].", "condemn", "obj=A subj=C", -1, "passive"},
    {"[Kenya|A]'s offer to arm [Somalia|B] was welcomed by [Uganda|C].", "welcome", "obj=A subj=C", 1, "passive"},
    {"[Spain|A]'s decision to expel [Moroccan|B] envoys angered [Algeria|C].", "anger", "subj=A obj=C", -1, ""},
    /* headlines leave out articles, and others own what the lexicon has as "its" */
    {"[Brussels|A] turns screw on [Budapest|B]", "turn the screw on", "subj=A obj=B", -1, ""},
    {"[Kenya|A] bared the teeth at [Uganda|B].", "bare its teeth at", "subj=A obj=B", -1, ""},
    {"[Kenya|A] will end their occupation of [Rwanda|B].", "end its occupation of", "subj=A obj=B", 1, ""},
    /* a charge that is denied */
    {"[Mali|A] rejected [France|B]'s accusations.", "reject", "subj=A obj=B", 0, "negated"},
    {"[Mali|A] rejected [France|B]'s accusations.", "accusation", "poss=B against=A", -1, ""},
    {"[Kenya|A] dismissed [Ugandan|B] claims.", "claim", "poss=B against=A", -1, ""},
};

Test(mood, reads_what_is_not_done) { expect_slots(expectations, sizeof expectations / sizeof expectations[0]); }
