"""The guided start: what is heard, what is remembered, what every exercise says about itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from hiplevel.exercises import list_exercises
from hiplevel.exercises.translated import in_language
from hiplevel.gui.language import speak
from hiplevel.gui.live.choice import SIMULATED, Choice
from hiplevel.gui.live.guide import Guide
from hiplevel.gui.live.guide_sensor import SensorPage
from hiplevel.gui.theme import DARK
from hiplevel.gui.widgets.choices import Choices
from hiplevel.model.errors import LinkError, Reason
from hiplevel.model.exercise import Exercise
from hiplevel.sensors.ble.identity import SensorIdentity
from hiplevel.sensors.ble.recognise import Heard
from hiplevel.sensors.spec import load_spec
from hiplevel.session.remembered_sensors import remember

MS = 20_000


def test_what_is_heard_can_be_chosen(qtbot: QtBot) -> None:
    spec = load_spec("movesense.gsp-imu6")
    heard = [Heard("Movesense 0042", "AA:BB", -50, (spec,)), Heard("Some TV", "CC:DD", -40)]
    page = SensorPage(Choice(), lambda: heard)
    qtbot.addWidget(page)
    assert page.apply(Choice()).sensor == SIMULATED
    qtbot.mouseClick(page.look, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.look.isEnabled(), timeout=MS)
    choice = page.apply(Choice())
    assert (choice.sensor, choice.name, choice.address) == (spec.id, "Movesense 0042", "AA:BB")
    assert "1 sensor" in page.found.text()
    assert not any("TV" in page.list.item(row).text() for row in range(page.list.count()))


def test_no_bluetooth_is_a_sentence(qtbot: QtBot) -> None:
    def off() -> list[Heard]:
        raise LinkError("Bluetooth is switched off.", Reason.NO_ADAPTER, "Switch it on.")

    page = SensorPage(Choice(), off)
    qtbot.addWidget(page)
    page.look_around()
    qtbot.waitUntil(lambda: page.look.isEnabled(), timeout=MS)
    assert page.found.text().startswith("Bluetooth is switched off. Switch it on.")
    assert "choose the simulated one" in page.found.text()


def test_where_nothing_is_heard_it_says_what_to_look_at(qtbot: QtBot) -> None:
    page = SensorPage(Choice(), list)
    qtbot.addWidget(page)
    page.look_around()
    qtbot.waitUntil(lambda: page.look.isEnabled(), timeout=MS)
    assert page.found.text().startswith("0 sensors")
    assert "switched on" in page.found.text()


def test_the_sensor_used_last_is_offered(qtbot: QtBot) -> None:
    remember("c-007", "movesense.gsp-imu6", SensorIdentity("Movesense 0042", "AA:BB"))
    page = SensorPage(Choice(client="c-007"))
    qtbot.addWidget(page)
    assert "Movesense 0042" in page.list.item(1).text()


@pytest.mark.parametrize("exercise", list_exercises(), ids=lambda exercise: exercise.id)
def test_every_exercise_can_be_chosen_and_says_what_cannot_be_seen(qtbot: QtBot, exercise: object) -> None:
    guide = Guide(DARK, Choice())
    qtbot.addWidget(guide)
    guide.exercise.choose(exercise.id, "right")  # type: ignore[attr-defined]
    shown = [words.text() for words in guide.exercise.findChildren(QLabel)]
    assert exercise.cannot_see in shown  # type: ignore[attr-defined]
    assert guide.choice.exercise == exercise.id  # type: ignore[attr-defined]
    assert guide.choice.plan().pipeline().rule == guide.choice.rule


@pytest.mark.parametrize("exercise", list_exercises(), ids=lambda exercise: exercise.id)
def test_a_german_guide_says_nothing_of_an_exercise_in_english(qtbot: QtBot, exercise: Exercise) -> None:
    speak("de")
    guide = Guide(DARK, Choice())
    qtbot.addWidget(guide)
    guide.exercise.choose(exercise.id, "left")
    guide.go(2)
    german = in_language(exercise, "de")
    shown = "\n".join(words.text() for words in guide.findChildren(QLabel))
    assert all(text in shown for text in (german.summary, german.setup, *german.cues, german.cannot_see))
    assert german.name in guide.summary.text()
    english = (exercise.summary, exercise.setup, *exercise.cues, exercise.cannot_see, exercise.discouraged)
    assert [text for text in english if text and text in shown] == []


def test_what_the_settings_hold_is_taken_only_where_it_makes_sense() -> None:
    assert Choice.from_json({"exercise": "no-such", "reps": 5}) == Choice()
    assert Choice.from_json({"reps": "many", "sets": 2}).sets == 2
    assert Choice.from_json(["nonsense"]) == Choice()
    told = Choice(exercise="squat", stance="both", own_limit=True, left_deg=3.0, right_deg=4.0)
    assert Choice.from_json(told.to_json()) == told


def test_every_line_of_a_narrow_list_can_be_read(qtbot: QtBot) -> None:
    shown = Choices("exercises")
    qtbot.addWidget(shown)
    shown.addItems(["Squat", "Standing abduction with a band around the legs, the pelvis level"])
    shown.resize(200, 300)
    shown.show()
    line_px = shown.fontMetrics().lineSpacing()
    qtbot.waitUntil(lambda: shown.visualItemRect(shown.item(1)).height() > 3 * line_px, timeout=5_000)
    assert shown.visualItemRect(shown.item(0)).height() < 3 * line_px
    shown.resize(900, 300)
    qtbot.waitUntil(lambda: shown.visualItemRect(shown.item(1)).height() < 3 * line_px, timeout=5_000)


def test_who_lies_on_a_side_is_not_asked_which_leg_stands(qtbot: QtBot) -> None:
    guide = Guide(DARK, Choice())
    qtbot.addWidget(guide)
    guide.exercise.choose("side-lying-abduction", "right")
    assert "On the right side" in guide.summary.text()
    guide.exercise.choose("pelvic-drop", "right")
    assert "Right leg stands" in guide.summary.text()
