{# What an alert tells. #}
{% macro rules_on_alerts() %}
status_changed:
  message:
    en: '{key_result} ({id}) is {status}, was {previous}. {reason}'
    fr: '{key_result} ({id}) : {status}, auparavant {previous}. {reason}'
kpi_unhealthy:
  message:
    en: '{kpi}{segment} became unhealthy in the {grain} to {day}: {reason}.'
    fr: '{kpi}{segment} est en difficulté dans la période ({grain}) jusqu’au {day} : {reason}.'
kpi_watch.out_of_range:
  message:
    en: '{kpi}{segment} left its agreed range in the {grain} to {day}: {reason}.'
    fr: '{kpi}{segment} a quitté sa plage convenue dans la période ({grain}) jusqu’au {day} : {reason}.'
kpi_watch.beyond_history:
  message:
    en: '{kpi}{segment} went beyond all its history in the {grain} to {day}: {reason}.'
    fr: '{kpi}{segment} a dépassé tout son passé dans la période ({grain}) jusqu’au {day} : {reason}.'
guardrail_breached.below:
  message:
    en: 'Guardrail {kpi}{segment} of {key_result} ({id}) is breached: {value} in the {grain} to {day} is below {low}.'
    fr: 'Garde-fou {kpi}{segment} de {key_result} ({id}) franchi : {value} dans la période ({grain}) jusqu’au {day}, en dessous de {low}.'
guardrail_breached.above:
  message:
    en: 'Guardrail {kpi}{segment} of {key_result} ({id}) is breached: {value} in the {grain} to {day} is above {high}.'
    fr: 'Garde-fou {kpi}{segment} de {key_result} ({id}) franchi : {value} dans la période ({grain}) jusqu’au {day}, au-dessus de {high}.'
{% endmacro %}
