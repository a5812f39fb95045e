{# What becomes of a row: after_as_of (not read), rejected (it has a reject_reason), duplicate (another row of its key) or accepted. Without a key it reads copy_number. #}
{% macro row_status(key=none, day=none, latest_by=none, ties=[]) -%}
    case
        {%- if day %}
        when {{ day }} > {{ as_of_date() }} and {{ day }} <= {{ last_day_read() }} then 'after_as_of'
        {%- endif %}
        when reject_reason is not null then 'rejected'
        when {{ copy_number(key, day, latest_by, ties) if key else 'copy_number' }} > 1 then 'duplicate'
        else 'accepted'
    end
{%- endmacro %}

{# 1 for the row of a key that counts: the latest (by a moment: texts don't sort by time) of those that can be read; of those of one time, the first by ties (terms of an order by), which tells apart all that isn't a copy. #}
{% macro copy_number(key, day, latest_by, ties=[]) -%}
    {%- set is_read = day ~ " <= " ~ as_of_date() if day else "1 = 1" -%}
    row_number() over (
            partition by
                {{ key | join(', ') }},
                case when reject_reason is null and {{ is_read }} then 1 else 0 end
            order by {{ 'case when ' ~ latest_by ~ ' is null then 1 else 0 end, ' ~ latest_by ~ ' desc, ' if latest_by else '' }}{% for term in ties %}{{ term }}, {% endfor %}{{ raw_row_as_json() }} desc
        )
{%- endmacro %}

{# The rows of the CTE checked with copy_number. Only rows whose key's hash comes twice in the CTE typed are ranked, so that all others stream. #}
{% macro checked_with_copy_number(key, day, latest_by=none, ties=[]) -%}
    with

    {{ repeated_hashes('typed', key) }}

    select
        checked.*,
        1 as copy_number

    from checked

    left join repeated on {{ key_hash('checked.' ~ key) }} = repeated.repeated_hash

    where repeated.repeated_hash is null

    union all

    select
        checked.*,
        {{ copy_number([key], day, latest_by, ties) }} as copy_number

    from checked

    inner join repeated on {{ key_hash('checked.' ~ key) }} = repeated.repeated_hash
{%- endmacro %}

{# The JSON of a row that was rejected. #}
{% macro rejected_row() -%}
    case when reject_reason is not null then {{ raw_row_as_json() }} end
{%- endmacro %}
