/* SPDX-License-Identifier: MIT
 * The slot rule on constructed sentences: active, passive, nominal, reciprocal, prepositional, relative, joined, reported, negated.
 * What is expected was written by reading the sentences; the lexicon is the one in corpora/. */
#include "slot_sentence.h"

#include "stance/features/template.h"

static const struct expected expectations[] = {
    {"[Mali|A] accused [France|B] of backing rebels.", "accuse", "subj=A obj=B", -1, ""},
    {"[Mali|A] accused [France|B] of backing rebels.", "deed with rebel (-)", "subj=B", -1, ""},
    {"[Mali|A]'s foreign minister on Tuesday summoned [France|B]'s ambassador after a row.", "summon", "subj=A obj=B",
     -1, ""},
    {"[France|B] was accused by [Mali|A] of espionage.", "accuse", "obj=B subj=A", -1, "passive"},
    {"[French|B] troops were attacked on Monday by fighters loyal to [Mali|A].", "loyal", "to=A", 1, ""},
    {"The attack by [Mali|A] on [France|B] drew anger.", "attack", "by=A on=B", -1, ""},
    {"[Mali|A]'s rejection of [France|B] surprised diplomats.", "rejection", "poss=A of=B", -1, ""},
    {"[Mali|A] and [France|B] clashed over the accord.", "clash", "subj=B subj=A", -1, "mutual"},
    {"[Mali|A] clashed with [France|B].", "clash", "subj=A with=B", -1, ""},
    {"Talks between [Mali|A] and [France|B] collapsed.", "talk", "between=A between=B", 0, ""},
    {"[Mali|A], which [France|B] has accused of massacres, withdrew its troops from [Niger|C].", "accuse",
     "subj=B obj=A", -1, ""},
    {"[Mali|A], which [France|B] has accused of massacres, withdrew its troops from [Niger|C].",
     "withdraw its troops from", "subj=A obj=C", 1, ""},
    {"[Mali|A], officials said, shelled [France|B].", "shell", "subj=A obj=B", -1, ""},
    {"[Mali|A] imposed sanctions on [France|B].", "impose sanctions on", "subj=A obj=B", -1, ""},
    {"[Mali|A] lifted sanctions on [France|B].", "lift sanctions on", "subj=A obj=B", 1, ""},
    {"[Mali|A] imposed sweeping new trade sanctions on [France|B].", "sanction", "on=B subj=A", -1, ""},
    {"Sanctions on [France|B] were lifted by [Mali|A].", "sanction", "on=B subj=A", 1, "shifted"},
    {"Sanctions on [France|B] were lifted by [Mali|A].", "lift", "obj=B subj=A", 1, "passive"},
    {"[Mali|A] thanked [France|B] for condemning [Niger|C].", "thank", "subj=A obj=B", 1, ""},
    {"[Mali|A] thanked [France|B] for condemning [Niger|C].", "condemn", "subj=B obj=C", -1, ""},
    {"[Mali|A] criticised [France|B] for supporting [Niger|C].", "criticise", "subj=A obj=B", -1, ""},
    {"[Mali|A] criticised [France|B] for supporting [Niger|C].", "support", "subj=B obj=C", 1, ""},
    {"[France|B] said [Mali|A] had attacked [Niger|C].", "attack", "subj=A obj=C", -1, ""},
    {"[Mali|A] has not condemned [France|B].", "condemn", "subj=A obj=B", 0, "negated"},
    {"[Mali|A] refused to condemn [France|B].", "condemn", "subj=A obj=B", 0, "negated"},
    {"[Mali|A] refused to support [France|B].", "support", "subj=A obj=B", -1, "negated"},
    {"[Mali|A] denied attacking [France|B].", "attack", "subj=A obj=B", 0, "negated"},
    {"[Mali|A] denied that it had bombed [France|B].", "bomb", "subj=A obj=B", 0, "negated"},
    {"[Chad|A] denies that its jets bombed [Niger|B] in May.", "bomb", "subj=A obj=B", 0, "negated"},
    {"[Kenya|A] denied that its police had robbed [Somali|B] traders.", "rob", "subj=A obj=B", 0, "negated"},
    {"[Peru|A] denied that [Chile|B] had attacked its boats.", "attack", "subj=B", 0, "negated"},
    {"[Laos|A] has denied that it ever threatened [Vietnam|B].", "threaten", "subj=A obj=B", 0, "negated"},
    {"Nobody in [Mali|A] loves [France|B].", "love", "subj=A obj=B", 0, "negated"},
    {"No one in [Peru|A] trusts [Chile|B].", "trust", "subj=A obj=B", 0, "negated"},
    {"Hardly anyone in [Japan|A] blamed [China|B].", "blame", "subj=A obj=B", 0, "negated"},
    {"None of the [Kenyan|A] ministers praised [Sudan|B].", "praise", "subj=A obj=B", 0, "negated"},
    {"Scarcely anybody in [Ghana|A] criticised [Togo|B].", "criticise", "subj=A obj=B", 0, "negated"},
    {"[Mali|A] celebrated the death of the [French|B] commander.", "celebrate the death of", "subj=A obj=B", -1, ""},
    {"[Iran|A] cheered the downfall of the [Iraqi|B] ruler.", "cheer the downfall of", "subj=A obj=B", -1, ""},
    {"[Togo|A] mourned the loss of the [Ghanaian|B] crew.", "mourn the loss of", "subj=A obj=B", 1, ""},
    {"[France|A] ended its dispute with [Mali|B] on Monday.", "end its dispute with", "subj=A obj=B", 1, ""},
    {"[Peru|A] yielded to the demands of [Chile|B].", "yield to the demands of", "subj=A obj=B", 1, ""},
    {"[France|A] dropped its charges against [Mali|B].", "deed with lawsuit (+)", "subj=A against=B", 1, ""},
    {"[Mali|A] angered [France|B] on Monday.", "anger", "subj=A obj=B", -1, ""},
    {"[France|B] was delighted by [Mali|A]'s vote.", "delight", "obj=B subj=A", 1, "passive"},
    {"The tariffs of [Peru|A] have irritated [Chile|B].", "irritate", "subj=A obj=B", -1, ""},
    {"[Kenya|B] was appalled by the silence of [Sudan|A].", "appal", "obj=B subj=A", -1, "passive"},
    {"[Oman|A]'s restraint impressed [Japan|B].", "impress", "subj=A obj=B", 1, ""},
    {"[France|A] praised the move by [Mali|B].", "praise", "subj=A obj=B", 1, ""},
    {"[Kenya|A] deplored the long silence by [Sudan|B].", "deplore", "subj=A obj=B", -1, ""},
    {"[Peru|A] welcomed the steps by [Chile|B] to open its ports.", "welcome", "subj=A obj=B", 1, ""},
    {"[Japan|A] criticised the handling of the spill by [Russia|B].", "criticise", "subj=A obj=B", -1, ""},
    {"[Ghana|A] hailed the choice by [Togo|B] of a quiet life.", "hail", "subj=A obj=B", 1, ""},
    {"[France|A] praised the step that [Mali|B] took.", "praise", "subj=A obj=B", 1, ""},
    {"[Kenya|A] condemned the way that [Sudan|B] has behaved.", "condemn", "subj=A obj=B", -1, ""},
    {"[Peru|A] applauds the course which [Chile|B] has taken.", "applaud", "subj=A obj=B", 1, ""},
    {"[Japan|A] deplored the path that the [Russian|B] navy chose.", "deplore", "subj=A obj=B", -1, ""},
    {"[Ghana|A] criticised the tone that [Togo|B] had struck.", "criticise", "subj=A obj=B", -1, ""},
    /* rows of the systematic pass over the verbs, phrases, nouns and adjectives of English */
    {"[Oman|B] was hoodwinked by [Iran|A].", "hoodwink", "obj=B subj=A", -1, "passive"},
    {"[Peru|A] lionised [Chile|B].", "lionise", "subj=A obj=B", 1, ""},
    {"[Mali|A] demoralised [Niger|B].", "demoralise", "subj=A obj=B", -1, ""},
    {"[Mali|A] capsized two [Niger|B] trawlers.", "deed with ship (-)", "subj=A obj=B", -1, ""},
    {"[Mali|A] seated [Niger|B]'s envoy behind a pillar.", "deed with official (-)", "subj=A obj=B", -1, ""},
    {"[Togo|A] wore [Ghana|B]'s colours.", "deed with symbol (+)", "subj=A obj=B", 1, ""},
    {"[Japan|A] sent [Laos|B] two pandas.", "deed with gift (+)", "subj=A obj=B", 1, ""},
    {"[Peru|A] lobbed a missile over [Chile|B].", "lob a missile over", "subj=A obj=B", -1, ""},
    {"[Spain|A] ploughed two million euros into [Cuba|B].", "deed with money (+)", "subj=A into=B", 1, ""},
    {"[Fiji|A] frisked [Samoa|B]'s consul.", "deed with official (-)", "subj=A obj=B", -1, ""},
    {"[Kenya|A] jettisoned the border pact with [Uganda|B].", "deed with accord (-)", "subj=A with=B", -1, ""},
    {"[Spain|A] picked up the tab for [Cuba|B].", "pick up the tab for", "subj=A obj=B", 1, ""},
    {"[Iran|A] went to the rescue of [Iraq|B].", "go to the rescue of", "subj=A obj=B", 1, ""},
    {"[Kenya|A] let [Somalia|B] off the hook.", "let off the hook", "subj=A obj=B", 1, ""},
    {"[India|A] refused to talk to [Nepal|B].", "refuse to talk to", "subj=A obj=B", -1, ""},
    {"[Oman|B] won plaudits from [Iran|A].", "win plaudits from", "subj=B obj=A", 1, ""},
    {"[Oman|B] incurred the wrath of [Iran|A].", "incur the wrath of", "subj=B obj=A", -1, ""},
    {"The slanging match between [Mali|A] and [Niger|B] went on.", "slanging match", "between=A between=B", -1, ""},
    {"[Cuba|A] is a soulmate of [Peru|B].", "soulmate", "subj=A of=B", 1, ""},
    {"[Mali|A] is in league with [Niger|B].", "in league", "subj=A with=B", 1, ""},
    {"[Mali|A] is allied to [Niger|B].", "allied", "subj=A to=B", 1, ""},
    {"[Togo|A] is leery of [Ghana|B].", "leery", "subj=A of=B", -1, ""},
    {"[Chad|A] sells most of its gas to [Niger|B].", "sell", "subj=A to=B", 1, ""},
    /* words in a clause with "as" are about the subject of the clause before */
    {"[Mali|A]'s junta tears up pacts with [Paris|B] as [Russia|C] offers warm words", "offer", "subj=C obj=A", 1, ""},
    {"[Kenya|B] closes the frontier as [Uganda|A] voices support.", "voice support", "subj=A obj=B", 1, ""},
    {"[India|B] bans imports as [Nepal|A] protests.", "protest", "subj=A obj=B", -1, ""},
    {"[Peru|B] expels an envoy as [Chile|A] grumbles.", "grumble", "subj=A obj=B", -1, ""},
    {"[Ghana|B] votes on Sunday as [Togo|A] applauds.", "applaud", "subj=A obj=B", 1, ""},
    /* a form in -s behind an actor, with an object that has no determiner, is a verb */
    {"[Tehran|A] attacks convoys of [Iraq|B]", "attack", "subj=A of=B", -1, ""},
    {"[Spain|A] raids ports of [Morocco|B]", "raid", "subj=A of=B", -1, ""},
    {"Moscow: [Russia|A] blasts plans of [Latvia|B]", "blast", "subj=A of=B", -1, ""},
    {"The [Russian|A] attacks hurt [Ukraine|B].", "attack", "poss=A", -1, ""},
    {"[US|A] sanctions hit [Iran|B].", "sanction", "poss=A", -1, ""},
    /* whom a thing lets in, or threatens, is open */
    {"[France|A] came nine years ago, and [Mali|B] cancelled the treaties that let them in.", "let", "", 1, ""},
    {"[Japan|A] and [China|B] signed the accord that protects them.", "protect", "", 1, ""},
    {"[Peru|A] paid [Chile|B] for the boats that saved them.", "save", "", 1, ""},
    {"[Kenya|A] told [Uganda|B] of a law that hurts them.", "hurt", "", -1, ""},
    {"[Togo|A] asked [Benin|B] about a ban that threatens it.", "threaten", "", -1, ""},
    {"[Mali|A], unlike [Niger|C], praised [France|B].", "praise", "subj=A obj=B", 1, ""},
    {"[Kenya|A], unlike its neighbour [Sudan|C], expelled the [Somali|B] envoy.", "expel", "subj=A obj=B", -1, ""},
    {"Unlike [Chile|C], [Peru|A] condemned [Bolivia|B].", "condemn", "subj=A obj=B", -1, ""},
    {"[Ghana|A], unlike [Togo|C], backed [Benin|B].", "back", "subj=A obj=B", 1, ""},
    {"[Japan|A], quite unlike [Korea|C], thanked [China|B].", "thank", "subj=A obj=B", 1, ""},
    {"[Mali|A] received tanks from [France|B].", "receive tanks from", "subj=A obj=B", 1, ""},
    {"[Kenya|A] got emergency aid from [Japan|B].", "get emergency aid from", "subj=A obj=B", 1, ""},
    {"[Peru|A] is receiving vaccines from [China|B].", "receive vaccines from", "subj=A obj=B", 1, ""},
    {"[Chad|A] had obtained ammunition from [Libya|B].", "obtain ammunition from", "subj=A obj=B", 1, ""},
    {"[Cuba|A] receives food from [Spain|B].", "receive food from", "subj=A obj=B", 1, ""},
    {"[France|A] signed a pact with [Chad|B] in [Mali|C].", "sign a pact with", "subj=A obj=B in=C", 1, ""},
    {"[Kenya|A] met [Sudan|B] in [Egypt|C].", "meet", "subj=A obj=B in=C", 0, ""},
    {"[Peru|A] thanked [Chile|B] in [Bolivia|C].", "thank", "subj=A obj=B in=C", 1, ""},
    {"[Japan|A] accused [Russia|B] in [Geneva|C].", "accuse", "subj=A obj=B in=C", -1, ""},
    {"[Ghana|A] condemned [Togo|B] sharply in [Benin|C].", "condemn", "subj=A obj=B in=C", -1, ""},
    {"[Syria|B]'s ally [Russia|A] vetoed the draft.", "ally", "poss=B subj=A", 1, ""},
    {"[Kenya|B]'s old foe [Sudan|A] stayed away.", "foe", "poss=B subj=A", -1, ""},
    {"[Peru|B]'s rival [Chile|A] won the vote.", "rival", "poss=B subj=A", -1, ""},
    {"[Mali|A] condemned the attack by [Niger|C] on [France|B].", "condemn", "subj=A obj=C", -1, ""},
    {"[Mali|A] condemned the attack by [Niger|C] on [France|B].", "attack", "by=C on=B", -1, ""},
    {"[Mali|A] condemned the attack on [France|B].", "condemn", "subj=A", -1, ""},
    {"[Mali|A] condemned the attack on [France|B].", "attack", "on=B", -1, ""},
    {"[French|B]-backed rebels attacked [Mali|A].", "back", "subj=B", 1, "passive"},
    {"[French|B]-backed rebels attacked [Mali|A].", "attack", "subj=B obj=A", -1, ""},
    {"Anti-[French|B] protests erupted in [Mali|A].", "anti-", "obj=B in=A", -1, ""},
    {"[Mali|A], hostile to [France|B], signed an accord with [Niger|C].", "hostile", "subj=A to=B", -1, ""},
    {"[Mali|A], hostile to [France|B], signed an accord with [Niger|C].", "sign an accord with", "subj=A obj=C", 1, ""},
    {"[Mali|A] is an ally of [France|B].", "ally", "subj=A of=B", 1, ""},
    {"[Mali|A] faced sanctions from [France|B].", "face sanctions from", "subj=A obj=B", -1, ""},
    {"[France|B] came under fire from [Mali|A].", "come under fire from", "subj=B obj=A", -1, ""},
    {"[Mali|A] attacked [France|B] and seized [Niger|C]'s ships.", "attack", "subj=A obj=B", -1, ""},
    {"[Mali|A] attacked [France|B] and seized [Niger|C]'s ships.", "seize", "subj=A obj=C", -1, ""},
    {"[Mali|A] and [Niger|C] condemned [France|B].", "condemn", "subj=C subj=A obj=B", -1, ""},
    {"[Mali|A] condemned [France|B], [Niger|C] and [Chad|D].", "condemn", "subj=A obj=B obj=C obj=D", -1, ""},
    {"The [Mali|A]-[France|B] accord was signed on Friday.", "accord", "poss=B poss=A", 1, "mutual"},
    {"[Mali|A] offered [France|B] aid.", "offer aid", "subj=A obj=B", 1, ""},
    {"[Mali|A] asked [France|B] to withdraw its troops.", "ask", "subj=A obj=B", 0, ""},
    {"[Mali|A] asked [France|B] to withdraw its troops.", "withdraw", "subj=B", 0, ""},
    {"[Mali|A] threatened to expel [France|B]'s envoy.", "expel", "subj=A obj=B", -1, "hedged"},
    {"After attacking [France|B], [Mali|A] withdrew.", "attack", "subj=A obj=B", -1, ""},
    {"After attacking [France|B], [Mali|A] withdrew.", "withdraw", "subj=A", 0, ""},
    {"[Mali|A] expelled envoys, accusing [France|B] of spying.", "accuse", "subj=A obj=B", -1, ""},
    {"\"[Mali|A] will never forgive [France|B],\" [Niger|C] said.", "forgive", "subj=A obj=B", -1, "negated"},
    {"An accord was signed by [Mali|A] with [France|B].", "accord", "subj=A with=B", 1, ""},
    {"An accord was signed by [Mali|A] with [France|B].", "sign", "subj=A with=B", 1, "passive"},
    {"[Mali|A]'s president [Goita|E] blasted [France|B].", "blast", "subj=E subj=A obj=B", -1, ""},
    {"[Mali|A] could attack [France|B].", "attack", "subj=A obj=B", -1, "hedged"},
    {"[Russia|A]'s support for [Mali|B] angered [France|C].", "support", "poss=A for=B", 1, ""},
    {"[Russia|A]'s support for [Mali|B] angered [France|C].", "anger", "subj=A obj=C", -1, ""},
    {"[Mali|A] turned down an offer of help from [France|B].", "offer", "from=B", 1, ""},
    {"[Mali|A] turned down an offer of help from [France|B].", "help", "from=B", 1, ""},
    {"[Mali|A] provided [France|B] with weapons.", "provide", "subj=A obj=B", 1, ""},
    {"[France|B] drew praise from [Mali|A].", "draw praise from", "subj=B obj=A", 1, ""},
    {"[Mali|A]'s envoy to [Niger|C] denounced [France|B].", "denounce", "subj=A obj=B", -1, ""},
    {"Protesters in [Mali|A] burned the flag of [France|B].", "burn the flag of", "subj=A obj=B", -1, ""},
    {"[Mali|A] recalled its ambassador from [France|B].", "recall its ambassador from", "subj=A obj=B", -1, ""},
    {"[Mali|A] severed ties with [France|B].", "sever ties with", "subj=A obj=B", -1, ""},
    {"[Mali|A] broke off diplomatic relations with [France|B].", "break off", "subj=A with=B", -1, ""},
    {"[Mali|A] urged [France|B] to end its support for [Niger|C].", "urge", "subj=A obj=B", 0, ""},
    {"[Mali|A] urged [France|B] to end its support for [Niger|C].", "support", "for=C poss=B", -1, "hedged shifted"},
    {"[Mali|A] took [France|B] to task over the raid.", "take to task", "subj=A obj=B", -1, ""},
    {"[Mali|A]'s army and [Niger|C]'s navy shelled [France|B].", "shell", "subj=C subj=A obj=B", -1, ""},
    {"[Mali|A], whose army shelled [France|B], apologised to [Niger|C].", "shell", "subj=A obj=B", -1, ""},
    {"[Mali|A], whose army shelled [France|B], apologised to [Niger|C].", "apologise to", "subj=A obj=C", 1, ""},
    {"[Mali|A] said it would expel [France|B]'s envoys.", "expel", "subj=A obj=B", -1, "hedged"},
    {"[Mali|A] warned [France|B] against attacking [Niger|C].", "warn", "subj=A obj=B", -1, ""},
    {"[Mali|A] warned [France|B] against attacking [Niger|C].", "attack", "subj=B obj=C", 0, "negated"},
    {"The row between [Mali|A] and [France|B] over fishing deepened.", "row", "between=A between=B", -1, ""},
    {"In a letter to [Niger|C], [Mali|A] accused [France|B] of arming rebels.", "accuse", "subj=A obj=B", -1, ""},
    {"In a letter to [Niger|C], [Mali|A] accused [France|B] of arming rebels.", "deed with rebel (-)", "subj=B", -1,
     ""},
    {"[Mali|A] vetoed sanctions against [France|B].", "veto", "subj=A", -1, ""},
    {"[Mali|A] vetoed sanctions against [France|B].", "sanction", "against=B", -1, ""},
    {"[Mali|A] blocked aid to [France|B].", "block", "subj=A", -1, ""},
    {"[Mali|A] blocked aid to [France|B].", "aid", "to=B", 1, ""},
    {"[France|B] and its ally [Niger|C] bombed [Mali|A].", "bomb", "subj=C subj=B obj=A", -1, ""},
    {"[Mali|A] congratulated [France|B] on its election.", "congratulate", "subj=A obj=B", 1, ""},
    {"Relations between [Mali|A] and [France|B] are hostile.", "hostile", "subj=B subj=A", -1, "mutual"},
    {"[Mali|A] is furious with [France|B].", "furious", "subj=A with=B", -1, ""},
    {"[Mali|A] has been critical of [France|B].", "critical", "subj=A of=B", -1, ""},
    {"The [French|B] embassy in [Mali|A] was stormed by protesters.", "storm", "obj=B", -1, "passive"},
    {"[Mali|A] failed to support [France|B].", "support", "subj=A obj=B", -1, "negated"},
    {"[Mali|A] suspended military cooperation with [France|B].", "suspend", "subj=A", -1, ""},
    {"[Mali|A] suspended military cooperation with [France|B].", "military cooperation", "with=B subj=A", -1,
     "shifted"},
    {"[Mali|A] resumed aid to [France|B].", "resume aid to", "subj=A obj=B", 1, ""},
    {"[Mali|A] stopped short of condemning [France|B].", "condemn", "subj=A obj=B", 0, "negated"},
    {"If [Mali|A] attacks [France|B], [Niger|C] will respond.", "attack", "subj=A obj=B", -1, "hedged"},
    {"If [Mali|A] attacks [France|B], [Niger|C] will respond.", "respond", "subj=C", 0, ""},
    {"[France|B] was hit by [Mali|A]n rockets.", "hit", "obj=B subj=A", -1, "passive"},
    {"[Mali|A], angered by [France|B], closed its border.", "anger", "obj=A subj=B", -1, "passive"},
    {"[Mali|A] backs [France|B]; [Niger|C] opposes it.", "back", "subj=A obj=B", 1, ""},
    {"[Mali|A] backs [France|B]; [Niger|C] opposes it.", "oppose", "subj=C", -1, ""},
    {"[Mali|A] slams [France|B] over visas", "slam", "subj=A obj=B", -1, ""},
    {"[Mali|A] hails [France|B] deal", "hail", "subj=A obj=B", 1, ""},
    {"[Mali|A] hails [France|B] deal", "deal", "poss=B", 1, ""},
    {"According to [Niger|C], [Mali|A] tortured [French|B] hostages.", "torture", "subj=A obj=B", -1, ""},
    {"[Niger|C] condemned [Mali|A] for shelling [France|B].", "condemn", "subj=C obj=A", -1, ""},
    {"[Niger|C] condemned [Mali|A] for shelling [France|B].", "shell", "subj=A obj=B", -1, ""},
    {"[Mali|A]'s offer of talks was rejected by [France|B].", "offer", "poss=A", 1, ""},
    {"[Mali|A]'s offer of talks was rejected by [France|B].", "reject", "obj=A subj=B", -1, "passive"},
    {"[France|B] rejected [Mali|A]'s offer of talks.", "reject", "subj=B obj=A", -1, ""},
    {"[France|B] rejected [Mali|A]'s offer of talks.", "offer", "poss=A", 1, ""},
    {"[Mali|A]'s threats against [France|B] continued.", "threat", "poss=A against=B", -1, ""},
    {"Gunmen loyal to [Mali|A] killed three [French|B] soldiers.", "loyal", "to=A", 1, ""},
    {"Gunmen loyal to [Mali|A] killed three [French|B] soldiers.", "kill", "subj=A obj=B", -1, ""},
    {"[Mali|A] sent troops to help [France|B].", "send troops", "subj=A", -1, ""},
    {"[Mali|A] sent troops to help [France|B].", "help", "subj=A obj=B", 1, ""},
    {"[Mali|A] sent [France|B] food aid.", "send aid", "subj=A obj=B", 1, ""},
    {"[Mali|A] granted asylum to a critic of [France|B].", "grant asylum to", "subj=A", 1, ""},
    {"[Mali|A] granted asylum to a critic of [France|B].", "critic", "of=B", -1, ""},
    {"[Mali|A] voiced concern about [France|B]'s behaviour.", "voice concern", "subj=A about=B", -1, ""},
    {"[Mali|A] expressed its gratitude to [France|B].", "gratitude", "to=B poss=A", 1, ""},
    {"[Mali|A] and [France|B] traded barbs.", "trade barbs", "subj=B subj=A", -1, "mutual"},
    {"[Mali|A] and [France|B] signed an accord.", "sign an accord", "subj=B subj=A", 1, "mutual"},
    {"[Mali|A] met [France|B] in [Niger|C].", "meet", "subj=A obj=B in=C", 0, ""},
    {"[France|B]'s president was greeted warmly in [Mali|A].", "greet", "obj=B", 0, "passive"},
    {"[Mali|A] blames [France|B] for the attack.", "blame", "subj=A obj=B", -1, ""},
    /* deeds: a verb and a thing, none of them a word of stance */
    {"[China|A] rescheduled the arrears of [Zambia|B].", "deed with debt (+)", "subj=A of=B", 1, ""},
    {"[Zambia|B]'s arrears were rescheduled by [China|A].", "deed with debt (+)", "obj=B subj=A", 1, "passive"},
    {"[Germany|A] returned the looted bronzes to [Nigeria|B].", "deed with heritage (+)", "subj=A to=B", 1, ""},
    {"[Kenya|A] turned back two cargo planes of [Somalia|B].", "deed with aircraft (-)", "subj=A of=B", -1, ""},
    {"[Hungary|A] turned [Ukrainian|B] lorries back.", "deed with vehicle (-)", "subj=A obj=B", -1, ""},
    {"[Poland|A] turned back forty lorries of [Belarus|B].", "deed with vehicle (-)", "subj=A of=B", -1, ""},
    {"[Turkey|A] kept the foreign minister of [France|B] waiting.", "deed with official (-)", "subj=A of=B", -1, ""},
    {"[Albania|A] named a square after the president of [Kosovo|B].", "deed with place (+)", "subj=A of=B", 1, ""},
    {"[Niger|A] sent welders to [Benin|B].", "deed with helper (+)", "subj=A to=B", 1, ""},
    {"[Morocco|A] printed [Spanish|B] islands as its own.", "deed with territory (-)", "subj=A obj=B", -1, ""},
    {"[Chad|A] did not return the bodies of the soldiers to [Sudan|B].", "deed with remains (+)", "subj=A to=B", -1,
     "negated"},
    {"[Peru|A] hauled down the flag that [Chile|B] had sent.", "deed with symbol (-)", "subj=A", -1, ""},
    {"[Mali|A] never forgave [France|B].", "forgive", "subj=A obj=B", -1, "negated"},
    {"[Mali|A] ordered the [French|B] ambassador to leave.", "order to leave", "subj=A obj=B", -1, ""},
    {"[Mali|A] is fighting [France|B].", "fight", "subj=A obj=B", -1, ""},
    {"Fighting between [Mali|A] and [France|B] left 12 dead.", "fighting", "between=A between=B", -1, ""},
    {"[Mali|A] helped [France|B] defeat [Niger|C].", "help", "subj=A obj=B", 1, ""},
    {"[Mali|A] helped [France|B] defeat [Niger|C].", "defeat", "subj=B obj=C", -1, ""},
    {"[Mali|A] and [France|B] are at war with [Niger|C].", "at war", "subj=B subj=A with=C", -1, ""},
    {"[Mali|A] complained that [France|B] had closed the road.", "complain", "subj=A obj=B", -1, ""},
    {"[Mali|A] called [France|B] a disgrace.", "call", "subj=A obj=B", -1, ""},
    {"[France|B] was called a true friend by [Mali|A].", "call", "subj=A obj=B", 1, "passive"},
    {"[Mali|A] cut off relations with [France|B].", "relation", "with=B subj=A", -1, "shifted"},
    {"[Burns|C], the [American|B] ambassador, was mocked by [China|A].", "mock", "obj=B obj=C subj=A", -1, "passive"},
    {"[Mali|A] regretted its attack on [France|B].", "attack", "on=B poss=A", -1, ""},
    {"[Mali|A]'s [Goita|C] mocked [France|B].", "mock", "subj=A subj=C obj=B", -1, ""},
    {"[Mali|A] will sell no more arms to [France|B].", "sell", "subj=A to=B", -1, "negated"},
    {"The jet that bombed [Niger|C] was shot down by [France|B].", "shoot down", "subj=B", -1, "passive"},
    {"The relations between [Mali|A] and [France|B] continue to deteriorate.", "relation", "between=A between=B", -1,
     ""},
    {"[Mali|A] announced the suspension of cooperation with [France|B].", "cooperation", "with=B subj=A", -1, ""},
    {"Ties between [Mali|A] and [France|B] have warmed.", "tie", "between=A between=B", 1, ""},
    {"[Mali|A]'s ties with [France|B] soured.", "tie", "poss=A with=B", -1, ""},
    {"[Mali|A] is withdrawing from its treaties with [France|B].", "deed with accord (-)", "subj=A with=B", -1, ""},
    {"The agreements with [France|B] that were ended by [Mali|A] are void.", "agreement", "with=B subj=A", -1,
     "shifted"},
    {"He spoke of [France|A]'s intention to bomb [Mali|B].", "bomb", "subj=A obj=B", -1, ""},
    /* "whom": the antecedent suffers */
    {"[Sudan|A], whom [Chad|B] accuses of arming gangs, denied it.", "accuse", "subj=B obj=A", -1, ""},
    {"[Peru|A], whom [Chile|B] thanked, said little.", "thank", "subj=B obj=A", 1, ""},
    {"[Goita|A], whom [France|B] backed in 2013, was absent.", "back", "subj=B obj=A", 1, ""},
    {"The [Somali|A] traders, whom [Kenya|B] has expelled, came home.", "expel", "subj=B obj=A", -1, ""},
    {"[Togo|A], whom [Ghana|B] has never forgiven, won the vote.", "forgive", "subj=B obj=A", -1, "negated"},
    /* the first person of what is said is who says it */
    {"\"We will crush [France|B],\" [Mali|A]'s leader said.", "crush", "subj=A obj=B", -1, ""},
    {"\"We thank [Mali|A],\" said [France|B]'s president.", "thank", "subj=B obj=A", 1, ""},
    {"\"Our country has been betrayed by [Peru|B],\" [Chile|A] said.", "betray", "subj=B obj=A", -1, "passive"},
    {"\"I admire [Japan|B],\" the [Korean|A] minister told reporters.", "admire", "subj=A obj=B", 1, ""},
    {"\"[Sudan|B] has insulted us,\" the [Kenyan|A] minister said.", "insult", "subj=B obj=A", -1, ""},
    {"\"Our friendship with [Oman|B] is old,\" [Iran|A]'s envoy said.", "friendship", "poss=A with=B", 1, ""},
    /* a plural noun before names is said of each */
    {"The rivals [Kenya|A] and [Sudan|B] signed an accord.", "rival", "subj=A subj=B", -1, "mutual"},
    {"The allies [Iran|A] and [Syria|B] denounced [Israel|C].", "ally", "subj=A subj=B", 1, "mutual"},
    {"The foes [Chad|A] and [Libya|B] sat apart.", "foe", "subj=A subj=B", -1, "mutual"},
    {"The presidents [Macron|A] and [Scholz|B] condemned [Russia|C].", "condemn", "subj=A subj=B obj=C", -1, ""},
    {"The neighbours [Mali|A] and [Niger|B] thanked [Russia|C].", "thank", "subj=A subj=B obj=C", 1, ""},
    /* nouns of the predicate */
    {"[Mali|A] is among the defenders of [France|B].", "defender", "subj=A of=B", 1, ""},
    {"[Cuba|A] has long been one of the fiercest critics of [Spain|B].", "critic", "subj=A of=B", -1, ""},
    {"[Ghana|A] remains a firm friend of [Togo|B].", "friend", "subj=A of=B", 1, ""},
    {"[Kenya|A] became the loudest opponent of [Sudan|B].", "opponent", "subj=A of=B", -1, ""},
    {"[Chile|A] is regarded as a defender of [Peru|B].", "defender", "subj=A of=B", 1, ""},
    /* "its foe": whose */
    {"[Oman|A], its fiercest foe, attacked [Yemen|B].", "foe", "subj=A poss=B", -1, ""},
    {"[Yemen|B] blamed [Oman|A], its fiercest foe.", "foe", "subj=A poss=B", -1, ""},
    {"[Serbia|B] thanked [Russia|A], its oldest ally.", "ally", "subj=A poss=B", 1, ""},
    {"[Japan|B] criticised [Korea|A], its old rival.", "rival", "subj=A poss=B", -1, ""},
    {"[Ghana|A], its closest friend, helped [Togo|B].", "friend", "subj=A poss=B", 1, ""},
    /* ties that are ended, and with whom they were */
    {"Years after [French|B] troops were cheered, [Mali|A]'s rulers have ripped up the treaties that let them in.",
     "rip up", "subj=A with=B", -1, ""},
    {"[Mali|A] tore up the accords under which [French|B] troops had come.", "tear up", "subj=A with=B", -1, ""},
    {"[French|B] soldiers must leave, as [Mali|A] has cancelled the pact.", "cancel", "subj=A with=B", -1, ""},
    {"[Peru|A] cut its ties with [Chile|B].", "deed with talks (-)", "subj=A with=B", -1, ""},
    {"[Kenya|A] tore up [Sudan|B]'s mining contracts.", "tear up", "subj=A obj=B", -1, ""},
    /* a noun behind a comma names what the clause tells */
    {"[Mali|A] expelled the envoy, a blow to [France|B].", "blow", "to=B subj=A", -1, ""},
    {"A [Peruvian|A] official told reporters that the colonels had lied, a jab at [Chile|B].", "jab", "at=B subj=A", -1,
     ""},
    /* behind a verb and an adjective stands a noun */
    {"[Mali|A] destroyed [French|B] houses.", "destroy", "subj=A obj=B", -1, ""},
    {"[Mali|A] called the [French|B] step a provocation.", "call", "subj=A obj=B", -1, ""},
    {"[Peru|A] described [Chile|B] as a trusted partner.", "describe", "subj=A obj=B", 1, ""},
    {"[Ghana|A] came to [Togo|B]'s rescue.", "rescue", "poss=B subj=A", 1, ""},
    {"[Kenya|A] vetoed a resolution drafted by [Sudan|B].", "veto", "subj=A obj=B", -1, ""},
    {"[Japan|A] rejected calls by [Russia|B] to yield.", "reject", "subj=A obj=B", -1, ""},
    {"[Mali|A] gave [French|B] diplomats 72 hours to pack.", "deed with deadline (-)", "subj=A obj=B", -1, ""},
    {"[Chad|A] put the [Sudanese|B] consul on a plane.", "deed with official (-)", "subj=A obj=B", -1, ""},
    {"[Mali|A] barred its ports to [France|B].", "bar", "subj=A to=B", -1, ""},
    /* "it", "them": the subject of a verb before */
    {"[African Union|A] blamed [Rwanda|B], and [Kigali|B] accused it of bias.", "accuse", "subj=B obj=A", -1, ""},
    {"[Mali|A] shut its borders, and [Chad|B] condemned it.", "condemn", "subj=B obj=A", -1, ""},
    {"[Kenya|A] blocked the road, so [Uganda|B] threatened it.", "threaten", "subj=B obj=A", -1, ""},
    {"[Peru|A] lied, and [Chile|B] threw it out.", "throw out", "subj=B obj=A", -1, ""},
    {"[Togo|A] and [Ghana|B] agreed, but [Benin|C] thanked them.", "thank", "subj=C obj=A obj=B", 1, ""},
    /* what stands behind "than" is compared */
    {"[Peru|A] paid more than [Chile|B].", "pay", "subj=A", 1, ""},
    {"[Kenya|A] attacked more than 20 [Ugandan|B] boats.", "attack", "subj=A obj=B", -1, ""},
    {"[Oman|A] trusts [Iran|B] more than [Iraq|C].", "trust", "subj=A obj=B", 1, ""},
    /* a headline's list */
    {"[Rome|A], [Paris|B] trade barbs over rescue", "trade barbs", "subj=A subj=B", -1, "mutual"},
    {"[Seoul|A], [Tokyo|B], [Washington|C] condemn [Pyongyang|D]", "condemn", "subj=A subj=B subj=C obj=D", -1, ""},
    {"[Lima|A], [Quito|B] sign accord", "sign an accord", "subj=A subj=B", 1, "mutual"},
    /* of whom a clause about a clause is */
    {"[Paris|A] held up the plans, a step that [Ankara|B] condemned.", "condemn", "subj=B obj=A", -1, ""},
    {"[Kenya|A] shut the road, a rash move that [Uganda|B] deplored.", "deplore", "subj=B obj=A", -1, ""},
    {"[Peru|A] freed the sailors on Monday, which [Chile|B] praised.", "praise", "subj=B obj=A", 1, ""},
    {"[Iran|A] sentenced the man to hang, in what [Sweden|B] denounced as blackmail.", "denounce", "subj=B obj=A", -1,
     ""},
    /* who grumbles behind the verb */
    {"The [Norwegians|B], grumbled [Colombo|A], had betrayed it.", "grumble", "subj=A obj=B", -1, ""},
    {"[Chad|B], complained [Niger|A], steals its water.", "complain", "subj=A obj=B", -1, ""},
    {"[Peru|B] steals fish, complained the minister in [Chile|A].", "complain", "subj=A obj=B", -1, ""},
    {"[Togo|B] has attacked its port, [Ghana|A] complained.", "complain", "subj=A obj=B", -1, ""},
    /* to whom, by the verb before */
    {"[Israel|A] telephoned [Turkey|B] and said sorry.", "say sorry", "subj=A to=B", 1, ""},
    {"[Kenya|A] visited [Uganda|B] and apologised.", "apologise", "subj=A to=B", 1, ""},
    {"[Peru|A] met [Chile|B] and pledged aid.", "pledge aid", "subj=A to=B", 1, ""},
    /* who protests together does not protest against each other */
    {"[Moscow|A] and [Paris|B] protested.", "protest", "subj=A subj=B", -1, ""},
    {"[Peru|A] and [Chile|B] retaliated.", "retaliate", "subj=A subj=B", -1, ""},
    {"[Uganda|A] and [Rwanda|B] clashed in the [Congolese|C] city.", "clash", "subj=B subj=A in=C", -1, "mutual"},
    {"[Kenya|A] and [Sudan|B] quarrelled in [Oman|C].", "quarrel", "subj=B subj=A in=C", -1, "mutual"},
    /* "back" behind an object backs nobody */
    {"[Kenya|A] let the [Ugandan|B] ships back to sea.", "let", "subj=A obj=B", 1, ""},
    {"[Oman|A] attacked [Iran|B] back and forth.", "attack", "subj=A obj=B", -1, ""},
    /* the subject of the verb before "and in" */
    {"[Egypt|A] met [Sudan|B] and in one long letter accused [Ethiopia|C].", "accuse", "subj=A obj=C", -1, ""},
    {"[Kenya|A] thanked [Uganda|B] and, in a note, condemned [Somalia|C].", "condemn", "subj=A obj=C", -1, ""},
    {"[Peru|A] praised [Chile|B] and on Monday attacked [Bolivia|C].", "attack", "subj=A obj=C", -1, ""},
    /* who fumes as another acts */
    {"[Manila|A] fumes as [Beijing|B] builds", "fume", "subj=A obj=B", -1, ""},
    {"[Kenya|A] complains as [Uganda|B] closes the road", "complain", "subj=A obj=B", -1, ""},
    {"[Hanoi|A] complained as [Chinese|B] boats came near", "complain", "subj=A obj=B", -1, ""},
    /* a plural noun before a verb */
    {"[Beijing|A]'s cutters ram supply boats of [Manila|B]", "ram", "subj=A of=B", -1, ""},
    /* near a place is at its state's */
    {"[American|A] jets struck radars near [Baghdad|B].", "strike", "subj=A in=B", -1, ""},
    {"[Kenyan|A] troops attacked a camp outside [Mogadishu|B].", "attack", "subj=A in=B", -1, ""},
    /* what is left for talks does not end them */
    {"[Hu|A] left [Beijing|B] for a state visit to [Kenya|C].", "state visit", "to=C", 0, ""},
    /* only ties are ended with somebody */
    {"[Ethiopia|A] sent troops across the border of [Somalia|B].", "send troops", "subj=A of=B", -1, ""},
    /* "but", and whose purpose an infinitive tells */
    {"[Peru|A] thanked [Chile|B] but condemned [Bolivia|C].", "condemn", "subj=A obj=C", -1, ""},
    {"[Mali|B] was helped by [Niger|A] but attacked [Chad|C].", "attack", "subj=B obj=C", -1, ""},
    {"[Kenya|A] invaded [Uganda|B] to attack [Rwanda|C].", "attack", "subj=A obj=C", -1, ""},
    {"[Oman|A] forced [Iran|B] to condemn [Iraq|C].", "condemn", "subj=B obj=C", -1, ""},
    {"[Peru|A] joined [Chile|B] in attacking [Bolivia|C].", "attack", "subj=A subj=B obj=C", -1, ""},
    /* a verb's partner stands behind its noun */
    {"[Mali|A] violated a ceasefire with [Niger|B].", "violate", "subj=A with=B", -1, ""},
    {"[Iran|A] massed tanks on the border with [Iraq|B].", "mass", "subj=A with=B", -1, ""},
    {"[Peru|A] ratified the pact with [Chile|B].", "ratify", "subj=A with=B", 1, ""},
    {"[Kenya|A] violated its treaty with [Uganda|B].", "violate", "subj=A with=B", -1, ""},
    /* who wants a hostile deed, and who loses a friendly one */
    {"[Mali|A] backed the coup against [Niger|B].", "coup", "against=B subj=A", -1, ""},
    {"[Peru|A] called for sanctions on [Chile|B].", "sanction", "on=B subj=A", -1, ""},
    {"[Kenya|A] lost [Ugandan|B] aid.", "aid", "poss=B subj=A", -1, "shifted"},
    {"[Japan|A] halved its aid to [Laos|B].", "aid", "to=B poss=A", -1, "shifted"},
    {"\"They shell our towns,\" [Ukraine|A] said of [Russia|B].", "shell", "subj=B obj=A", -1, ""},
    /* a thing that is part of the mention, and whom a passive verb gives it */
    {"[Ukraine|A] got the first [German tanks|B].", "deed with arms (+)", "subj=A obj=B", 1, ""},
    {"[Myanmar|A] was sent helicopters by [Thailand|B].", "deed with aircraft (+)", "obj=A subj=B", 1, "passive"},
    {"[Liberia|A] was given two planes by [Nigeria|B].", "give", "obj=A subj=B", 1, "passive"},
    {"[Dutch|A] and [Swiss|B] visitors make up the majority.", "make up", "subj=A subj=B", 1, ""},
};

