{{ config(enabled=revenue_is_on()) }}
{%- set has_touches = has_input('marketing_touches') -%}
{%- set text = dbt.type_string() -%}
{%- set ignored = setting('ignored_channels') | map('string') | map('trim') | map('lower') | list -%}
{#- the share of a customer that a touch is credited with; the last one takes what rounding leaves -#}
{%- set credit = {
    'first_touch': 'case when touch_number = 1 then 1 else 0 end',
    'last_touch': 'case when touch_number = touches then 1 else 0 end',
    'linear': 'case when touch_number < touches then cast(1.0 / touches as numeric(28, 12)) '
        ~ 'else 1 - (touches - 1) * cast(1.0 / touches as numeric(28, 12)) end',
}[policy('attribution')] %}

with

customers as (

    select * from {{ ref('int_kpi__customer_starts') }}

),

touches as (

    select
        *,
        case
            when lower(channel) in ({{ literals(ignored or ['']) }}) then 1
            else 0
        end as is_ignored

    from {{ optional_model('fct_kpi__marketing_touches', has_touches, columns={
        'customer_id': text, 'channel': text, 'touch_id': text, 'touched_date': 'date',
        'touched_time': dbt.type_timestamp(), 'touched_moment': dbt.type_timestamp(),
    }) }}

),

-- what a customer saw up to the first order or paid day, or to its moment
-- where both are known
seen as (

    select
        touches.*,
        min(touches.is_ignored) over (partition by touches.customer_id)
            as ignored_alone

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

    -- no other touch: the ignored ones count
    where is_ignored = ignored_alone

),

credits as (

    select
        customer_id,
        channel,
        {{ credit }} as credit

    from numbered

),

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
        {{ columns_from(attributes_and_source('customers') | reject('equalto', 'acquisition_channel'), 'customers') }}
        coalesce(
            channels.channel,
            {{ "'unattributed'" if has_touches else 'customers.acquisition_channel' }}
        ) as acquisition_channel,
        cast(coalesce(channels.credit, 1) as numeric(28, 12)) as credit,
        customers.first_date

    from customers

    left join channels on customers.customer_id = channels.customer_id

)

select * from final
