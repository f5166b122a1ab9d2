"""What whole documents say of engagements and of the accounts of them."""

import datetime
import functools
import hashlib

import pytest

from dragoman.pipeline import Reader
from dragoman.record.document import Document, Publication, PublishedBasis
from dragoman.record.mentions import EngagementKind, EngagementMention, ReadoutMention, Status
from dragoman.record.reading import Reading
from dragoman.record.when import Basis


@functools.cache
def reader() -> Reader:
    return Reader()


def read(text: str, published: str | None = "2025-05-29") -> Reading:
    day = datetime.date.fromisoformat(published) if published else None
    given = Publication(start=day, end=day, basis=PublishedBasis.GIVEN) if day else Publication()
    return reader().read(Document(id="d", text=text, digest=hashlib.sha256(text.encode()).hexdigest(), published=given))


def engagements(text: str, published: str | None = "2025-05-29") -> list[EngagementMention]:
    return [m for m in read(text, published).mentions if isinstance(m, EngagementMention)]


def readouts(text: str) -> list[ReadoutMention]:
    return [m for m in read(text).mentions if isinstance(m, ReadoutMention)]


def names(mention: EngagementMention) -> set[str | None]:
    return {p.name for p in mention.participants}


def test_later_sentences_add_to_the_engagement_told_first() -> None:
    (talks,) = engagements(
        "Turkish Foreign Minister Hakan Fidan met Iraqi Foreign Minister Fuad Hussein in Baghdad on Tuesday. "
        "The talks, the first this year, covered water and trade. Their meeting was constructive, officials said."
    )
    assert names(talks) == {"Hakan Fidan", "Fuad Hussein"}
    assert (talks.status, talks.place, talks.country) == (Status.HELD, "Baghdad", "IRQ")
    assert talks.when.start == talks.when.end == datetime.date(2025, 5, 27)
    assert {"trade", "water"} & set(talks.topics)
    assert len(talks.further) == 2


def test_a_plan_to_meet_two_people_of_a_country_is_two_meetings() -> None:
    found = engagements(
        "Canadian Foreign Minister Anita Anand will travel to Rome on June 3. She will meet with Italian Prime Minister "
        "Giorgia Meloni and Foreign Minister Antonio Tajani."
    )
    assert sorted(sorted(n or "" for n in names(m)) for m in found) == [
        ["Anita Anand", "Antonio Tajani"],
        ["Anita Anand", "Giorgia Meloni"],
    ]
    assert {m.when.start for m in found} == {datetime.date(2025, 6, 3)}
    assert {m.status for m in found} == {Status.PLANNED}


def test_a_journey_without_a_counterpart_stays_a_visit() -> None:
    (visit,) = engagements("South African President Cyril Ramaphosa will travel to Dublin on June 10.")
    assert visit.kind is EngagementKind.VISIT
    assert visit.parties == ("IRL", "ZAF")


def test_an_invitation_without_a_day_is_no_engagement() -> None:
    assert not engagements("Brazilian President Luiz Inácio Lula da Silva invited Emmanuel Macron to visit Brazil.")


def test_several_past_meetings_in_a_word_are_marked_as_such() -> None:
    (several,) = engagements("Polish Foreign Minister Radosław Sikorski and Marco Rubio have held meetings.")
    assert several.several


def test_a_call_and_a_plan_to_meet_again_are_two() -> None:
    found = engagements(
        "Egyptian Foreign Minister Badr Abdelatty spoke by phone with Iranian Foreign Minister Abbas Araghchi on Monday. "
        "The two ministers agreed to meet again in Cairo on June 2."
    )
    assert next((m.kind, m.status) for m in found) == (EngagementKind.CALL, Status.HELD)
    assert len(found) == 2
    assert found[1].status is Status.PLANNED


def test_a_day_of_speaking_is_not_the_day_of_meeting() -> None:
    (meeting,) = engagements(
        "Kenyan President William Ruto met Ethiopian Prime Minister Abiy Ahmed in Nairobi on Monday, the presidency said on "
        "Wednesday."
    )
    assert meeting.when.start == datetime.date(2025, 5, 26)