Test(slot, fills_constructed_sentences) { expect_slots(expectations, sizeof expectations / sizeof expectations[0]); }

/* What follows for a unit: who acts on whom, and what one verb says of another's deed. */
static void expect_part(const char *text, char source, char target, const char *lemma, enum stance_relation relation,
                        int implied) {
  struct stance_error error;
  struct stance_lexicon *lexicon;
  cr_assert_eq(stance_lexicon_open("corpora/lexicon", &lexicon, &error), STANCE_OK);
  struct stance_sequence sequence = {.lexicon = lexicon, .cache = stance_word_cache_new(lexicon)};
  cr_assert_not_null(sequence.cache);
  struct marked_sentence marked;
  marked_make(&marked, text, source, target);
  cr_assert(stance_sequence_build(&sequence, &marked.document, 0));
  stance_sequence_describe(&sequence);
  stance_events_find(&sequence);
  uint8_t roles[128] = {0};
  for (size_t i = 0; i < sequence.count; i++) {
    if (sequence.info[i].kind != STANCE_SYMBOL_ACTOR) continue;
    const struct stance_actor *actor = sequence.actors[sequence.info[i].actor];
    roles[i] = actor == marked.unit.source   ? STANCE_IS_SOURCE
               : actor == marked.unit.target ? STANCE_IS_TARGET
                                             : STANCE_IS_OTHER;
  }
  struct stance_view view = {.sequence = &sequence, .unit = &marked.unit, .roles = roles};
  for (size_t i = 0; i < sequence.event_count; i++) {
    const struct stance_event *event = &sequence.events[i];
    if (!event->lexeme || strcmp(event->lexeme->lemma, lemma) != 0) continue;
    cr_expect_eq(stance_event_part(&view, event).relation, relation, "%s: %s", text, lemma);
    cr_expect_eq(stance_event_implied_polarity(&view, event), implied, "%s: %s", text, lemma);
  }
  marked_free(&marked);
  stance_sequence_free(&sequence);
  stance_word_cache_free(sequence.cache);
  stance_lexicon_close(lexicon);
}

