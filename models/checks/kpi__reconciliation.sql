{#- grain: operational input -#}
{{ config(enabled=any_staging_is_on()) }}
with

source_rows as (

    {{ source_row_counts() }}

),

staged_rows as (

    {{ union_of_staging() }}

),

versions as (

    select *

    from {{ ref('fct_kpi__subscription_versions') if has_input('subscriptions')
        else '(select false as is_cut where 1 = 0) as none_mapped' }}

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
        cast(coalesce(staged_counts.rows_accepted, 0) as bigint)
            as rows_accepted,
        cast(coalesce(staged_counts.rows_rejected, 0) as bigint)
            as rows_rejected,
        cast(coalesce(staged_counts.rows_duplicate, 0) as bigint)
            as duplicates_dropped,
        cast(coalesce(staged_counts.rows_with_carried_rate, 0) as bigint)
            as rows_with_carried_rate,
        cast(cuts.versions_cut as bigint) as versions_cut,
        {{ ratio('staged_counts.rows_rejected', 'staged_counts.rows_staged - staged_counts.rows_after_as_of') }}
            as reject_share,
        cast(
            source_counts.source_rows
            - coalesce(staged_counts.rows_staged, 0) as bigint
        ) as rows_beyond_lookback

    from source_counts

    left join staged_counts on source_counts.input = staged_counts.input

    left join cuts on source_counts.input = cuts.input

)

select * from final
