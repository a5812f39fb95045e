{# The CTEs moments and stretches: the time of each subscription, cut wherever one of its parts changes, as what changes cuts all items of a subscription.
   changes: [(CTE with subscription_id, column of the moment)]. #}
{% macro stretches(changes) -%}
moments as (

    select distinct
        subscription_id,
        moment

    from (
        {% for rows, column in changes -%}
        {{ 'union all' if not loop.first }}
        select
            subscription_id,
            {{ column }} as moment

        from {{ rows }}
        {% endfor %}
    ) as all_moments

    where moment is not null

),

stretches as (

    select
        subscription_id,
        moment as starts_at,
        lead(moment) over (partition by subscription_id order by moment) as ends_at

    from moments

)
{%- endmacro %}

{# What several shares off, taken off one after the other, leave: an aggregate. #}
{% macro share_left(share_off) -%}
    case
            when max({{ share_off }}) >= 1 then 0
            else exp(sum(ln(nullif(1 - {{ share_off }}, 0))))
        end
{%- endmacro %}

{# The column amount after discounts (share_left, and amount_off an invoice, which is spread over its items by what they cost). #}
{% macro discounted_amount() -%}
    case
            when share_left is null then amount
            when amount = 0 then 0
            when share_left > amount_off / invoice_amount
                then cast(amount * (share_left - amount_off / invoice_amount) as numeric(28, 12))
            else 0
        end
{%- endmacro %}
