"""Search, filter and order of the samples."""

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
def view(session: Session) -> SampleView:
    """Return the view of six animals."""
    show_set(session, ANIMALS)
    return session.sample_view


def fit_animals(session: Session, n_parts: int = 2) -> None:
    found = fit(ANIMALS, n_parts, start="random", max_iter=30)
    session.show(session.shown.with_model(found))


def rows(view: SampleView) -> list[int]:
    return [int(row) for row in view.rows]


def wait_for_order(qtbot: QtBot, view: SampleView) -> None:
    qtbot.waitUntil(lambda: not view.is_busy, timeout=PATIENCE)


def worst_first(session: Session) -> list[int]:
    assert session.model
    errors = [explain(ANIMALS, session.model, i).relative_error for i in range(6)]
    return sorted(range(6), key=lambda i: -errors[i])


def test_there_are_no_rows_without_a_dataset(session: Session) -> None:
    view = session.sample_view
    assert rows(view) == []
    view.search("x")
    view.filter("cat")
    view.show_worst()
    view.step(1)
    assert (rows(view), view.key, view.values.labels.names) == ([], SortKey.SET, ())


def test_all_samples_are_shown_in_the_order_of_the_dataset(view: SampleView) -> None:
    assert rows(view) == [0, 1, 2, 3, 4, 5]
    assert [view.position_of(sample) for sample in (0, 5, 6)] == [0, 5, -1]


def test_search_and_label_filter_are_combined(view: SampleView) -> None:
    view.search("DOG")
    assert rows(view) == [0, 2, 5]
    view.search("1")
    assert rows(view) == [0, 3, 5]
    view.filter("dog")
    assert rows(view) == [0, 5]
    assert view.is_narrowed
    view.search("")
    assert rows(view) == [0, 2, 5]
    view.filter("cow")
    assert view.label == "dog"
    view.show_all()
    assert rows(view) == [0, 1, 2, 3, 4, 5]
    assert not view.is_narrowed


def test_changed_is_not_emitted_without_a_change(qtbot: QtBot, view: SampleView) -> None:
    with qtbot.assertNotEmitted(view.changed):
        view.search("")
        view.filter(None)
        view.show_all()
        view.sort(SortKey.SET)
        view.sort(SortKey.ERROR)  # without a model
        view.sort(SortKey.WEIGHT)
        view.show_worst()


def test_names_are_sorted_in_natural_order_also_when_filtered(qtbot: QtBot, view: SampleView) -> None:
    view.sort(SortKey.NAME)
    assert current(view.is_busy)
    wait_for_order(qtbot, view)
    assert rows(view) == [3, 1, 5, 2, 0, 4]
    view.filter("dog")
    assert rows(view) == [5, 2, 0]
    view.sort(SortKey.SET)
    view.sort(SortKey.NAME)
    assert not view.is_busy  # the ranks are known
    assert rows(view) == [5, 2, 0]


def test_many_samples_keep_their_order_until_the_new_one_is_computed(
    qtbot: QtBot, session: Session, view: SampleView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample_view, "_MAX_SORTED_AT_ONCE", 0)
    before = view.rows
    view.search("dog")
    assert current(view.is_busy)
    assert view.rows is before
    view.filter("dog")
    view.search("1")  # replaces the former search
    wait_for_order(qtbot, view)
    assert rows(view) == [0, 5]
    view.sort(SortKey.NAME)
    wait_for_order(qtbot, view)
    assert rows(view) == [5, 0]
    fit_animals(session)
    view.show_all()
    view.show_worst()
    wait_for_order(qtbot, view)
    assert rows(view) == worst_first(session)
    assert session.selected_sample == rows(view)[0]
    view.search("cat")
    show_set(session, Dataset.from_array(PIXELS[:4]))
    assert not view.is_busy
    assert rows(view) == [0, 1, 2, 3]


def test_a_query_can_run_in_any_thread(view: SampleView) -> None:
    query = sample_view._Query(
        sample_view._FoldedNames(NAMES), "dog", view.values.labels, None, None, largest_first=False
    )
    rows_of_query = sample_view._run_query(query, lambda _make: None, lambda: False)
    assert list(rows_of_query) == [0, 2, 5]
    assert query.names.with_text("cat").tolist() == [1, 3]


def test_labels_are_sorted_and_counted(view: SampleView) -> None:
    view.sort(SortKey.LABEL)
    assert rows(view) == [1, 3, 0, 2, 5, 4]
    labels = view.values.labels
    assert dict(zip(labels.names, labels.counts, strict=True)) == {"cat": 2, "dog": 3, "owl": 1}


def test_sorting_by_label_needs_labels(session: Session) -> None:
    show_set(session, Dataset.from_array(PIXELS))
    session.sample_view.sort(SortKey.LABEL)
    assert session.sample_view.key is SortKey.SET


