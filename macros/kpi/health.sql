{# Whether the process, as its limits show it, can be relied on to stay inside the healthy range; null without limits, range or direction. #}
{% macro assurance() -%}
    case
            when lower_limit is null or desired_direction = 'none' then null
            when lower_bound is null and upper_bound is null then null
            when upper_limit < lower_bound - float_noise
                or lower_limit > upper_bound + float_noise then 'fail'
            when coalesce(lower_limit >= lower_bound - float_noise, true)
                and coalesce(upper_limit <= upper_bound + float_noise, true)
                then 'pass'
            else 'hit_and_miss'
        end
{%- endmacro %}

{# Why, in words; the numbers of a sentence are columns of the same names (health_texts). #}
{% macro health_reason() -%}
    {%- set texts = {'reason': word('null_reason', 'null_reason'), 'provenance': word('provenance', 'provenance'), 'grain': word('period_grain', 'period_grain')} -%}
    {%- for name in health_texts() -%}
        {%- do texts.update({name: name ~ '_text'}) -%}
    {%- endfor -%}
    case
            when value is null then {{ say('health', 'no_value', texts) }}
            when periods_in_trouble > 0 then
                case when periods_in_trouble = 1 then {{ say('health', 'trouble.one') }} else {{ say('health', 'trouble.more', texts) }} end
                || case
                    when is_below_range then {{ say('health', 'range.below', texts) }}
                    when is_above_range then {{ say('health', 'range.above', texts) }}
                    else ''
                end
                || case when variation = 'concern' and is_outside_range then '; ' else '' end
                || case when variation = 'concern' then signal_text else '' end
            when not has_limits and provenance = 'agreed' then {{ say('health', 'too_few.inside', texts) }}
            when not has_limits then {{ say('health', 'too_few', {'needed': "'6'" if setting('health_baseline_periods') else "case when is_by_change then '12' else '11' end"}) }}
            when variation = 'neutral' then {{ say('health', 'changed') }} || signal_text
            when variation = 'improvement' then {{ say('health', 'improving') }} || signal_text
            when spell_is_normal and is_by_change then {{ say('health', 'normal.of_changes', texts) }}
            when spell_is_normal then {{ say('health', 'normal', texts) }}
            when provenance is not null then {{ say('health', 'range.inside', texts) }}
            else {{ say('health', 'usual') }}
        end
{%- endmacro %}

{# What a KPI's points say, in words. #}
{% macro signal_text() -%}
    {%- set texts = {} -%}
    {%- for name in health_texts() -%}
        {%- do texts.update({name: name ~ '_text'}) -%}
    {%- endfor -%}
    case
            when variation = 'concern' and is_worse_step and side * wish >= 0 and not is_in_spell then {{ say('health', 'step', texts) }}
            when is_in_spell and variation in ('concern', 'improvement') and spell_expected_level is null then {{ say('health', 'spell.young', texts) }}
            when is_in_spell and variation in ('concern', 'improvement') then {{ say('health', 'spell', texts) }}
            when special_cause = 'beyond_history' and is_by_change and side > 0 then {{ say('health', 'history.rise', texts) }}
            when special_cause = 'beyond_history' and is_by_change then {{ say('health', 'history.fall', texts) }}
            when special_cause = 'beyond_history' and side > 0 then {{ say('health', 'history.above', texts) }}
            when special_cause = 'beyond_history' then {{ say('health', 'history.below', texts) }}
            when side > 0 then {{ say('health', 'limit.above', texts) }}
            else {{ say('health', 'limit.below', texts) }}
        end
{%- endmacro %}

{# The numbers of those sentences, as SQL text by name. #}
{% macro health_texts() -%}
    {{ return({
        'periods': as_text('periods_in_trouble'),
        'value': number_text('value', 'unit'),
        'previous': number_text('previous_value', 'unit'),
        'expected': number_text('spell_expected_level', 'unit'),
        'before': number_text('spell_expected', 'unit'),
        'level': number_text('spell_level_since', 'unit'),
        'limit': number_text('case when side > 0 then upper_limit else lower_limit end', 'unit'),
        'low': 'coalesce(' ~ number_text('lower_bound', 'unit') ~ ', ' ~ say('health', 'range.any') ~ ')',
        'high': 'coalesce(' ~ number_text('upper_bound', 'unit') ~ ', ' ~ say('health', 'range.any') ~ ')',
        'since': period_text('spell_since_label'),
    }) }}
{%- endmacro %}

{# A period as a sentence has it: a month by its name, all else by its label. #}
{% macro period_text(period_label, period_grain='period_grain') -%}
    case
                    when {{ period_grain }} = 'month' and {{ period_label }} like '____-__'
                        then {{ word('month_name', 'right(' ~ period_label ~ ', 2)') }} || ' ' || left({{ period_label }}, 4)
                    else {{ period_label }}
                end
{%- endmacro %}

{# A limit no further than what the KPI can be. #}
{% macro clipped(limit, beyond, bound) -%}
    cast(
            case when {{ limit }} {{ beyond }} {{ bound }} then {{ bound }} else {{ limit }} end
            as numeric(38, 12)
        )
{%- endmacro %}
