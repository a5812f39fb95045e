{# What can be wrong with the OKRs: the findings of okr__quality. An error may be lowered where severities says so: the others would leave wrong numbers. #}
{% macro rules_on_okr_findings() %}

# ids, words and the tree of objectives
duplicate_id:
  severity: error
  message:
    en: okr_{input} has {count} rows of it
    fr: okr_{input} en a {count} lignes
  how_to_fix:
    en: Give each row an id of its own.
    fr: Donnez à chaque ligne un identifiant qui lui soit propre.
unknown_id:
  severity: error
  message:
    en: "{column} '{id}' is not in okr_{input}"
    fr: "{column} « {id} » n’est pas dans okr_{input}"
  how_to_fix:
    en: Write an id of okr_{input}, or add the row there.
    fr: Écrivez un identifiant de okr_{input}, ou ajoutez-y la ligne.
unknown_id.nearest:
  message:
    en: "{column} '{name}' is not in {table}; did you mean '{nearest}'?"
    fr: "{column} « {name} » n’est pas dans {table} ; vouliez-vous dire « {nearest} » ?"
  how_to_fix:
    en: Write an id of {table}.
    fr: Écrivez un identifiant de {table}.
unknown_word:
  severity: error
  message:
    en: "{column} '{word}' isn't valid"
    fr: "{column} « {word} » n’est pas valide"
  how_to_fix:
    en: "Write one of: {words}."
    fr: "Écrivez l’un de : {words}."
parent_chain:
  severity: error
  message:
    en: its parents go round in a circle, or stand more than five levels deep
    fr: ses parents tournent en rond, ou dépassent cinq niveaux
  how_to_fix:
    en: Clear or change a parent_objective_id or parent_key_result_id.
    fr: Videz ou changez un parent_objective_id ou un parent_key_result_id.
two_parents:
  severity: error
  message:
    en: it has a parent_objective_id and a parent_key_result_id
    fr: il a un parent_objective_id et un parent_key_result_id
  how_to_fix:
    en: Keep one of them.
    fr: Gardez-en un seul.

# dates and ends
cycle_dates:
  severity: error
  how_to_fix:
    en: Write both as 2026-07-01, the earlier one first.
    fr: Écrivez les deux sous la forme 2026-07-01, la plus ancienne d’abord.
cycle_dates.crossed:
  message:
    en: end_date {end} is before start_date {start}
    fr: end_date ({end}) est antérieure à start_date ({start})
cycle_dates.missing:
  message:
    en: start_date or end_date is missing or not a date
    fr: start_date ou end_date manque ou n’est pas une date
cycle_dates.out_of_range:
  message:
    en: it has days before 1970, or more than a hundred years after the as-of date
    fr: il a des jours antérieurs à 1970, ou plus de cent ans après la date de lecture
key_result_dates:
  severity: error
  how_to_fix:
    en: Leave the dates empty to take the cycle's, or write days inside it.
    fr: Laissez les dates vides pour prendre celles du cycle, ou écrivez des jours qui y tombent.
key_result_dates.unreadable:
  message:
    en: start_date or due_date is not a date
    fr: start_date ou due_date n’est pas une date
key_result_dates.crossed:
  message:
    en: due_date {due} is before start_date {start}
    fr: due_date ({due}) est antérieure à start_date ({start})
key_result_dates.outside_cycle:
  message:
    en: its dates, {start} to {due}, are outside its objective's cycle, {first} to {last}
    fr: ses dates, du {start} au {due}, sortent du cycle de son objectif, du {first} au {last}
dates_inside_a_period:
  severity: error
  message:
    en: metric_type {type} adds up whole periods, and a {grain} is cut by its start or due date
    fr: le metric_type {type} cumule des périodes entières, or une période ({grain}) est coupée par son début ou son échéance
  how_to_fix:
    en: Start and end on the bounds of a {grain}, or choose a shorter period_grain.
    fr: Faites coïncider début et fin avec les limites d’une période ({grain}), ou choisissez un period_grain plus court.
dates_beyond_calendar:
  severity: error
  message:
    en: its dates, {start} to {due}, reach beyond the days of the input calendar
    fr: ses dates, du {start} au {due}, dépassent les jours de l’entrée calendar
  how_to_fix:
    en: Give the calendar every day of these years, to the end of the last one.
    fr: Donnez au calendrier chaque jour de ces années, jusqu’à la fin de la dernière.
ended_on:
  severity: error
  how_to_fix:
    en: Write the first day on which it no longer counts, as 2026-08-10; leave both empty where it goes on.
    fr: Écrivez le premier jour où il ne compte plus, sous la forme 2026-08-10 ; laissez les deux vides s’il continue.
ended_on.missing:
  message:
    en: it has an end_reason and no ended_on
    fr: il a un end_reason sans ended_on
ended_on.unreadable:
  message:
    en: its ended_on "{text}" is not a date
    fr: son ended_on « {text} » n’est pas une date
ended_on.outside:
  message:
    en: its ended_on {day} is outside its dates, {first} to {last}
    fr: son ended_on ({day}) sort de ses dates, du {first} au {last}
end_reason:
  severity: error
  how_to_fix:
    en: "Write one of: {words}."
    fr: "Écrivez l’un de : {words}."
end_reason.missing:
  message:
    en: it has an ended_on and no end_reason
    fr: il a un ended_on sans end_reason
end_reason.unknown:
  message:
    en: its end_reason "{word}" is not known
    fr: son end_reason « {word} » est inconnu

# targets
target_rows:
  severity: error
  how_to_fix:
    en: "Keep one target a day: a revision is a new row with a later valid_from."
    fr: "Gardez une cible par jour : une révision est une nouvelle ligne, avec un valid_from ultérieur."
target_rows.undated:
  message:
    en: a target's valid_from is missing or not a date
    fr: le valid_from d’une cible manque ou n’est pas une date
target_rows.twice:
  message:
    en: "{count} targets start on {day}"
    fr: "{count} cibles commencent le {day}"
target_number:
  severity: error
  message:
    en: a value of its target is not a number below 1e15
    fr: une valeur de sa cible n’est pas un nombre inférieur à 1e15
  how_to_fix:
    en: Write numbers with a point, such as 0.05.
    fr: Écrivez les nombres avec un point, comme 0.05.
target_missing:
  severity: error
  how_to_fix:
    en: Add it to okr_key_result_targets; a milestone needs none.
    fr: Ajoutez-le à okr_key_result_targets ; un jalon n’en demande pas.
target_missing.lower_bound:
  message:
    en: "{type} needs a lower_bound"
    fr: "{type} demande un lower_bound"
target_missing.upper_bound:
  message:
    en: "{type} needs an upper_bound"
    fr: "{type} demande un upper_bound"
target_missing.target_value:
  message:
    en: "{type} needs a target_value"
    fr: "{type} demande un target_value"
bounds_crossed:
  severity: error
  message:
    en: lower_bound is above upper_bound
    fr: lower_bound est supérieur à upper_bound
  how_to_fix:
    en: Swap them.
    fr: Échangez-les.
weight:
  severity: error
  message:
    en: its weight is not a number from 0 to 1000000000
    fr: son poids n’est pas un nombre de 0 à 1000000000
  how_to_fix:
    en: Write a number from 0 on, or leave it empty for 1.
    fr: Écrivez un nombre à partir de 0, ou laissez vide pour 1.
weight.all_zero:
  message:
    en: the weights of its key results are all 0
    fr: les poids de ses résultats clés sont tous à 0
  how_to_fix:
    en: Give at least one key result a weight, or leave them empty for 1.
    fr: Donnez un poids à au moins un résultat clé, ou laissez-les vides pour 1.
ceiling:
  severity: error
  how_to_fix:
    en: Write a target_value above 0, and leave baseline_value empty.
    fr: Écrivez un target_value supérieur à 0, et laissez baseline_value vide.
ceiling.nothing_to_use:
  message:
    en: its ceiling {target} leaves nothing to use
    fr: son plafond {target} ne laisse rien à utiliser
ceiling.with_baseline:
  message:
    en: a ceiling counts from nothing, and its baseline_value is {baseline}
    fr: un plafond se compte à partir de rien, or son baseline_value est {baseline}
target_against_baseline:
  severity: error
  how_to_fix:
    en: Mend the numbers or the metric_type; to hold a value use at_least, at_most or range.
    fr: Corrigez les nombres ou le metric_type ; pour tenir une valeur, utilisez at_least, at_most ou range.
target_against_baseline.at_baseline:
  message:
    en: its target is its baseline, so progress has no meaning
    fr: sa cible est son départ, le progrès n’a donc pas de sens
target_against_baseline.other_way:
  message:
    en: "{type} from {baseline} to {target} goes the other way"
    fr: "{type} de {baseline} à {target} va dans l’autre sens"
impossible_value:
  severity: error
  severities: [error, warning, info]
  how_to_fix:
    en: Write a value that the KPI can have; 5% is 0.05.
    fr: Écrivez une valeur que le KPI peut prendre ; 5 % s’écrit 0.05.
impossible_value.below:
  message:
    en: "{column} {number} is below {lowest}, the lowest that '{kpi}' can be"
    fr: "{column} {number} est inférieur à {lowest}, le minimum possible de « {kpi} »"
impossible_value.below_in_percent:
  message:
    en: "{column} {number} is below {lowest}, the lowest that '{kpi}' can be; is {hundredth} meant?"
    fr: "{column} {number} est inférieur à {lowest}, le minimum possible de « {kpi} » ; fallait-il lire {hundredth} ?"
impossible_value.above:
  message:
    en: "{column} {number} is above {highest}, the highest that '{kpi}' can be"
    fr: "{column} {number} est supérieur à {highest}, le maximum possible de « {kpi} »"
impossible_value.above_in_percent:
  message:
    en: "{column} {number} is above {highest}, the highest that '{kpi}' can be; is {hundredth} meant?"
    fr: "{column} {number} est supérieur à {highest}, le maximum possible de « {kpi} » ; fallait-il lire {hundredth} ?"
phased_target:
  severity: error
  message:
    en: 'its phased target of {day} has expected_value "{value}": one of the two can not be read'
    fr: "sa cible intermédiaire du {day} a pour expected_value « {value} » : l’un des deux est illisible"
  how_to_fix:
    en: Write the day as 2026-07-31 and the value as a number with a point.
    fr: Écrivez le jour sous la forme 2026-07-31 et la valeur en nombre à point décimal.

# KPIs, guardrails and the tree of KPIs
unknown_kpi:
  severity: error
  message:
    en: "{column} '{kpi}' is not in the catalogue; did you mean '{nearest}'?"
    fr: "{column} « {kpi} » n’est pas au catalogue ; vouliez-vous dire « {nearest} » ?"
  how_to_fix:
    en: Write a kpi_id of kpi__catalog; a KPI stands there when its inputs are mapped.
    fr: Écrivez un kpi_id de kpi__catalog ; un KPI y figure quand ses entrées sont raccordées.
unknown_kpi.nearest:
  message:
    en: "{column} '{name}' is not in {table}; did you mean '{nearest}'?"
    fr: "{column} « {name} » n’est pas dans {table} ; vouliez-vous dire « {nearest} » ?"
  how_to_fix:
    en: Write an id of {table}.
    fr: Écrivez un identifiant de {table}.
sum_of_no_flow:
  severity: error
  message:
    en: metric_type {type} adds up periods, and '{kpi}' is a {kind}
    fr: le metric_type {type} additionne des périodes, or « {kpi} » est un {kind}
  how_to_fix:
    en: Use average, or increase or decrease of the last period.
    fr: Utilisez average, ou bien increase ou decrease sur la dernière période.
average_of_derived:
  severity: error
  message:
    en: metric_type average needs a numerator and a denominator, and '{kpi}' is a formula over other KPIs
    fr: le metric_type average demande un numérateur et un dénominateur, or « {kpi} » est une formule d’autres KPI
  how_to_fix:
    en: Use increase, decrease, at_least, at_most or range.
    fr: Utilisez increase, decrease, at_least, at_most ou range.
sum_of_costs:
  severity: warning
  message:
    en: metric_type cumulative wants '{kpi}' to reach its target, and less of it is better
    fr: le metric_type cumulative veut que « {kpi} » atteigne sa cible, or moins vaut mieux
  how_to_fix:
    en: Use cumulative_at_most, where the target is a ceiling such as a budget.
    fr: Utilisez cumulative_at_most si la cible est un plafond, comme un budget.
guardrail_bounds:
  severity: error
  how_to_fix:
    en: Give lower_bound, upper_bound or both as numbers with a point, the lower one first.
    fr: Donnez lower_bound, upper_bound ou les deux, en nombres à point décimal, le plus petit d’abord.
guardrail_bounds.unreadable:
  message:
    en: a bound is not a number below 1e15
    fr: une borne n’est pas un nombre inférieur à 1e15
guardrail_bounds.crossed:
  message:
    en: lower_bound is above upper_bound
    fr: lower_bound est supérieur à upper_bound
guardrail_bounds.missing:
  message:
    en: it has no bound
    fr: il n’a pas de borne
guardrail_twice:
  severity: error
  message:
    en: okr_guardrails has {count} rows of it
    fr: okr_guardrails en a {count} lignes
  how_to_fix:
    en: Keep one row, with both bounds.
    fr: Gardez une seule ligne, avec les deux bornes.
kpi_tree_word:
  severity: error
  message:
    en: relation '{word}' isn't valid
    fr: la relation « {word} » n’est pas valide
  how_to_fix:
    en: "Write one of: {words}."
    fr: "Écrivez l’un de : {words}."
kpi_tree_sign:
  severity: error
  message:
    en: its sign is neither 1 nor -1
    fr: son signe n’est ni 1 ni -1
  how_to_fix:
    en: Write 1 where the parent rises with the child, -1 where it falls.
    fr: Écrivez 1 si le parent monte avec l’enfant, -1 s’il baisse.
kpi_tree_circle:
  severity: error
  message:
    en: it goes round in a circle and comes back to itself
    fr: il tourne en rond et revient à lui-même
  how_to_fix:
    en: "Remove a row of the circle: a KPI is not made of itself."
    fr: "Retirez une ligne du cercle : un KPI n’est pas fait de lui-même."

# check-ins
check_in:
  severity: error
check_in.date_missing:
  message:
    en: "{row} has a check_in_date that is missing"
    fr: "{row} : check_in_date manque"
  how_to_fix:
    en: Write the day as 2026-07-01.
    fr: Écrivez le jour sous la forme 2026-07-01.
check_in.date_unreadable:
  message:
    en: "{row} has a check_in_date that is not a date"
    fr: "{row} : check_in_date n’est pas une date"
  how_to_fix:
    en: Write the day as 2026-07-01.
    fr: Écrivez le jour sous la forme 2026-07-01.
check_in.confidence:
  message:
    en: '{row} has confidence "{confidence}", which is not a number from 0 to 1'
    fr: "{row} : la confiance « {confidence} » n’est pas un nombre de 0 à 1"
  how_to_fix:
    en: Write 0.9 for 90%, with a point.
    fr: Écrivez 0.9 pour 90 %, avec un point.
check_in.value_of_a_milestone:
  message:
    en: '{row} has value_reported "{value}", which a milestone can not be'
    fr: "{row} : value_reported « {value} » n’est pas possible pour un jalon"
  how_to_fix:
    en: Write a number with a point, such as 0.9; a milestone is 1 (or yes, done, true) or 0 (or no, false).
    fr: Écrivez un nombre à point décimal, comme 0.9 ; un jalon vaut 1 (ou yes, done, true) ou 0 (ou no, false).
check_in.word:
  message:
    en: '{row} has value_reported "{value}", a word, and it is not a milestone'
    fr: "{row} : value_reported « {value} » est un mot, et ce n’est pas un jalon"
  how_to_fix:
    en: Write a number with a point, such as 0.9; a milestone is 1 (or yes, done, true) or 0 (or no, false).
    fr: Écrivez un nombre à point décimal, comme 0.9 ; un jalon vaut 1 (ou yes, done, true) ou 0 (ou no, false).
check_in.value:
  message:
    en: '{row} has value_reported "{value}", which is not a number'
    fr: "{row} : value_reported « {value} » n’est pas un nombre"
  how_to_fix:
    en: Write a number with a point, such as 0.9; a milestone is 1 (or yes, done, true) or 0 (or no, false).
    fr: Écrivez un nombre à point décimal, comme 0.9 ; un jalon vaut 1 (ou yes, done, true) ou 0 (ou no, false).
check_ins_of_one_day:
  severity: error
check_ins_of_one_day.same:
  severity: info
  message:
    en: it has {count} check-ins of {day}, which say the same
    fr: il a {count} points d’étape du {day}, qui disent la même chose
  how_to_fix:
    en: Keep one of them, or leave both.
    fr: Gardez-en un seul, ou laissez les deux.
check_ins_of_one_day.ordered:
  severity: warning
  message:
    en: "it has {count} check-ins of {day}, which differ: {last_id}, the last, counts"
    fr: "il a {count} points d’étape du {day}, qui diffèrent : {last_id}, le dernier, compte"
  how_to_fix:
    en: Keep the last, or leave both as they are.
    fr: Gardez le dernier, ou laissez-les tous les deux.
check_ins_of_one_day.unordered:
  message:
    en: it has {count} check-ins of {day}, which differ, and nothing says which is the later
    fr: il a {count} points d’étape du {day}, qui diffèrent, et rien ne dit lequel est le dernier
  how_to_fix:
    en: Keep the one that counts, or number the rows of okr_check_ins by a column check_in_id.
    fr: Gardez celui qui compte, ou numérotez les lignes de okr_check_ins par une colonne check_in_id.
milestone_taken_back:
  severity: warning
  message:
    en: "{row} says {value}, and it was done on {day}: what is done stays done"
    fr: "{row} dit {value}, or il était fait le {day} : ce qui est fait reste fait"
  how_to_fix:
    en: Where it was not done, correct the check-in that said so.
    fr: S’il n’était pas fait, corrigez le point d’étape qui le disait.

# focus and names
too_many_objectives:
  severity: warning
  limit: 3
  message:
    en: has {count} active objectives, more than {limit}
    fr: a {count} objectifs actifs, plus de {limit}
  how_to_fix:
    en: "Keep {limit_in_words}: hand the others over, or put them off to a later cycle."
    fr: "Gardez-en {limit_in_words} : confiez les autres, ou remettez-les à un cycle ultérieur."
too_many_key_results:
  severity: warning
  limit: 5
  message:
    en: it has {count} key results, more than {limit}
    fr: il a {count} résultats clés, plus de {limit}
  how_to_fix:
    en: Keep the {limit_in_words} that say most.
    fr: Gardez les {limit_in_words} les plus parlants.
objective_without_key_results:
  severity: warning
  message:
    en: it has no key result, and no objective serves it
    fr: il n’a aucun résultat clé, et aucun objectif ne le sert
  how_to_fix:
    en: Add the key result that would show it is reached.
    fr: Ajoutez le résultat clé qui montrerait qu’il est atteint.
owner_missing:
  severity: warning
  message:
    en: "nobody answers for it: its owner is empty"
    fr: "personne n’en répond : son responsable est vide"
  how_to_fix:
    en: Write the one person or team who does.
    fr: Indiquez la personne ou l’équipe, une seule, qui en répond.
output_not_outcome:
  severity: warning
  message:
    en: "its name '{name}' is an output: work done, not what it changes"
    fr: "son nom « {name} » dit une réalisation : le travail fait, non ce qu’il change"
  how_to_fix:
    en: Name what is different afterwards, and the KPI that shows it.
    fr: Nommez ce qui sera différent ensuite, et le KPI qui le montre.
vague_words:
  severity: warning
  message:
    en: "its name '{name}' is vague: it says better, but not how much"
    fr: "son nom « {name} » est vague : il dit mieux, mais pas de combien"
  how_to_fix:
    en: Say from what to what, with a number.
    fr: Dites de combien à combien, avec un nombre.

# what happened
unclear_event:
  severity: warning
unclear_event.date:
  message:
    en: its event_date is not a date, so nothing shows it
    fr: son event_date n’est pas une date, rien ne le montre donc
  how_to_fix:
    en: Write the day as 2026-12-31.
    fr: Écrivez le jour sous la forme 2026-12-31.
unclear_event.text:
  message:
    en: it has no text, so nothing shows it
    fr: il n’a pas de texte, rien ne le montre donc
  how_to_fix:
    en: Say in a few words what happened.
    fr: Dites en quelques mots ce qui s’est passé.
unclear_event.kind:
  message:
    en: "kind '{kind}' isn't valid, so nothing shows it"
    fr: "kind « {kind} » n’est pas valide, rien ne le montre donc"
  how_to_fix:
    en: "Write one of: launch, price, outage, experiment, other."
    fr: "Écrivez l’un de : launch, price, outage, experiment, other."
unclear_event.segment:
  message:
    en: it has a dimension or a dimension_value without the other, so nothing shows it
    fr: il a dimension ou dimension_value sans l’autre, rien ne le montre donc
  how_to_fix:
    en: Name both, or leave both empty for all segments.
    fr: Nommez les deux, ou laissez les deux vides pour tous les segments.
unclear_event.kpi:
  message:
    en: "kpi_id '{kpi}' is not in kpi__catalog, so nothing shows it"
    fr: "kpi_id « {kpi} » n’est pas dans kpi__catalog, rien ne le montre donc"
  how_to_fix:
    en: Write a kpi_id of kpi__catalog, or leave it empty for all KPIs.
    fr: Écrivez un kpi_id de kpi__catalog, ou laissez vide pour tous les KPI.

# exceptions to these rules
rule_exception:
  severity: warning
rule_exception.incomplete:
  message:
    en: it lacks a rule_id, an object or a reason, so it holds for nothing
    fr: il lui manque un rule_id, un objet ou une raison, elle ne vaut donc pour rien
  how_to_fix:
    en: Write all three, as okr__rules and the finding have them.
    fr: Écrivez les trois, comme dans okr__rules et dans le constat.
rule_exception.unknown_rule:
  message:
    en: "'{rule}' is no rule of a finding"
    fr: « {rule} » n’est pas la règle d’un constat
  how_to_fix:
    en: Write a rule_id of okr__rules that has a severity.
    fr: Écrivez un rule_id de okr__rules qui a une gravité.
rule_exception.stops_always:
  message:
    en: "'{rule}' has no exceptions: with what it finds the tables would hold wrong numbers"
    fr: "« {rule} » n’a pas d’exceptions : avec ce qu’elle trouve, les tables auraient des nombres faux"
  how_to_fix:
    en: Mend what the rule finds, and drop the exception.
    fr: Corrigez ce que la règle trouve, et retirez l’exception.
rule_exception.until_unreadable:
  message:
    en: its until "{text}" is not a date, so it holds for nothing
    fr: son until « {text} » n’est pas une date, elle ne vaut donc pour rien
  how_to_fix:
    en: Write the last day on which it holds, as 2026-12-31, or leave it empty.
    fr: Écrivez le dernier jour où elle vaut, sous la forme 2026-12-31, ou laissez vide.
rule_exception.over:
  message:
    en: "it was over on {day}: {reason}"
    fr: "elle s’est terminée le {day} : {reason}"
  how_to_fix:
    en: Drop it, or give it a later day and say why.
    fr: Retirez-la, ou donnez-lui un jour ultérieur en disant pourquoi.

# what the past of a KPI says: found after the okr__ tables are built
change_without_event:
  severity: info
  message:
    en: "it has changed, and no event says why: {reason}"
    fr: "il a changé, et aucun événement ne dit pourquoi : {reason}"
  how_to_fix:
    en: If you know what happened, write it into okr_events with its day.
    fr: Si vous savez ce qui s’est passé, notez-le dans okr_events avec son jour.
kpi_without_value:
  severity: warning
  severities: [warning, info]
  how_to_fix:
    en: Write a period_grain and a dimension_value that kpi__values has, or leave it where the segment is yet to come.
    fr: Écrivez un period_grain et un dimension_value présents dans kpi__values, ou laissez tel quel si le segment est encore à venir.
kpi_without_value.total:
  message:
    en: "'{kpi}' by {grain} has never had a value for total"
    fr: « {kpi} » par {grain} n’a jamais eu de valeur au total
kpi_without_value.segment:
  message:
    en: "'{kpi}' by {grain} has never had a value for {dimension} '{value}'"
    fr: « {kpi} » par {grain} n’a jamais eu de valeur pour {dimension} « {value} »
target_already_met:
  severity: warning
  severities: [warning, info]
  message:
    en: "its target {target} was met before it started, when the KPI came to {measured}"
    fr: "sa cible de {target} était atteinte avant son début, quand le KPI valait {measured}"
  how_to_fix:
    en: Aim further, or hold the value with at_least or at_most.
    fr: Visez plus loin, ou tenez la valeur avec at_least ou at_most.
baseline_off:
  severity: warning
  severities: [warning, info]
  limit: 0.05
  message:
    en: its baseline_value {baseline} is more than {share} off what the last complete period before its start came to, {measured}
    fr: son baseline_value de {baseline} s’écarte de plus de {share} de la dernière période complète avant son début, {measured}
  how_to_fix:
    en: Leave baseline_value empty to start from what was measured.
    fr: Laissez baseline_value vide pour partir de la mesure.
target_in_noise:
  severity: warning
  severities: [warning, info]
  limit: 6
  message:
    en: "its baseline {baseline} and its target {target} are both inside what the KPI varies by anyway: {low} to {high} in the {points} complete periods before its start"
    fr: "son départ ({baseline}) et sa cible ({target}) sont tous deux dans la variation habituelle du KPI : de {low} à {high} sur les {points} périodes complètes avant son début"
  how_to_fix:
    en: "Aim beyond that range: inside it luck reaches the target."
    fr: "Visez au-delà de cette plage : à l’intérieur, le hasard suffit à atteindre la cible."
target_beyond_history:
  severity: warning
  severities: [warning, info]
  limit: 6
  how_to_fix:
    en: Say what will be different this time, or aim nearer.
    fr: Dites ce qui sera différent cette fois, ou visez moins loin.
target_beyond_history.above:
  message:
    en: it needs {needed}, and the highest value was {highest} in the {points} complete periods before its start
    fr: il lui faut {needed}, or la valeur la plus haute était de {highest} sur les {points} périodes complètes avant son début
target_beyond_history.below:
  message:
    en: it needs {needed}, and the lowest value was {lowest} in the {points} complete periods before its start
    fr: il lui faut {needed}, or la valeur la plus basse était de {lowest} sur les {points} périodes complètes avant son début
target_beyond_history.above_by_period:
  message:
    en: it needs {needed} a {grain}, and the highest value was {highest} in the {points} complete periods before its start
    fr: il lui faut {needed} par {grain}, or la valeur la plus haute était de {highest} sur les {points} périodes complètes avant son début
target_beyond_history.below_by_period:
  message:
    en: it needs {needed} a {grain}, and the lowest value was {lowest} in the {points} complete periods before its start
    fr: il lui faut {needed} par {grain}, or la valeur la plus basse était de {lowest} sur les {points} périodes complètes avant son début
ratio_in_percent:
  severity: warning
  severities: [warning, info]
  message:
    en: it needs {needed}, and the highest value was {highest} in the {points} complete periods before its start; is {hundredth} meant?
    fr: il lui faut {needed}, or la valeur la plus haute était de {highest} sur les {points} périodes complètes avant son début ; fallait-il lire {hundredth} ?
  how_to_fix:
    en: "Ratios are fractions: 5% is 0.05."
    fr: "Les ratios sont des fractions : 5 % s’écrit 0.05."
closed_row_changed:
  severity: warning
  severities: [warning, info]
  how_to_fix:
    en: "Put the row back as it was, and give what goes on a row and an id of its own: the closed one stays as it is."
    fr: "Remettez la ligne comme elle était, et donnez à ce qui continue une ligne et un identifiant à part : la ligne close reste telle quelle."
closed_row_changed.deleted:
  message:
    en: it closed on {day}, and its row in {input} is deleted
    fr: il s’est clos le {day}, et sa ligne de {input} est supprimée
closed_row_changed.changed:
  message:
    en: "it closed on {day}, and was changed since: {changes}"
    fr: "il s’est clos le {day}, et a été modifié depuis : {changes}"
{% endmacro %}
