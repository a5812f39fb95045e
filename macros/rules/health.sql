{# Why a KPI is healthy or not: kpi__health.health_reason. Several parts of a trouble follow its first words. #}
{% macro rules_on_health() %}
no_value:
  message:
    en: "no value: {reason}"
    fr: "pas de valeur : {reason}"
trouble.one:
  message:
    en: "1 period in trouble: "
    fr: "1 période en difficulté : "
trouble.more:
  message:
    en: "{periods} periods in trouble: "
    fr: "{periods} périodes en difficulté : "
range.below:
  message:
    en: "below the healthy range ({low} to {high}, {provenance})"
    fr: "en dessous de la plage saine ({low} à {high}, {provenance})"
range.above:
  message:
    en: "above the healthy range ({low} to {high}, {provenance})"
    fr: "au-dessus de la plage saine ({low} à {high}, {provenance})"
range.inside:
  message:
    en: "no signal, and inside the healthy range ({low} to {high}, {provenance})"
    fr: "pas de signal, et dans la plage saine ({low} à {high}, {provenance})"
range.any:
  message:
    en: any
    fr: sans limite
spell:
  message:
    en: "since {since}, {value} where {expected} was expected"
    fr: "depuis {since}, {value} alors que {expected} était attendu"
spell.young:
  message:
    en: "since {since}, {value}, beyond all that was before"
    fr: "depuis {since}, {value}, au-delà de tout ce qui précédait"
limit.above:
  message:
    en: "above the upper limit {limit}"
    fr: "au-dessus de la limite supérieure {limit}"
limit.below:
  message:
    en: "below the lower limit {limit}"
    fr: "en dessous de la limite inférieure {limit}"
history.above:
  message:
    en: "{value}, higher than ever by more than all its past spread"
    fr: "{value}, plus haut que jamais, de plus que toute son étendue passée"
history.below:
  message:
    en: "{value}, lower than ever by more than all its past spread"
    fr: "{value}, plus bas que jamais, de plus que toute son étendue passée"
history.rise:
  message:
    en: "from {previous} to {value}, a rise greater than ever by more than all its past spread"
    fr: "de {previous} à {value}, une hausse plus forte que jamais, de plus que toute leur étendue passée"
history.fall:
  message:
    en: "from {previous} to {value}, a fall greater than ever by more than all its past spread"
    fr: "de {previous} à {value}, une baisse plus forte que jamais, de plus que toute leur étendue passée"
step:
  message:
    en: "from {previous} to {value} at once, beyond its usual steps"
    fr: "de {previous} à {value} d’un coup, au-delà de ses pas habituels"
improving:
  message:
    en: "improving: "
    fr: "en amélioration : "
changed:
  message:
    en: "not judged by itself: "
    fr: "pas jugé pour lui-même : "
normal:
  message:
    en: "since {since} it is {level}, before {before}: the new normal"
    fr: "depuis {since} c’est {level}, avant {before} : la nouvelle normale"
normal.of_changes:
  message:
    en: "since {since} it changes by {level} a {grain}, before by {before}: the new normal"
    fr: "depuis {since} il change de {level} par {grain}, avant de {before} : la nouvelle normale"
normal.young:
  message:
    en: "what began in {since} is the new normal"
    fr: "ce qui a commencé en {since} est la nouvelle normale"
# the event that may be the cause, behind what is said of the change
event:
  message:
    en: " (noted on {day}: {event})"
    fr: " (noté le {day} : {event})"
too_few:
  message:
    en: "too few points for limits: {needed} are needed, and no agreed range"
    fr: "trop peu de points pour des limites : il en faut {needed}, et pas de plage convenue"
too_few.gaps:
  message:
    en: "too few points for limits: {needed} are needed, and no agreed range; periods with a value: {known} of {periods}, empty ones from {first} to {last}"
    fr: "trop peu de points pour des limites : il en faut {needed}, et pas de plage convenue ; périodes avec une valeur : {known} sur {periods}, les vides de {first} à {last}"
too_few.inside:
  message:
    en: "inside the healthy range ({low} to {high}, {provenance}); too few points for limits"
    fr: "dans la plage saine ({low} à {high}, {provenance}) ; trop peu de points pour des limites"
usual:
  message:
    en: "no signal: the variation is its usual one"
    fr: "pas de signal : la variation est habituelle"
{% endmacro %}
