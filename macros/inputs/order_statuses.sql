{# The words of orders.status that count or don't, written as order_status writes them: the defaults, and those of okr_metrics_order_statuses, which win. #}
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

{# A status without what may differ between two spellings of it: On Hold, on-hold and on_hold are one. #}
{% macro order_status(column) -%}
    replace(replace(replace(lower({{ text(column) }}), ' ', ''), '-', ''), '_', '')
{%- endmacro %}

{# Whether a status is on one of those lists. #}
{% macro is_order_status(status, kind) -%}
    {{ status }} in ({% for word in order_statuses(kind) %}{{ dbt.string_literal(dbt.escape_single_quotes(word)) }}{{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}

{# A word that stands on both lists of okr_metrics_order_statuses, in a sentence; empty where none does. #}
{% macro order_statuses_problem(value) -%}
    {%- for word in order_statuses('counted', value) if word in order_statuses('not_counted', value) -%}
        {{ return("okr_metrics_order_statuses: '" ~ word ~ "' is counted and not_counted. Take it off one of the two lists.") }}
    {%- endfor -%}
    {{ return('') }}
{%- endmacro %}
