{{ config(enabled=has_input('subscriptions')) }}
{%- set months = '(2|3|4|6|12|18|24|36)[ _-]*(m|mo|mon|mth|month|months)([^a-z]|$)' -%}
{%- set years = '[2-5][ _-]*(y|yr|yrs|year|years)([^a-z]|$)|two[ _-]*year|three[ _-]*year|biennial' -%}
{%- set words = 'half[ _-]*year|semi[ _-]*ann|biannual|annual|yearly|quarterly|(six|three)[ _-]*month' %}

with

versions as (

    select * from {{ ref('stg_kpi__subscriptions') }}

    where
        row_status = 'accepted'
        and amount > 0
        and is_count_assumed

),

prices as (

    select
        plan,
        currency_code,
        billing_interval,
        amount,
        count(*) as versions,
        sum(
            case
                when coalesce(ended_date > {{ as_of_date() }}, true)
                    then {{ to_reporting_currency(
                        'amount * quantity', 'exchange_rate'
                    ) }}
                else 0
            end
        ) as worth

    from versions

    group by 1, 2, 3, 4

),

with_neighbours as (

    select
        *,
        min(amount) over (
            partition by plan, currency_code, billing_interval
        ) as lowest_of_plan,
        count(*) over (
            partition by plan, currency_code, billing_interval
        ) as prices_of_plan,
        lag(amount) over (
            partition by currency_code, billing_interval
            order by amount
        ) as next_lower,
        sum(versions) over (
            partition by currency_code, billing_interval
        ) as all_versions,
        sum(versions) over (
            partition by currency_code, billing_interval
            order by amount desc
        ) as versions_from_here

    from prices

),

with_signs as (

    select
        *,
        {{ has_pattern('lower(plan)', years ~ '|biannual') }}
        or billing_interval = 'month'
        and {{ has_pattern('lower(plan)', months ~ '|' ~ words) }} as is_named,
        -- 3, 6, 12 or 24 times as much; a longer term has its discount
        prices_of_plan <= 4 and (
            amount / lowest_of_plan between 2.4 and 3.06
            or amount / lowest_of_plan between 4.8 and 6.12
            or amount / lowest_of_plan between 9.6 and 12.24
            or amount / lowest_of_plan between 18 and 24.48
        ) as is_a_multiple,
        amount >= 10 * next_lower
        and versions_from_here * 2 < all_versions as is_far_above

    from with_neighbours

),

final as (

    select
        {{ finding(
            'interval_count_left_out', say('objects', 'plan', {'plan': 'plan', 'currency': 'currency_code'}),
            {'interval': word('period_grain', 'min(billing_interval)')},
            cases={
                'named': 'max(case when is_named then 1 else 0 end) = 1',
                'multiple': 'max(case when is_a_multiple then 1 else 0 end) = 1',
                'far_above': none,
            },
            topic='input_findings',
        ) }},
        'subscriptions' as input,
        sum(versions) as number_of_rows,
        sum(worth) as amount

    from with_signs

    where is_named or is_a_multiple or is_far_above

    group by plan, currency_code

)

select * from final
