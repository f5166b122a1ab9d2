"""Who said what, in sentences written for the purpose."""

import datetime
import functools
import hashlib

import pytest

from dragoman.pipeline import Reader
from dragoman.record.document import Document, DocumentKind, Publication, PublishedBasis
from dragoman.record.mentions import Directness, StatementMention


@functools.cache
def reader() -> Reader:
    return Reader()


def statements(text: str) -> list[StatementMention]:
    day = datetime.date(2025, 5, 29)
    document = Document(
        id="d",
        text=text,
        digest=hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest(),
        published=Publication(start=day, end=day, basis=PublishedBasis.GIVEN),
    )
    return [m for m in reader().read(document).mentions if isinstance(m, StatementMention)]


def quoted(text: str) -> list[tuple[str | None, list[str]]]:
    return [(s.speaker, [q.of(text) for q in s.quoted]) for s in statements(text) if s.quoted]


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("“We have a deal on steel,” Annalena Baerbock said.", "Annalena Baerbock", ["We have a deal on steel,"]),
        ('"We have a deal on steel," said Marco Rubio.', "Marco Rubio", ["We have a deal on steel,"]),
        (
            "“We have a deal,” Marco Rubio said on Monday. “The rest will follow in June.”",
            "Marco Rubio",
            ["We have a deal,", "The rest will follow in June."],
        ),
        (
            "Marco Rubio told reporters the talks were “the best in many years.”",
            "Marco Rubio",
            ["the best in many years."],
        ),
        (
            "The embassy closed on Friday.\n\nMarco Rubio said:\n\n“The doors will open again.”",
            "Marco Rubio",
            ["The doors will open again."],
        ),
        (
            "“The doors will open again next week.” — Marco Rubio",
            "Marco Rubio",
            ["The doors will open again next week."],
        ),
    ],
)
def test_a_quotation_has_its_speaker(text: str, speaker: str, words: list[str]) -> None:
    assert (speaker, words) in quoted(text)


def test_a_pronoun_is_the_person_named_before() -> None:
    text = "Marco Rubio landed in Delhi on Monday. “It is good to be back,” he said."
    assert quoted(text) == [("Marco Rubio", ["It is good to be back,"])]


def test_the_statement_is_of_the_body_that_issued_it() -> None:
    text = (
        "The State Department published an account of the talks. The State Department said they were frank.\n"
        "“Both sides want a quick result on tariffs,” the statement said."
    )
    (statement,) = [s for s in statements(text) if s.quoted]
    assert (statement.speaker, statement.parties, statement.channel) == ("State Department", ("USA",), "readout")


def test_reported_speech_is_indirect_and_keeps_its_clause() -> None:
    text = "Marco Rubio said that the two governments would sign the accord in June."
    (statement,) = statements(text)
    assert statement.directness is Directness.INDIRECT
    assert statement.content[0].of(text) == "the two governments would sign the accord in June"


def test_a_post_is_a_channel_and_lasts_for_its_speaker() -> None:
    text = (
        "In a post on X, Marco Rubio said the visit had gone well. "
        "“We will be back in the summer with a larger team,” he said."
    )
    assert [s.channel for s in statements(text) if s.quoted] == ["X post"]


def test_turns_of_a_transcript_are_by_their_labels() -> None:
    text = "QUESTION: Will the two of you sign on Friday?\n\nSECRETARY RUBIO: We will sign when it is ready."
    turns = [s for s in statements(text) if s.rule == "statement.turn"]
    assert [t.source.of(text) for t in turns if t.source] == ["QUESTION", "SECRETARY RUBIO"]


def test_repeated_words_are_marked() -> None:
    text = (
        "Marco Rubio spoke of a “fair and balanced trade relationship” on Monday. "
        "“We seek a fair and balanced trade relationship with every partner,” Marco Rubio said."
    )
    assert [bool(s.repeats) for s in statements(text) if s.quoted] == [True, False]


def test_reading_twice_gives_the_same() -> None:
    text = "“We agree,” Marco Rubio said. Wang Yi said the talks would go on. “So do we,” he added."
    assert statements(text) == statements(text)


