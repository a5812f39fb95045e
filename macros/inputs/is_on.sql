{# Whether there is something to measure: revenue, usage, satisfaction, or KPIs of the user's own. #}
{% macro marts_are_on() -%}
    {{ return(revenue_is_on() or has_input('product_events') or satisfaction_is_on() or setting('custom_kpis') != []) }}
{%- endmacro %}

{# Whether there is revenue to measure: subscriptions, or orders with their lines. #}
{% macro revenue_is_on() -%}
    {{ return(has_input('subscriptions') or has_input('orders', 'order_lines')) }}
{%- endmacro %}

{# Whether activation is measured: new customers, events, and a setting that says which event activates. #}
{% macro activation_is_on() -%}
    {{ return(has_input('product_events') and revenue_is_on() and setting('activation_event') is not none) }}
{%- endmacro %}

{# Whether there is satisfaction to measure: answers or tickets. #}
{% macro satisfaction_is_on() -%}
    {{ return(has_any_input('survey_responses', 'support_tickets')) }}
{%- endmacro %}

{# Whether inputs are counted and checked: any operational one is mapped, be it staged or not, or marts wait for the checks. #}
{% macro gate_is_on() -%}
    {{ return(part_of_mapping(okr=false) != {} or marts_are_on()) }}
{%- endmacro %}

{# Whether any operational input is staged. #}
{% macro any_staging_is_on() -%}
    {%- set staged = [] -%}
    {%- for input in input_contract() if not is_okr_input(input) and staging_is_on(input) -%}
        {%- do staged.append(input) -%}
    {%- endfor -%}
    {{ return(staged | length > 0) }}
{%- endmacro %}

{# Whether OKRs are measured: the four seeds that none can be without are mapped, and there are KPIs to measure by. #}
{% macro okr_is_on() -%}
    {{ return(
        marts_are_on()
        and has_input('okr_cycles', 'okr_objectives', 'okr_key_results', 'okr_key_result_targets')
    ) }}
{%- endmacro %}

{# Whether an operational input's staging model is enabled: its own input and those it hangs on are mapped. #}
{% macro staging_is_on(input) -%}
    {%- if input == 'refunds' -%}
        {{ return(has_input('refunds') and revenue_is_on()) }}
    {%- elif input == 'customer_links' -%}
        {#- connectors read it before anything is staged -#}
        {{ return(false) }}
    {%- endif -%}
    {{ return(has_input(input, *{'order_lines': ['orders']}.get(input, []))) }}
{%- endmacro %}

{# Whether channels of spend can be compared with those of customers or touches. #}
{% macro channels_can_be_matched() -%}
    {{ return(
        revenue_is_on() and has_input('marketing_spend') and has_any_input('customers', 'marketing_touches')
    ) }}
{%- endmacro %}

{# The inputs whose sources may share ids of customers, as long as nobody has said what an equal id means: customers, else all that have any. #}
{% macro inputs_with_shared_ids() -%}
    {%- set inputs = [] -%}
    {%- for input, names in input_mapping().items() if names | length > 1 and setting('customer_identity') is none -%}
        {%- do inputs.append(input) if input == 'customers' or not has_input('customers') and input in ('orders', 'subscriptions') -%}
    {%- endfor -%}
    {{ return(inputs) }}
{%- endmacro %}
