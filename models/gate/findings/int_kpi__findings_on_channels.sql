{{ config(enabled=channels_can_be_matched()) }}
{%- set distance = spelling_distance('spend.bare_name', 'named.bare_name') -%}

with

channels as (

    select * from {{ ref('int_kpi__channels') }}

),

counts as (

    select
        sum(case when has_spend and is_named then 1 else 0 end) as matches,
        sum(case when has_spend then 1 else 0 end) as spend_channels,
        sum(case when is_named then 1 else 0 end) as named_channels

    from channels

),

pairs as (

    select
        spend.channel as spend_channel,
        spend.spend,
        named.channel as named_channel,
        not named.has_spend as is_unpaid,
        {{ distance }} as distance,
        -- the same, one inside the other, or all but two letters
        (
            spend.bare_name = named.bare_name
            or (
                length(spend.bare_name) >= 4
                and replace(named.bare_name, spend.bare_name, '') != named.bare_name
            )
            or (
                length(named.bare_name) >= 4
                and replace(spend.bare_name, named.bare_name, '') != spend.bare_name
            )
            or (
                length(spend.bare_name) >= 5
                and length(named.bare_name) >= 5
                and {{ distance }} <= 2
            )
        ) as is_alike

    from channels as spend -- noqa: AL07

    cross join channels as named

    where
        spend.has_spend
        and named.is_named
        and not named.is_free
        and spend.channel != named.channel

),

nearest as (

    select
        *,
        row_number() over (
            partition by spend_channel
            order by is_alike desc, is_unpaid desc, distance asc, named_channel asc
        ) as place

    from pairs

    where is_alike or is_unpaid

),

unmatched as (

    select
        channels.channel,
        channels.spend,
        nearest.named_channel,
        coalesce(nearest.is_alike, false) as is_alike

    from channels

    inner join counts on counts.named_channels > 0

    left join nearest
        on channels.channel = nearest.spend_channel and nearest.place = 1

    where not channels.is_named

),

misspelt as (

    select
        named_channel,
        max(spend) as spend,
        min(spend_channel) as spend_channel

    from nearest

    where is_alike

    group by 1

),

final as (

    select
        {{ finding(
            'channel_without_match', say('objects', 'channel_of_spend', {'channel': 'channel'}),
            {'money': number_text('spend', "'currency'"), 'named': 'named_channel'},
            cases={'unnamed': 'named_channel is null', 'unnamed_alike': 'is_alike', 'unnamed_near': none},
            topic='input_findings',
        ) }},
        'marketing_spend' as input,
        cast(null as bigint) as number_of_rows,
        spend as amount

    from unmatched

    union all

    select
        {{ finding(
            'channel_without_match', say('objects', 'channel_of_customers', {'channel': 'channels.channel'}),
            {'spent': 'misspelt.spend_channel'},
            cases={'unspent': 'misspelt.spend_channel is null', 'unspent_alike': none},
            topic='input_findings',
        ) }},
        '{{ "marketing_touches" if has_input("marketing_touches") else "customers" }}' as input,
        channels.number_of_rows,
        misspelt.spend as amount

    from channels

    inner join counts on counts.spend_channels > 0

    left join misspelt on channels.channel = misspelt.named_channel

    left join unmatched
        on channels.channel = unmatched.named_channel and unmatched.is_alike

    where
        not channels.has_spend
        and not channels.is_free
        -- that pair is told from the other side
        and unmatched.channel is null
        and (misspelt.named_channel is not null or counts.matches = 0)

)

select * from final
