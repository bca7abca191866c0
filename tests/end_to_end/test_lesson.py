"""The ten-minute lesson in a real window, three times: by mouse, by keyboard alone, and as a screen reader does.

Stripes: open, fit, read the three weights, move one away, see the residual, bring it back, add up, next sample, draw a
cross, present. LED digits: seven parts, then four, then ten, and back.
"""

import re

import pytest

from tests.end_to_end.conftest import StartProgram
from tests.end_to_end.harness.explorer import Explorer
from tests.end_to_end.harness.hands import Hands, Keys, Mouse, ScreenReader
from tests.end_to_end.harness.private_session import REPOSITORY

PATIENCE = 40
LED_DIGITS = str(REPOSITORY / "sample_images" / "led_digits")
WEIGHTS = [0.98, 0.95, 0.91]
WITHOUT_THE_FIRST = 59.7  # per cent: the error of the first sample without its strongest stripe


ALL_HANDS = pytest.mark.parametrize("hands", [Mouse, Keys, ScreenReader])


class Lesson(Explorer):
    """What a student sees."""

    def see(self, what: str, words: str) -> None:
        """Wait until a picture is told like this."""
        picture = self.accessibles.find(what, "image")
        self.program.wait_until(lambda: words in picture.read().description, f"the {what} says '{words}'", PATIENCE)

    def error_of_sample(self) -> float:
        """The error that the residual tells, in per cent."""
        told = self.accessibles.find("Residual", "image").read().description
        found = re.search(r"error of this sample ([\d.]+) %", told)
        return float(found[1]) if found else -1.0

    def wait_for_error(self, about: float) -> None:
        """Wait until the error of the sample is that, in per cent."""
        self.program.wait_until(
            lambda: self.error_of_sample() == pytest.approx(about, abs=0.6), f"the error is {about} %", PATIENCE
        )

    def weights(self) -> list[float]:
        """The weights of the equation."""
        return [weight for weight, _ in self.terms()]


@ALL_HANDS
def test_stripes(launch: StartProgram, hands: type[Hands]) -> None:
    program = launch()
    lesson = Lesson(program)
    program.window("NMF Explorer")
    hand = hands(lesson)
    hand.open_stripes()
    lesson.wait_for_set("stripes")
    lesson.wait_for_parts(3, PATIENCE)
    hand.fit()
    lesson.wait_for_parts(3, PATIENCE)
    move_a_weight_away_and_back(lesson, hand)
    hand.add_up()
    lesson.accessibles.find("Add Up", "push button", timeout=PATIENCE)
    lesson.wait_for_error(0)
    hand.next_sample()
    lesson.see("Sample", "sample 2 of 60")
    lesson.wait_for_error(0)
    hand.draw_cross()
    lesson.see("Sample", "Your picture")
    program.wait_until(lambda: lesson.error_of_sample() > 20, "the upright line is left over", PATIENCE)
    assert max(lesson.weights()) > 0.1
    hand.present()
    program.window("Presentation — NMF Explorer")
    program.mouse.key("Escape")
    lesson.accessibles.wait_gone("Presentation — NMF Explorer", "frame")
    assert lesson.accessibles.unnamed() == []


def move_a_weight_away_and_back(lesson: Lesson, hand: Hands) -> None:
    """Read the three weights, set one to 0, see what is missing, and bring it back."""
    assert lesson.weights() == pytest.approx(WEIGHTS, abs=0.011)
    lesson.wait_for_error(0)
    first = lesson.terms()[0][1]
    hand.move_away(first)
    lesson.wait_for_error(WITHOUT_THE_FIRST)
    assert lesson.weights()[0] == 0
    lesson.see("Reconstruction", "weights were moved")
    hand.bring_back(first)
    lesson.wait_for_error(0)
    assert lesson.weights() == pytest.approx(WEIGHTS, abs=0.011)


@ALL_HANDS
def test_led_digits(launch: StartProgram, hands: type[Hands]) -> None:
    program = launch(LED_DIGITS)
    lesson = Lesson(program)
    lesson.wait_for_set("led_digits")
    lesson.wait_for_parts(7, PATIENCE)
    program.window().activate()
    hand = hands(lesson)
    assert lesson.relative_error() == "0.0000"
    hand.choose_parts(7, 4)
    lesson.wait_for_parts(4, PATIENCE)
    assert float(lesson.relative_error()) > 0.4  # what breaks
    hand.choose_parts(4, 10)
    lesson.wait_for_parts(10, PATIENCE)
    assert lesson.relative_error() == "0.0000"  # what splits
    hand.undo()
    lesson.wait_for_parts(4, PATIENCE)
    hand.undo()
    lesson.wait_for_parts(7, PATIENCE)
    assert lesson.relative_error() == "0.0000"
    assert program.accessibles.find("Number of parts", "spin button").value == 7
