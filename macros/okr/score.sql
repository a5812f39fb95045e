{# A score: progress clamped to 0..1. Of a ceiling 1 while it is on track, from there straight down to 0 where it is used up; at the due date 1 or 0. #}
{% macro score(progress) -%}
    {%- set most_expected = '(1 - ' ~ setting('on_track_gap') ~ ') * expected_progress' -%}
    case
        when metric_type = 'cumulative_at_most' then case
            when {{ progress }} > 1 then cast(0 as numeric(38, 12))
            when day >= due_date or {{ progress }} <= {{ most_expected }} then cast(1 as numeric(38, 12))
            else {{ ratio('1 - ' ~ progress, '1 - ' ~ most_expected) }}
        end
        when {{ progress }} > 1 then cast(1 as numeric(38, 12))
        when {{ progress }} < 0 then cast(0 as numeric(38, 12))
        else {{ progress }}
    end
{%- endmacro %}