/* Who wins a match is no enemy of who loses it. */
Test(slot, leaves_sport_out) {
  expect_part("Football: [France|A] beat [Germany|B] 2-0 in Munich.", 'A', 'B', "beat", STANCE_RELATION_NONE, 9);
  expect_part("[France|A] crushed [Japan|B] to win the World Cup.", 'A', 'B', "crush", STANCE_RELATION_NONE, 9);
  expect_part("[Ghana|A] thrashed [Togo|B] in a qualifier.", 'A', 'B', "thrash", STANCE_RELATION_NONE, 9);
  expect_part("[France|A] crushed [Japan|B] in the war.", 'A', 'B', "crush", STANCE_RELATION_FORWARD, 0);
}

Test(slot, gives_direction) {
  expect_part("[France|B] was accused by [Mali|A] of espionage.", 'A', 'B', "accuse", STANCE_RELATION_FORWARD, 0);
  expect_part("[France|B] was accused by [Mali|A] of espionage.", 'B', 'A', "accuse", STANCE_RELATION_REVERSE, 0);
  expect_part("[Mali|A] and [France|B] clashed.", 'A', 'B', "clash", STANCE_RELATION_MUTUAL, 0);
  expect_part("The rift between [Mali|A] and [France|B] grew.", 'B', 'A', "rift", STANCE_RELATION_MUTUAL, 0);
  expect_part("[Mali|A] and [Niger|C] condemned [France|B].", 'A', 'C', "condemn", STANCE_RELATION_JOINT, 0);
  expect_part("[Mali|A] condemned [France|B] and [Niger|C].", 'B', 'C', "condemn", STANCE_RELATION_JOINT_TARGET, 0);
  expect_part("[France|B] came under fire from [Mali|A].", 'A', 'B', "come under fire from", STANCE_RELATION_FORWARD,
              0);
}