def test_evidence_is_exact() -> None:
    text = "Penny Wong hosted Indian External Affairs Minister S. Jaishankar in Canberra on Friday."
    (meeting,) = engagements(text)
    assert meeting.span.of(text).startswith("Penny Wong hosted")
    assert meeting.place_span is not None
    assert meeting.place_span.of(text) == "Canberra"


def test_an_official_account_without_a_day_is_dated_with_its_basis() -> None:
    text = (
        "The below is attributable to Spokesperson Tammy Bruce:\n\n"
        "Secretary of State Marco Rubio met with Chilean Foreign Minister Alberto van Klaveren. The Secretary thanked the "
        "Foreign Minister for Chile's support. They discussed critical minerals and migration."
    )
    (meeting,) = engagements(text)
    assert meeting.when.basis is Basis.INFERRED
    assert (meeting.when.start, meeting.when.end) == (datetime.date(2025, 5, 28), datetime.date(2025, 5, 29))
    (account,) = readouts(text)
    assert (account.issuer, account.spokesperson, account.relayed) == ("USA", "Tammy Bruce", False)
    assert [point.act for point in account.points] == ["thank", "discuss"]
    assert {"critical_minerals", "migration"} <= set(account.topics)


def test_a_joint_statement_is_an_account_of_each_side() -> None:
    text = (
        "The following joint statement was issued by Japan and Australia.\n\n"
        "Foreign Minister Penny Wong and Foreign Minister Takeshi Iwaya met in Tokyo on May 28. Both sides reaffirmed their "
        "commitment to regional security."
    )
    assert {(r.issuer, r.joint) for r in readouts(text)} == {("AUS", True), ("JPN", True)}


def test_a_side_quoted_in_the_news_gives_an_account() -> None:
    text = (
        "French President Emmanuel Macron spoke by phone with Iranian President Masoud Pezeshkian on Wednesday. "
        "The two leaders discussed nuclear inspections, the Elysee said in a statement."
    )
    (account,) = readouts(text)
    assert account.issuer == "FRA"
    assert account.relayed


def test_an_office_or_a_body_is_no_subject_of_the_talks() -> None:
    (meeting,) = engagements(
        "Chilean Foreign Minister Alberto van Klaveren met the Finnish defence minister, Antti Häkkänen, in Santiago on "
        "Tuesday. They discussed fisheries."
    )
    assert "defence" not in meeting.topics


def test_a_wide_subject_counts_only_as_an_agenda() -> None:
    (meeting,) = engagements(
        "Amid worries over regional stability, Kenyan Foreign Minister Musalia Mudavadi met Ethiopian Foreign Minister "
        "Gedion Timothewos in Nairobi on Tuesday to discuss climate change."
    )
    assert meeting.topics == ("climate",)
    (other,) = engagements(
        "Kenyan Foreign Minister Musalia Mudavadi met Ethiopian Foreign Minister Gedion Timothewos in Nairobi on Tuesday "
        "and discussed regional stability."
    )
    assert other.topics == ("regional_stability",)


def test_a_point_ends_before_the_conjunction_that_opens_the_next() -> None:
    text = (
        "The below is attributable to Spokesperson Tammy Bruce:\n\nSecretary of State Marco Rubio met with Norwegian Foreign "
        "Minister Espen Barth Eide today in Oslo. The Secretary thanked Norway for its aid to Ukraine, and the two reviewed "
        "energy trade. Fisheries were also discussed."
    )
    (readout,) = readouts(text)
    assert [point.span.of(text) for point in readout.points] == [
        "The Secretary thanked Norway for its aid to Ukraine",
        "the two reviewed energy trade.",
        "Fisheries were also discussed.",
    ]
    assert readout.points[1].raised_by == "both"


NEWS = "Peruvian Foreign Minister Elmer Schialer and Danish Foreign Minister Lars Løkke Rasmussen spoke by phone on Wednesday. "


def test_a_relayed_account_goes_on_until_another_source_is_named() -> None:
    text = (
        NEWS
        + "The Peruvian readout said that Schialer congratulated Rasmussen on the Danish presidency of the Council. "
        "Schialer raised the price of fishmeal. The two also touched on trade. Prices rose by three percent in May. "
        "Rasmussen praised Peru."
    )
    (peru,) = (r for r in readouts(text) if r.issuer == "PER")
    assert [p.verb for p in peru.points] == ["congratulate", "raise", "touch on"]


