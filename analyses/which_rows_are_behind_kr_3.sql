-- Which rows are behind KR-3 on 2026-08-31? The spend and the customers of paid search in August; `dbt run-operation
-- okr_metrics_lineage --args '{key_result_id: KR-3, as_of: 2026-08-31}'` prints the same for any key result and day.
{{ config(enabled=demo_is_on()) }}
{{ lineage_query(
    'cac', 'month', '2026-08-01', '2026-08-01', 'acquisition_channel', 'paid_search'
) }}
