{# How a loader other than Fivetran lands the tables of a source: {times: epoch where they are seconds since 1970, copies: the column that tells copies of a row apart,
   deleted: the column that marks a row as deleted, flat: whether what is in an object is a column of its own, tables: {table as Fivetran calls it: {name, renamed: another name,
   which comes before if it is there, key: what tells one row from another, id unless it is said, rows: the arrays whose elements are its rows, one in the other (the last is
   item, the one before parent), parents: the tables of the objects whose array is this table (id_of_parent is the id of the last), columns: {Fivetran's column: the loader's, or
   a path of keys in an object, or a part of a text, or a list of these, of which the first with a value counts}}, or null where the loader has none}}. Nothing for Fivetran. #}
{% macro loader_shapes(source_name, loader=none) -%}
    {#- what stands in an element of an array of Chargebee's -#}
    {%- set in_item = {} -%}
    {%- for column in [
        'id', 'item_price_id', 'item_type', 'metered_quantity', 'quantity', 'free_quantity', 'unit_price', 'amount', 'quantity_in_decimal',
        'unit_price_in_decimal', 'amount_in_decimal', 'coupon_id', 'apply_till', 'percentage', 'currency_code', 'duration_type', 'apply_on', 'created_at',
    ] -%}
        {%- do in_item.update({column: 'item.' ~ column}) -%}
    {%- endfor -%}
    {#- properties of HubSpot's, as columns and in an object -#}
    {%- set properties = {'is_deleted': 'archived'} -%}
    {%- for column in hubspot_columns() -%}
        {%- set name = column | replace('property_', '', 1) -%}
        {%- do properties.update({column: ['properties_' ~ name, 'properties.' ~ name]}) -%}
    {%- endfor -%}
    {#- Stripe's objects, which loaders leave as they are or flatten; since 2025 a line says what it is of in other places -#}
    {%- set discount = {
        'coupon_id': ['discount.coupon.id', 'discount.source.coupon'], 'start': 'discount.start', 'end': 'discount.end',
        'percent_off': 'discount.coupon.percent_off', 'amount_off': 'discount.coupon.amount_off', 'currency': 'discount.coupon.currency',
        'duration': 'discount.coupon.duration',
    } -%}
    {%- set objects = {
        'customer': {'address_country': 'address.country', 'shipping_address_country': 'shipping.address.country'},
        'subscription': {
            'customer_id': 'customer', 'pause_collection_behavior': 'pause_collection.behavior',
            'cancellation_details_reason': 'cancellation_details.reason', 'cancellation_details_feedback': 'cancellation_details.feedback',
        },
        'subscription_item': {'subscription_id': 'subscription', 'plan_id': 'plan.id', 'price_id': 'price.id'},
        'price': {
            'product_id': 'product', 'recurring_interval': 'recurring.interval',
            'recurring_interval_count': 'recurring.interval_count', 'recurring_usage_type': 'recurring.usage_type',
        },
        'subscription_discount': dict(discount, customer_id='customer', subscription_id='id'),
        'discount': dict(discount, customer_id='id', subscription_id='discount.subscription'),
        'invoice': {
            'customer_id': 'customer', 'charge_id': 'charge', 'payment_intent_id': 'payment_intent',
            'finalized_at': 'status_transitions.finalized_at',
        },
        'refund': {'charge_id': 'charge', 'payment_intent_id': 'payment_intent'},
        'charge': {'invoice_id': 'invoice'},
        'credit_note': {'invoice_id': 'invoice', 'refund_id': 'refund'},
        'invoice_line_item': {
            'subscription_id': ['subscription', 'parent.subscription_item_details.subscription'],
            'subscription_item_id': ['subscription_item', 'parent.subscription_item_details.subscription_item'],
            'plan_id': 'plan.id', 'price_id': ['price.id', 'pricing.price_details.price'],
            'unit_amount_excluding_tax': ['unit_amount_excluding_tax', 'pricing.unit_amount_decimal'],
            'proration': ['proration', 'parent.subscription_item_details.proration', 'parent.invoice_item_details.proration'],
            'type': ['type', 'parent.type'], 'period_start': 'period.start', 'period_end': 'period.end',
        },
    } -%}
    {#- reports have no id, but what they are broken down by -#}
    {%- set google_key = ['campaign_id', 'segments_date', 'segments_hour', 'segments_ad_network_type', 'segments_device'] -%}
    {%- set facebook_key = ['date_start', 'account_id', 'campaign_id', 'adset_id', 'ad_id'] -%}
    {%- set microsoft_key = [
        'AccountId', 'CampaignId', 'TimePeriod', 'CurrencyCode', 'AdDistribution', 'DeviceType', 'DeviceOS', 'Network', 'TopVsOther', 'BidMatchType',
        'DeliveredMatchType',
    ] -%}
    {%- set shapes = {
        'airbyte stripe': {
            'times': 'epoch', 'copies': '_airbyte_extracted_at', 'deleted': 'is_deleted',
            'tables': {
                'customer': {'name': 'customers', 'columns': objects.customer},
                'subscription_history': none,
                'subscription': {'name': 'subscriptions', 'columns': objects.subscription},
                'subscription_item': {'name': 'subscription_items', 'columns': dict(
                    objects.subscription_item, _fivetran_deleted='is_deleted', _fivetran_synced='_airbyte_extracted_at',
                )},
                'price': {'name': 'prices', 'columns': objects.price},
                'plan': {'name': 'plans', 'columns': {'product_id': 'product'}},
                'product': {'name': 'products'},
                'coupon': {'name': 'coupons'},
                'subscription_discount': {'name': 'subscriptions', 'columns': objects.subscription_discount},
                'discount': {'name': 'customers', 'columns': objects.discount},
                'customer_discount': none,
                'invoice': {'name': 'invoices', 'columns': objects.invoice},
                'refund': {'name': 'refunds', 'columns': objects.refund},
                'charge': {'name': 'charges', 'columns': objects.charge},
                'credit_note': {'name': 'credit_notes', 'columns': objects.credit_note},
                'invoice_line_item': {'name': 'invoice_line_items', 'columns': objects.invoice_line_item},
            },
        },
        'dlt stripe': {
            'times': 'epoch', 'copies': '_dlt_load_id', 'flat': true,
            'tables': {
                'customer': {'name': 'customer', 'columns': objects.customer},
                'subscription_history': none,
                'subscription': {'name': 'subscription', 'columns': objects.subscription},
                'subscription_item': {'name': 'subscription__items__data', 'parents': ['subscription'], 'columns': dict(
                    objects.subscription_item, subscription_id='id_of_parent',
                )},
                'price': {'name': 'price', 'columns': objects.price},
                'plan': {'name': 'plan', 'columns': {'product_id': 'product'}},
                'product': {'name': 'product'},
                'coupon': {'name': 'coupon'},
                'subscription_discount': {'name': 'subscription', 'columns': objects.subscription_discount},
                'discount': {'name': 'customer', 'columns': objects.discount},
                'customer_discount': none,
                'invoice': {'name': 'invoice', 'columns': objects.invoice},
                'refund': {'name': 'refund', 'columns': objects.refund},
                'charge': {'name': 'charge', 'columns': objects.charge},
                'credit_note': {'name': 'credit_note', 'columns': objects.credit_note},
                'invoice_line_item': {'name': 'invoice__lines__data', 'parents': ['invoice'], 'columns': dict(
                    objects.invoice_line_item, invoice_id='id_of_parent',
                )},
            },
        },
        'airbyte shopify': {
            'times': 'text', 'copies': '_airbyte_extracted_at', 'deleted': 'deleted_at',
            'tables': {
                'customer': {'name': 'customers'},
                'order': {'name': 'orders', 'columns': {
                    'customer_id': 'customer.id', 'shipping_address_country_code': 'shipping_address.country_code',
                    'billing_address_country_code': 'billing_address.country_code',
                }},
                'order_line': {'name': 'orders', 'rows': ['line_items'], 'columns': {
                    'id': 'item.id', 'order_id': 'id', 'product_id': 'item.product_id', 'variant_id': 'item.variant_id', 'price': 'item.price',
                    'quantity': 'item.quantity', 'total_discount': 'item.total_discount', 'gift_card': 'item.gift_card',
                }},
                'discount_allocation': {'name': 'orders', 'rows': ['line_items', 'parent.discount_allocations'], 'columns': {
                    'order_line_id': 'parent.id', 'amount': 'item.amount',
                }},
                'tax_line': {'name': 'orders', 'rows': ['line_items', 'parent.tax_lines'], 'columns': {'order_line_id': 'parent.id', 'price': 'item.price'}},
                'order_shipping_line': {'name': 'orders', 'rows': ['shipping_lines'], 'columns': {
                    'id': 'item.id', 'order_id': 'id', 'price': 'item.price', 'discounted_price': 'item.discounted_price',
                }},
                'order_shipping_tax_line': {'name': 'orders', 'rows': ['shipping_lines', 'parent.tax_lines'], 'columns': {
                    'order_shipping_line_id': 'parent.id', 'price': 'item.price',
                }},
                'refund': {'name': 'order_refunds'},
                'order_line_refund': {'name': 'order_refunds', 'rows': ['refund_line_items'], 'columns': {
                    'id': 'item.id', 'refund_id': 'id', 'order_line_id': 'item.line_item_id', 'subtotal': 'item.subtotal', 'total_tax': 'item.total_tax',
                }},
                'order_adjustment': {'name': 'order_refunds', 'rows': ['order_adjustments'], 'columns': {
                    'id': 'item.id', 'refund_id': 'id', 'kind': 'item.kind', 'amount': 'item.amount',
                }},
                'product': {'name': 'products'},
                'product_variant': {'name': 'product_variants'},
                'inventory_item': {'name': 'inventory_items', 'columns': {'unit_cost_amount': 'cost', 'unit_cost_currency_code': 'currency_code'}},
            },
        },
        'dlt shopify': {
            'times': 'text', 'copies': '_dlt_load_id', 'flat': true,
            'tables': {
                'customer': {'name': 'customers'},
                'order': {'name': 'orders', 'columns': {
                    'customer_id': 'customer.id', 'shipping_address_country_code': 'shipping_address.country_code',
                    'billing_address_country_code': 'billing_address.country_code',
                }},
                'order_line': {'name': 'orders__line_items', 'parents': ['orders'], 'columns': {'order_id': 'id_of_parent'}},
                'discount_allocation': {
                    'name': 'orders__line_items__discount_allocations', 'parents': ['orders', 'orders__line_items'],
                    'columns': {'order_line_id': 'id_of_parent'},
                },
                'tax_line': {
                    'name': 'orders__line_items__tax_lines', 'parents': ['orders', 'orders__line_items'],
                    'columns': {'order_line_id': 'id_of_parent'},
                },
                'order_shipping_line': {'name': 'orders__shipping_lines', 'parents': ['orders'], 'columns': {'order_id': 'id_of_parent'}},
                'order_shipping_tax_line': {
                    'name': 'orders__shipping_lines__tax_lines', 'parents': ['orders', 'orders__shipping_lines'],
                    'columns': {'order_shipping_line_id': 'id_of_parent'},
                },
                'refund': {'name': 'orders__refunds', 'parents': ['orders'], 'columns': {'order_id': 'id_of_parent'}},
                'order_line_refund': {
                    'name': 'orders__refunds__refund_line_items', 'parents': ['orders', 'orders__refunds'],
                    'columns': {'refund_id': 'id_of_parent', 'order_line_id': 'line_item_id'},
                },
                'order_adjustment': {
                    'name': 'orders__refunds__order_adjustments', 'parents': ['orders', 'orders__refunds'],
                    'columns': {'refund_id': 'id_of_parent'},
                },
                'product': {'name': 'products'},
                'product_variant': {'name': 'products__variants', 'parents': ['products']},
                'inventory_item': {'name': 'inventory_items', 'columns': {'unit_cost_amount': 'cost', 'unit_cost_currency_code': 'currency_code'}},
            },
        },
        'airbyte google_ads': {
            'times': 'text', 'copies': '_airbyte_extracted_at',
            'tables': {
                'campaign_stats': {'name': 'campaign', 'key': google_key, 'columns': {
                    'id': 'campaign_id', 'customer_id': ['customer_id', 'campaign_resource_name/2'], 'date': 'segments_date',
                    'cost_micros': 'metrics_cost_micros', 'impressions': 'metrics_impressions', 'clicks': 'metrics_clicks',
                }},
                'campaign_history': {'name': 'campaign', 'key': google_key, 'columns': {
                    'id': 'campaign_id', 'name': 'campaign_name', 'advertising_channel_type': 'campaign_advertising_channel_type',
                    'updated_at': 'segments_date',
                }},
                'account_history': {
                    'name': 'account_performance_report', 'renamed': 'customer', 'key': ['customer_id', 'segments_date', 'segments_device', 'segments_ad_network_type'],
                    'columns': {'id': 'customer_id', 'currency_code': 'customer_currency_code', 'updated_at': 'segments_date'},
                },
            },
        },
        'airbyte facebook_ads': {
            'times': 'text', 'copies': '_airbyte_extracted_at',
            'tables': {
                'basic_ad': {'name': 'ads_insights', 'key': facebook_key, 'columns': {'date': 'date_start'}},
                'ad_history': {'name': 'ads_insights', 'key': facebook_key, 'columns': {'id': 'ad_id', 'updated_time': 'date_start'}},
                'campaign_history': {'name': 'ads_insights', 'key': facebook_key, 'columns': {
                    'id': 'campaign_id', 'name': 'campaign_name', 'updated_time': 'date_start',
                }},
                'account_history': {'name': 'ads_insights', 'key': facebook_key, 'columns': {
                    'id': 'account_id', 'currency': 'account_currency', '_fivetran_synced': 'date_start',
                }},
            },
        },
        'airbyte linkedin_ads': {
            'times': 'text', 'copies': '_airbyte_extracted_at',
            'tables': {
                'ad_analytics_by_campaign': {
                    'name': 'ad_campaign_analytics', 'key': ['string_of_pivot_values', 'pivotValue', 'sponsoredCampaign', 'start_date'],
                    'columns': {
                        'campaign_id': ['string_of_pivot_values:4', 'pivotValue:4', 'sponsoredCampaign:4'], 'day': 'start_date',
                        'cost_in_local_currency': 'costInLocalCurrency',
                    },
                },
                'campaign_history': {'name': 'campaigns', 'columns': {'account_id': 'account:4', 'last_modified_time': 'lastModified'}},
                'account_history': {'name': 'accounts', 'columns': {'last_modified_time': 'lastModified'}},
                'ad_account_history': none,
            },
        },
        'airbyte microsoft_ads': {
            'times': 'text', 'copies': '_airbyte_extracted_at',
            'tables': {
                'campaign_performance_daily_report': {'name': 'campaign_performance_report_daily', 'key': microsoft_key, 'columns': {
                    'campaign_id': 'CampaignId', 'date': 'TimePeriod', 'currency_code': 'CurrencyCode',
                }},
                'campaign_history': {'name': 'campaign_performance_report_daily', 'key': microsoft_key, 'columns': {
                    'id': 'CampaignId', 'name': 'CampaignName', 'modified_time': 'TimePeriod',
                }},
            },
        },
        'airbyte tiktok_ads': {
            'times': 'text', 'copies': '_airbyte_extracted_at',
            'tables': {
                'campaign_report_hourly': {
                    'name': 'campaigns_reports_hourly', 'renamed': 'campaigns_reports_daily',
                    'key': ['campaign_id', 'stat_time_hour', 'stat_time_day', 'dimensions.campaign_id', 'dimensions.stat_time_hour', 'dimensions.stat_time_day'],
                    'columns': {
                        'campaign_id': ['campaign_id', 'dimensions.campaign_id'],
                        'stat_time_hour': ['stat_time_hour', 'stat_time_day', 'dimensions.stat_time_hour', 'dimensions.stat_time_day'],
                        'spend': 'metrics.spend', 'impressions': 'metrics.impressions', 'clicks': 'metrics.clicks',
                    },
                },
                'campaign_history': {'name': 'campaigns', 'key': ['campaign_id'], 'columns': {'updated_at': 'modify_time'}},
                'advertiser': {'name': 'advertisers', 'key': ['advertiser_id'], 'columns': {'id': 'advertiser_id'}},
            },
        },
        'airbyte zendesk': {
            'times': 'text', 'copies': '_airbyte_extracted_at',
            'tables': {
                'ticket': {'name': 'tickets'},
                'ticket_comment': {'name': 'ticket_comments', 'columns': {'user_id': 'author_id', 'created': 'created_at'}},
                'ticket_metric': {'name': 'ticket_metrics', 'columns': {
                    'reply_minutes': 'reply_time_in_minutes.calendar', 'reply_seconds': 'reply_time_in_seconds.calendar',
                }},
                'ticket_field_history': none,
                'ticket_tag': none,
                'user': {'name': 'users'},
                'organization': {'name': 'organizations'},
                'satisfaction_rating': {'name': 'satisfaction_ratings'},
            },
        },
        'airbyte intercom': {
            'times': 'epoch', 'copies': '_airbyte_extracted_at',
            'tables': {
                'conversation_history': {'name': 'conversations', 'columns': {
                    'source_delivered_as': 'source.delivered_as', 'conversation_rating_value': 'conversation_rating.rating',
                    'conversation_rating_created_at': 'conversation_rating.created_at',
                    'first_admin_reply_at': 'statistics.first_admin_reply_at', 'last_close_at': 'statistics.last_close_at',
                }},
                'conversation_part_history': {'name': 'conversation_parts', 'columns': {'author_type': 'author.type'}},
                'conversation_contact_history': {'name': 'conversations', 'rows': ['contacts.contacts'], 'columns': {
                    'conversation_id': 'id', 'contact_id': 'item.id',
                }},
                'contact_history': {'name': 'contacts'},
            },
        },
        'airbyte recurly': {
            'times': 'text', 'copies': '_airbyte_extracted_at',
            'tables': {
                'account_history': {'name': 'accounts', 'columns': {'account_country': 'address.country'}},
                'subscription_history': {'name': 'subscriptions', 'columns': {'account_id': 'account.id', 'plan_id': 'plan.id'}},
                'plan_history': {'name': 'plans'},
            },
        },
        'airbyte chargebee': {
            'times': 'epoch', 'copies': '_airbyte_extracted_at', 'deleted': 'deleted',
            'tables': {
                'customer': {'name': 'customers', 'columns': {'billing_address_country': 'billing_address.country'}},
                'subscription': {'name': 'subscriptions'},
                'subscription_item': {'name': 'subscriptions', 'rows': ['subscription_items'], 'columns': dict(in_item, subscription_id='id')},
                'subscription_addon': {'name': 'subscriptions', 'rows': ['addons'], 'columns': dict(in_item, subscription_id='id')},
                'subscription_coupon': {'name': 'subscriptions', 'rows': ['coupons'], 'columns': dict(in_item, subscription_id='id')},
                'subscription_discount': {'name': 'subscriptions', 'rows': ['discounts'], 'columns': dict(in_item, subscription_id='id')},
                'item_price': {'name': 'item_prices'},
                'item': {'name': 'items'},
                'plan': {'name': 'plans'},
                'addon': {'name': 'addons'},
                'coupon': {'name': 'coupons'},
            },
        },
        'airbyte hubspot': {
            'times': 'text', 'copies': '_airbyte_extracted_at',
            'tables': {
                'company': {'name': 'companies', 'columns': properties},
                'contact': {'name': 'contacts', 'columns': properties},
                'contact_merge_audit': none,
                'deal': {'name': 'deals', 'columns': dict(
                    properties, deal_id='id', deal_pipeline_stage_id=['properties_dealstage', 'properties.dealstage']
                )},
                'deal_company': {'name': 'deals', 'rows': ['companies'], 'columns': {'deal_id': 'id', 'company_id': 'item'}},
                'deal_contact': {'name': 'deals', 'rows': ['contacts'], 'columns': {'deal_id': 'id', 'contact_id': 'item'}},
                'deal_stage': none,
                'deal_pipeline_stage': none,
            },
        },
    } -%}
    {{ return(shapes.get((loader or source_setting(source_name, 'loader')) ~ ' ' ~ source_name, {})) }}
{%- endmacro %}

{# What Fivetran calls otherwise in some versions of a schema: {table: {renamed: its name there, columns: {column: [its names]}}}. Of the names of a column, the
   first that is there and has a value counts. #}
{% macro second_names(source_name) -%}
    {#- some loaders leave out the prefix of HubSpot's properties -#}
    {%- set properties = {'is_deleted': ['is_deleted', 'archived']} -%}
    {%- for column in hubspot_columns() -%}
        {%- do properties.update({column: [column, column | replace('property_', '', 1)]}) -%}
    {%- endfor -%}
    {{ return({
        'stripe': {'invoice': {'columns': {'finalized_at': ['finalized_at', 'status_transitions_finalized_at']}}},
        'ga4': {'event': {'renamed': 'events', 'columns': {
            'date': ['date', 'event_date'], 'bundle_sequence_id': ['bundle_sequence_id', 'event_bundle_sequence_id'], 'timestamp': ['timestamp', 'event_timestamp'], 'name': ['name', 'event_name'],
            'param_ga_session_id': ['param_ga_session_id', 'ga_session_id'],
            'collected_traffic_source_manual_source': ['collected_traffic_source_manual_source', 'manual_source'],
            'collected_traffic_source_manual_medium': ['collected_traffic_source_manual_medium', 'manual_medium'],
            'collected_traffic_source_manual_campaign_name': ['collected_traffic_source_manual_campaign_name', 'manual_campaign_name'],
            'param_source': ['param_source', 'source'], 'param_medium': ['param_medium', 'medium'], 'param_campaign': ['param_campaign', 'campaign'],
            'param_gclid': ['param_gclid', 'gclid'],
        }}},
        'hubspot': {'company': {'columns': properties}, 'contact': {'columns': properties}, 'deal': {'columns': properties}},
        'shopify': {
            'order': {'columns': {
                'currency': ['currency', 'currency_code', 'total_price_set_shop_currency_code'],
                'financial_status': ['financial_status', 'display_financial_status'],
            }},
            'order_line': {'columns': {
                'gift_card': ['gift_card', 'is_gift_card'], 'total_discount': ['total_discount', 'total_discount_set_shop_amount'],
                'price': ['price', 'original_unit_price_set_shop_amount'],
            }},
            'discount_allocation': {'columns': {'amount': ['amount', 'allocated_amount_set_shop_amount']}},
            'tax_line': {'renamed': 'order_line_tax_line', 'columns': {'price': ['price', 'price_set_shop_amount']}},
            'order_shipping_line': {'columns': {
                'price': ['price', 'original_price_set_shop_amount'], 'discounted_price': ['discounted_price', 'discounted_price_set_shop_amount'],
            }},
            'order_shipping_tax_line': {'columns': {'price': ['price', 'price_set_shop_amount']}},
            'order_line_refund': {'renamed': 'refund_line_item', 'columns': {
                'subtotal': ['subtotal', 'subtotal_set_shop_amount'], 'total_tax': ['total_tax', 'total_tax_set_shop_amount'],
            }},
            'order_adjustment': {'columns': {'amount': ['amount', 'amount_set_shop_amount']}},
        },
    }.get(source_name, {})) }}
{%- endmacro %}
