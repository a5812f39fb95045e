{{ config(enabled=has_input('customers')) }}
{#- what a CRM knows of a customer fills what the customer's own source leaves unknown -#}
{%- set crm = 'hubspot' in named_sources() %}

with

source as (

    {{ read_input('customers') }}

),

typed as (

    select
        customer_id,
        {{ columns_from(attributes_of('customers')) }}
        {{ reporting_date('created_at') }} as created_date,
        {{ utc_time('created_at') }} as created_time,
        created_at,
        source_name,
        raw_row

    from source

),

checked as (

    select
        *,
        case
            when customer_id is null then {{ because('no_key', words={'column': 'customer_id'}) }}
            {{ when_not_a_time('created_at', 'created_date', 'created_at') }}
            when created_date > {{ last_day_read() }}
                then {{ because('too_late', 'created_at', {'column': 'created_at'}) }}
        end as reject_reason

    from typed

),

with_status as (

    {{ with_row_status(
        ['customer_id'],
        day='created_date',
        latest_by='created_time',
    ) }}

),

{%- if crm %}

crm as (

    select * from {{ ref('int_hubspot__attributes') }}

),
{%- endif %}

final as (

    select
        with_status.customer_id,
        {% for name, column in attributes_of('customers').items() -%}
        {% if crm and column in ('country', 'segment', 'acquisition_channel') -%}
        case
            when with_status.{{ name }} = 'unknown' then {{ attribute('crm.' ~ column) }}
            else with_status.{{ name }}
        end as {{ name }},
        {% else -%}
        with_status.{{ name }},
        {% endif -%}
        {% endfor -%}
        with_status.created_date,
        with_status.row_status,
        with_status.reject_reason,
        with_status.source_name,
        with_status.rejected_row as raw_row

    from with_status
    {% if crm %}
    left join crm
        on with_status.customer_id = crm.customer_id
    {% endif %}
)

select * from final
