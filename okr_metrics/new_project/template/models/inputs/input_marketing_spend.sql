-- One row per day, channel and campaign. Rows of the same are added up.
{{ config(enabled='input_marketing_spend' in (var('okr_metrics_inputs') | string)) }}

select
    day as spend_date,
    channel,                                    -- the same words as customers.acquisition_channel
    campaign,                                   -- optional
    cost as amount,
    currency as currency_code,
    impressions,                                -- optional
    clicks                                      -- optional
from {{ source('raw', 'ad_spend') }}