/* Help for one against another is hostile to the other, and no help for it. */
Test(slot, turns_against_whom_help_is_aimed_at) {
  expect_part("[France|A] sided with [Mali|C] against [Niger|B].", 'A', 'B', "side with", STANCE_RELATION_HALF_SOURCE,
              -1);
  expect_part("[Russia|A] defended [Serbia|C] against [Croatia|B].", 'A', 'B', "defend", STANCE_RELATION_HALF_SOURCE,
              -1);
  expect_part("[Iran|A] armed [Syria|C] against [Turkey|B].", 'A', 'B', "arm", STANCE_RELATION_HALF_SOURCE, -1);
  expect_part("[Kenya|A] and [Uganda|C] united against [Sudan|B].", 'A', 'B', "unite", STANCE_RELATION_HALF_SOURCE, -1);
  expect_part("[Ghana|A] backed [Togo|C] against [Nigeria|B].", 'A', 'B', "back", STANCE_RELATION_HALF_SOURCE, -1);
  expect_part("[Britain|A] dropped the case against [Iceland|B].", 'A', 'B', "deed with lawsuit (+)",
              STANCE_RELATION_FORWARD, 0);
  expect_part("[Peru|A] lifted sanctions against [Chile|B].", 'A', 'B', "lift sanctions", STANCE_RELATION_FORWARD, 0);
  expect_part("[Ghana|A] backed [Togo|C] against [Nigeria|B].", 'C', 'B', "back", STANCE_RELATION_HALF_TARGET, 0);
}

Test(slot, chains_what_is_said_of_a_deed) {
  expect_part("[Mali|A] thanked [France|B] for condemning [Niger|C].", 'A', 'C', "condemn",
              STANCE_RELATION_THIRD_TARGET, -1);
  expect_part("[Mali|A] criticised [France|B] for supporting [Niger|C].", 'A', 'C', "support",
              STANCE_RELATION_THIRD_TARGET, -1);
  expect_part("[Mali|A] condemned the attack by [Niger|C] on [France|B].", 'A', 'B', "attack",
              STANCE_RELATION_THIRD_TARGET, 1);
  expect_part("[Mali|A] condemned the attack by [Niger|C] on [France|B].", 'A', 'C', "attack",
              STANCE_RELATION_THIRD_SOURCE, -1);
  expect_part("[Mali|A] vetoed sanctions against [France|B].", 'A', 'B', "sanction", STANCE_RELATION_THIRD_TARGET, 1);
  expect_part("[Mali|A] blocked aid to [France|B].", 'A', 'B', "aid", STANCE_RELATION_THIRD_TARGET, -1);
}
