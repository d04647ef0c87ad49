"""Any form of an English word: what `give+` stands for in a phrase."""

_VERBS = """
be am is are was were been being|become becomes became becoming|begin begins began begun beginning|bend bends bent bending
bet bets betting|bid bids bidding|bite bites bit bitten biting|break breaks broke broken breaking|bring brings brought bringing
build builds built building|buy buys bought buying|catch catches caught catching|choose chooses chose chosen choosing
come comes came coming|cost costs costing|cut cuts cutting|deal deals dealt dealing|do does did done doing
drink drinks drank drunk drinking|drive drives drove driven driving|eat eats ate eaten eating|fall falls fell fallen falling
feed feeds fed feeding|feel feels felt feeling|fight fights fought fighting|find finds found finding|fly flies flew flown flying
forget forgets forgot forgotten forgetting|forgive forgives forgave forgiven forgiving|get gets got gotten getting
give gives gave given giving|go goes went gone going|grow grows grew grown growing|have has had having|hear hears heard hearing
hide hides hid hidden hiding|hit hits hitting|hold holds held holding|hurt hurts hurting|keep keeps kept keeping
know knows knew known knowing|lay lays laid laying|lead leads led leading|leave leaves left leaving|lend lends lent lending
let lets letting|lie lies lied lying|lose loses lost losing|make makes made making|mean means meant meaning|meet meets met meeting
owe owes owed owing|pay pays paid paying|put puts putting|quit quits quitting|read reads reading|ride rides rode ridden riding
ring rings rang rung ringing|run runs ran running|say says said saying|see sees saw seen seeing|sell sells sold selling
send sends sent sending|set sets setting|shake shakes shook shaken shaking|show shows showed shown showing|shut shuts shutting
sit sits sat sitting|sleep sleeps slept sleeping|speak speaks spoke spoken speaking|spend spends spent spending
split splits splitting|stand stands stood standing|steal steals stole stolen stealing|stick sticks stuck sticking
swear swears swore sworn swearing|take takes took taken taking|teach teaches taught teaching|tell tells told telling
think thinks thought thinking|throw throws threw thrown throwing|understand understands understood understanding
wear wears wore worn wearing|win wins won winning|write writes wrote written writing
"""
_NOUNS = "child children|man men|woman women|person people persons|wife wives|life lives|half halves|foot feet|shelf shelves|knife knives"
_DOUBLES = frozenset(
    "admit beg blag blog chat chip chop clip commit cram dig dip drag drop equip fit flag flip grab grin hop hug jot knit knock lag "
    "log map mix mop nag nod occur omit pad pat permit pin plan plot plug pop prefer refer regret rig rip rob rub sag scan scrap ship "
    "shop sip skim skip slam slap slip snap snub sob spot squat step stir stop strip submit swap tag tap tip transfer trap trim trip "
    "tug vet whip wrap zip top bump cap fob rat mug bin sum chat ban bar blur".split()
)
_VOWELS = "aeiou"


def forms(word: str) -> frozenset[str]:
    """Return `word` with its plural, third person, past and -ing forms, lower case."""
    word = word.lower()
    irregular = _irregular().get(word)
    return irregular if irregular is not None else frozenset({word, _with_s(word), _with_ed(word), _with_ing(word)})


def _irregular() -> dict[str, frozenset[str]]:
    rows = "|".join(line for line in _VERBS.strip().splitlines()) + "|" + _NOUNS
    families = [frozenset(row.split()) for row in rows.split("|")]
    return {row.split()[0]: family for row, family in zip(rows.split("|"), families, strict=True)}


def _with_s(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _with_ed(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ied"
    return _stem(word) + "ed"


def _with_ing(word: str) -> str:
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if word.endswith("e") and not word.endswith(("ee", "ye", "oe")):
        return word[:-1] + "ing"
    return _stem(word) + "ing"


def _stem(word: str) -> str:
    british_l = word.endswith("el") and len(word) > 4
    return word + word[-1] if word in _DOUBLES or british_l else word
