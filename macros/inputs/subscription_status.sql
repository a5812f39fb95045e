{# The status of a version by the word in a column; null where the word is on no list. #}
{% macro subscription_status(column) -%}
    case {{ subscription_word(column) }}
            {%- for name, status in subscription_words().items() %}
            when {{ dbt.string_literal(dbt.escape_single_quotes(name)) }} then '{{ status }}'
            {%- endfor %}
        end
{%- endmacro %}

{# The statuses of a version in the order of a life: of two rows of one version without another difference the later status counts. #}
{% macro subscription_statuses() -%}
    {{ return([
        'incomplete', 'trialing', 'active', 'past_due', 'paused', 'unpaid', 'incomplete_expired', 'expired', 'cancelled',
    ]) }}
{%- endmacro %}

{# Every word of a status that is understood: {word: status}; the user's own win. #}
{% macro subscription_words() -%}
    {%- set words = {'canceled': 'cancelled'} -%}
    {%- for status in subscription_statuses() -%}
        {%- do words.update({status: status}) -%}
    {%- endfor -%}
    {%- for word, status in (setting('subscription_statuses') or {}).items() -%}
        {%- do words.update({as_word(word): status}) -%}
    {%- endfor -%}
    {{ return(words) }}
{%- endmacro %}

{# A word of a setting as subscription_word writes it. #}
{% macro as_word(word) -%}
    {{ return((word | string | trim | lower).replace(' ', '_').replace('-', '_')) }}
{%- endmacro %}

{# A column that holds a word: lower case, with underscores between its parts. #}
{% macro subscription_word(column) -%}
    replace(replace(lower({{ text(column) }}), ' ', '_'), '-', '_')
{%- endmacro %}
