{# Whether there is something to measure: revenue, usage or satisfaction. #}
{% macro marts_are_on() -%}
    {{ return(revenue_is_on() or usage_is_on() or satisfaction_is_on()) }}
{%- endmacro %}

{# Whether there is revenue to measure: subscriptions, or orders with their lines. #}
{% macro revenue_is_on() -%}
    {{ return(has_input('subscriptions') or has_input('orders', 'order_lines')) }}
{%- endmacro %}

{# Whether there is growth to weigh against costs: all of it needs the ledger. #}
{% macro efficiency_is_on() -%}
    {{ return(revenue_is_on() and has_input('operating_expenses')) }}
{%- endmacro %}

{# Whether there is usage to measure. #}
{% macro usage_is_on() -%}
    {{ return(has_input('product_events')) }}
{%- endmacro %}

{# Whether activation is measured: new customers, events, and a setting that says which event activates. #}
{% macro activation_is_on() -%}
    {{ return(usage_is_on() and revenue_is_on() and setting('activation_event') is not none) }}
{%- endmacro %}

{# Whether there is satisfaction to measure: answers or tickets. #}
{% macro satisfaction_is_on() -%}
    {{ return(has_any_input('survey_responses', 'support_tickets')) }}
{%- endmacro %}

{# Whether any operational input is mapped, be it staged or not. #}
{% macro any_input_is_mapped() -%}
    {{ return(part_of_mapping(okr=false) != {}) }}
{%- endmacro %}

{# Whether any operational input is staged. #}
{% macro any_staging_is_on() -%}
    {%- set staged = [] -%}
    {%- for input in input_contract() if not is_okr_input(input) and staging_is_on(input) -%}
        {%- do staged.append(input) -%}
    {%- endfor -%}
    {{ return(staged | length > 0) }}
{%- endmacro %}

{# Whether an input is staged whose rows of one key may be no copies. #}
{% macro copies_can_differ() -%}
    {{ return(has_any_input('orders', 'operating_expenses') or staging_is_on('refunds')) }}
{%- endmacro %}
