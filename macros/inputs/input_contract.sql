{# The columns of every input, in order: {input: {column: may be absent or null throughout}}. docs/inputs.md and docs/okrs.md say the same, and a test compares them. #}
{% macro input_contract() -%}
    {{ return({
        'customers': {'customer_id': false, 'created_at': false, 'country': true, 'segment': true, 'acquisition_channel': true},
        'orders': {'order_id': false, 'customer_id': false, 'ordered_at': false, 'status': false, 'currency_code': false},
        'order_lines': {'order_line_id': false, 'order_id': false, 'product_category': true, 'quantity': false, 'unit_price': false, 'discount_amount': true, 'amount': true, 'unit_cost': true},
        'refunds': {'refund_id': false, 'order_id': true, 'order_line_id': true, 'product_category': true, 'subscription_id': true, 'customer_id': true, 'refunded_at': false, 'amount': false, 'currency_code': true},
        'subscriptions': {'subscription_id': false, 'customer_id': false, 'plan': false, 'status': false, 'started_at': false, 'ended_at': false, 'amount': false, 'billing_interval': false, 'interval_count': true, 'quantity': true, 'currency_code': false, 'churn_reason': true},
        'marketing_spend': {'spend_date': false, 'channel': false, 'campaign': true, 'amount': false, 'currency_code': false, 'impressions': true, 'clicks': true},
        'marketing_touches': {'touch_id': false, 'customer_id': false, 'touched_at': false, 'channel': false, 'campaign': true},
        'operating_expenses': {'expense_id': false, 'expense_date': false, 'category': false, 'department': true, 'amount': false, 'currency_code': false},
        'ledger_revenue': {'ledger_line_id': false, 'booked_date': false, 'account': true, 'kind': true, 'amount': false, 'booked_amount': true, 'currency_code': false},
        'product_events': {'event_id': false, 'customer_id': false, 'user_id': false, 'occurred_at': false, 'event_name': false},
        'survey_responses': {'response_id': false, 'customer_id': false, 'survey_type': false, 'score': false, 'responded_at': false},
        'support_tickets': {'ticket_id': false, 'customer_id': false, 'opened_at': false, 'first_responded_at': true, 'solved_at': true},
        'customer_links': {'source': false, 'source_customer_id': false, 'customer_id': false},
        'exchange_rates': {'rate_date': false, 'currency_code': false, 'rate': false},
        'calendar': {'date': false, 'month_start': false, 'quarter_start': false, 'year_start': false, 'month_label': true, 'quarter_label': true, 'year_label': true},
        'kpi_targets': {'kpi_id': false, 'dimension': true, 'dimension_value': true, 'period_grain': false, 'valid_from': false, 'lower_bound': true, 'upper_bound': true, 'provenance': false},
        'okr_cycles': {'cycle_id': false, 'name': false, 'cadence': false, 'start_date': false, 'end_date': false, 'parent_cycle_id': true},
        'okr_objectives': {'objective_id': false, 'cycle_id': false, 'name': false, 'level': false, 'owner': false, 'parent_objective_id': true, 'parent_key_result_id': true, 'objective_type': false, 'priority': false, 'weight': true, 'origin_kpi_id': true, 'ended_on': true, 'end_reason': true},
        'okr_key_results': {'key_result_id': false, 'objective_id': false, 'name': false, 'owner': false, 'kpi_id': false, 'dimension': true, 'dimension_value': true, 'period_grain': false, 'metric_type': false, 'weight': true, 'indicator_type': true, 'start_date': true, 'due_date': true, 'ended_on': true, 'end_reason': true},
        'okr_key_result_targets': {'key_result_id': false, 'valid_from': false, 'baseline_value': true, 'target_value': true, 'commit_value': true, 'stretch_value': true, 'lower_bound': true, 'upper_bound': true, 'reason': false},
        'okr_phased_targets': {'key_result_id': false, 'period_end': false, 'expected_value': false},
        'okr_check_ins': {'check_in_id': true, 'key_result_id': false, 'check_in_date': false, 'confidence': false, 'comment': true, 'value_reported': true},
        'okr_guardrails': {'key_result_id': false, 'guardrail_kpi_id': false, 'dimension': true, 'dimension_value': true, 'lower_bound': true, 'upper_bound': true},
        'okr_events': {'event_date': false, 'kpi_id': true, 'dimension': true, 'dimension_value': true, 'kind': false, 'text': false, 'link': true},
        'okr_rule_exceptions': {'rule_id': false, 'object': false, 'until': true, 'reason': false},
        'kpi_tree': {'parent_kpi_id': false, 'child_kpi_id': false, 'relation': false, 'sign': false}
    }) }}
{%- endmacro %}
