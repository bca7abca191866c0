"""Which samples are shown, and in which order, as panels ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.errors import Cancelled
from nmf_explorer.factorize.fit import fit
from nmf_explorer.factorize.model.explain import explain
from nmf_explorer.session.exploring import sample_view
from nmf_explorer.session.exploring.sample_values import SortKey, _compute_errors, _compute_ranks
from tests.current import current
from tests.session.fixtures import PATIENCE, show_set, wait_until_idle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.exploring.sample_view import SampleView
    from nmf_explorer.session.session import Session

NAMES = ("dog 10", "cat 2", "Dog 9", "cat 1", "owl", "dog 1")
LABELS = ("dog", "cat", "dog", "cat", "owl", "dog")
PIXELS = np.random.default_rng(2).random((6, 12)).astype(np.float32)
ANIMALS = Dataset(PIXELS, (3, 4), NAMES, labels=LABELS)


@pytest.fixture
def order(session: Session) -> SampleView:
    """Give the order of six animals."""
    show_set(session, ANIMALS)
    return session.sample_view


def fit_animals(session: Session, n_parts: int = 2) -> None:
    found = fit(ANIMALS, n_parts, start="random", max_iter=30)
    session.show(session.shown.with_model(found))


def rows(order: SampleView) -> list[int]:
    return [int(row) for row in order.rows]


def wait_for_order(qtbot: QtBot, order: SampleView) -> None:
    qtbot.waitUntil(lambda: not order.is_busy, timeout=PATIENCE)


def worst_first(session: Session) -> list[int]:
    assert session.model
    errors = [explain(ANIMALS, session.model, i).relative_error for i in range(6)]
    return sorted(range(6), key=lambda i: -errors[i])


def test_nothing_is_shown_of_nothing(session: Session) -> None:
    order = session.sample_view
    assert rows(order) == []
    order.search("x")
    order.filter("cat")
    order.show_worst()
    order.step(1)
    assert (rows(order), order.key, order.values.labels.names) == ([], SortKey.SET, ())


def test_all_are_shown_in_the_order_of_the_set(order: SampleView) -> None:
    assert rows(order) == [0, 1, 2, 3, 4, 5]
    assert [order.position_of(sample) for sample in (0, 5, 6)] == [0, 5, -1]


def test_search_and_label_go_together(order: SampleView) -> None:
    order.search("DOG")
    assert rows(order) == [0, 2, 5]
    order.search("1")
    assert rows(order) == [0, 3, 5]
    order.filter("dog")
    assert rows(order) == [0, 5]
    assert order.is_narrowed
    order.search("")
    assert rows(order) == [0, 2, 5]
    order.filter("cow")
    assert order.label == "dog"
    order.show_all()
    assert rows(order) == [0, 1, 2, 3, 4, 5]
    assert not order.is_narrowed


def test_what_has_not_changed_is_not_told(qtbot: QtBot, order: SampleView) -> None:
    with qtbot.assertNotEmitted(order.changed):
        order.search("")
        order.filter(None)
        order.show_all()
        order.sort(SortKey.SET)
        order.sort(SortKey.ERROR)  # there is no model
        order.sort(SortKey.WEIGHT)
        order.show_worst()


def test_names_are_sorted_as_people_count_and_what_is_narrowed_stays_sorted(qtbot: QtBot, order: SampleView) -> None:
    order.sort(SortKey.NAME)
    assert current(order.is_busy)
    wait_for_order(qtbot, order)
    assert rows(order) == [3, 1, 5, 2, 0, 4]
    order.filter("dog")
    assert rows(order) == [5, 2, 0]
    order.sort(SortKey.SET)
    order.sort(SortKey.NAME)
    assert not order.is_busy  # it is known by now
    assert rows(order) == [5, 2, 0]


def test_many_samples_keep_their_order_until_the_new_one_is_there(
    qtbot: QtBot, session: Session, order: SampleView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample_view, "_MAX_SORTED_AT_ONCE", 0)
    before = order.rows
    order.search("dog")
    assert current(order.is_busy)
    assert order.rows is before
    order.filter("dog")
    order.search("1")  # what was asked before does not count any more
    wait_for_order(qtbot, order)
    assert rows(order) == [0, 5]
    order.sort(SortKey.NAME)
    wait_for_order(qtbot, order)
    assert rows(order) == [5, 0]
    fit_animals(session)
    order.show_all()
    order.show_worst()
    wait_for_order(qtbot, order)
    assert rows(order) == worst_first(session)
    assert session.selected_sample == rows(order)[0]
    order.search("cat")
    show_set(session, Dataset.from_array(PIXELS[:4]))
    assert not order.is_busy
    assert rows(order) == [0, 1, 2, 3]


def test_an_answer_is_the_same_in_any_thread(order: SampleView) -> None:
    """The work itself, in this thread."""
    question = sample_view._Query(
        sample_view._FoldedNames(NAMES), "dog", order.values.labels, None, None, largest_first=False
    )
    answer = sample_view._run_query(question, lambda _make: None, lambda: False)
    assert list(answer) == [0, 2, 5]
    assert question.names.with_text("cat").tolist() == [1, 3]


def test_labels_are_sorted_and_counted(order: SampleView) -> None:
    order.sort(SortKey.LABEL)
    assert rows(order) == [1, 3, 0, 2, 5, 4]
    labels = order.values.labels
    assert dict(zip(labels.names, labels.counts, strict=True)) == {"cat": 2, "dog": 3, "owl": 1}


def test_without_labels_there_is_no_order_of_labels(session: Session) -> None:
    show_set(session, Dataset.from_array(PIXELS))
    session.sample_view.sort(SortKey.LABEL)
    assert session.sample_view.key is SortKey.SET


def test_the_worst_explained_comes_first_and_is_looked_at(qtbot: QtBot, session: Session, order: SampleView) -> None:
    fit_animals(session)
    order.show_worst()
    wait_for_order(qtbot, order)
    assert rows(order) == worst_first(session)
    assert session.selected_sample == rows(order)[0]
    assert session.model
    assert order.values.error_of(3) == pytest.approx(explain(ANIMALS, session.model, 3).relative_error, rel=1e-4)
    session.select_sample(rows(order)[4])
    order.show_worst()  # again, at once
    assert session.selected_sample == rows(order)[0]
    order.search("nothing")
    order.show_worst()
    assert session.selected_sample == worst_first(session)[0]


def test_errors_follow_the_model_when_it_stands_still(qtbot: QtBot, session: Session, order: SampleView) -> None:
    fit_animals(session)
    order.sort(SortKey.ERROR)
    wait_for_order(qtbot, order)
    fit_animals(session, 1)
    assert order.values.error_of(0) is None  # that of the old model is no more
    assert current(order.is_busy)
    wait_for_order(qtbot, order)
    assert rows(order) == worst_first(session)
    assert order.values.error_of(0) is not None


@pytest.mark.usefixtures("busy_fit")
def test_while_a_fit_goes_on_the_order_stays(qtbot: QtBot, session: Session, order: SampleView) -> None:
    fit_animals(session)
    order.sort(SortKey.ERROR)
    wait_for_order(qtbot, order)
    before = order.rows
    with qtbot.waitSignal(session.progress_changed, timeout=PATIENCE):
        session.start_fit()
    assert order.rows is before
    assert not order.is_busy
    session.cancel()
    wait_until_idle(qtbot, session)
    wait_for_order(qtbot, order)
    assert rows(order) == worst_first(session)
    assert order.values.error_of(0) is not None


def test_weights_of_the_chosen_part(session: Session, order: SampleView) -> None:
    fit_animals(session)
    assert order.overview(3) == []
    assert (order.values.weight_of(0), order.values.share_of(0)) == (None, None)
    session.parts.select(1)
    assert session.model
    weights = session.model.weights[:, 1]
    order.sort(SortKey.WEIGHT)
    assert rows(order) == sorted(range(6), key=lambda i: -weights[i])
    assert order.values.weight_of(2) == weights[2]
    assert order.values.share_of(rows(order)[0]) == 1
    assert order.overview(6) == pytest.approx([weights[i] / weights.max() for i in order.rows])
    assert order.overview(2) == pytest.approx([weights[i] / weights.max() for i in rows(order)[::3]])
    assert order.overview(2) is order.overview(2)
    session.parts.select(0)
    other = session.model.weights[:, 0]
    assert rows(order) == sorted(range(6), key=lambda i: -other[i])
    session.parts.select(None)
    assert (order.key, rows(order)) == (SortKey.SET, [0, 1, 2, 3, 4, 5])


def test_another_set_begins_anew(session: Session, order: SampleView) -> None:
    fit_animals(session)
    order.sort(SortKey.ERROR)
    order.search("dog")
    order.filter("dog")
    show_set(session, Dataset.from_array(PIXELS[:4]))
    assert (order.text, order.label, order.key, rows(order)) == ("", None, SortKey.SET, [0, 1, 2, 3])
    assert not order.is_busy
    show_set(session, None)
    assert rows(order) == []


def test_next_and_previous_follow_what_is_shown(session: Session, order: SampleView) -> None:
    order.sort(SortKey.LABEL)
    order.filter("dog")

    def seen_after(step: int) -> int:
        order.step(step)
        return session.selected_sample

    assert [seen_after(step) for step in (1, 1, 1, -1)] == [2, 5, 5, 2]
    session.select_sample(4)  # which is not shown
    assert seen_after(1) == 0
    session.select_sample(4)
    assert seen_after(-1) == 5
    order.search("nothing")
    assert seen_after(1) == 5


def test_what_is_found_tells_what_it_was_made_from(session: Session, order: SampleView) -> None:
    """The work itself, in this thread."""
    fit_animals(session)
    assert session.model
    places = _compute_ranks(ANIMALS, lambda _make: None, lambda: False)
    errors = _compute_errors(ANIMALS, session.model, lambda _make: None, lambda: False)
    assert (places.key, places.source, places.values.tolist()) == (SortKey.NAME, ANIMALS, [4, 1, 3, 0, 5, 2])
    assert (errors.key, errors.source) == (SortKey.ERROR, session.model)
    assert sorted(range(6), key=lambda i: -errors.values[i]) == worst_first(session)
    with pytest.raises(Cancelled):
        _compute_errors(ANIMALS, session.model, lambda _make: None, lambda: True)
    assert not order.is_busy


def test_closing_leaves_no_thread(session: Session, order: SampleView) -> None:
    order.sort(SortKey.NAME)
    session.close()
    assert not order.is_busy
