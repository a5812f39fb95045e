"""A small part of the rolling test of forecasts: one seed, wide bounds, simulated series alone."""

import warnings

import numpy as np
import pytest

from benchmarks.forecast import series as series_of
from benchmarks.forecast.method import chance_of_all, forecasts
from benchmarks.forecast.report import KINDS, PLAIN, brier, coverage, errors, pairs, report
from benchmarks.forecast.rolling import bounds, roll
from benchmarks.forecast.series import Draw, real, simulated

SEED = 3


@pytest.fixture(scope="module")
def rolled() -> dict[str, np.ndarray]:
    """Return what was said and what came, of every third kind of series."""
    warnings.filterwarnings("ignore", "Mean of empty slice|All-NaN|Degrees of freedom")
    return roll(simulated(10, SEED)[::3], SEED)


@pytest.mark.parametrize("horizon", ["quarter", "year"])
@pytest.mark.parametrize("kind", KINDS)
def test_four_of_five_outcomes_are_inside_the_interval(
    rolled: dict, kind: str, horizon: str
) -> None:
    here = (rolled["kind"] == kind) & (rolled["horizon"] == horizon)
    covered, cases = coverage(rolled, here)
    assert cases > 200
    assert 0.7 < covered < 0.9


@pytest.mark.parametrize("horizon", ["quarter", "year"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_plain_forecast_is_better(rolled: dict, kind: str, horizon: str) -> None:
    here = (rolled["kind"] == kind) & (rolled["horizon"] == horizon)
    for plain in PLAIN:
        theirs, ours = errors(rolled, here, plain)
        assert np.isnan(theirs) or ours < theirs * 1.05


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("odds", ["odds", "luck"])
def test_what_was_likely_was_met(rolled: dict, odds: str, kind: str) -> None:
    said, met = pairs({"": rolled}, odds, kind)
    score, of_base_rate = brier(said, met)
    assert score < 0.8 * of_base_rate
    for low, high in ((0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1)):
        here = (said >= low) & (said <= high)
        assert abs(met[here].mean() - said[here].mean()) < 0.15


def test_bounds_are_kept_as_often_as_was_said() -> None:
    table = bounds(simulated(25, SEED)[8::3], SEED)
    said, met = pairs({"": table}, "luck")
    score, of_base_rate = brier(said, met)
    assert len(said) > 500
    assert score < 0.8 * of_base_rate
    assert abs(said.mean() - met.mean()) < 0.07


@pytest.mark.parametrize("growth", [-0.2, 0.1, 0.4])
def test_the_chance_of_several_periods_is_that_of_a_simulation(growth: float) -> None:
    """200,000 draws of three errors that share a part; four standard errors are 0.004."""
    rng = np.random.default_rng(1)
    lower, upper = np.array([0.5, 1.0, 1.5]), np.array([2.0, 1.5, 1.0])
    alike = min(max(0.3 + 1.2 * growth, 0.1), 0.95)
    shared, own = rng.normal(size=(200_000, 1)), rng.normal(size=(200_000, 3))
    error = np.sqrt(alike) * shared + np.sqrt(1 - alike) * own
    inside = ((error > -lower) & (error < upper)).all(1).mean()
    said = chance_of_all(lower, upper, np.array(growth))
    assert float(said) == pytest.approx(inside, abs=0.005)


def test_a_forecast_knows_nothing_of_what_comes() -> None:
    """Later periods change no earlier forecast, nor the spread that was said with it."""
    values = simulated(3, SEED)[1].num
    one = np.ones_like(values)
    whole = forecasts(values, one, 0, None, False, 6, until=24)
    half = forecasts(values[:, :36], one[:, :36], 0, None, False, 6, until=24)
    for name in ("guess", "spread", "cases", "growth"):
        np.testing.assert_allclose(getattr(whole, name)[:, :, :36], getattr(half, name))


def test_a_seed_gives_the_same_series() -> None:
    same, other = (simulated(2, seed)[0].num for seed in (1, 2))
    assert (simulated(2, 1)[0].num == same).all()
    assert (other != same).any()
    # December is the peak of a season
    assert (Draw(50, 1).year()[:, :12].argmax(1) == 11).mean() > 0.7


def test_what_is_not_here_is_skipped_with_a_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path, rolled: dict
) -> None:
    monkeypatch.setattr(series_of, "DATA", tmp_path)
    found, skipped = real()
    assert found == []
    assert len(skipped) == 2
    page = report({"simulated": (rolled, bounds(simulated(2, 1)[8:9], 1))}, skipped, 10, SEED)
    assert all(f"Skipped: {reason}." in page for reason in skipped)
    assert page.count("| simulated | sum | quarter |") == 2
