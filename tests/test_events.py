"""The PLOVER type between two phrases of a sentence."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.cli.app import exit_code
from dragoman.errors import LexiconError
from dragoman.extract.events import event_of, phrase_span, why
from dragoman.extract.events.model import ALWAYS, model, read_model, written
from dragoman.extract.events.reader import by_rule
from dragoman.extract.events.stems import stem
from dragoman.record.span import Span

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

# The source in square brackets, the target in round ones. Both the rules alone and the whole reader must read them.
READ_BY_BOTH = [
    ("[Finland] lifted its export ban on (Iceland).", "YIELD"),
    ("[The junta] freed (two Belgian engineers) on Sunday.", "YIELD"),
    ("[Chad] has agreed to release (the detained pilots).", "AGREE"),
    ("[Oman] is ready to host (the Yemeni delegation).", "AGREE"),
    ("[Peru] refused to lift its embargo on (Ecuador).", "REJECT"),
    ("[Latvia] will not release (the trawler's crew).", "REJECT"),
    ("[Lima] turned down (Quito's offer) of mediation.", "REJECT"),
    ("[Algeria] threatened to expel (Malian diplomats).", "THREATEN"),
    ("[Ankara] warned (Athens) of serious consequences.", "THREATEN"),
    ("[Canada] urged (Belarus) to free the writers.", "REQUEST"),
    ("[The minister] demanded the withdrawal of (Rwandan units).", "REQUEST"),
    ("[Norway] condemned (the arrest of the editors).", "ACCUSE"),
    ("[Prosecutors] opened an inquiry into (the shipping firm).", "ACCUSE"),
    ("[Kenya] sent food and tents to (Somalia).", "AID"),
    ("[Japan] provided a loan of $300 million to (Laos).", "AID"),
    ("[The Thai premier] met (her Lao counterpart) in Vientiane.", "CONSULT"),
    ("[Egypt's envoy] held talks with (Sudanese officials).", "CONSULT"),
    ("[Chile] praised (Uruguay's mediation).", "SUPPORT"),
    ("[Spain] established diplomatic relations with (Bhutan).", "SUPPORT"),
    ("[India] and (Vietnam) began joint naval exercises.", "COOPERATE"),
    ("[Unions] staged a protest against (the pension law).", "PROTEST"),
    ("[Moldova] expelled (four Russian diplomats).", "SANCTION"),
    ("[Denmark] suspended aid to (Niger) after the coup.", "SANCTION"),
    ("[Armenia] mobilised reservists along the border with (Azerbaijan).", "MOBILIZE"),
    ("[Police] arrested (the opposition mayor).", "COERCE"),
    ("(The editor) was detained by [border guards].", "COERCE"),
    ("[Rebels] attacked (a customs post) at dawn.", "ASSAULT"),
    ("[The air force] carried out strikes on (a depot).", "ASSAULT"),
]


def marked(text: str) -> tuple[str, Span, Span]:
    """The sentence without its marks, and the two spans."""
    plain = text.translate(str.maketrans("", "", "[]()"))
    source = text[text.index("[") + 1 : text.index("]")]
    target = text[text.index("(") + 1 : text.index(")")]
    found = phrase_span(plain, source)
    other = phrase_span(plain, target, found)
    assert found is not None
    assert other is not None
    return plain, found, other


@pytest.mark.parametrize(("text", "expected"), READ_BY_BOTH)
def test_reads_the_type(text: str, expected: str) -> None:
    sentence, source, target = marked(text)
    assert by_rule(sentence, source, target) == expected
    assert event_of(sentence, source, target).type == expected


def test_the_same_act_reads_by_its_modal_word() -> None:
    acts = {
        "lifted": "YIELD",
        "agreed to lift": "AGREE",
        "refused to lift": "REJECT",
        "demanded that Benin lift": "REQUEST",
    }
    found = {words: event_of(f"Togo {words} its ban on Ghana.", Span(0, 4), None).type for words in acts}
    assert found == acts


def test_trigger_is_in_the_text() -> None:
    text = "Togo has agreed to lift its ban on Ghanaian maize."
    reading = event_of(text, Span(0, 4), Span(35, 49))
    assert reading.trigger is not None
    assert reading.trigger.of(text) == "agreed to lift its ban"
    assert reading.rule == "event.intent+YIELD: lift ~ {restriction}"


def test_reasons_name_what_spoke_for_the_type() -> None:
    text = "Togo refused to meet the Ghanaian envoy."
    reasons = why(text, Span(0, 4), Span(21, 39))
    assert reasons.reading.type == "REJECT"
    assert reasons.reasons[0].weight > 0
    assert all(reason.feature for reason in reasons.reasons)
    assert ("refuse", "refuse", Span(5, 12)) in reasons.phrases


@pytest.mark.parametrize(
    ("first", "second"),
    [("agreed", "agrees"), ("seizing", "seize"), ("denied", "denies"), ("withdrew", "withdraws"), ("met", "meet")],
)
def test_inflections_have_one_stem(first: str, second: str) -> None:
    assert stem(first) == stem(second)


def test_words_that_only_look_inflected_stay_apart() -> None:
    assert stem("according") != stem("accords")


@pytest.mark.parametrize(
    ("text", "phrase", "apart", "expected"),
    [
        ("South Sudanese left Sudan.", "Sudan", None, Span(20, 25)),
        ("Mali and Mali's junta", "Mali", Span(0, 4), Span(9, 13)),
        ("Mali", "Chad", None, None),
        ("Mali", "", None, None),
    ],
)
def test_phrase_span(text: str, phrase: str, apart: Span | None, expected: Span | None) -> None:
    assert phrase_span(text, phrase, apart) == expected


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_any_text_is_read_with_a_probability(text: str, start: int, end: int) -> None:
    spans = (Span(min(start, len(text)), min(end, len(text))), None)
    for source, target in (spans, spans[::-1]):
        assert 0 < event_of(text, source, target).score <= 1


def test_probabilities_add_up() -> None:
    scores = model().scores(["frame0:YIELD"])
    assert sum(one.probability for one in scores) == pytest.approx(1)
    assert len(scores) == 15


def test_weights_hold_no_long_stretch_of_text() -> None:
    for feature in (ROOT / "src/dragoman/extract/events/weights.tsv").read_text(encoding="utf-8").splitlines():
        if feature.startswith("pair="):
            assert len(feature.split("\t")[0].split()) == 2


def test_a_weights_file_is_written_and_read(tmp_path: Path) -> None:
    path = tmp_path / "weights.tsv"
    path.write_text(written(("AID", "YIELD"), {ALWAYS: (3, -3), "x": (-250, 250)}, "made here"), encoding="utf-8")
    assert [one.type for one in read_model(path).scores(["x"])] == ["YIELD", "AID"]
    path.write_text("feature\tAID\nx\t1\t2\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="2 weights for 1 types"):
        read_model(path)


def test_a_long_sentence_stays_cheap() -> None:
    text = "Togo " + "launched and held and agreed to " * 4000 + "Ghana."
    begun = time.process_time()
    event_of(text, Span(0, 4), Span(len(text) - 6, len(text) - 1))
    assert time.process_time() - begun < 5


@pytest.mark.skipif(not SHARED.is_dir(), reason="the development data is not beside the repository")
def test_benchmark_predicts_events(tmp_path: Path) -> None:
    texts, out = tmp_path / "texts.jsonl", tmp_path / "out.jsonl"
    subprocess.run([sys.executable, SHARED / "score/events.py", "texts", texts], check=True)
    subprocess.run([sys.executable, ROOT / "benchmarks/predict.py", "events", texts, out], check=True)
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 1050
    assert {line["event"] for line in lines} <= set(model().types)


def test_explain_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "text.txt"
    file.write_text("Togo refused to meet the Ghanaian envoy on Monday. Nothing else was reported in Accra.", "utf-8")
    assert exit_code(["explain", str(file), "--event", "Togo", "the Ghanaian envoy"]) == 0
    shown = capsys.readouterr().out
    assert "REJECT, " in shown
    assert '"refused" (refuse)' in shown
    assert exit_code(["explain", str(file), "--event", "Togo", "Benin"]) == 2
    assert "no sentence holds both" in capsys.readouterr().err
