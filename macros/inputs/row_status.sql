{# What becomes of a row: after_as_of (not read), rejected (it has a reject_reason), duplicate (an older row of its key) or accepted. #}
{% macro row_status(key, day=none, latest_by=none) -%}
    {%- set is_read = day ~ " <= " ~ as_of_date() if day else "1 = 1" -%}
    case
        {%- if day %}
        when {{ day }} > {{ as_of_date() }} then 'after_as_of'
        {%- endif %}
        when reject_reason is not null then 'rejected'
        when row_number() over (
            partition by
                {{ key | join(', ') }},
                case when reject_reason is null and {{ is_read }} then 1 else 0 end
            order by {{ 'case when ' ~ latest_by ~ ' is null then 1 else 0 end, ' ~ latest_by ~ ' desc, ' if latest_by else '' }}raw_row desc
        ) > 1 then 'duplicate'
        else 'accepted'
    end
{%- endmacro %}
