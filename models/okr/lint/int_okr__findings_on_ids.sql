{#- grain: id of an OKR input that is missing, double or unknown, and word that isn't allowed -#}
{{ config(enabled=okr_is_on()) }}
{%- set quote = dbt.escape_single_quotes("'") -%}
{%- set ids = {
    'cycles': 'cycle_id', 'objectives': 'objective_id',
    'key_results': 'key_result_id'
} -%}
{%- set references = [
    ('cycles', 'parent_cycle_id', 'cycles'),
    ('objectives', 'cycle_id', 'cycles'),
    ('objectives', 'parent_objective_id', 'objectives'),
    ('objectives', 'parent_key_result_id', 'key_results'),
    ('key_results', 'objective_id', 'objectives'),
    ('key_result_targets', 'key_result_id', 'key_results'),
] -%}
{%- for input in ['phased_targets', 'check_ins'] if has_input('okr_' ~ input) -%}
{%- do references.append((input, 'key_result_id', 'key_results')) -%}
{%- endfor -%}

with

{% for input in ['key_results', 'objectives', 'cycles', 'key_result_targets'] -%}
{{ input }} as (

    select * from {{ ref('stg_okr__' ~ input) }}

),

{% endfor -%}
{% for input in ['phased_targets', 'check_ins'] if has_input('okr_' ~ input) -%}
{{ input }} as (

    select * from {{ ref('stg_okr__' ~ input) }}

),

{% endfor -%}
final as (

    {% for input, id in ids.items() -%}
    select
        'duplicate_id' as rule_id,
        '{{ id }} ' || coalesce({{ id }}, '(empty)') as object,
        'okr_{{ input }} has '
        || {{ dbt.safe_cast('count(*)', dbt.type_string()) }}
        || ' rows of it' as message,
        'Give each row an id of its own.' as how_to_mend

    from {{ input }}

    group by {{ id }}

    having
        count(*) > 1
        or {{ id }} is null

    union all

    {% endfor -%}
    {% for input, column, target in references -%}
    select
        'unknown_id' as rule_id,
        'okr_{{ input }}, row of '
        || coalesce({{ input }}.{{ ids.get(input, column) }}, '(empty)')
            as object,
        '{{ column }} {{ quote }}' || coalesce({{ input }}.{{ column }}, '')
        || '{{ quote }} is not in okr_{{ target }}' as message,
        'Write an id of okr_{{ target }}, or add the row there.'
            as how_to_mend

    from {{ input }}

    left join {{ target }} as known -- noqa: AL07
        on {{ input }}.{{ column }} = known.{{ ids[target] }}

    where
        known.{{ ids[target] }} is null
        {%- if column.startswith('parent_') %}
        and {{ input }}.{{ column }} is not null
        {%- endif %}

    union all

    {% endfor -%}
    {% for input, columns in allowed_values().items() -%}
    {% for column, words in columns.items() -%}
    select
        'unknown_word' as rule_id,
        '{{ ids[input] }} ' || {{ ids[input] }} as object,
        '{{ column }} {{ quote }}' || coalesce({{ column }}, '')
        || '{{ quote }} isn{{ quote }}t valid' as message,
        'Write one of: {{ words | select | join(", ") }}.'
            as how_to_mend

    from {{ input }}

    where
        coalesce({{ column }}, '') not in (
            '{{ words | map("default", "", true) | join("', '") }}' -- noqa: LT05
        )

    {{ 'union all' if not (loop.last and input == 'key_results') }}

    {% endfor -%}
    {% endfor %}
)

select * from final
