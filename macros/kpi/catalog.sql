{# One select per KPI of the marts that are on, and one per growth KPI declared by "growth: <kpi_id>"; after the formula, in brackets, the policies that a
   KPI hangs on by itself or by the KPIs that its formula names, with their values. #}
{% macro catalog_rows() -%}
    {%- set columns = ['kpi_id', 'kpi_name', 'description', 'domain', 'unit', 'kind', 'desired_direction', 'formula', 'owner', 'lowest_possible', 'highest_possible', 'is_judged', 'is_tested_by_change', 'is_of_counts', 'family'] -%}
    {%- set own_texts = fromyaml(rules_text('kpis')) if setting('language') != 'en' else {} -%}
    {%- set growth_formula = in_language(rule_of('words', 'kpi').growth_formula) -%}
    {%- set abbreviations = ['arpa', 'arr', 'cac', 'ltv', 'mrr'] -%}
    {%- set kpis = {} -%}
    {%- for mart in kpi_marts() -%}
        {%- for kpi in kpis_of(mart) -%}
            {%- set words = [] -%}
            {%- for word in kpi.id.split('_') -%}
                {%- do words.append(word | upper if word in abbreviations else word[:1] | upper ~ word[1:] if loop.first else word) -%}
            {%- endfor -%}
            {%- set parts = [] -%}
            {%- for part in [kpi.numerator, kpi.denominator] if kpi.denominator -%}
                {%- do parts.append('(' ~ part ~ ')' if ' ' in part else part) -%}
            {%- endfor -%}
            {%- set kpi = dict(
                kpi, name=kpi.name or words | join(' '), domain=mart.split('__')[1] if mart.startswith('kpi__') else 'custom',
                formula=kpi.formula or parts | join(' / ') or kpi.id
            ) -%}
            {%- set entries = [kpi] -%}
            {%- if kpi.growth -%}
                {%- do entries.append({
                    'id': kpi.growth, 'name': kpi.name ~ ' growth', 'domain': 'growth', 'unit': 'ratio', 'kind': 'ratio', 'direction': kpi.direction, 'owner': kpi.owner,
                    'description': 'Change of ' ~ kpi.id ~ ' against the calendar\'s previous period, as a share of it.', 'formula': growth_formula.replace('{kpi}', kpi.id),
                }) -%}
            {%- endif -%}
            {%- for entry in entries -%}
                {%- if entry.id in kpis -%}
                    {{ exceptions.raise_compiler_error("okr_metrics: two columns are the KPI '" ~ entry.id ~ "'. Rename the one of okr_metrics_custom_kpis.") }}
                {%- endif -%}
                {%- do kpis.update({entry.id: entry}) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {#- a first row without a KPI keeps the model valid where there is none -#}
    select
    {%- for column in columns %}
        cast(null as {{ dbt.type_string() }}) as {{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
    {%- for kpi in kpis.values() %}
    {#- the list grows while it is read: what a formula names, and what theirs name -#}
    {%- set named, own_policies = [kpi.id], [] -%}
    {%- for kpi_id in named -%}
        {%- do own_policies.extend(kpis[kpi_id].get('policies', [])) -%}
        {%- for name in modules.re.findall('[a-z][a-z0-9_]*', kpis[kpi_id].formula) if name in kpis and name not in named -%}
            {%- do named.append(name) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set in_force = [] -%}
    {%- for name, entry in policies().items() if name in own_policies and entry.input is defined and has_input(entry.input) -%}
        {%- do in_force.append(name ~ ': ' ~ policy_text(policy(name))) -%}
    {%- endfor -%}
    {#- a text that isn't the package's own stays as it is -#}
    {%- set own = own_texts.get(kpi.id, {}) -%}
    {%- set name = in_language(own.name) if own.name and own.name.en == kpi.name else kpi.name -%}
    {%- set formula = in_language(own.formula) if own.formula and own.formula.en == kpi.formula else kpi.formula -%}
    {%- set formula = formula ~ (' [' ~ in_force | join(', ') ~ ']' if in_force else '') -%}
    {%- set bounds = kpi.bounds or [none, none] %}
    {%- set is_judged = 'true' if kpi.judged and kpi.direction != 'none' else none %}
    {#- a stock is carried on from period to period; so is what its entry says, where it names inputs if one of them is mapped -#}
    {%- set carried_on = has_any_input(*kpi.tested_by_change) if kpi.tested_by_change is sequence else kpi.tested_by_change %}
    {%- set is_tested_by_change = 'true' if kpi.kind == 'stock' or carried_on else none %}
    {#- a sum of daily rates counts nothing -#}
    {%- set is_sum_of_rates = kpi.denominator == 'churn_rate_denominator' and policy('churn_denominator') == 'daily' %}
    {%- set is_of_counts = 'true' if kpi.of_counts and not is_sum_of_rates else none %}
    union all
    select {{ literals([
        kpi.id, name, kpi.description | trim, kpi.domain, kpi.unit, kpi.kind, kpi.direction, formula, kpi.owner, bounds[0], bounds[1],
        is_judged, is_tested_by_change, is_of_counts, kpi.family
    ]) }}
    {%- endfor %}
{%- endmacro %}

{# dbt run-operation okr_metrics_catalog_page: kpi__catalog as a Markdown page, from the same rows. #}
{% macro okr_metrics_catalog_page() -%}
    {%- set columns = ['kpi_id', 'domain', 'kind', 'unit', 'desired_direction', 'formula', 'description'] -%}
    {%- set kpis = run_query('select ' ~ columns | join(', ') ~ ' from (' ~ catalog_rows() ~ ') as kpis where kpi_id is not null order by domain, kpi_id') -%}
    {%- set lines = [
        '# KPIs', '',
        'Made by `make catalog` from the rows of `kpi__catalog`; do not edit. Policies in force stand in brackets. A growth KPI',
        'belongs to the KPI in its formula. [KPI definitions](kpi-definitions.md) says exactly how each is computed.',
    ] -%}
    {%- for domain, rows in kpis.rows | groupby('domain') -%}
        {%- do lines.extend(['', '## ' ~ domain | capitalize, '', '| KPI | kind | unit | wanted | formula | meaning |', '|---|---|---|---|---|---|']) -%}
        {%- for row in rows -%}
            {%- do lines.append('| `' ~ row.kpi_id ~ '` | ' ~ [row.kind, row.unit, row.desired_direction, row.formula, row.description] | map('replace', '|', '\\|') | join(' | ') ~ ' |') -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ print(lines | join('\n')) }}
{%- endmacro %}

{# dbt run-operation okr_metrics_catalog_seed: the KPIs as the seed that the lint of the demo reads in place of the marts. #}
{% macro okr_metrics_catalog_seed() -%}
    {%- set columns = ['kpi_id', 'kind', 'unit', 'desired_direction', 'lowest_possible', 'highest_possible'] -%}
    {%- set kpis = run_query('select ' ~ columns | join(', ') ~ ' from (' ~ catalog_rows() ~ ') as kpis where kpi_id is not null order by kpi_id') -%}
    {%- set lines = [columns | join(',')] -%}
    {%- for row in kpis.rows -%}
        {%- do lines.append(row.values() | map('default', '', true) | join(',')) -%}
    {%- endfor -%}
    {{ print(lines | join('\n')) }}
{%- endmacro %}
