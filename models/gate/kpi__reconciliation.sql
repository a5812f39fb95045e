{{ config(enabled=gate_is_on()) }}
with

source_rows as (

    {% for input, names in part_of_mapping(okr=false).items() -%}
    {% for name in names -%}
    select
        '{{ input }}' as input,
        count(*) as source_rows

    from {{ input_relation(name) }}
    union all

    {% endfor -%}
    {% endfor -%}
    -- no row, but the shape: it stands where KPIs are the user's own alone
    select
        cast(null as {{ dbt.type_string() }}) as input,
        0 as source_rows

    where 1 = 0

),

staged_rows as (

    {{ union_of_staging() }}

),

versions as (

    select *

    from {{ ref('fct_kpi__subscription_versions') if has_input('subscriptions')
        else '(select false as is_cut where 1 = 0) as none_mapped' }}

),

counted_rows as (

    select * from {{ ref('int_kpi__counted_rows') }}

),

money as (

    select
        input,
        {% for status in ['accepted', 'rejected'] -%}
        sum(case when row_status = '{{ status }}' then amount else 0 end)
            as {{ status }}_amount,
        {% endfor -%}
        sum(case when row_status = 'rejected' then rows_without_amount else 0 end)
            as rejected_without_amount

    from {{ ref('int_kpi__input_money') }}

    group by 1

),

source_counts as (

    select
        input,
        sum(source_rows) as source_rows

    from source_rows

    group by 1

),

staged_counts as (

    select
        input,
        sum(number_of_rows) as rows_staged,
        {% for status in ['after_as_of', 'accepted', 'rejected', 'duplicate'] -%}
        sum(case when row_status = '{{ status }}' then number_of_rows else 0 end)
            as rows_{{ status }},
        {% endfor -%}
        sum(
            case
                when row_status = 'accepted' and is_rate_carried
                    then number_of_rows
                else 0
            end
        ) as rows_with_carried_rate

    from staged_rows

    group by 1

),

cuts as (

    select
        'subscriptions' as input,
        sum(case when is_cut then 1 else 0 end) as versions_cut

    from versions

),

final as (

    select
        source_counts.input,
        cast(source_counts.source_rows as bigint) as source_rows,
        cast(coalesce(staged_counts.rows_after_as_of, 0) as bigint)
            as rows_after_as_of,
        cast(
            coalesce(
                staged_counts.rows_staged - staged_counts.rows_after_as_of, 0
            ) as bigint
        ) as rows_read,
        {% for staged, column in {
            'rows_accepted': 'rows_accepted', 'rows_rejected': 'rows_rejected',
            'rows_duplicate': 'duplicates_dropped',
            'rows_with_carried_rate': 'rows_with_carried_rate',
        }.items() -%}
        cast(coalesce(staged_counts.{{ staged }}, 0) as bigint) as {{ column }},
        {% endfor -%}
        cast(cuts.versions_cut as bigint) as versions_cut,
        {{ ratio('staged_counts.rows_rejected', 'staged_counts.rows_staged - staged_counts.rows_after_as_of') }}
            as reject_share,
        cast(
            source_counts.source_rows
            - coalesce(staged_counts.rows_staged, 0) as bigint
        ) as rows_beyond_lookback,
        case
            {% if unread_inputs() -%}
            when source_counts.input in ('{{ unread_inputs() | join("', '") }}') then 'unread'
            {% endif -%}
            when source_counts.source_rows = 0 then 'empty'
            when coalesce(counted_rows.counted_rows, staged_counts.rows_accepted) = 0
                then 'none_counts'
            else 'read'
        end as input_status,
        cast(money.accepted_amount as numeric(38, 6)) as accepted_amount,
        cast(money.rejected_amount as numeric(38, 6)) as rejected_amount,
        cast(money.rejected_without_amount as bigint) as rejected_without_amount

    from source_counts

    left join counted_rows on source_counts.input = counted_rows.input

    left join money on source_counts.input = money.input

    left join staged_counts on source_counts.input = staged_counts.input

    left join cuts on source_counts.input = cuts.input

)

select * from final