def test_an_account_does_not_say_the_same_words_twice() -> None:
    text = (
        "Peruvian Foreign Minister Elmer Schialer and Danish Foreign Minister Lars Løkke Rasmussen on Wednesday discussed by "
        "phone “steps to ease trade”, the Peruvian foreign ministry said in a readout.\n\n"
        "“Schialer thanked Rasmussen and discussed steps to ease trade and to protect cod,” the Peruvian foreign ministry "
        "said in a readout."
    )
    (peru,) = (r for r in readouts(text) if r.issuer == "PER")
    assert [p.verb for p in peru.points] == ["thank", "discuss"]


def test_the_statements_of_both_sides_share_their_points() -> None:
    text = (
        NEWS
        + "They reviewed fisheries, the statements of Peru and Denmark said. Trade was also discussed, the readouts added."
    )
    assert {r.issuer for r in readouts(text)} == {"DNK", "PER"}


def test_we_condemn_is_a_point() -> None:
    text = (
        "The following text was issued by Brazil and Portugal as a joint statement.\n\n"
        "Brazilian Foreign Minister Mauro Vieira met Portuguese Foreign Minister Paulo Rangel in Lisbon on May 28. "
        "We strongly condemn acts of terrorism."
    )
    assert {p.span.of(text) for r in readouts(text) for p in r.points} == {"We strongly condemn acts of terrorism."}


def test_whose_request_how_long_and_in_what_mood() -> None:
    (call,) = engagements(
        "Swedish Foreign Minister Maria Malmer Stenergard held a candid and constructive 35-minute call with Thai Foreign "
        "Minister Maris Sangiampongsa on Tuesday at the request of the Thai side."
    )
    assert call.requested_by == "THA"
    assert call.duration == "PT35M"
    assert call.atmosphere == ("candid", "constructive")


def test_the_length_and_mood_of_other_things_are_not_those_of_the_talks() -> None:
    (talks,) = engagements(
        "Thai Foreign Minister Maris Sangiampongsa met Swedish Foreign Minister Maria Malmer Stenergard in Bangkok on "
        "Tuesday and praised the constructive part that Sweden plays. A ceasefire had lasted two hours."
    )
    assert (talks.requested_by, talks.duration, talks.atmosphere) == (None, None, ())


def test_a_verb_joined_to_a_future_is_a_plan_for_the_next_weekday() -> None:
    (visit,) = engagements(
        "Italian Prime Minister Giorgia Meloni will speak in Rome on Friday and travel to Tunisia on Tuesday."
    )
    assert visit.status is Status.PLANNED
    assert visit.when.start == datetime.date(2025, 6, 3)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("India is not aware of any conversation between S. Jaishankar and Marco Rubio on Monday.", Status.DENIED),
        ("Beijing denied that there had been talks between Wang Yi and Marco Rubio on Monday.", Status.DENIED),
        ("Moscow knew of no call between Vladimir Putin and Donald Trump on Monday, it said.", Status.DENIED),
        ("The Kremlin rejected reports of a call between Vladimir Putin and Donald Trump on Monday.", Status.DENIED),
        ("The Kremlin told reporters of a call between Vladimir Putin and Donald Trump on Monday.", Status.HELD),
    ],
)
def test_a_contact_that_somebody_disowns_is_denied(text: str, status: Status) -> None:
    assert [m.status for m in engagements(text)] == [status]


def test_narrow_subjects_come_under_the_headings_of_an_agenda() -> None:
    (talks,) = engagements(
        "Egyptian Foreign Minister Badr Abdelatty met Qatari Prime Minister Mohammed bin Abdulrahman in Cairo on "
        "Monday. They discussed a truce and an exchange of prisoners."
    )
    assert set(talks.topics) == {"security", "humanitarian"}


def test_what_a_partnership_rests_on_is_no_subject() -> None:
    (talks,) = engagements(
        "Norwegian Foreign Minister Espen Barth Eide met Estonian Foreign Minister Margus Tsahkna in Oslo on Monday. "
        "They discussed fisheries, based on their respect for democracy and human rights."
    )
    assert talks.topics == ("maritime",)


