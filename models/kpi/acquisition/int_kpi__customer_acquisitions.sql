{#- grain: customer with an order or a paid subscription x channel that won them; credits of a customer add up to 1 -#}
{{ config(enabled=revenue_is_on()) }}
{%- set ignored = setting('ignored_channels') %}

with

customers as (

    select * from {{ ref('int_kpi__customer_starts') }}

),
{% if has_input('marketing_touches') %}
touches as (

    select * from {{ ref('fct_kpi__marketing_touches') }}

),

-- what a customer saw up to the first order or paid day, or to its moment
-- where both are known
seen as (

    select
        touches.customer_id,
        touches.channel,
        touches.touched_time,
        touches.touch_id
        {%- if ignored %},
        min({{ is_ignored_channel('touches.channel') }}) over (
            partition by touches.customer_id
        ) as ignored_alone
        {%- endif %}

    from touches

    inner join customers
        on touches.customer_id = customers.customer_id
        and touches.touched_date <= customers.first_date
        and coalesce(touches.touched_moment <= customers.first_moment, true)

),

numbered as (

    select
        customer_id,
        channel,
        row_number() over (
            partition by customer_id
            order by touched_time, touch_id
        ) as touch_number,
        count(*) over (partition by customer_id) as touches

    from seen
    {% if ignored %}
    -- no other touch: the ignored ones count
    where {{ is_ignored_channel('channel') }} = ignored_alone
    {% endif %}
),

credits as (

    select
        customer_id,
        channel,
        {{ touch_credit() }} as credit

    from numbered

),
{% else %}
credits as (

    select
        customer_id,
        acquisition_channel as channel,
        1 as credit

    from customers

),
{% endif %}
channels as (

    select
        customer_id,
        channel,
        sum(credit) as credit

    from credits

    where credit > 0

    group by 1, 2

),

final as (

    select
        customers.customer_id,
        {{ columns_from(customer_columns() | reject('equalto', 'acquisition_channel'), 'customers') }}
        coalesce(channels.channel, 'unattributed') as acquisition_channel,
        cast(coalesce(channels.credit, 1) as numeric(28, 12)) as credit,
        customers.first_date

    from customers

    left join channels on customers.customer_id = channels.customer_id

)

select * from final
