{#- grain: channel of spend that no customer or touch names, and channel of these that spend seems to write otherwise -#}
{{ config(enabled=channels_can_be_matched()) }}

with

spend as (

    select
        acquisition_channel as channel,
        {{ bare_name('acquisition_channel') }} as bare_name,
        sum(spend) as spend

    from {{ ref('fct_kpi__marketing_spend') }}

    where acquisition_channel != 'unknown'

    group by 1, 2

    having sum(spend) != 0

),

rows_of_channels as (

    {% if has_input('customers') and 'acquisition_channel' in attributes_of('customers') -%}
    select acquisition_channel as channel from {{ ref('int_kpi__customers') }}
    {%- endif %}
    {{ 'union all' if has_input('customers', 'marketing_touches') and 'acquisition_channel' in attributes_of('customers') }}
    {% if has_input('marketing_touches') -%}
    select channel from {{ ref('fct_kpi__marketing_touches') }}
    {%- endif %}

),

named as (

    select
        channel,
        {{ bare_name('channel') }} as bare_name,
        count(*) as number_of_rows

    from rows_of_channels

    where channel != 'unknown'

    group by 1, 2

),

-- channels that cost nothing by their nature have no spend to match
unpaid as (

    select
        named.channel,
        named.bare_name,
        named.number_of_rows,
        {{ has_pattern(
            'named.bare_name',
            'organic|direct|referral|unattributed|unknown|notset|wordofmouth|^none$|^other$|^seo$|^email$|^newsletter$',
        ) }} as is_free

    from named

    left join spend on named.channel = spend.channel

    where spend.channel is null

),

pairs as (

    select
        spend.channel as spend_channel,
        spend.spend,
        named.channel as named_channel,
        unpaid.channel is not null as is_unpaid,
        coalesce(unpaid.is_free, false) as is_free,
        {{ spelling_distance('spend.bare_name', 'named.bare_name') }} as distance,
        {{ names_are_alike('spend.bare_name', 'named.bare_name') }} as is_alike

    from spend

    cross join named

    left join unpaid on named.channel = unpaid.channel

    where spend.channel != named.channel

),

nearest as (

    select
        *,
        row_number() over (
            partition by spend_channel
            order by is_alike desc, is_unpaid desc, distance, named_channel
        ) as place

    from pairs

    -- what is written alike, else a channel that has no spend of its own
    where
        (is_alike or is_unpaid)
        and not is_free

),

unmatched as (

    select
        spend.channel,
        spend.spend,
        nearest.named_channel,
        coalesce(nearest.is_alike, false) as is_alike

    from spend

    left join named on spend.channel = named.channel

    left join nearest
        on spend.channel = nearest.spend_channel
        and nearest.place = 1

    where
        named.channel is null
        and exists (select 1 from named)

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
        'channel_without_match' as rule_id,
        'warning' as severity,
        'marketing_spend' as input,
        'channel ''' || channel || ''' of marketing_spend' as object,
        {{ number_text('spend', "'currency'") }} || ' was spent on it, and no customer or touch names it'
        || case
            when named_channel is null then ''
            when is_alike then ': is ''' || named_channel || ''' the same?'
            else '; the nearest that has no spend is ''' || named_channel || ''''
        end as message,
        'Write a channel alike in customers, touches and spend, else its CAC is of nobody.' as how_to_mend,
        cast(null as bigint) as number_of_rows,
        spend as amount

    from unmatched

    union all

    select
        'channel_without_match' as rule_id,
        'warning' as severity,
        '{{ "marketing_touches" if has_input("marketing_touches") else "customers" }}' as input,
        'channel ''' || unpaid.channel || ''' of customers or touches' as object,
        'marketing_spend has none of it' || coalesce(
            ': is ''' || misspelt.spend_channel || ''' the same?', ''
        ) as message,
        'Write a channel alike in customers, touches and spend, else its CAC is nought.' as how_to_mend,
        unpaid.number_of_rows,
        misspelt.spend as amount

    from unpaid

    left join misspelt on unpaid.channel = misspelt.named_channel

    left join unmatched
        on unpaid.channel = unmatched.named_channel
        and unmatched.is_alike

    where
        not unpaid.is_free
        -- that pair is told from the other side
        and unmatched.channel is null
        and (
            misspelt.named_channel is not null
            -- no channel has a match at all
            or (
                exists (select 1 from spend)
                and not exists (
                    select 1 from spend
                    inner join named on spend.channel = named.channel
                )
            )
        )

)

select * from final
