//! The words of English that carry grammar, and the common verbs, as lists.
//!
//! Written for this project: the closed classes of any grammar, the irregular verbs, and verbs
//! and adjectives that are frequent in news.

use super::tag::Kinds;

/// Closed classes: what the words of a list may be.
pub(super) const CLOSED: &[(Kinds, &str)] = &[
    (
        Kinds::DET,
        "the a an this these those some any each every all both either neither another such several many \
         few most no what half enough certain various more",
    ),
    (
        Kinds::PRON,
        "he she they we i you it him them us me himself herself themselves itself who everyone nobody anyone \
         someone none everybody somebody nothing something anything everything others there",
    ),
    (Kinds::POSS, "his her its their our my your whose"),
    (
        Kinds::PREP,
        "in on at by for from with of into onto upon against between among amid amidst during near outside \
         inside across along around over under through throughout towards toward via within without about \
         above below behind beside beyond off out despite except following like per than till unlike up down \
         aboard alongside atop opposite regarding concerning including besides off away past ahead back \
         together aside forward apart",
    ),
    (Kinds::PREP.or(Kinds::SUB), "after before since until as because"),
    (
        Kinds::SUB,
        "while when if unless although though whether where whereas once lest that how why whenever",
    ),
    (Kinds::REL, "who which whom whose that"),
    (Kinds::COORD, "and or but nor"),
    (Kinds::TO, "to"),
    (Kinds::AS, "as"),
    (Kinds::AT, "at"),
    (Kinds::LEAST, "least most"),
    (Kinds::ABOUT, "about over around than nearly some under"),
    (Kinds::ACCORDING.or(Kinds::ING).or(Kinds::ADJ), "according"),
    (Kinds::NOUN, "shot shots cost thought spread"),
    (Kinds::CROWD, "thousands hundreds dozens millions scores"),
    (Kinds::SAY, "say says said tell tells told report reports claim claims fear fears believe believes"),
    (Kinds::NEG, "not never n't"),
    (Kinds::MODAL, "will would can could may might shall should must cannot 'll 'd"),
    (Kinds::MODAL.or(Kinds::NEG), "won't wouldn't can't couldn't shouldn't mustn't"),
    (Kinds::BE, "is are was were be been being am 're 'm"),
    (Kinds::BE.or(Kinds::NEG), "isn't aren't wasn't weren't"),
    (Kinds::HAVE, "has have had having 've"),
    (Kinds::HAVE.or(Kinds::NEG), "hasn't haven't hadn't"),
    (Kinds::DO, "do does did"),
    (Kinds::DO.or(Kinds::NEG), "don't doesn't didn't"),
    (
        Kinds::ADV,
        "also already still just only now then here ever soon again even almost nearly yet so too very long \
         earlier later ago once twice however meanwhile moreover instead perhaps maybe often always sometimes \
         recently reportedly allegedly largely mostly militarily currently together abroad overseas north \
         south east west northward southward eastward westward indeed otherwise nonetheless therefore thus \
         hence meantime overnight quickly immediately well afterwards afterward far away alone elsewhere \
         rather quite outright indefinitely jointly further temporarily",
    ),
    (
        Kinds::NUM,
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
         seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds \
         thousand thousands million millions billion billions dozen dozens scores zero first second third",
    ),
    (
        Kinds::TIME,
        "monday tuesday wednesday thursday friday saturday sunday january february march april june july \
         august september october november december jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. \
         dec. today yesterday tomorrow tonight",
    ),
    (
        Kinds::ADJ,
        "new old big large small great high low long short young good bad major minor senior top former late \
         early recent last next previous final local national international foreign federal regional global \
         political military civil civilian economic financial social public private armed unarmed nuclear \
         chemical biological humanitarian medical legal illegal strong weak powerful heavy light deadly fatal \
         severe serious massive huge key main central northern southern eastern western north-eastern \
         northeastern northwestern southeastern southwestern mid official unofficial free fair democratic \
         islamic muslim christian jewish independent interim outgoing acting prime general joint bilateral \
         multilateral peaceful violent angry ready willing able likely unlikely due open full empty total dead \
         alive injured unknown unidentified suspected alleged possible potential separate similar different \
         same other own joint first second third black white red green blue brief close direct strategic \
         urgent immediate annual monthly weekly daily dangerous safe sick poor rich real hard soft clear \
         critical crucial sensitive suicide sporadic fierce intense bloody brutal domestic rural urban coastal \
         royal presidential parliamentary rebel elected exiled ousted jailed retired nearby missing homeless \
         afraid aware responsible committed prepared present available necessary important tense calm quiet \
         anti-government pro-government government-held rebel-held so-called massive widespread long-running \
         two-day three-day two-hour year-old unprecedented historic wide entire whole special common tropical \
         torrential magnitude strongest worst latest biggest largest least next nationwide",
    ),
];

