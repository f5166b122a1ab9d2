"""Do the words deny a claim, or is something withheld, asked about, or merely called fake in passing?

"The ministry denied the report" disputes; "denied them access", "the right that they were denied" and "deny the group
sanctuary" do not.
"""

from __future__ import annotations

import re

from dragoman.extract.ledger import Found

CLAIMS = (
    r"(?:claims?|reports?|allegations?|accusations?|charges?|assertions?|suggestions?|insinuations?|stor(?:y|ies)|rumou?rs?|"
    r"involvement|responsibility|wrongdoing|role|knowledge|existence|links?|ties|notion|idea|versions?|accounts?|speculation|"
    r"statements?|remarks|complicity|guilt|plans?|intentions?|opposition|charge|mediation|contacts?|collusion|interference|meddling|"
    r"occurrence|meetings?|talks|calls?|agreements?|deals?|attacks?|abuses?|violations?|incidents?|use|support)"
)
DISPUTED = re.compile(
    r"[\s,]*(?:(?:too|also|again|however|instead)[\s,]+)?(?:$|[.;:)—–”\"]|(?:that|having|being|it|this|any|all|both|ever|even|knowing|wanting|seeking|trying|doing|making|giving|"
    r"taking|plotting|planning|using|sending|receiving|meeting|playing|offering|promising|asking|killing|targeting|violating|"
    r"holding|interfering|supporting|backing|firing|carrying|committing|conducting|saying|telling|what|in|on|to (?:reporters|the press)|when|"
    r"and|but|as|at|by|through|there)\b|"
    rf"(?:(?:the|a|an|such|these|those|its|his|her|their|our|my|earlier|media|news|press)\s)*(?:[\w’'-]+\s){{0,3}}{CLAIMS}\b)"
)
PLAIN_THING = re.compile(r"\s(?:the|a|an|his|her|its|their)\s[\w-]+(?:\s[\w-]+)?(?:$|[.,;”\"])")
WITHHELD = re.compile(
    r"[^.;]{0,80}\b(?:access|technolog\w+|opportunit\w+|rights? (?:to|of)|right\b|entry|visas?|havens?|territor\w+|freedoms?|justice|"
    r"sovereignty|independen\w+|permission|bail|asylum|sanctuary|space|ability|status|applications?|momentum|funding|education|"
    r"care|medicine|citizenship|benefits|leave|parole)\b"
)
SURE = re.compile(
    r"[\s,]*(?:(?:too|also|again|however|instead)[\s,]+)?(?:that|having|being)\b|[\s,]*(?:any|the|all|such|these|those)?\s?(?:[\w’'-]+\s){0,2}(?:claims?|reports?|allegations?|accusations?)\b"
)
PASSIVE = re.compile(r"\b(?:be|been|being|is|are|was|were|get|gets|got)\s(?:\w+ly\s|long[- ])?$|[-–]$|\bthose\s$")
BY = re.compile(r"\s*(?:by\b|$|[.,;])")
UNDENIED = re.compile(
    r"\b(?:no|nobody can|cannot|can['’]?t|can not|hard to|impossible to|confirm(?:s|ed|ing)? (?:or|nor)|want to|requests? (?:\w+ ){0,6})\s?$"
)
PREDICATE = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|as|called|calls|calling|branded|these|those|such|peddl\w+|spread\w*|pure|complete|total|absolute|sheer|"
    r"utter\w*|entirely|totally|completely|deliberate|patently|just|simply|all|of)|['’]s|[-–,])\s(?:an?\s)?(?:\w+\s)?(?:and\s\w+\s)?$|(?:^|[“\"])(?:\w+\s)?$"
)
OF_CLAIM = re.compile(rf"\s(?:\w+\s)?{CLAIMS}\b|\s?(?:news\b)?[”\"]|,? (?:he|she|they|the \w+) (?:said|says)")
HAVING_MADE = re.compile(r"\b(?:I|we|you|he|she|they|who|it|have|has|had)\s$")
UNSURE = re.compile(r"\b(?:may|might|sure|if|whether|longer|could)\b[^.;]{0,25}$")
CALLED_ELSE = re.compile(r"\s(?:out|for|on|upon|off|in)\b")
NO_JUDGEMENT = re.compile(
    r"[^.;]{0,60}\b(?:illegal|unlawful|unfair)\s(?:immigra|migra|alien|drug|arms|weapon|trade|trafficking|fishing|detain)"
)
OF_MIND = re.compile(r"\s(?:his|her|their|its|my|our|your|the)\s(?:own\s)?minds?\b")
NOUN_BEFORE = re.compile(
    r"\b(?:the|a|an|many|these|those|several|such|other|territorial|trade|border|legal|any|no|of|in|on|over|and|long|bitter|previously|widely|now)\s$"
)
ASKS = re.compile(r"\?[”\"’')\s]*$")
QUESTIONERS = frozenset({"question", "q", "moderator", "reporter", "interviewer"})
NOBODIES = frozenset({"them", "themselves", "him", "her", "us", "himself", "herself", "itself"})


def disputes(text: str, match: Found) -> bool:
    """Whether the words of a match dispute a claim."""
    name, sentence = match.rule.name, match.sentence.span
    cue = match.cue
    before, after = (
        text[max(sentence.start, cue.start - 60) : cue.start],
        text[cue.end : min(sentence.end, cue.end + 120)],
    )
    if name == "dispute.denied":
        return denies(before, after)
    if name == "dispute.untrue":
        return not HAVING_MADE.search(before) and bool(PREDICATE.search(before) or OF_CLAIM.match(after))
    if name == "dispute.not_true":
        return not ASKS.search(text, sentence.start, sentence.end) and not UNSURE.search(
            text[sentence.start : match.span.start]
        )
    if name == "dispute.called_bad":
        return not CALLED_ELSE.match(after) and not NO_JUDGEMENT.match(after)
    if name == "dispute.made_up":
        return not OF_MIND.match(after)
    if name in ("dispute.rejected", "dispute.disputed_that"):
        return not NOUN_BEFORE.search(before)
    return True


def denies(before: str, after: str) -> bool:
    """Whether "deny" between these words has a claim or a deed as its object."""
    if UNDENIED.search(before):
        return False
    if PASSIVE.search(before):
        return BY.match(after) is not None and not before.rstrip().endswith("long-")
    if not DISPUTED.match(after) and not PLAIN_THING.match(after):
        return False
    return SURE.match(after) is not None or WITHHELD.match(after) is None
