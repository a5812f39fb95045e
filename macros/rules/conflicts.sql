{# Which two key results can't both be had: the rules of okr__conflicts. #}
{% macro rules_on_conflicts() %}
opposite_directions:
  message:
    en: "{goal}; {other_goal}."
    fr: "{goal} ; {other_goal}."
  how_to_fix:
    en: Drop one of them, or say both as one key result of metric_type range.
    fr: Abandonnez l’un des deux, ou dites-les en un seul résultat clé de metric_type range.
different_targets:
  message:
    en: "{goal}; {other_goal}."
    fr: "{goal} ; {other_goal}."
  how_to_fix:
    en: "Agree on one target: a stepping stone has an earlier due_date."
    fr: "Convenez d’une seule cible : une étape a un due_date plus proche."
guardrail:
  how_to_fix:
    en: Set the target inside the bound, move the bound, or drop one of the two key results.
    fr: Placez la cible dans la borne, déplacez la borne, ou abandonnez l’un des deux résultats clés.
guardrail.at_most:
  message:
    en: "{goal}; as a guardrail of {key_result}, {kpi} must stay at {bound} or less."
    fr: "{goal} ; or, garde-fou de {key_result}, {kpi} doit rester à {bound} ou moins."
guardrail.at_least:
  message:
    en: "{goal}; as a guardrail of {key_result}, {kpi} must stay at {bound} or more."
    fr: "{goal} ; or, garde-fou de {key_result}, {kpi} doit rester à {bound} ou plus."
kpi_tree:
  how_to_fix:
    en: Decide which of the two comes first, or make its KPI a guardrail of the other.
    fr: Décidez lequel des deux passe d’abord, ou faites de son KPI un garde-fou de l’autre.
kpi_tree.rises:
  message:
    en: "{goal}; {other_goal}; but {upper} rises with {lower} ({way})."
    fr: "{goal} ; {other_goal} ; or {upper} monte avec {lower} ({way})."
kpi_tree.falls:
  message:
    en: "{goal}; {other_goal}; but {upper} falls when {lower} rises ({way})."
    fr: "{goal} ; {other_goal} ; or {upper} baisse quand {lower} monte ({way})."
{% endmacro %}
