{# What versions of subscriptions can break: the rule, the CTE with its rows, and the sentences. #}
{% macro subscription_rules() -%}
    {{ return([
        {
            'id': 'items_under_one_id', 'rows': 'versions_of_one_moment',
            'message': 'versions of one id start at one moment and differ in plan, amount, currency, interval or owner, so they are taken for items that run side by side: their amounts are added up. The money is what the smaller ones add a month',
            'how_to_fix': 'Give each item its own subscription_id (the id of the subscription item), or leave out the rows that another replaced.',
        },
        {
            'id': 'versions_overlap', 'rows': 'overlapping',
            'message': 'a version that was not over is cut where another of its id with a different plan or amount starts: only the later one counts from there on. The money is the MRR a month of what was cut',
            'how_to_fix': 'Give things that run side by side ids of their own; end a version (ended_at) where the next one replaces it.',
        },
        {
            'id': 'statuses_of_one_start', 'rows': 'statuses_of_one_moment',
            'message': 'rows of one id and one start have different statuses: the one with the latest end counts from that start on, then the one of the latest status, so a trial or an ended subscription may count as paid',
            'how_to_fix': 'Start each version when its status began (of a history: the moment of the row, not the start of the subscription), and end it where the next begins.',
        },
        {
            'id': 'expired_never_paid', 'rows': 'never_paid',
            'message': 'the subscription is expired and no version of it was ever active, so it has no MRR in its days. The money is what it would be a month',
            'how_to_fix': 'Where expired ones were paid until they ended (as in Recurly), set okr_metrics_subscription_statuses: {expired: cancelled}.',
        },
    ]) }}
{%- endmacro %}
