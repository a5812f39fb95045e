-- depends_on: {{ ref('kpi__reconciliation') }}
-- depends_on: {{ ref('kpi__rejected_rows') }}
-- depends_on: {{ ref('kpi__input_findings') }}
{{ config(enabled=marts_are_on(), access='protected', contract={'enforced': false}) }}

{%- if execute and flags.WHICH in ('build', 'run') -%}
    {%- set problems = [] -%}
    {%- set shares = run_query(
        'select input, rows_rejected, rows_read, rejected_amount from ' ~ ref('kpi__reconciliation')
        ~ ' where rows_rejected > ' ~ setting('max_reject_share') ~ ' * rows_read order by input'
    ) -%}
    {%- for input, rejected, read, money in shares.rows -%}
        {%- set reasons = run_query(
            'select ' ~ reason_kind('reject_reason') ~ ', count(*) from ' ~ ref('kpi__rejected_rows')
            ~ " where input = '" ~ input ~ "' group by 1 order by 2 desc, 1"
        ).rows -%}
        {%- do problems.append(
            'Input ' ~ input ~ ': ' ~ rejected ~ ' of ' ~ read ~ ' rows rejected (' ~ (rejected / read * 100) | round(1)
            ~ '%' ~ ('; their money: ' ~ money | round(2) ~ ' ' ~ setting('reporting_currency') if money)
            ~ '), more than okr_metrics_max_reject_share (' ~ setting('max_reject_share') * 100 ~ '%): '
            ~ reasons | map('join', ', rows: ') | join('; ') ~ '. The rows are in kpi__rejected_rows.'
            ~ ' Mend them at the source, or raise okr_metrics_max_reject_share if they may be left out.'
        ) -%}
    {%- endfor -%}
    {%- set found = findings(ref('kpi__input_findings')) -%}
    {%- do say_findings(found) -%}
    {%- do stop_on_problems(found, 'the inputs. No mart was changed.', problems) -%}
{%- endif %}

select 'passed' as input_checks
