{# Every word of a billing interval that is understood: {word: [unit, number of units]}. Words with two meanings (biannual, biweekly, bimonthly) are on no list. #}
{% macro billing_intervals() -%}
    {%- set words = {} -%}
    {%- for interval, spellings in {
        ('day', 1): ['day', 'days', 'daily'],
        ('week', 1): ['week', 'weeks', 'weekly'],
        ('month', 1): ['month', 'months', 'monthly'],
        ('quarter', 1): ['quarter', 'quarters', 'quarterly'],
        ('month', 6): ['semiannual', 'semiannually', 'semi_annual', 'semi_annually', 'half_year', 'half_years', 'half_yearly'],
        ('year', 1): ['year', 'years', 'yearly', 'annual', 'annually'],
        ('year', 2): ['biennial', 'biennially'],
    }.items() -%}
        {%- for spelling in spellings -%}
            {%- do words.update({spelling: interval}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(words) }}
{%- endmacro %}

{# The unit of a billing interval, or how many of it there are; null where it isn't understood. "2 years" is its second part, so many times. #}
{% macro interval_part(column, part) -%}
    {%- set word = subscription_word(column) -%}
    {%- set has_number = has_pattern(word, '^[0-9]+_[a-z]+$') -%}
    case case when {{ has_number }} then {{ dbt.split_part(word, "'_'", 2) }} else {{ word }} end
            {%- for name, interval in billing_intervals().items() %}
            when '{{ name }}' then {{ "'" ~ interval[0] ~ "'" if part == 'unit' else interval[1] }}
            {%- endfor %}
        end
        {%- if part == 'number' %}
        * case when {{ has_number }} then {{ number(dbt.split_part(word, "'_'", 1)) }} else 1 end
        {%- endif %}
{%- endmacro %}
