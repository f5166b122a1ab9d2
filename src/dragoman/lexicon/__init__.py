"""The vocabulary: typed tables, and one automaton that finds every phrase of them in a text.

    from dragoman.lexicon.load import Lexicon, load_lexicon

    lexicon = load_lexicon()
    for hit in lexicon.hits(text): ...        # span, kind, key, strong, form

Kinds of hits, and what the key opens:

    party            lexicon.parties[key]; form is a PartyForm: name, demonym, capital, seat, code
    combining        lexicon.parties[key]: "Indo-", "Sino-"
    place            lexicon.places[key]
    organisation     lexicon.organisations[key]
    body_head        a noun such as "ministry", "parliament", "embassy"; form is its kind
    office           lexicon.offices[key]: "Secretary of State"
    office_head      lexicon.heads[key]: "minister"; form is "plural" for plurals
    cue              lexicon.cues[key], key "meet/verb", "meeting/noun"; form is base, present, past, participle,
                     gerund, noun or phrase ("past" where past and participle are one word)
    mechanism        lexicon.mechanisms[key]
    mechanism_head   "Dialogue", "Working Group"
    topic            the topic
    channel          the channel: "X post", "press briefing"
    decoy            a name that holds a party's or a place's and is neither: "Paris Agreement"
    group            "countries", "sides"; form is the codes that the noun alone tells

``Lexicon.hits`` is one pass a text and is kept for the next call with the same text. See docs/lexicon.md for how to
add an entry.
"""
