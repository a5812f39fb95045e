{# The rows of a CTE with what becomes of each, in row_status: after_as_of (not read), rejected (it has a reject_reason), duplicate (another row of its key
   counts) or accepted; and with the JSON of a rejected row in rejected_row. Of a key the latest row counts (by a moment: texts don't sort by time) of those
   that can be read; of those of one time the first by ties (terms of an order by), which tells apart all that isn't a copy: copy_number is 1. Without a key
   the rows have a copy_number. Where an input is large, only rows whose key's hash comes twice in the CTE typed are ranked, so that all others stream. #}
{% macro with_row_status(key=none, day=none, latest_by=none, ties=[], rows='checked', is_large=false) -%}
    {%- set copy_number -%}
    row_number() over (
            partition by
                {{ (key or []) | join(', ') }},
                case when reject_reason is null and {{ day ~ ' <= ' ~ as_of_date() if day else '1 = 1' }} then 1 else 0 end
            order by
                {%- if latest_by %}
                case when {{ latest_by }} is null then 1 else 0 end, {{ latest_by }} desc,
                {%- endif %}
                {%- for term in ties + [raw_row_as_json() ~ ' desc'] %}
                {{ term }}{{ ',' if not loop.last }}
                {%- endfor %}
        )
    {%- endset -%}
    {%- if is_large -%}
    with

    {{ repeated_hashes('typed', key[0]) }},

    numbered as (

        select
            {{ rows }}.*,
            1 as copy_number

        from {{ rows }}

        left join repeated on {{ key_hash(rows ~ '.' ~ key[0]) }} = repeated.repeated_hash

        where repeated.repeated_hash is null

        union all

        select
            {{ rows }}.*,
            {{ copy_number }} as copy_number

        from {{ rows }}

        inner join repeated on {{ key_hash(rows ~ '.' ~ key[0]) }} = repeated.repeated_hash

    )
    {% elif key -%}
    with

    numbered as (

        select
            *,
            {{ copy_number }} as copy_number

        from {{ rows }}

    )
    {% endif %}
    select
        *,
        case
            {%- if day %}
            when {{ day }} > {{ as_of_date() }} and {{ day }} <= {{ last_day_read() }} then 'after_as_of'
            {%- endif %}
            when reject_reason is not null then 'rejected'
            when copy_number > 1 then 'duplicate'
            else 'accepted'
        end as row_status,
        case when reject_reason is not null then {{ raw_row_as_json() }} end as rejected_row

    from {{ 'numbered' if key else rows }}
{%- endmacro %}