def test_a_meeting_only_recalled_takes_no_subjects_from_the_talks_that_recall_it() -> None:
    found = engagements(
        "Kenyan Foreign Minister Musalia Mudavadi met Ugandan Foreign Minister Jeje Odongo in Kampala on Monday. "
        "Building upon the March 2024 meeting between President Ruto of Kenya and President Museveni of Uganda, the "
        "ministers discussed oil and agriculture."
    )
    recalled = [m for m in found if "Ruto" in " ".join(n or "" for n in names(m))]
    held = [m for m in found if "Musalia Mudavadi" in names(m)]
    assert [m.topics for m in recalled] == [()]
    assert {"energy", "agriculture"} <= set(held[0].topics)


TURNS = """Tokyo, Japan

FOREIGN MINISTER IWAYA: Welcome to Tokyo, Marco. We have much to go through, from steel to the sea lanes.

SECRETARY RUBIO: Thank you, Minister. The United States and Japan are partners, and our talks today will cover trade.

QUESTION: Mr. Secretary, on China?
"""


def test_officials_of_two_parties_who_take_turns_meet() -> None:
    (talks,) = engagements(TURNS, "2025-06-03")
    assert names(talks) == {"Takeshi Iwaya", "Marco Rubio"}
    assert (talks.rule, talks.kind, talks.status) == ("engagement.turns", EngagementKind.MEETING, Status.HELD)
    assert (talks.place, talks.country) == ("Tokyo", "JPN")


def test_a_briefing_is_no_meeting_of_those_who_ask_and_answer() -> None:
    text = "MS BRUCE: Good afternoon. Thank you for coming.\n\nQUESTION: On Peru?\n\nMS BRUCE: The United States supports Peru."
    assert engagements(text) == []


def test_who_speaks_in_an_excerpt_without_a_name_is_of_the_other_party() -> None:
    (talks,) = engagements(
        "Finland and Japan have been partners for a century. I came to Japan to say that Finland wants more trade. "
        "My meeting this morning with Prime Minister Ishiba of Japan was good. Finland will open an office in Osaka.",
        "2025-05-29",
    )
    assert talks.parties == ("FIN", "JPN")
    assert {(p.name or p.group, p.party) for p in talks.participants} == {
        ("Shigeru Ishiba", "JPN"),
        ("the speaker", "FIN"),
    }


def test_a_format_is_known_by_the_short_form_given_with_its_name() -> None:
    held, planned = engagements(
        "Kenya and Uganda held the second meeting of the Kenya-Uganda Joint Fisheries Working Group (JFWG) in Kisumu on "
        "2 June 2025. Uganda will host the next JFWG in 2026.",
        "2025-06-03",
    )
    assert (held.status, planned.status) == (Status.HELD, Status.PLANNED)
    assert held.mechanism == planned.mechanism == "Kenya-Uganda Joint Fisheries Working Group"
    assert planned.when.start == datetime.date(2026, 1, 1)


def test_honours_before_a_name_hide_nobody() -> None:
    (talks,) = engagements(
        "Portuguese Foreign Minister Paulo Rangel met with His Excellency Prime Minister Pedro Sánchez of Spain in Lisbon "
        "on Monday. On Tuesday he saw trade officials."
    )
    assert names(talks) == {"Paulo Rangel", "Pedro Sánchez"}
    (audience,) = engagements("Danish Foreign Minister Lars Løkke Rasmussen met with His Majesty King Felipe of Spain.")
    assert audience.parties == ("DNK", "ESP")


def test_a_spokespersons_we_is_the_government() -> None:
    text = (
        "DEPARTMENT SPOKESPERSON BRUCE: Good afternoon. The United States is with Peru.\n\n"
        "QUESTION: On Peru?\n\n"
        "DEPARTMENT SPOKESPERSON BRUCE: We met with Foreign Minister Elmer Schialer of Peru on Monday."
    )
    assert all("Bruce" not in " ".join(n or "" for n in names(m)) for m in engagements(text))


