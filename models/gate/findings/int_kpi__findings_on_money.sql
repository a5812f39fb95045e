{{ config(enabled=any_input_is_mapped()) }}
{%- set quote = dbt.escape_single_quotes("'") -%}

with

money as (

    select * from {{ ref('int_kpi__input_money') }}

),

sums as (

    select
        input,
        sum(case when row_status = 'accepted' then amount else 0 end)
            as accepted_amount,
        sum(case when row_status = 'accepted' then net_amount else 0 end)
            as net_amount,
        sum(case when row_status = 'accepted' then number_of_rows else 0 end)
            as accepted_rows,
        sum(case when row_status = 'rejected' then amount else 0 end)
            as rejected_amount,
        sum(case when row_status = 'rejected' then number_of_rows else 0 end)
            as rejected_rows,
        sum(case when row_status = 'rejected' then rows_without_amount else 0 end)
            as rows_without_amount

    from money

    group by 1

),

judged as (

    select
        *,
        -- a row whose amount can't be read is taken for a usual one
        rejected_amount + coalesce(
            rows_without_amount
            * {{ ratio('accepted_amount', 'accepted_rows') }}, 0
        ) as supposed_amount

    from sums

),

ranked as (

    select
        input,
        reason || ' (rows: '
        || cast(cast(number_of_rows as bigint) as {{ dbt.type_string() }})
        || ', ' || {{ number_text('amount', "'currency'") }} || ')' as reason,
        row_number() over (
            partition by input
            order by amount desc, number_of_rows desc, reason asc
        ) as place

    from money

    where row_status = 'rejected'

),

reasons as (

    select
        input,
        max(case when place = 1 then reason end)
        || coalesce(max(case when place = 2 then '; ' || reason end), '')
        || coalesce(max(case when place = 3 then '; ' || reason end), '')
        || case when max(place) > 3 then '; and others' else '' end as reasons

    from ranked

    group by 1

),

final as (

    select
        'rejected_money' as rule_id,
        'warning' as severity,
        judged.input,
        'input ' || judged.input as object,
        {{ number_text('judged.rejected_amount', "'currency'") }} || ' of '
        || {{ number_text('judged.accepted_amount + judged.rejected_amount', "'currency'") }}
        || ' rejected'
        || case
            when judged.rows_without_amount > 0
                then
                    ', and '
                    || cast(cast(judged.rows_without_amount as bigint) as {{ dbt.type_string() }})
                    || ' rows whose amount can{{ quote }}t be read'
            else ''
        end || ': ' || reasons.reasons as message,
        'The rows are in kpi__rejected_rows: mend them at the source.' as how_to_fix,
        judged.rejected_rows as number_of_rows,
        judged.rejected_amount as amount

    from judged

    inner join reasons on judged.input = reasons.input

    where
        judged.supposed_amount > {{ setting('max_rejected_money_share') }}
        * (judged.accepted_amount + judged.supposed_amount)

    union all

    select
        'sum_below_nought' as rule_id,
        'warning' as severity,
        input,
        'input ' || input as object,
        'its amounts add up to ' || {{ number_text('net_amount', "'currency'") }} || ': is the sign turned?'
            as message,
        'Turn the sign in its view: amounts are positive, a credit alone is negative.' as how_to_fix,
        accepted_rows as number_of_rows,
        net_amount as amount

    from sums

    where net_amount < 0

)

select * from final