/// Forms of irregular verbs: base, past, participle.
pub(super) const IRREGULAR: &str = "\
arise arose arisen|awake awoke awoken|bear bore borne|beat beat beaten|become became become|begin began begun|\
bend bent bent|bet bet bet|bid bid bid|bind bound bound|bite bit bitten|bleed bled bled|blow blew blown|\
break broke broken|breed bred bred|bring brought brought|broadcast broadcast broadcast|build built built|\
burst burst burst|buy bought bought|cast cast cast|catch caught caught|choose chose chosen|cling clung clung|\
come came come|cost cost cost|creep crept crept|cut cut cut|deal dealt dealt|dig dug dug|draw drew drawn|\
drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed fed|feel felt felt|\
fight fought fought|find found found|flee fled fled|fly flew flown|forbid forbade forbidden|\
foresee foresaw foreseen|forget forgot forgotten|forgive forgave forgiven|freeze froze frozen|get got got|\
give gave given|go went gone|grow grew grown|hang hung hung|hear heard heard|hide hid hidden|hit hit hit|\
hold held held|hurt hurt hurt|keep kept kept|know knew known|lay laid laid|lead led led|leave left left|\
lend lent lent|let let let|lie lay lain|lose lost lost|make made made|mean meant meant|meet met met|\
overrun overran overrun|overthrow overthrew overthrown|overtake overtook overtaken|pay paid paid|put put put|\
quit quit quit|read read read|retake retook retaken|ride rode ridden|ring rang rung|rise rose risen|\
run ran run|say said said|see saw seen|seek sought sought|sell sold sold|send sent sent|set set set|\
shake shook shaken|shed shed shed|shine shone shone|shoot shot shot|show showed shown|shut shut shut|\
sing sang sung|sink sank sunk|sit sat sat|slay slew slain|sleep slept slept|slide slid slid|\
speak spoke spoken|spend spent spent|spill spilled spilled|split split split|spread spread spread|\
stand stood stood|steal stole stolen|stick stuck stuck|strike struck struck|string strung strung|\
swear swore sworn|sweep swept swept|swim swam swum|swing swung swung|take took taken|teach taught taught|\
tear tore torn|tell told told|think thought thought|throw threw thrown|undergo underwent undergone|\
understand understood understood|undertake undertook undertaken|uphold upheld upheld|wake woke woken|\
wear wore worn|weep wept wept|win won won|withdraw withdrew withdrawn|withhold withheld withheld|\
withstand withstood withstood|write wrote written|beset beset beset|shrink shrank shrunk|spew spewed spewed";

/// Nouns that the lexicon knows as verbs alone.
pub(super) const NOUNS: &str = "rail train ship boat bus plane truck jet board book brand bust chain comb cull dock doctor \
dump field flag flock gas gate gun hack hand head herald house ink jail journey knife lash level loot market mass mine mob \
mug name nurse pack park phone pilot plant plot pool port post pound probe pump race rail rain ram rap rival root rout sack \
school scrap seal seat shell shock shop side siege slap snow staff stage station steam stock stone stream tank target tie \
torch trail trap trust tunnel veto voice wall warrant wash watch water wave weather whip wire yield pitch bar border cap \
club counter court cup film flood gale heckle list model nail picket riot rampage skirmish storm strand throng toll trek";

/// Verbs of more than one syllable that double their last consonant.
pub(super) const DOUBLING: &str = "admit commit permit submit refer occur deter rebel expel propel compel \
patrol control regret concur kidnap equip cancel travel quarrel abet defer prefer transfer omit acquit hijack \
repel annul dispel impel excel befit allot recur confer infer fuel refuel level revel pummel libel rival imperil \
handicap outfit program label signal marshal incur model total channel counsel shovel tunnel";

