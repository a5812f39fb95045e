{# A column that holds a word: lower case, with underscores between its parts. #}
{% macro word_of(column) -%}
    replace(replace(lower({{ text(column) }}), ' ', '_'), '-', '_')
{%- endmacro %}

{# A word of a setting as word_of writes it. #}
{% macro as_word(word) -%}
    {{ return((word | string | trim | lower).replace(' ', '_').replace('-', '_')) }}
{%- endmacro %}

{# The statuses of a version of a subscription in the order of a life: of two rows of one version without another difference the later status counts. #}
{% macro subscription_statuses() -%}
    {{ return([
        'incomplete', 'trialing', 'active', 'past_due', 'paused', 'unpaid', 'incomplete_expired', 'expired', 'cancelled',
    ]) }}
{%- endmacro %}

{# The words of orders.status that count or don't, in lower case without what may differ between two spellings: the defaults, and those of
   okr_metrics_order_statuses, which win. #}
{% macro order_statuses(kind, added=none) -%}
    {%- set defaults = {
        'counted': [
            'paid', 'completed', 'complete', 'closed', 'fulfilled', 'partiallyfulfilled', 'shipped', 'delivered', 'invoiced', 'placed',
            'authorized', 'refunded', 'partiallyrefunded',
        ],
        'not_counted': [
            'cancelled', 'canceled', 'voided', 'void', 'failed', 'declined', 'expired', 'draft', 'test', 'abandoned', 'pending',
            'pendingpayment', 'onhold',
        ],
    } -%}
    {%- set own = {'counted': [], 'not_counted': []} -%}
    {%- for list, words in (setting('order_statuses') if added is none else added).items() -%}
        {%- for word in words -%}
            {%- do own[list].append(word | string | lower | replace(' ', '') | replace('-', '') | replace('_', '')) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set other = 'not_counted' if kind == 'counted' else 'counted' -%}
    {{ return((defaults[kind] | reject('in', own[other]) | list + own[kind]) | unique | list) }}
{%- endmacro %}

{# The currencies that have no smaller unit (ISO 4217, exponent 0): an amount of theirs is never divided by 100. #}
{% macro currencies_without_decimals() -%}
    {{ return(['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF']) }}
{%- endmacro %}

{# The currencies with three decimals (ISO 4217, exponent 3). #}
{% macro currencies_with_three_decimals() -%}
    {{ return(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']) }}
{%- endmacro %}
