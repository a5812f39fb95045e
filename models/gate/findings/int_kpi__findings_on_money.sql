{{ config(enabled=gate_is_on()) }}

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
        {{ say('objects', 'rejected_reason', {
            'reason': 'reason', 'count': as_text('cast(number_of_rows as bigint)'),
            'money': number_text('amount', "'currency'"),
        }) }} as reason,
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
        || coalesce(max(case when place = 2 then {{ say('objects', 'and_another', {'text': 'reason'}) }} end), '')
        || coalesce(max(case when place = 3 then {{ say('objects', 'and_another', {'text': 'reason'}) }} end), '')
        || case when max(place) > 3 then {{ say('objects', 'and_other_reasons') }} else '' end as reasons

    from ranked

    group by 1

),

final as (

    select
        {{ finding(
            'rejected_money', say('objects', 'input', {'input': 'judged.input'}), {
                'rejected': number_text('judged.rejected_amount', "'currency'"),
                'all': number_text('judged.accepted_amount + judged.rejected_amount', "'currency'"),
                'unreadable': as_text('cast(judged.rows_without_amount as bigint)'),
                'reasons': 'reasons.reasons',
            },
            cases={'partly_known': 'judged.rows_without_amount > 0', 'known': none}, topic='input_findings',
        ) }},
        judged.input,
        judged.rejected_rows as number_of_rows,
        judged.rejected_amount as amount

    from judged

    inner join reasons on judged.input = reasons.input

    where
        judged.supposed_amount > {{ setting('max_rejected_money_share') }}
        * (judged.accepted_amount + judged.supposed_amount)

    union all

    select
        {{ finding(
            'sum_below_nought', say('objects', 'input', {'input': 'input'}),
            {'money': number_text('net_amount', "'currency'")}, topic='input_findings',
        ) }},
        input,
        accepted_rows as number_of_rows,
        net_amount as amount

    from sums

    where net_amount < 0

)

select * from final
