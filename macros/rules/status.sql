{# Why a key result has its status. Keys are the status rules of okr-definitions; a dot names a case of a rule. #}
{% macro rules_on_status() %}
ended_early:
  message:
    en: Ended early on {ended_on} ({end_reason}).
    fr: Arrêté le {ended_on} ({end_reason}).
ended_early.with_score:
  message:
    en: Ended early on {ended_on} ({end_reason}), at a score of {score}.
    fr: Arrêté le {ended_on} ({end_reason}), avec un score de {score}.
before_start:
  message:
    en: Starts on {start}.
    fr: Commence le {start}.
input_ended:
  message:
    en: The last row of {input} is of {input_day}; more than {input_days} days without one are unreliable.
    fr: La dernière ligne de {input} date du {input_day} ; au-delà de {input_days} jours sans ligne, ce n’est plus fiable.
input_ended.unknown:
  message:
    en: One of its inputs had ended.
    fr: Une de ses sources s’était arrêtée.
value_too_old:
  message:
    en: The last value is of {value_date}, {age} days old; more than {max_age} is unreliable.
    fr: La dernière valeur date du {value_date}, soit {age} jours ; au-delà de {max_age}, elle n’est plus fiable.
no_value:
  message:
    en: Its KPI has no value yet in a complete period since {start}.
    fr: Son KPI n’a encore de valeur dans aucune période complète depuis le {start}.
no_value.milestone:
  message:
    en: No check-in has reported a value yet.
    fr: Aucun point d’étape n’a encore rapporté de valeur.
no_baseline:
  message:
    en: 'Its KPI has no value before {start} to start from: seed a baseline_value.'
    fr: 'Son KPI n’a pas de valeur avant le {start} qui servirait de départ : renseignez un baseline_value.'
target_not_beyond_baseline:
  message:
    en: 'The target is not beyond the baseline, so progress has no meaning: use at_least, at_most or range.'
    fr: 'La cible n’est pas au-delà du départ, le progrès n’a donc pas de sens : utilisez at_least, at_most ou range.'
under_way:
  message:
    en: Under way, due on {due}.
    fr: En cours, échéance le {due}.
under_way.with_confidence:
  message:
    en: 'Under way, due on {due}: confidence {confidence}.'
    fr: 'En cours, échéance le {due} : confiance {confidence}.'
target_holds:
  message:
    en: Met on {value_date}; it must hold until {due}.
    fr: Cible atteinte le {value_date} ; elle doit tenir jusqu’au {due}.
target_holds.bounds:
  message:
    en: Inside its bounds in all {measured} periods measured; it must stay there until {due}.
    fr: Dans ses bornes sur toutes les périodes mesurées ({measured}) ; à tenir jusqu’au {due}.
target_holds.held:
  message:
    en: The target was met before the start and is met on {value_date}; it must hold until {due}.
    fr: Cible atteinte dès avant le départ, et encore le {value_date} ; elle doit tenir jusqu’au {due}.
target_not_held:
  message:
    en: The target was met before the start and is not met on {value_date}.
    fr: Cible atteinte avant le départ, mais plus le {value_date}.
ceiling_passed:
  message:
    en: 'The sum has passed its ceiling: {progress} of it used.'
    fr: 'Le cumul a dépassé son plafond : {progress} utilisés.'
target_met:
  message:
    en: Target met on {value_date}.
    fr: Cible atteinte le {value_date}.
target_met.ceiling:
  message:
    en: 'The sum has stayed within its ceiling: {progress} of it used.'
    fr: 'Le cumul est resté sous son plafond : {progress} utilisés.'
target_met.bounds:
  message:
    en: Inside its bounds in all {measured} periods measured.
    fr: Dans ses bornes sur toutes les périodes mesurées ({measured}).
target_met.reached_before:
  message:
    en: The sum has reached its target.
    fr: Le cumul a atteint sa cible.
due_date_passed:
  message:
    en: Due on {due} with {progress} of the way made.
    fr: Échu le {due} avec {progress} du chemin parcouru.
due_date_passed.bounds:
  message:
    en: 'Due on {due}: inside its bounds in {met} of {measured} periods measured.'
    fr: 'Échu le {due} ; périodes mesurées dans ses bornes : {met} sur {measured}.'
due_date_passed.held:
  message:
    en: Due on {due}; the target, met before the start, was not held.
    fr: Échu le {due} ; la cible, atteinte avant le départ, n’a pas tenu.
due_date_passed.milestone:
  message:
    en: Due on {due} and not done.
    fr: Échu le {due} sans être fait.
pace:
  message:
    en: Progress {progress} against {expected} expected by {day}.
    fr: Progrès de {progress} contre {expected} attendus au {day}.
pace.bounds:
  message:
    en: Inside its bounds in {met} of {measured} periods measured.
    fr: 'Périodes mesurées dans ses bornes : {met} sur {measured}.'
pace.ceiling:
  message:
    en: Used {progress} of its ceiling against {expected} expected by {day}.
    fr: '{progress} du plafond utilisés contre {expected} attendus au {day}.'
# said behind any of the others
odds:
  message:
    en: ' {odds} likely to be met.'
    fr: ' Chances de l’atteindre : {odds}.'
odds.against:
  message:
    en: ' But only {odds} likely to be met.'
    fr: ' Mais chances de l’atteindre : {odds} seulement.'
odds.in_favour:
  message:
    en: ' But {odds} likely to be met.'
    fr: ' Mais chances de l’atteindre : {odds}.'
inside_noise:
  message:
    en: ' The way to the target is shorter than what the KPI moves from one period to the next.'
    fr: ' Le chemin vers la cible est plus court que ce dont le KPI bouge d’une période à l’autre.'
met_and_lost:
  message:
    en: ' It was met on {first_met} and lost again.'
    fr: ' La cible avait été atteinte le {first_met}, puis perdue.'
{% endmacro %}
