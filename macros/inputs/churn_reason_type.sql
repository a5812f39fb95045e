{# The type of a reason to churn: voluntary (the customer left), involuntary (a payment failed), or unknown. #}
{% macro churn_reason_type(column) -%}
    case {{ subscription_word(column) }}
            {%- for word, type in churn_reason_types().items() %}
            when {{ dbt.string_literal(dbt.escape_single_quotes(word)) }} then '{{ type }}'
            {%- endfor %}
            else 'unknown'
        end
{%- endmacro %}

{# The type of every reason that is known: {word: type}; the user's own win. #}
{% macro churn_reason_types() -%}
    {%- set words = {} -%}
    {%- for type, reasons in {
        'involuntary': [
            'payment_failed', 'payment_failure', 'failed_payment', 'payment_disputed', 'payment_declined', 'payment_refused', 'non_payment', 'nonpayment',
            'not_paid', 'unpaid', 'dunning', 'delinquent', 'card_declined', 'card_expired', 'expired_card', 'insufficient_funds', 'no_card', 'chargeback',
            'disputed', 'fraud', 'fraudulent', 'fraud_review_failed', 'involuntary',
        ],
        'voluntary': [
            'cancellation_requested', 'customer_request', 'requested', 'voluntary', 'price', 'pricing', 'too_expensive', 'budget', 'cost', 'missing_feature',
            'missing_features', 'features', 'switched_service', 'switched', 'competitor', 'switched_to_competitor', 'unused', 'not_used', 'no_longer_needed',
            'not_needed', 'customer_service', 'support', 'low_quality', 'quality', 'too_complex', 'complexity', 'bugs', 'dissatisfied', 'business_closed',
            'closed_business', 'closed_shop', 'out_of_business', 'moved', 'not_renewed', 'other',
        ],
    }.items() -%}
        {%- for reason in reasons -%}
            {%- do words.update({reason: type}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for word, type in (setting('churn_reason_types') or {}).items() -%}
        {%- do words.update({as_word(word): type}) -%}
    {%- endfor -%}
    {{ return(words) }}
{%- endmacro %}