def indirect(text: str) -> list[tuple[str | None, str]]:
    return [(s.speaker, " ".join(c.of(text) for c in s.content)) for s in statements(text) if not s.quoted]


def test_a_source_named_twice_makes_one_statement() -> None:
    text = (
        "The State Department published an account of the talks. It noted that Marco Rubio “raised the closure of two "
        "ports on the northern coast,” the statement said."
    )
    assert [s.speaker for s in statements(text)] == ["State Department"]


def test_a_second_verb_begins_a_second_statement() -> None:
    text = "Marco Rubio noted the long friendship of the two peoples and urged Kenya to reopen the port of Mombasa."
    assert indirect(text) == [
        ("Marco Rubio", "the long friendship of the two peoples"),
        ("Marco Rubio", "Kenya to reopen the port of Mombasa"),
    ]


def test_what_one_says_that_another_said_is_the_other_ones_and_was_handed_on() -> None:
    text = "Interfax reported on Friday that Sergey Lavrov said the envoys would meet again in Vienna in the autumn."
    (statement,) = statements(text)
    assert statement.speaker == "Sergey Lavrov"
    assert [hand.name for hand in statement.relay] == ["Interfax"]


@pytest.mark.parametrize(
    "text",
    [
        "Recent weeks of quiet suggest that the two armies have pulled back from the ridge.",
        "Marco Rubio and Wang Yi agreed to meet again in the autumn.",
        "Marco Rubio thanked his host for a warm welcome in the capital.",
        "Marco Rubio expressed his satisfaction with the new bridge at Mombasa.",
        "Marco Rubio recalled the long history of trade between the two ports.",
        "The choice of the island indicates that the ministers want a quiet place for their talks.",
    ],
)
def test_things_do_not_speak_and_acts_are_not_words(text: str) -> None:
    assert statements(text) == []


def test_a_dateline_is_no_speaker() -> None:
    text = "NAIROBI: Marco Rubio opened two days of talks on Monday.\n\nThe second day is to end with a dinner."
    assert [s for s in statements(text) if s.rule == "statement.turn"] == []


def test_half_of_a_split_letter_is_read_over() -> None:
    text = "Marco Rubio said \ud800 that the talks in Nairobi would go on."
    assert [s.speaker for s in statements(text)] == ["Marco Rubio"]


@pytest.mark.parametrize(
    ("text", "addressee", "words"),
    [
        ("Wang Yi told Marco Rubio that the bridge would stay shut.", "Marco Rubio", "the bridge would stay shut"),
        ("Marco Rubio told reporters in Nairobi that the port would open.", "reporters", "the port would open"),
        ("Marco Rubio urged Kenya to reopen the port of Mombasa.", "Kenya", "Kenya to reopen the port of Mombasa"),
        ("Wang Yi assured his Kenyan counterpart that the loan would stand.", "counterpart", "the loan would stand"),
        (
            "Marco Rubio said that Kenya would reopen the port of Mombasa.",
            None,
            "Kenya would reopen the port of Mombasa",
        ),
        ("Marco Rubio urged Kenyan farmers to sell more tea abroad.", None, "Kenyan farmers to sell more tea abroad"),
    ],
)
def test_words_are_said_to_whom_the_verb_names(text: str, addressee: str | None, words: str) -> None:
    (statement,) = statements(text)
    assert (statement.addressee, statement.content[0].of(text)) == (addressee, words)


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Marco Rubio denied that the United States had sent a second letter.", True),
        ("Dmitry Peskov declined to say whether the two leaders would meet.", True),
        ("Marco Rubio confirmed that the United States had sent a second letter.", False),
    ],
)
def test_a_denial_does_not_say_its_words(text: str, negated: bool) -> None:
    assert [s.negated for s in statements(text)] == [negated]


def test_a_source_without_a_name_keeps_the_reason() -> None:
    text = (
        "A senior State Department official, who spoke on condition of anonymity because the talks are private, said "
        "the two sides were close."
    )
    (statement,) = statements(text)
    assert statement.speaker == "senior State Department official"
    assert statement.anonymity == "on condition of anonymity because the talks are private"


