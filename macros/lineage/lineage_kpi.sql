{# The KPI of an id, with the formulas of its two sides (lineage_formula); where it is no sum over rows nor a quotient of two, stops with the reason,
   where to look, and the KPIs that can be traced. #}
{% macro lineage_kpi(kpi_id, measures) -%}
    {%- set columns, kpis, reasons, traced = {}, {}, {}, [] -%}
    {%- for mart in kpi_marts() -%}
        {%- for name, column in mart_node(mart).columns.items() if name not in columns or column.config.meta -%}
            {%- do columns.update({name: column.config.meta or {}}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for mart in kpi_marts() -%}
        {%- for kpi in kpis_of(mart) -%}
            {%- set sides = {} -%}
            {%- for side in ['numerator', 'denominator'] if kpi[side] -%}
                {%- do sides.update({side: lineage_formula(kpi[side], columns, measures)}) -%}
            {%- endfor -%}
            {%- set unknown = sides.values() | map(attribute='unknown') | select | join(', ') -%}
            {%- if mart in setting('custom_kpis') -%}
                {%- do reasons.update({kpi.id: 'it is a KPI of your model ' ~ mart ~ ', which alone knows its rows'}) -%}
            {%- elif kpi.kind == 'derived' -%}
                {%- do reasons.update({kpi.id: 'it is a formula (' ~ kpi.formula ~ '), no sum over rows and no quotient of two. Trace what it is made of, or look at ' ~ mart}) -%}
            {%- elif unknown -%}
                {%- do reasons.update({kpi.id: 'its part ' ~ unknown ~ ' is no sum over rows, under the policies in force. Look at ' ~ mart}) -%}
            {%- else -%}
                {%- do traced.append(kpi.id) -%}
                {%- do kpis.update({kpi.id: dict(kpi, sides=sides)}) -%}
            {%- endif -%}
            {%- if kpi.growth -%}
                {%- do reasons.update({kpi.growth: 'it compares ' ~ kpi.id ~ ' with that of another period. Trace ' ~ kpi.id ~ ' in both'}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if kpi_id not in kpis -%}
        {{ exceptions.raise_compiler_error(
            "okr_metrics_lineage: '" ~ kpi_id ~ "' can't be traced to rows: " ~ reasons.get(kpi_id, 'it is no KPI of kpi__catalog')
            ~ '. These can be: ' ~ traced | sort | join(', ') ~ '.'
        ) }}
    {%- endif -%}
    {{ return(kpis[kpi_id]) }}
{%- endmacro %}

{# A part of a KPI as a formula of measures: {formula, terms: {name in it: measure, periods, counts}, unknown}. A column of a mart is what its entry
   `lineage` in YAML says, else a measure of its own name, else the formula of its KPI; one whose input isn't mapped is 0. #}
{% macro lineage_formula(part, columns, measures, periods='', label='') -%}
    {%- set found, terms = namespace(formula='', unknown=''), {} -%}
    {%- for token in modules.re.findall('[a-z_][a-z0-9_]*|[^a-z_]+', part | string) -%}
        {%- set meta = columns.get(token, {}) -%}
        {%- set kpi = meta.get('kpi', {}) -%}
        {%- set lineage = meta.get('lineage', {}) -%}
        {%- set lineage = {'formula': lineage} if lineage is string else lineage -%}
        {%- set formula = lineage.get('formula') or (lineage.get(policy(lineage.policy) | string | lower, 'unknown') if lineage.policy else '') -%}
        {%- if not formula and token not in measures and kpi.kind in ('flow', 'stock') and not modules.re.search('/|\\b' ~ token ~ '\\b', kpi.get('formula', '/')) -%}
            {%- set formula = kpi.formula -%}
        {%- endif -%}
        {%- set name = label or token -%}
        {%- if not modules.re.match('[a-z_]', token) -%}
            {%- set found.formula = found.formula ~ token -%}
        {%- elif lineage.counts -%}
            {%- do terms.update({name: {'measure': lineage.counts, 'periods': periods, 'counts': true}}) -%}
            {%- set found.formula = found.formula ~ name -%}
        {%- elif formula -%}
            {%- set inner = lineage_formula(formula, columns, measures, lineage.periods or periods, token if lineage.periods and formula in measures else '') -%}
            {%- do terms.update(inner.terms) -%}
            {%- set found.formula = found.formula ~ (inner.formula if inner.formula in terms else '(' ~ inner.formula ~ ')') -%}
            {%- set found.unknown = found.unknown or (token if inner.unknown else '') -%}
        {%- elif token in measures -%}
            {%- do terms.update({name: {'measure': token, 'periods': periods}}) -%}
            {%- set found.formula = found.formula ~ name -%}
        {%- elif kpi and not kpi_is_on(kpi) -%}
            {%- set found.formula = found.formula ~ '0' -%}
        {%- else -%}
            {%- set found.unknown = token -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return({'formula': found.formula, 'terms': terms, 'unknown': found.unknown}) }}
{%- endmacro %}
