{# The two parts of customer_churn_rate under the policy churn_denominator; the daily rates are a sum already, so that 1 divides them. #}
{% macro churn_rate_parts() -%}
    {%- set numerator, denominator = {
        'opening': ('churned_subscribers', 'opening_subscribers'),
        'opening_plus_new': ('churned_subscribers', 'opening_subscribers + new_subscribers'),
        'daily': ('daily_churn_rate', 'case when opening_subscribers is null then null when opening_subscribers + new_subscribers + reactivated_subscribers > 0 or daily_churn_rate > 0 then 1 else 0 end'),
    }[policy('churn_denominator')] -%}
    cast({{ numerator }} as numeric(38, 12)) as churn_rate_numerator,
        cast({{ denominator }} as numeric(38, 6)) as churn_rate_denominator
{%- endmacro %}
