"""Rows of OKR seeds for tests, with the columns that most tests leave alone filled in."""


def cycle(cycle_id: str, start_date: str, end_date: str, **other: str) -> dict:
    """Return a row of okr_cycles."""
    row = {"cycle_id": cycle_id, "name": cycle_id, "cadence": "quarterly"}
    return row | {"start_date": start_date, "end_date": end_date, "parent_cycle_id": ""} | other


def objective(objective_id: str, cycle_id: str, **other: object) -> dict:
    """Return a row of okr_objectives."""
    return {
        "objective_id": objective_id,
        "cycle_id": cycle_id,
        "name": f"Objective {objective_id}",
        "level": "company",
        "owner": "Ada",
        "parent_objective_id": "",
        "parent_key_result_id": "",
        "objective_type": "committed",
        "priority": 1,
        "weight": "",
        "origin_kpi_id": "",
    } | other


def key_result(key_result_id: str, objective_id: str, kpi_id: str, **other: object) -> dict:
    """Return a row of okr_key_results: increase, by month, unless told otherwise."""
    return {
        "key_result_id": key_result_id,
        "objective_id": objective_id,
        "name": f"Key result {key_result_id}",
        "owner": "Ada",
        "kpi_id": kpi_id,
        "dimension": "",
        "dimension_value": "",
        "period_grain": "month",
        "metric_type": "increase",
        "weight": "",
        "indicator_type": "",
        "start_date": "",
        "due_date": "",
    } | other


def target(key_result_id: str, valid_from: str, **other: object) -> dict:
    """Return a row of okr_key_result_targets."""
    return {
        "key_result_id": key_result_id,
        "valid_from": valid_from,
        "baseline_value": "",
        "target_value": "",
        "commit_value": "",
        "stretch_value": "",
        "lower_bound": "",
        "upper_bound": "",
        "reason": "first target",
    } | other


def check_in(key_result_id: str, check_in_date: str, **other: object) -> dict:
    """Return a row of okr_check_ins."""
    row = {"key_result_id": key_result_id, "check_in_date": check_in_date, "confidence": 0.5}
    return row | {"comment": "", "value_reported": ""} | other


OKR_INPUTS = {
    name: name
    for name in [
        "okr_cycles",
        "okr_objectives",
        "okr_key_results",
        "okr_key_result_targets",
        "okr_phased_targets",
        "okr_check_ins",
    ]
}
