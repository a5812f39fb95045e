{# The operational inputs that have a first and a last covered day, with the days of their rows. A parts-only input has those of what it belongs to;
   customers, rates and targets say nothing of time. #}
{% macro covered_inputs() -%}
    {{ return({
        'orders': ['ordered_date'], 'subscriptions': ['started_date', 'ended_date'], 'marketing_spend': ['spend_date'],
        'operating_expenses': ['expense_date'], 'product_events': ['occurred_date'], 'survey_responses': ['responded_date'],
        'support_tickets': ['opened_date', 'solved_date'],
    }) }}
{%- endmacro %}

{# The start that the user set for an input, else another day. #}
{% macro data_start_of(input, otherwise='cast(null as date)') -%}
    {%- set start = setting('data_starts').get(input) -%}
    {{ return("cast('" ~ start ~ "' as date)" if start else otherwise) }}
{%- endmacro %}

{# The inputs that okr_metrics_data_starts may name: refunds too may be loaded later than what they belong to. #}
{% macro inputs_with_a_start() -%}
    {{ return(covered_inputs() | list + ['refunds']) }}
{%- endmacro %}

{# Whether a text is a day of the calendar, such as 2024-02-29. #}
{% macro is_day(text) -%}
    {%- if not modules.re.match('^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', text) -%}
        {{ return(false) }}
    {%- endif -%}
    {%- set year, month, day = text[:4] | int, text[5:7] | int, text[8:] | int -%}
    {%- set is_leap_year = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) -%}
    {{ return(day <= (29 if is_leap_year else 28) if month == 2 else day <= (30 if month in (4, 6, 9, 11) else 31)) }}
{%- endmacro %}
