{# Whether the change of a key result's KPI since the start is one. #}
{% macro rules_on_movements() %}
# a change since the start that few past ones of as long came up to
moved:
  message:
    en: 'From {from} to {to} in {periods} periods: {as_far} of {cases} past changes over as long went as far, so it moved.'
    fr: 'De {from} à {to} en périodes : {periods}. Variations passées de même durée allées aussi loin : {as_far} sur {cases}, le mouvement est donc réel.'
noise:
  message:
    en: 'From {from} to {to} in {periods} periods: {as_far} of {cases} past changes over as long went as far, so it may be noise.'
    fr: 'De {from} à {to} en périodes : {periods}. Variations passées de même durée allées aussi loin : {as_far} sur {cases}, ce peut être du bruit.'
{% endmacro %}