/// Common verbs beside those of the lexicon and of [`IRREGULAR`].
pub(super) const VERBS: &str = "commit flee stop admit tie accelerate accompany achieve acquire act adapt add adjust adopt affect agree aim \
allocate allow alter amount analyse announce annoy anticipate appear apply appoint approach argue arrange assess \
assist associate assume attach attempt attract author authorise authorize avoid aware await base belong benefit \
block border born boost call calculate capture carry cause celebrate challenge change chase check circulate cite \
claim clean clear climb collect combine comment compare compete complete comply comprise concentrate concern \
conclude conduct confirm consider consist constitute construct consume contact contain continue contrast \
contribute convert convince cope count cover crack create cross cry cure damage dance date decide declare decline \
decorate dedicate defend define delay demonstrate depend describe deserve design desire destroy determine develop \
die differ direct disappear discover display distribute divide double dress drop dump earn edit eliminate emanate \
embark emerge emphasise emphasize employ enable encounter encourage end endanger enforce engage enhance enjoy \
ensure enter envisage establish estimate evaluate evolve examine exceed exist expand expect experience explain \
explore express extend face fail fear feature figure file fill fine finish fit fix focus follow force form \
free function fund gather generate govern grab graduate grant greet guide handle happen hate head heal help hike \
hire honour hope host house hurry identify illustrate imagine impact implement imply import impose improve include \
increase indicate induce influence inform inherit initiate insist inspire install instruct insult intend intensify \
introduce invest invite involve issue join judge jump keep kick knock label lack land last laugh launch learn lessen \
level lift like limit link listen live load located lock look love lower maintain manage mark marry match matter \
measure mention mind monitor motivate mount move multiply name need neglect note notice notify number obey object \
observe obtain occupy occur operate order organise organize outline overcome oversee owe own participate pass pave \
perform persuade place plan plant play please point pose possess post pour practise predict prefer prepare preserve \
press pretend prevent print proceed produce progress project prolong prompt protect prove publish pull pursue push \
qualify quote raise range reach react realise realize rebuild recall receive reckon recognise record recover reduce \
refer reflect regard register reign reimpose reject relate relax rely remain remember remind remove rename render \
rent repair repeat replace reply report represent require rescue research reserve reside resolve respond rest \
restore restrict result resume retain retire reveal reverse review revive risk roam rock rule rush satisfy save \
scare schedule score search secure seem select separate serve settle shape share shift shout signal sign slow smile \
smoke solve sort speculate spark spell spot stall star start state stay step stimulate stop store strengthen stretch \
struggle study stumble submit succeed suffer suggest suit supervise supply suppose survive suspect sustain switch \
talk target taste tend term terminate test thank tie top touch trace track trade trail train transform translate \
transport treat trigger trim trust try turn tweet uncover understand unveil update upgrade urge use utilise value \
vary view visit vote wait walk wander want waste watch weigh weaken welcome widen wish witness work worry worsen \
wound yield believe begin bring seem tell think vow blame deny reiterate stress assert maintain testify echo insist \
respond hail suffer trap strand injure shelter stem lag rise plunge soar surge climb tumble gain slip ease halt tighten \
loosen negotiate plead vandalise convene inaugurate oppose obtain kneel claim conclude recommend aid alert allege";

/// Verbs that are as often nouns.
pub(super) const NOUN_TOO: &str = "act aid aim alert answer appeal approach attempt balance ban base battle benefit bid block boost \
border call campaign care cause challenge change charge chase claim combat comment concern conduct conflict contact contract \
control cost count crack cover crash cross cure cut damage date deal debate delay demand design desire drive drop end escape \
exchange excuse exercise experience export face fall fear feature fight figure file fine fire fix flood focus force form \
function fund gain grant guard guide halt hand harm head help hike hold hope host house hunt impact import increase influence \
interest interview issue joke judge jump kick lack land launch lead leak level lift limit link list look loss love mark \
march match matter measure mention mind move murder need neglect notice number object offer order outline pass pay place plan \
plant play point port post practice press price process produce profit progress project promise protest quarrel quote \
race raid rally range rank reach record reform release remark rent repair reply report request rescue research reserve \
respect rest result retreat return review ride riot rise risk rock rule run sanction scale schedule score search sense \
separate service set shake shape share shelter shift shock shoot show shout sign smoke sound spark spill split spot \
spread stage stand star start state stay steal step stop storm stress stretch strike struggle study supply support surge \
surprise suspect swap switch talk tank target taste tax tear tender term test thank threat tie top torture total touch \
tour trace track trade traffic train transfer transport travel treat trial trigger trip trust try turn update use value \
view visit voice vote wait walk want warrant waste watch wave wish witness work worry wound yield release stay worship \
defeat blast bomb blockade quarantine shell rocket mine address attack assault rape ambush siege strike torch vow pledge \
toll veto purge crush drill patrol airlift influx surrender capture arrest murder probe permit volunteer check climb plunge push rush \
signal store trail trap";
