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

{# The share of the days from start to due date that have passed at the end of a day, both days inclusive, 0 to 1. #}
{% macro elapsed_share(start_date, due_date, day) -%}
    cast(case
        when {{ day }} < {{ start_date }} then 0
        when {{ day }} >= {{ due_date }} then 1
        else cast({{ dbt.datediff(start_date, day, 'day') }} + 1 as {{ type_double() }})
            / ({{ dbt.datediff(start_date, due_date, 'day') }} + 1)
    end as numeric(38, 12))
{%- endmacro %}

{# The grade of a score at close: red, yellow or green; a committed objective is green at 1 alone. #}
{% macro grade(score, objective_type) -%}
    case
        when {{ score }} is null then null
        when {{ score }} < 0.4 then 'red'
        when {{ score }} < 0.7 then 'yellow'
        when {{ objective_type }} = 'committed' and {{ score }} < 1 then 'yellow'
        else 'green'
    end
{%- endmacro %}

{# A status as a number to colour by: below 0 bad, above good, 0 where nothing can be said yet. #}
{% macro status_level(status) -%}
    case
            when {{ status }} in ('missed', 'off_track') then -2
            when {{ status }} = 'at_risk' then -1
            when {{ status }} in ('unreliable', 'no_data', 'not_started', 'closed') then 0
            when {{ status }} = 'on_track' then 1
            when {{ status }} = 'achieved' then 2
        end
{%- endmacro %}
