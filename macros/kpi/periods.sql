{# A date moved by a number of periods of a grain. #}
{% macro add_periods(grain, number, date) -%}
    {%- set step = {'day': ('day', 1), 'week': ('day', 7), 'month': ('month', 1), 'quarter': ('month', 3), 'year': ('month', 12)}[grain] -%}
    cast({{ dbt.dateadd(step[0], number * step[1], date) }} as date)
{%- endmacro %}

{# The first day of the period of a grain that a date is in. Weeks start on okr_metrics_week_start (date_trunc starts them on Monday
   everywhere), years and quarters with the month okr_metrics_fiscal_year_start_month; where a calendar is mapped, months, quarters and
   years are its own: join_calendar must have joined the date's row of it. #}
{% macro period_start(grain, date, calendar='calendar') -%}
    {%- if is_of_calendar(grain) -%}
        {{ return(calendar ~ '.' ~ grain ~ '_start') }}
    {%- endif -%}
    {%- set week_shift = {'monday': 0, 'sunday': 1, 'saturday': 2}[setting('week_start')] -%}
    {%- set fiscal_shift = setting('fiscal_year_start_month') - 1 -%}
    {%- set part, shift = {
        'week': ('day', week_shift), 'quarter': ('month', -(fiscal_shift % 3)), 'year': ('month', -fiscal_shift),
    }.get(grain, ('day', 0)) -%}
    {%- if shift -%}
        cast({{ dbt.dateadd(part, -shift, dbt.date_trunc(grain, dbt.dateadd(part, shift, date))) }} as date)
    {%- else -%}
        cast({{ dbt.date_trunc(grain, date) }} as date)
    {%- endif -%}
{%- endmacro %}

{# Whether periods of a grain are those of a mapped calendar, which has no weeks. #}
{% macro is_of_calendar(grain) -%}
    {{ return(grain in ('month', 'quarter', 'year') and has_input('calendar')) }}
{%- endmacro %}

{# The join of a date to its row of the mapped calendar; nothing where none is mapped. #}
{% macro join_calendar(date, name='calendar') -%}
    {%- if has_input('calendar') -%}
    left join (select * from {{ ref('int_kpi__calendar') }}) as {{ name }}
        on {{ date }} = {{ name }}.calendar_date
    {%- endif -%}
{%- endmacro %}

{# {fact: its day} of the inputs whose rows say when the calendar of the marts begins. #}
{% macro dated_facts() -%}
    {%- set facts = {} -%}
    {%- for input, fact, day in [
        ('order_lines', 'fct_kpi__order_lines', 'ordered_date'),
        ('refunds', 'fct_kpi__refunds', 'refunded_date'),
        ('subscriptions', 'fct_kpi__subscription_versions', 'started_date'),
        ('marketing_spend', 'fct_kpi__marketing_spend', 'spend_date'),
        ('operating_expenses', 'fct_kpi__operating_expenses', 'expense_date'),
        ('product_events', 'fct_kpi__user_days', 'active_date'),
        ('survey_responses', 'fct_kpi__survey_responses', 'responded_date'),
        ('support_tickets', 'fct_kpi__support_tickets', 'opened_date'),
    ] if staging_is_on(input) -%}
        {%- do facts.update({fact: day}) -%}
    {%- endfor -%}
    {{ return(facts) }}
{%- endmacro %}