def test_they_are_the_people_spoken_of_last() -> None:
    text = "Ministers met in Oslo. They urged an immediate end to the fighting along the northern road."
    assert [s.speaker for s in statements(text)] == ["Ministers"]


def test_a_label_is_the_person_whom_the_text_names() -> None:
    text = (
        "Remarks by Marco Rubio at the port of Mombasa.\n\nSECRETARY RUBIO: We will sign when it is ready.\n\n"
        "QUESTION: When is that?\n\nSECRETARY RUBIO: Soon, I hope."
    )
    assert [s.speaker for s in statements(text) if s.rule == "statement.turn"] == [
        "Marco Rubio",
        "QUESTION",
        "Marco Rubio",
    ]


def test_the_capitals_where_statements_were_issued_are_not_who_speaks() -> None:
    text = (
        "The Norwegian foreign ministry and the Chilean foreign ministry issued readouts on Monday. "
        "The readouts published separately in Oslo and Santiago said, “Both sides welcomed the new fisheries accord.”"
    )
    assert [speaker for speaker, _ in quoted(text)] != ["Santiago"]
    assert all(speaker != "Santiago" for speaker, _ in quoted(text))


def told(text: str) -> list[tuple[str | None, str]]:
    return [
        (s.speaker, " ".join(span.of(text) for span in s.content))
        for s in statements(text)
        if s.directness == "indirect"
    ]


def test_clauses_joined_by_and_that_are_statements_of_their_own() -> None:
    assert told(
        "Marco Rubio said on Monday that the port would reopen in June, and that the pipeline would follow."
    ) == [
        ("Marco Rubio", "the port would reopen in June"),
        ("Marco Rubio", "the pipeline would follow"),
    ]


def test_a_second_verb_of_saying_begins_a_statement_of_its_own() -> None:
    found = told("Marco Rubio said that the route was safe again and urged shippers to return to the canal.")
    assert [speaker for speaker, _ in found] == ["Marco Rubio", "Marco Rubio"]
    assert [words.split(" ")[0] for _, words in found] == ["the", "shippers"]


def test_what_somebody_said_nothing_of_is_no_statement() -> None:
    assert told("Marco Rubio said nothing of the new tariffs on steel.") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Foreign Minister Espen Barth Eide called on President Gustavo Petro in Bogotá on Tuesday.", 0),
        ("Foreign Minister Vivian Balakrishnan called on Prime Minister Anwar Ibrahim at Putrajaya.", 0),
        ("Foreign Minister Espen Barth Eide called on Iran to release the crew.", 1),
        ("Foreign Minister Penny Wong called on all parties to exercise restraint.", 1),
    ],
)
def test_calling_on_somebody_is_urging_only_where_it_says_to_what(text: str, told: int) -> None:
    found = reader().read(Document(id="d", text=text, digest="d")).mentions
    assert sum(isinstance(mention, StatementMention) for mention in found) == told


def speakers(text: str) -> list[str | None]:
    return [s.speaker for s in statements(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Marco Rubio, Secretary of State: The steel is cheap.\n\nWang Yi, Foreign Minister: It is not.\n\n"
        "Marco Rubio, Secretary of State: Then we part here.",
        "“RUBIO: The steel is cheap.\n\n“WANG YI: It is not.\n\n“RUBIO: Then we part here.”",
        "Rubio:\nThe steel is cheap.\n\nWang Yi:\nIt is not.\n\nRubio:\nThen we part here.",
    ],
)
def test_turns_have_their_label_in_any_form(text: str) -> None:
    assert speakers(text) == ["Marco Rubio", "Wang Yi", "Marco Rubio"]
    assert [[c.of(text) for c in s.content] for s in statements(text)] == [
        ["The steel is cheap."],
        ["It is not."],
        ["Then we part here."],
    ]


def test_a_notice_is_no_talk() -> None:
    assert statements("WHAT: A briefing on steel.\n\nWHEN: Tuesday, 10 a.m.\n\nWHERE: The map room.") == []


