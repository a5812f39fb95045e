{{ config(enabled=channels_can_be_matched(), materialized='table') }}

with

spend as (

    select
        acquisition_channel as channel,
        sum(spend) as spend

    from {{ ref('fct_kpi__marketing_spend') }}

    where acquisition_channel != 'unknown'

    group by 1

    having sum(spend) != 0

),

rows_of_channels as (

    select acquisition_channel as channel from {{ ref('int_kpi__customers') }}

    union all

    select channel from {{ optional_model(
        'fct_kpi__marketing_touches', has_input('marketing_touches'), columns={'channel': dbt.type_string()}
    ) }}

),

named as (

    select
        channel,
        count(*) as number_of_rows

    from rows_of_channels

    where channel != 'unknown'

    group by 1

),

joined as (

    select
        coalesce(spend.channel, named.channel) as channel,
        spend.channel is not null as has_spend,
        named.channel is not null as is_named,
        spend.spend,
        named.number_of_rows

    from spend

    full outer join named on spend.channel = named.channel

),

-- a name without what two systems may write otherwise: case, spaces and signs
with_bare_name as (

    select
        *,
        replace(
            replace(
                replace(replace(replace(lower(channel), ' ', ''), '_', ''), '-', ''),
                '.', ''
            ), '/', ''
        ) as bare_name

    from joined

),

final as (

    select
        channel,
        bare_name,
        has_spend,
        is_named,
        spend,
        number_of_rows,
        -- what costs nothing by its nature has no spend to match
        case when is_named then {{ has_pattern(
            'bare_name',
            'organic|direct|referral|unattributed|unknown|notset|wordofmouth|^none$|^other$|^seo$|^email$|^newsletter$',
        ) }} end as is_free

    from with_bare_name

)

select * from final
