{{ config(enabled=feeds('chargebee', 'subscriptions')) }}
{%- set times = [
    'created_at', 'updated_at', 'started_at', 'activated_at', 'cancelled_at', 'trial_start', 'trial_end', 'pause_date', 'resume_date',
] %}
{%- set columns = {
    'id': 'text', 'customer_id': 'text', 'status': 'text', 'currency_code': 'text', 'billing_period': 'number', 'billing_period_unit': 'text',
    'cancel_reason_code': 'text', 'cancel_reason': 'text', 'deleted': 'boolean', '_fivetran_start': 'time', '_fivetran_end': 'time',
} -%}
{%- for column in times -%}
    {%- do columns.update({column: 'as_it_is'}) -%}
{%- endfor %}

with

subscriptions as (

    {{ raw_table('chargebee', 'subscription', columns, is_deleted_left_out=true) }}

),

links as (

    select * from {{ ref('int_connectors__customer_links') }}

    where source_name = 'chargebee'

),

timed as (

    select
        id,
        customer_id,
        lower(status) as status,
        upper(currency_code) as currency_code,
        billing_period,
        lower(billing_period_unit) as billing_period_unit,
        cancel_reason,
        cancel_reason_code,
        _fivetran_start,
        _fivetran_end,
        {% for column in times -%}
        {{ time_or_epoch(column) }} as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}

    from subscriptions

    where not coalesce(deleted, false)

),

-- what is transferred goes on as a subscription of another account
ended as (

    select
        *,
        case
            when status in ('cancelled', 'transferred') then coalesce(cancelled_at, updated_at, _fivetran_start)
        end as ended_at,
        -- Chargebee's own reason is of a payment that failed, the code one of the seller's
        case when status in ('cancelled', 'transferred') then coalesce(cancel_reason, cancel_reason_code) end
            as churn_reason

    from timed

    -- what has not begun has no version
    where status != 'future'

),

numbered as (

    select
        *,
        row_number() over (partition by id order by _fivetran_start) as state_number,
        lead(_fivetran_start) over (partition by id order by _fivetran_start) as next_state_at,
        lead(ended_at) over (partition by id order by _fivetran_start) as next_ended_at,
        lead(churn_reason) over (partition by id order by _fivetran_start) as next_churn_reason

    from ended

),

begun as (

    select
        *,
        -- the first state that was loaded has held since the subscription began
        case
            when state_number = 1 then coalesce(started_at, activated_at, created_at, _fivetran_start)
            else _fivetran_start
        end as starts_at

    from numbered

    -- one that had ended before it was first loaded has that row alone
    where ended_at is null or state_number = 1

),

final as (

    select
        begun.id as subscription_id,
        coalesce(links.customer_id, begun.customer_id) as customer_id,
        begun.status,
        begun.state_number,
        begun.currency_code,
        begun.billing_period,
        begun.billing_period_unit,
        begun.trial_start,
        begun.trial_end,
        begun.starts_at,
        -- an open one is open until the year 9999
        coalesce(
            begun.ended_at,
            begun.next_ended_at,
            begun.next_state_at,
            case
                when begun._fivetran_end < cast('9000-01-01' as {{ dbt.type_timestamp() }}) then begun._fivetran_end
            end
        ) as ends_at,
        -- dates of a pause stay after it
        case
            when begun.status = 'paused' then coalesce(begun.pause_date, begun.starts_at)
            when begun.resume_date is not null then begun.pause_date
        end as paused_at,
        begun.resume_date as resumed_at,
        coalesce(begun.churn_reason, begun.next_churn_reason) as churn_reason

    from begun

    left join links
        on begun.customer_id = links.source_customer_id

)

select * from final