def test_an_answer_without_a_name_is_nobodys() -> None:
    asked, answered = statements("Q: Is the steel cheap?\n\nA: It is cheap enough for us.")
    assert (asked.speaker_kind, answered.speaker) == ("unnamed", None)


@pytest.mark.parametrize(
    "text",
    [
        "Nobody builds a bridge in a week, and nobody crosses it in a day.\n— Annalena Baerbock, foreign minister\n\nMore follows.",
        "“Nobody builds a bridge in a week, and nobody crosses it in a day.”\n\nAnnalena Baerbock, foreign minister\n\nMore follows.",
        "“Nobody builds a bridge in a week, and nobody crosses it in a day.”: Annalena Baerbock\n\nMore follows.",
    ],
)
def test_words_set_off_are_by_the_name_below_them(text: str) -> None:
    (said,) = statements(text)
    assert (said.speaker, said.directness) == ("Annalena Baerbock", Directness.DIRECT)
    assert said.content[0].of(text) == "Nobody builds a bridge in a week, and nobody crosses it in a day."


def test_a_line_of_dialogue_is_speech_however_short() -> None:
    text = "“Is that all?”\n\n“It is.”\n\n“Then we can go home,” said Wang Yi."
    assert quoted(text) == [(None, ["Is that all?"]), (None, ["It is."]), ("Wang Yi", ["Then we can go home,"])]


def test_who_asks_is_not_asked() -> None:
    (said,) = statements("“Is that really all of it?” asked Annalena Baerbock.")
    assert (said.speaker, said.addressee) == ("Annalena Baerbock", None)


@pytest.mark.parametrize(
    ("text", "speaker", "words", "through"),
    [
        ("Wang Yi said that Lavrov had told him the gas would flow in May.", "Sergei Lavrov", "the gas would flow in May", ["Wang Yi"]),
        ("The foreign ministry in Cairo quoted Sameh Shoukry as saying that the truce would hold.", "Sameh Shoukry", "the truce would hold", ["Foreign Ministry"]),
        ("“The truce starts at dawn on Sunday,” Al Jazeera quoted Sameh Shoukry as saying.", "Sameh Shoukry", "The truce starts at dawn on Sunday,", ["Al Jazeera"]),
    ],
)  # fmt: skip
def test_words_handed_on_are_the_inner_speakers(text: str, speaker: str, words: str, through: list[str]) -> None:
    (said,) = statements(text)
    assert (said.speaker, said.content[0].of(text), [r.name for r in said.relay]) == (speaker, words, through)


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("Marco Rubio met the envoys and reminded them that the clock was running.", "Marco Rubio", "the clock was running"),
        ("Wang Yi has often come back to his claim that the islands were empty.", "Wang Yi", "the islands were empty"),
        ("Noting that the river knows no border, the two sides agreed to share their data.", "two sides", "the river knows no border"),
        ("Japan reaffirmed support for the island states of the Pacific.", "Japan", "support for the island states of the Pacific"),
        ("Dmitry Peskov accused the council of playing with fire.", "Dmitry Peskov", "the council of playing with fire"),
    ],
)  # fmt: skip
def test_plain_clauses_are_reported(text: str, speaker: str, words: str) -> None:
    assert (speaker, words) in [(s.speaker, s.content[0].of(text)) for s in statements(text)]


@pytest.mark.parametrize(
    ("text", "negated", "uttered"),
    [
        ("Dmitry Peskov did not confirm that the leaders had spoken.", True, "said"),
        ("Dmitry Peskov did not deny that the leaders had spoken.", False, "said"),
        ("The ministry has yet to confirm that the envoy was received.", True, "said"),
        ("Dmitry Peskov neither confirmed nor denied that the leaders had spoken.", True, "said"),
        ("Marco Rubio is expected to say that the talks have failed.", False, "expected"),
        ("Marco Rubio may announce that the talks have failed.", False, "possible"),
        ("Marco Rubio could not confirm that the talks had failed.", True, "said"),
        ("Marco Rubio has repeatedly said that the talks must go on.", False, "said"),
    ],
)
def test_a_cue_has_negation_and_modality(text: str, negated: bool, uttered: str) -> None:
    assert [(s.negated, s.uttered) for s in statements(text)] == [(negated, uttered)]


