{# How a loader other than Fivetran lands the tables of a source: {times: epoch where they are seconds since 1970, copies: the column that tells copies of a row apart,
   deleted: the column that marks a row as deleted, tables: {table as Fivetran calls it: {name, key, columns: {Fivetran's column: the loader's, or a path of keys in
   an object}}, or null where the loader has none}}. Nothing for Fivetran. #}
{% macro loader_shapes(source_name) -%}
    {%- set shapes = {
        'airbyte stripe': {
            'times': 'epoch', 'copies': '_airbyte_extracted_at', 'deleted': 'is_deleted',
            'tables': {
                'customer': {'name': 'customers', 'columns': {
                    'address_country': 'address.country', 'shipping_address_country': 'shipping.address.country',
                }},
                'subscription_history': none,
                'subscription': {'name': 'subscriptions', 'columns': {
                    'customer_id': 'customer', 'pause_collection_behavior': 'pause_collection.behavior',
                    'cancellation_details_reason': 'cancellation_details.reason', 'cancellation_details_feedback': 'cancellation_details.feedback',
                }},
                'subscription_item': {'name': 'subscription_items', 'columns': {
                    'subscription_id': 'subscription', 'plan_id': 'plan.id', 'price_id': 'price.id',
                    '_fivetran_deleted': 'is_deleted', '_fivetran_synced': '_airbyte_extracted_at',
                }},
                'price': {'name': 'prices', 'columns': {
                    'product_id': 'product', 'recurring_interval': 'recurring.interval',
                    'recurring_interval_count': 'recurring.interval_count', 'recurring_usage_type': 'recurring.usage_type',
                }},
                'plan': {'name': 'plans', 'columns': {'product_id': 'product'}},
                'product': {'name': 'products'},
                'coupon': {'name': 'coupons'},
                'subscription_discount': {'name': 'subscriptions', 'columns': {
                    'subscription_id': 'id', 'coupon_id': 'discount.coupon.id', 'start': 'discount.start', 'end': 'discount.end',
                }},
                'invoice': {'name': 'invoices'},
                'invoice_line_item': {'name': 'invoice_line_items', 'columns': {
                    'subscription_id': 'subscription', 'subscription_item_id': 'subscription_item', 'plan_id': 'plan.id', 'price_id': 'price.id',
                    'period_start': 'period.start', 'period_end': 'period.end',
                }},
            },
        },
    } -%}
    {{ return(shapes.get(source_setting(source_name, 'loader') ~ ' ' ~ source_name, {})) }}
{%- endmacro %}
