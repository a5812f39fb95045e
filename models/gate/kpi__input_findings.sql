{{ config(
    enabled=gate_is_on(),
    post_hook="{{ say_findings(findings(this)) if not marts_are_on() }}",
) }}
{%- set subjects = ['mapping', 'money'] -%}
{%- for subject, is_on in {
    'coverage': any_staging_is_on(),
    'far_days': has_any_input(*covered_inputs()),
    'identity': inputs_with_shared_ids() != [],
    'subscriptions': has_input('subscriptions'),
    'intervals': has_input('subscriptions'),
    'small_prices': has_input('subscriptions'),
    'decimals': any_staging_is_on(),
    'copies': has_any_input('orders', 'operating_expenses') or staging_is_on('refunds'),
    'unreadable': has_any_input('marketing_spend', 'support_tickets'),
    'channels': channels_can_be_matched(),
    'channel_words': sources_with_channel_words() != [],
    'ads': revenue_is_on() and has_input('marketing_spend', 'operating_expenses') and 'ad_spend_in_ledger' not in chosen_policies(),
    'calendar': has_input('calendar'),
    'calendar_range': has_input('calendar') and dated_facts() != {},
}.items() if is_on -%}
    {%- do subjects.append(subject) -%}
{%- endfor %}

with

findings as (

    {% for subject in subjects -%}
    select
        rule_id,
        severity,
        input,
        object,
        message,
        how_to_fix,
        cast(number_of_rows as bigint) as number_of_rows,
        cast(amount as numeric(38, 6)) as amount

    from {{ ref('int_kpi__findings_on_' ~ subject) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
    {%- for input in ['okr_rule_exceptions', 'okr_events'] if has_input(input) and not okr_is_on() %}
    -- with OKRs they are in okr__quality
    union all

    select
        rule_id,
        severity,
        '{{ input }}' as input,
        object,
        message,
        how_to_fix,
        cast(null as bigint) as number_of_rows,
        cast(null as numeric(38, 6)) as amount

    from {{ ref('int_okr__findings_on_' ~ input.split('_')[-1]) }}
    {%- endfor %}

),

as_set as (

    {{ findings_as_set('findings', ['input', 'number_of_rows', 'amount']) }}

),

final as (

    select
        rule_id,
        severity,
        input,
        object,
        message,
        how_to_fix,
        number_of_rows,
        amount

    from as_set

)

select * from final
