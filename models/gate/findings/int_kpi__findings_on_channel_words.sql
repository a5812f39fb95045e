{{ config(enabled=sources_with_channel_words() != []) }}

with

unnamed_channels as (

    select * from {{ ref('int_connectors__unnamed_channels') }}

),

final as (

    select
        {{ finding(
            'channel_of_no_rule', 'words', {'count': as_text('number_of_rows'), 'source': 'source_name'}, topic='input_findings',
        ) }},
        input_name as input,
        number_of_rows,
        cast(null as numeric(38, 6)) as amount

    from unnamed_channels

)

select * from final
