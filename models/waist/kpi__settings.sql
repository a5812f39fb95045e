{#- grain: setting or policy -#}
{{ config(enabled=marts_are_on()) }}
-- depends_on: {{ ref('int_kpi__gate') }}
with

settings as (

    {{ setting_rows() }}

),

final as (

    select
        setting_name,
        kind,
        setting_value,
        default_value,
        coalesce(setting_value, '') = coalesce(default_value, '') as is_default

    from settings

)

select * from final