@pytest.mark.parametrize(
    "text",
    [
        "Had Marco Rubio said that the talks had failed, the price of oil would have risen.",
        "Whatever Moscow says, the bridge will stay closed to trucks.",
        "Let me say simply that the bridge is closed to trucks.",
    ],
)
def test_words_only_supposed_are_no_statement(text: str) -> None:
    assert statements(text) == []


@pytest.mark.parametrize(
    ("text", "speaker", "parties"),
    [
        ("France, Germany and Japan said in a joint statement that the port must open.", "France; Germany; Japan", ("FRA", "DEU", "JPN")),
        ("Japan and India both said that the port must open.", "Japan; India", ("JPN", "IND")),
        ("The leaders of Japan and India said that the port must open.", "leaders of Japan and India", ("JPN", "IND")),
        ("The foreign ministers of Japan, India and Kenya met. They said that the port must open.", "foreign ministers of Japan, India and Kenya", ("JPN", "IND", "KEN")),
        ("A memo seen by Reuters warns that the bridge is unsafe.", "memo", ()),
    ],
)  # fmt: skip
def test_several_and_documents_speak(text: str, speaker: str, parties: tuple[str, ...]) -> None:
    (said,) = statements(text)
    assert (said.speaker, said.parties) == (speaker, parties)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The port will open, a diplomat said, asking not to be named because the talks go on.", "asking not to be named because the talks go on"),
        ("Two officials said that the port would open. They spoke on condition of anonymity.", "on condition of anonymity"),
    ],
)  # fmt: skip
def test_the_reason_for_no_name_is_kept(text: str, reason: str) -> None:
    (said,) = statements(text)
    assert (said.speaker_kind, said.anonymity) == ("unnamed", reason)


@pytest.mark.parametrize(
    "text",
    [
        "The film “The Long Road to Peace” opened in Cairo on Friday.",
        "The ministers signed the “Memorandum of Understanding on Cooperation in Clean Energy”.",
        "The programme, named “Roads for Peace and Prosperity in the Valley”, began in 2021.",
        "It was reported that the truce would not hold.",
    ],
)
def test_titles_and_nobodys_reports_are_no_speech(text: str) -> None:
    assert statements(text) == []


def test_the_outlet_that_prints_is_the_last_hand() -> None:
    text = "Dmitry Peskov told Interfax that the visit was not planned."
    document = Document(id="d", text=text, digest="0", outlet="The Herald")
    (said,) = [m for m in reader().read(document).mentions if isinstance(m, StatementMention)]
    assert [(hand.name, hand.kind) for hand in said.relay] == [("Interfax", "outlet"), ("The Herald", "publisher")]


def test_the_we_of_a_joint_statement_is_its_parties() -> None:
    text = (
        "Joint Statement of Japan and Kenya\n\nWe met in Nairobi on Friday. We reaffirm that the seas must stay open."
    )
    document = Document(id="d", text=text, digest="0", kind=DocumentKind.JOINT_STATEMENT)
    (said,) = [m for m in reader().read(document).mentions if isinstance(m, StatementMention)]
    assert (said.speaker, said.parties, said.channel) == ("Japan; Kenya", ("JPN", "KEN"), "joint statement")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Japan noted concern over the fishing fleet which shows how the season has changed.", "concern over the fishing fleet"),
        ("China has confirmed an in-person meeting with the envoys.", "an in-person meeting with the envoys"),
    ],
)  # fmt: skip
def test_a_clause_is_whole_and_without_the_writers_remark(text: str, words: str) -> None:
    assert [[c.of(text) for c in s.content] for s in statements(text)] == [[words]]


def test_a_clause_on_a_noun_tells_no_words() -> None:
    text = (
        "Claudia Sheinbaum obtained a pause in the duty on cars that President Donald Trump had announced on Saturday."
    )
    assert statements(text) == []
