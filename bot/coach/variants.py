"""Other spellings of the same words: contractions, British and American, and how people type in chat."""

_SPELLINGS = """
favour favor|favours favors|favourite favorite|favourites favorites|favoured favored|favouritism favoritism|colour color|honour honor
honoured honored|neighbour neighbor|neighbours neighbors|neighbourhood neighborhood|behaviour behavior|labour labor|rumour rumor
rumours rumors|humour humor|flavour flavor|endeavour endeavor|organise organize|organised organized|organising organizing
apologise apologize|apologised apologized|apologising apologizing|realise realize|realised realized|recognise recognize
prioritise prioritize|prioritised prioritized|prioritising prioritizing|authorise authorize|authorised authorized|finalise finalize
finalised finalized|minimise minimize|summarise summarize|criticise criticize|criticised criticized|itemise itemize|centre center
cheque check|cheques checks|licence license|licences licenses|practise practice|programme program|mum mom mam|mums moms
mummy mommy|cancelled canceled|cancelling canceling|travelling traveling|labelled labeled|counselling counseling|counsellor counselor
enrol enroll|fulfil fulfill|judgement judgment|tyre tire|kerb curb|grey gray|pyjamas pajamas|whilst while|jewellery jewelry
you u ya|your ur yr|you're ur|please pls plz|because cos coz cuz cause bc|tomorrow tmrw tmw tomo 2moro|tonight 2nite tonite
thanks thx tnx ta|and &|though tho|through thru|okay ok k|people ppl|message msg|messages msgs|about abt|before b4|with w
weekend wknd wkend|appointment appt|account acct|something smth smthg|someone sm1|everyone every1|anyone any1|really rly
between btwn|business biz|definitely defo deffo definately|probably prob probs|obviously obvs
"""
_PAIRS = {
    "going to": "gonna",
    "want to": "wanna",
    "got to": "gotta",
    "let me": "lemme",
    "give me": "gimme",
    "kind of": "kinda",
}
_NOT = {"can't": ("cannot", "can not"), "won't": ("will not",), "shan't": ("shall not",)}
_ENDINGS = {"'ll": "will", "'re": "are", "'ve": "have"}
_IS_AFTER = frozenset("it that what there here he she who where how everything everyone nothing".split())
_WORDS_OF_THEIR_OWN = frozenset("ill well hell shell were id wed shed".split())


def pairs() -> dict[str, str]:
    """Return the two-word phrases that people run together, with what they type."""
    return _PAIRS


def spellings() -> dict[str, tuple[str, ...]]:
    """Return for each word its other spellings."""
    table: dict[str, tuple[str, ...]] = {}
    for row in _SPELLINGS.replace("\n", "|").strip("|").split("|"):
        first, *rest = row.split()
        table[first] = (*table.get(first, ()), *rest)
        if len(rest) == 1 and len(rest[0]) > 3:
            table.setdefault(rest[0], (first,))
    return table


def contractions(word: str) -> tuple[str, ...]:
    """Return the ways to write a `word` that has an apostrophe, itself first: don't, do not, dont."""
    bare = word.replace("'", "")
    ways = (word,) if bare in _WORDS_OF_THEIR_OWN else (word, bare)
    return ways + _spelt_out(word)


def _spelt_out(word: str) -> tuple[str, ...]:
    stem, ending = word[: word.index("'")], word[word.index("'") :]
    if word.endswith("n't"):
        return _NOT.get(word, (f"{word[:-3]} not",))
    if word == "let's":
        return ("let us",)
    if word == "i'm":
        return ("i am",)
    if ending == "'s":
        return (f"{stem} is",) if stem in _IS_AFTER else ()
    if ending == "'d":
        return (f"{stem} would", f"{stem} had") if stem in _IS_AFTER | {"i", "you", "we", "they"} else ()
    return (f"{stem} {_ENDINGS[ending]}",) if ending in _ENDINGS else ()