def test_show_worst_sorts_by_error_and_selects_the_first(qtbot: QtBot, session: Session, view: SampleView) -> None:
    fit_animals(session)
    view.show_worst()
    wait_for_order(qtbot, view)
    assert rows(view) == worst_first(session)
    assert session.selected_sample == rows(view)[0]
    assert session.model
    assert view.values.error_of(3) == pytest.approx(explain(ANIMALS, session.model, 3).relative_error, rel=1e-4)
    session.select_sample(rows(view)[4])
    view.show_worst()  # again, at once
    assert session.selected_sample == rows(view)[0]
    view.search("nothing")
    view.show_worst()
    assert session.selected_sample == worst_first(session)[0]


def test_errors_are_computed_again_for_a_new_model(qtbot: QtBot, session: Session, view: SampleView) -> None:
    fit_animals(session)
    view.sort(SortKey.ERROR)
    wait_for_order(qtbot, view)
    fit_animals(session, 1)
    assert view.values.error_of(0) is None  # that of the old model is dropped
    assert current(view.is_busy)
    wait_for_order(qtbot, view)
    assert rows(view) == worst_first(session)
    assert view.values.error_of(0) is not None


@pytest.mark.usefixtures("busy_fit")
def test_the_order_stays_during_a_fit_and_is_updated_at_its_end(
    qtbot: QtBot, session: Session, view: SampleView
) -> None:
    fit_animals(session)
    view.sort(SortKey.ERROR)
    wait_for_order(qtbot, view)
    before = view.rows
    with qtbot.waitSignal(session.progress_changed, timeout=PATIENCE):
        session.start_fit()
    assert view.rows is before
    assert not view.is_busy
    session.cancel()
    wait_until_idle(qtbot, session)
    wait_for_order(qtbot, view)
    assert rows(view) == worst_first(session)
    assert view.values.error_of(0) is not None


def test_samples_are_sorted_by_the_weight_of_the_selected_part(session: Session, view: SampleView) -> None:
    fit_animals(session)
    assert view.overview(3) == []
    assert (view.values.weight_of(0), view.values.share_of(0)) == (None, None)
    session.parts.select(1)
    assert session.model
    weights = session.model.weights[:, 1]
    view.sort(SortKey.WEIGHT)
    assert rows(view) == sorted(range(6), key=lambda i: -weights[i])
    assert view.values.weight_of(2) == weights[2]
    assert view.values.share_of(rows(view)[0]) == 1
    assert view.overview(6) == pytest.approx([weights[i] / weights.max() for i in view.rows])
    assert view.overview(2) == pytest.approx([weights[i] / weights.max() for i in rows(view)[::3]])
    assert view.overview(2) is view.overview(2)
    session.parts.select(0)
    other = session.model.weights[:, 0]
    assert rows(view) == sorted(range(6), key=lambda i: -other[i])
    session.parts.select(None)
    assert (view.key, rows(view)) == (SortKey.SET, [0, 1, 2, 3, 4, 5])


def test_a_new_dataset_resets_search_filter_and_order(session: Session, view: SampleView) -> None:
    fit_animals(session)
    view.sort(SortKey.ERROR)
    view.search("dog")
    view.filter("dog")
    show_set(session, Dataset.from_array(PIXELS[:4]))
    assert (view.text, view.label, view.key, rows(view)) == ("", None, SortKey.SET, [0, 1, 2, 3])
    assert not view.is_busy
    show_set(session, None)
    assert rows(view) == []


def test_step_follows_the_shown_rows(session: Session, view: SampleView) -> None:
    view.sort(SortKey.LABEL)
    view.filter("dog")

    def seen_after(step: int) -> int:
        view.step(step)
        return session.selected_sample

    assert [seen_after(step) for step in (1, 1, 1, -1)] == [2, 5, 5, 2]
    assert [seen_after(-1), seen_after(-1)] == [0, 0]  # there is none before the first
    session.select_sample(4)  # which is not shown
    assert seen_after(1) == 0
    session.select_sample(4)
    assert seen_after(-1) == 5
    view.search("nothing")
    assert seen_after(1) == 5


def test_computed_values_know_their_source(session: Session, view: SampleView) -> None:
    fit_animals(session)
    assert session.model
    places = _compute_ranks(ANIMALS, lambda _make: None, lambda: False)
    errors = _compute_errors(ANIMALS, session.model, lambda _make: None, lambda: False)
    assert (places.key, places.source, places.values.tolist()) == (SortKey.NAME, ANIMALS, [4, 1, 3, 0, 5, 2])
    assert (errors.key, errors.source) == (SortKey.ERROR, session.model)
    assert sorted(range(6), key=lambda i: -errors.values[i]) == worst_first(session)
    with pytest.raises(Cancelled):
        _compute_errors(ANIMALS, session.model, lambda _make: None, lambda: True)
    assert not view.is_busy


def test_closing_leaves_no_thread(session: Session, view: SampleView) -> None:
    view.sort(SortKey.NAME)
    session.close()
    assert not view.is_busy


def test_where_all_is_explained_the_worst_is_the_first_sample_whatever_rounding_says(
    qtbot: QtBot, stripes: Session
) -> None:
    stripes.sample_view.show_worst()
    wait_for_order(qtbot, stripes.sample_view)
    assert rows(stripes.sample_view) == list(range(60))
    assert stripes.selected_sample == 0