@pytest.mark.parametrize(
    "text",
    [
        "Espen Barth Eide met Omani Foreign Minister Badr Albusaidi in Muscat and set net zero by 2050 as the aim.",
        "Espen Barth Eide met Omani Foreign Minister Badr Albusaidi; both aim at 40 gigawatts by the year 2040.",
    ],
)
def test_a_year_by_which_something_is_due_is_no_day_of_a_meeting(text: str) -> None:
    years = {m.when.start.year for m in engagements(text) if m.when.start}
    assert engagements(text)
    assert years <= {2025}


def test_the_year_of_a_planned_meeting_is_kept() -> None:
    (plan,) = engagements("Norwegian Foreign Minister Espen Barth Eide will visit Oman in 2026.")
    assert plan.when.start == datetime.date(2026, 1, 1)


def test_a_delegate_speaks_for_a_side_of_which_the_text_names_nobody() -> None:
    text = (
        "Eritrean and Djiboutian delegations held talks in Doha on Tuesday.\n\n"
        "Djibouti's chief negotiator Mahmoud Ali Youssouf said both sides had agreed on the release of fishermen."
    )
    assert ("DJI", "Mahmoud Ali Youssouf") in [(r.issuer, r.account_giver) for r in readouts(text)]


def test_who_took_part_speaks_of_that_meeting_whatever_was_told_in_between() -> None:
    text = (
        "Norwegian Foreign Minister Espen Barth Eide met Swedish Foreign Minister Maria Malmer Stenergard in Oslo on Tuesday. "
        "On Wednesday Norwegian Finance Minister Jens Stoltenberg met Swedish Finance Minister Elisabeth Svantesson in Bergen.\n\n"
        "Eide said the two countries would deepen defence cooperation."
    )
    (account,) = [r for r in readouts(text) if r.account_giver == "Espen Barth Eide"]
    assert account.engagement is not None
    assert "Malmer" in account.engagement.of(text) or "Eide" in account.engagement.of(text)


def test_remarks_before_a_meeting_are_no_account_of_it() -> None:
    text = (
        "FOREIGN MINISTER EIDE: Welcome to Oslo. I am glad that you could come for our meeting today.\n\n"
        "FOREIGN MINISTER STENERGARD: Thank you. We have much to talk about: defence, trade, and the sea."
    )
    assert readouts(text) == []


def test_a_report_under_a_byline_is_no_account_of_a_side() -> None:
    told = (
        "Norwegian Foreign Minister Espen Barth Eide met Swedish Foreign Minister Maria Malmer Stenergard in Oslo on Tuesday. "
        "The two ministers discussed defence and trade. They agreed to meet again in the spring. "
        "The ministers thanked the city of Oslo."
    )
    assert [r.rule for r in readouts(told)] == ["readout.plain"]
    assert readouts("Fjord Gazette report\n\n" + told) == []


@pytest.mark.parametrize(
    ("sentence", "topics"),
    [
        ("Amid a row over tariffs, the two ministers discussed fisheries and health.", {"health"}),
        ("The meeting came days after new tariffs on steel.", set()),
        ("They discussed relations between Iran and Iraq and climate change.", {"climate"}),
        ("Eide congratulated his colleague on the elections and they discussed energy.", {"energy"}),
        ("The two ministers spoke of their shared democratic values and discussed trade.", {"trade"}),
        ("The two ministers discussed the return to democracy in Mali.", {"human_rights"}),
    ],
)
def test_only_what_was_spoken_of_is_a_topic(sentence: str, topics: set[str]) -> None:
    text = "Norwegian Foreign Minister Espen Barth Eide met Swedish Foreign Minister Maria Malmer Stenergard in Oslo on Tuesday. "
    (meeting,) = engagements(text + sentence)
    assert {topic for topic in meeting.topics if topic not in ("maritime", "food", "agriculture")} == topics


def test_an_engagement_recalled_in_passing_takes_no_topics_from_the_one_that_is_told() -> None:
    text = (
        "Norwegian Foreign Minister Espen Barth Eide met Swedish Foreign Minister Maria Malmer Stenergard in Oslo on Tuesday. "
        "Defence ministers Tore Sandvik of Norway and Pål Jonson of Sweden last met in Bergen in January 2024. "
        "The two countries reaffirmed their commitment to energy security."
    )
    told = {frozenset(names(m)): m.topics for m in engagements(text)}
    assert "energy" in told[frozenset({"Espen Barth Eide", "Maria Malmer Stenergard"})]
