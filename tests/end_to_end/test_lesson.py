"""The ten-minute lesson in a real window, three times: by mouse, by keyboard alone, and as a screen reader does.

Stripes: open, fit, read the three weights, move one away, see the residual, bring it back, add up, next sample, draw a
cross, present. LED digits: seven parts, then four, then ten, and back.
"""

import re

import pytest

from tests.end_to_end.conftest import StartProgram
from tests.end_to_end.harness.explorer import Explorer
from tests.end_to_end.harness.input_methods import InputMethod, Keyboard, Mouse, ScreenReader
from tests.end_to_end.harness.polling import human_pause
from tests.end_to_end.harness.private_session import REPOSITORY

LED_DIGITS = str(REPOSITORY / "sample_images" / "led_digits")
WEIGHTS = [0.98, 0.95, 0.91]
WITHOUT_THE_FIRST = 59.7  # per cent: the error of the first sample without its strongest stripe


EACH_INPUT_METHOD = pytest.mark.parametrize("input_method", [Mouse, Keyboard, ScreenReader])


class Lesson(Explorer):
    """The window as a student reads it."""

    def see(self, what: str, words: str) -> None:
        """Wait until the description of an image contains these words."""
        picture = self.accessibles.find(what, "image")
        self.program.wait_until(lambda: words in picture.read().description, f"the {what} says '{words}'")

    def error_of_sample(self) -> float:
        """Return the error in the description of the residual, in per cent."""
        told = self.accessibles.find("Residual", "image").read().description
        found = re.search(r"error of this sample ([\d.]+) %", told)
        return float(found[1]) if found else -1.0

    def wait_for_error(self, about: float) -> None:
        """Wait until the error of the sample is that, in per cent."""
        self.program.wait_until(
            lambda: self.error_of_sample() == pytest.approx(about, abs=0.6), f"the error is {about} %"
        )

    def change_parts(self, user: InputMethod, now: int, then: int) -> None:
        """Change the number of parts, and wait for their fit; it starts by itself unless the last one was slow."""
        user.choose_parts(now, then)
        self.program.wait_until(lambda: len(self.parts()) == then or self._waits_for_fit(then), f"{then} parts")
        if len(self.parts()) != then:
            user.fit()
        self.wait_for_parts(then)

    def _waits_for_fit(self, n_parts: int) -> bool:
        """Whether the button offers a fit, and keeps offering it longer than the program waits for a next change."""
        for seconds in (2.0, 0.0):
            button = self.fit_button().read()
            if button.name != f"Fit {n_parts} parts" or not button.is_enabled:
                return False
            human_pause(seconds)
        return True

    def weights(self) -> list[float]:
        """Return the weights of the equation."""
        return [weight for weight, _ in self.terms()]


@EACH_INPUT_METHOD
def test_stripes(launch: StartProgram, input_method: type[InputMethod]) -> None:
    program = launch()
    lesson = Lesson(program)
    program.window("NMF Explorer")
    user = input_method(lesson)
    user.open_stripes()
    lesson.wait_for_set("stripes")
    lesson.wait_for_parts(3)
    user.fit()
    lesson.wait_for_parts(3)
    move_a_weight_away_and_back(lesson, user)
    user.add_up()
    lesson.accessibles.find("Add Up", "push button")
    lesson.wait_for_error(0)
    user.next_sample()
    lesson.see("Sample", "sample 2 of 60")
    lesson.wait_for_error(0)
    user.draw_cross()
    lesson.see("Sample", "Your picture")
    program.wait_until(lambda: lesson.error_of_sample() > 20, "the upright line is left over")
    assert max(lesson.weights()) > 0.1
    user.present()
    program.window("Presentation — NMF Explorer")
    program.mouse.key("Escape")
    lesson.accessibles.wait_gone("Presentation — NMF Explorer", "frame")
    assert lesson.accessibles.unnamed() == []


def move_a_weight_away_and_back(lesson: Lesson, user: InputMethod) -> None:
    """Read the three weights, set one to 0, read the error, and restore the weight."""
    assert lesson.weights() == pytest.approx(WEIGHTS, abs=0.011)
    lesson.wait_for_error(0)
    first = lesson.terms()[0][1]
    user.move_away(first)
    lesson.wait_for_error(WITHOUT_THE_FIRST)
    assert lesson.weights()[0] == 0
    lesson.see("Reconstruction", "weights were moved")
    user.bring_back(first)
    lesson.wait_for_error(0)
    assert lesson.weights() == pytest.approx(WEIGHTS, abs=0.011)


@EACH_INPUT_METHOD
def test_led_digits(launch: StartProgram, input_method: type[InputMethod]) -> None:
    program = launch(LED_DIGITS)
    lesson = Lesson(program)
    lesson.wait_for_set("led_digits")
    lesson.wait_for_parts(7)
    program.window().activate()
    user = input_method(lesson)
    assert lesson.relative_error() == "0.0000"
    lesson.change_parts(user, 7, 4)
    assert float(lesson.relative_error()) > 0.4  # what breaks
    lesson.change_parts(user, 4, 10)
    assert lesson.relative_error() == "0.0000"  # what splits
    user.undo()
    lesson.wait_for_parts(4)
    user.undo()
    lesson.wait_for_parts(7)
    assert lesson.relative_error() == "0.0000"
    assert program.accessibles.find("Number of parts", "spin button").value == 7
