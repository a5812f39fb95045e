{# What in the inputs is likely to give wrong numbers, though their rows were read: kpi__input_findings. #}
{% macro rules_on_input_findings() %}

# which inputs are read, and since when
unread_input:
  severity: warning
unread_input.revenue:
  message:
    en: it is mapped, and nothing reads it
    fr: elle est raccordée, et rien ne la lit
  how_to_fix:
    en: Map orders with order_lines, or subscriptions; or leave it out of okr_metrics_inputs.
    fr: Raccordez orders avec order_lines, ou subscriptions ; ou retirez-la de okr_metrics_inputs.
unread_input.refunds:
  message:
    en: it is mapped, and nothing reads it
    fr: elle est raccordée, et rien ne la lit
  how_to_fix:
    en: "Map orders with order_lines, or subscriptions: refunds lower their revenue; or leave it out of okr_metrics_inputs."
    fr: "Raccordez orders avec order_lines, ou subscriptions : les remboursements diminuent leur revenu ; ou retirez-la de okr_metrics_inputs."
unread_input.orders:
  message:
    en: it is mapped, and nothing reads it
    fr: elle est raccordée, et rien ne la lit
  how_to_fix:
    en: "Map order_lines: an order is worth its lines; or leave it out of okr_metrics_inputs."
    fr: "Raccordez order_lines : une commande vaut ses lignes ; ou retirez-la de okr_metrics_inputs."
unread_input.order_lines:
  message:
    en: it is mapped, and nothing reads it
    fr: elle est raccordée, et rien ne la lit
  how_to_fix:
    en: "Map orders: they have the day and the currency; or leave it out of okr_metrics_inputs."
    fr: "Raccordez orders : elles ont le jour et la devise ; ou retirez-la de okr_metrics_inputs."
unread_input.customers:
  message:
    en: it is mapped, and nothing reads it
    fr: elle est raccordée, et rien ne la lit
  how_to_fix:
    en: Map orders with order_lines, or subscriptions, product_events, survey_responses or support_tickets; or leave it out of okr_metrics_inputs.
    fr: Raccordez orders avec order_lines, ou subscriptions, product_events, survey_responses ou support_tickets ; ou retirez-la de okr_metrics_inputs.
unread_input.kpis:
  message:
    en: it is mapped, and nothing reads it
    fr: elle est raccordée, et rien ne la lit
  how_to_fix:
    en: Map the inputs of a KPI; or leave it out of okr_metrics_inputs.
    fr: Raccordez les entrées d’un KPI ; ou retirez-la de okr_metrics_inputs.
unread_input.okrs:
  message:
    en: it is mapped, and nothing reads it
    fr: elle est raccordée, et rien ne la lit
  how_to_fix:
    en: Map okr_cycles, okr_objectives, okr_key_results and okr_key_result_targets, and the inputs of a KPI; or leave it out of okr_metrics_inputs.
    fr: Raccordez okr_cycles, okr_objectives, okr_key_results et okr_key_result_targets, et les entrées d’un KPI ; ou retirez-la de okr_metrics_inputs.
unread_input.sources:
  message:
    en: it is mapped, and nothing reads it
    fr: elle est raccordée, et rien ne la lit
  how_to_fix:
    en: "Name sources in okr_metrics_sources: their connectors read it; or leave it out of okr_metrics_inputs."
    fr: "Nommez des sources dans okr_metrics_sources : leurs connecteurs la lisent ; ou retirez-la de okr_metrics_inputs."
unread_input.findings:
  message:
    en: it is mapped, and nothing reads it
    fr: elle est raccordée, et rien ne la lit
  how_to_fix:
    en: Map an operational input; or leave it out of okr_metrics_inputs.
    fr: Raccordez une entrée opérationnelle ; ou retirez-la de okr_metrics_inputs.
empty_input:
  severity: warning
  message:
    en: it is mapped, and its relation has no row
    fr: elle est raccordée, et sa relation n’a aucune ligne
  how_to_fix:
    en: Look for a join or a filter in its view that loses every row, or leave the input out of okr_metrics_inputs.
    fr: Cherchez dans sa vue une jointure ou un filtre qui perd toutes les lignes, ou retirez l’entrée de okr_metrics_inputs.
no_row_counts:
  severity: warning
  how_to_fix:
    en: Look at kpi__rejected_rows, at okr_metrics_as_of_date and at the words of its status.
    fr: Regardez kpi__rejected_rows, okr_metrics_as_of_date et les mots de son statut.
no_row_counts.other:
  message:
    en: "none of its rows counts: of {rows}, {rejected} were rejected and {later} are dated after the as-of date"
    fr: "aucune de ses lignes ne compte : sur {rows}, {rejected} ont été rejetées et {later} sont datées après la date de lecture"
no_row_counts.orders:
  message:
    en: "none of its rows counts: of {rows}, {rejected} were rejected and {later} are dated after the as-of date; an order without a line, or with a status that doesn't count, is none"
    fr: "aucune de ses lignes ne compte : sur {rows}, {rejected} ont été rejetées et {later} sont datées après la date de lecture ; une commande sans ligne, ou dont le statut ne compte pas, n’en est pas une"
no_row_counts.subscriptions:
  message:
    en: "none of its rows counts: of {rows}, {rejected} were rejected and {later} are dated after the as-of date; a version without a paid amount is none"
    fr: "aucune de ses lignes ne compte : sur {rows}, {rejected} ont été rejetées et {later} sont datées après la date de lecture ; une version sans montant payé n’en est pas une"
input_ended:
  severity: warning
  message:
    en: "its last row is of {day}, {age} days before the as-of date; more than {most} are too many: KPIs made of it have no value in the periods after (after_data)"
    fr: "sa dernière ligne date du {day}, {age} jours avant la date de lecture ; au-delà de {most}, c’est trop : les KPI qui en sont faits n’ont pas de valeur dans les périodes suivantes (after_data)"
  how_to_fix:
    en: Load what is missing. Where nothing more is to come, allow it a greater age in okr_metrics_max_input_age_days.
    fr: Chargez ce qui manque. Si rien d’autre ne doit venir, permettez-lui un âge plus grand dans okr_metrics_max_input_age_days.
input_begins_later:
  severity: info
  limit: 31
  message:
    en: "its data start on {first}, the earliest of another input on {earliest}: KPIs made of it have no value before (before_data)"
    fr: "ses données commencent le {first}, les premières d’une autre entrée le {earliest} : les KPI qui en sont faits n’ont pas de valeur avant (before_data)"
  how_to_fix:
    en: Where there was nothing before that day rather than nothing known, say since when in okr_metrics_data_starts.
    fr: S’il n’y avait rien avant ce jour, plutôt que rien de connu, dites depuis quand dans okr_metrics_data_starts.
far_from_the_rest:
  severity: warning
  limit: 5
  message:
    en: "of its {all} rows {few}, up to {last}, are dated more than {limit_in_words} years before the next, of {next}: are their dates right?"
    fr: "sur ses {all} lignes, {few}, jusqu’au {last}, sont datées plus de {limit_in_words} ans avant la suivante, du {next} : leurs dates sont-elles justes ?"
  how_to_fix:
    en: "Correct the dates, or set okr_metrics_first_day to {first_day}: what is dated before it is then rejected."
    fr: "Corrigez les dates, ou réglez okr_metrics_first_day sur {first_day} : ce qui est daté avant est alors rejeté."
unreadable_optional:
  severity: warning
unreadable_optional.number:
  message:
    en: it has values that cannot be read, and are null, such as "{example}"
    fr: elle a des valeurs illisibles, donc nulles, comme « {example} »
  how_to_fix:
    en: Write a number with a point, such as 1250; leave empty what is not known.
    fr: Écrivez un nombre à point décimal, comme 1250 ; laissez vide ce qui n’est pas connu.
unreadable_optional.time:
  message:
    en: it has values that cannot be read, and are null, such as "{example}"
    fr: elle a des valeurs illisibles, donc nulles, comme « {example} »
  how_to_fix:
    en: Write days as 2026-03-01 and moments as 2026-03-01 10:00:00, with an offset where they are not UTC; leave empty what is not known.
    fr: Écrivez les jours sous la forme 2026-03-01 et les instants sous la forme 2026-03-01 10:00:00, avec un décalage s’ils ne sont pas en UTC ; laissez vide ce qui n’est pas connu.

# whose is it, and is it counted twice
customer_identity:
  severity: warning
  how_to_fix:
    en: "Set okr_metrics_customer_identity: shared where an equal id is one customer, known to several systems; per_source where each source has customers of its own."
    fr: "Réglez okr_metrics_customer_identity : shared si un même identifiant est un seul client, connu de plusieurs systèmes ; per_source si chaque source a ses propres clients."
customer_identity.customer:
  severity: error
  message:
    en: "{ids} customer id stands in more than one of its sources ({sources}) with another {others}: {examples}"
    fr: "{ids} identifiant de client figure dans plus d’une de ses sources ({sources}) avec un autre {others} : {examples}"
customer_identity.customers:
  severity: error
  message:
    en: "{ids} customer ids stand in more than one of its sources ({sources}) with another {others}: {examples}"
    fr: "{ids} identifiants de client figurent dans plus d’une de ses sources ({sources}) avec un autre {others} : {examples}"
customer_identity.unmapped_customer:
  message:
    en: "{ids} customer id stands in more than one of its sources ({sources}), and customers is not mapped: {examples}"
    fr: "{ids} identifiant de client figure dans plus d’une de ses sources ({sources}), et customers n’est pas raccordé : {examples}"
customer_identity.unmapped_customers:
  message:
    en: "{ids} customer ids stand in more than one of its sources ({sources}), and customers is not mapped: {examples}"
    fr: "{ids} identifiants de client figurent dans plus d’une de ses sources ({sources}), et customers n’est pas raccordé : {examples}"
copies_that_differ:
  severity: warning
  how_to_fix:
    en: Give each thing a {key} of its own in its view, or select the one row that holds.
    fr: Donnez à chaque chose son propre {key} dans la vue, ou ne gardez que la ligne qui vaut.
copies_that_differ.of_order_lines:
  message:
    en: "{count} rows have the {key} of another row and are no copies of it, such as {example}: one row of a key counts, of the later order, else of the larger amount"
    fr: "{count} lignes ont le {key} d’une autre sans en être des copies, comme {example} : une ligne par clé compte, celle de la commande la plus récente, sinon celle du plus grand montant"
copies_that_differ.of_orders:
  message:
    en: "{count} rows have the {key} of another row and are no copies of it, such as {example}: one row of a key counts, the latest, of one time the one whose status counts"
    fr: "{count} lignes ont le {key} d’une autre sans en être des copies, comme {example} : une ligne par clé compte, la plus récente, et de deux du même instant celle dont le statut compte"
copies_that_differ.of_amounts:
  message:
    en: "{count} rows have the {key} of another row and are no copies of it, such as {example}: one row of a key counts, the latest, of one time the larger amount"
    fr: "{count} lignes ont le {key} d’une autre sans en être des copies, comme {example} : une ligne par clé compte, la plus récente, et de deux du même instant celle du plus grand montant"
channel_of_no_rule:
  severity: info
  message:
    en: "{count} rows of {source} have it, and no rule names its channel: it is 'other'"
    fr: "{count} lignes de {source} l’ont, et aucune règle n’en nomme le canal : c’est « other »"
  how_to_fix:
    en: "Name the channel in okr_metrics_channel_rules, by utm_source and utm_medium or, of a CRM, by crm."
    fr: "Nommez le canal dans okr_metrics_channel_rules, par utm_source et utm_medium ou, pour un CRM, par crm."
channel_without_match:
  severity: warning
channel_without_match.unnamed:
  message:
    en: "{money} was spent on it, and no customer or touch names it"
    fr: "{money} y ont été dépensés, et aucun client ni contact ne le nomme"
  how_to_fix:
    en: Write a channel alike in customers, touches and spend, else its CAC is of nobody.
    fr: Écrivez un canal de la même façon dans les clients, les contacts et les dépenses, sinon son CAC n’est celui de personne.
channel_without_match.unnamed_alike:
  message:
    en: "{money} was spent on it, and no customer or touch names it: is '{named}' the same?"
    fr: "{money} y ont été dépensés, et aucun client ni contact ne le nomme : « {named} » est-il le même ?"
  how_to_fix:
    en: Write a channel alike in customers, touches and spend, else its CAC is of nobody.
    fr: Écrivez un canal de la même façon dans les clients, les contacts et les dépenses, sinon son CAC n’est celui de personne.
channel_without_match.unnamed_near:
  message:
    en: "{money} was spent on it, and no customer or touch names it; the nearest that has no spend is '{named}'"
    fr: "{money} y ont été dépensés, et aucun client ni contact ne le nomme ; le plus proche sans dépense est « {named} »"
  how_to_fix:
    en: Write a channel alike in customers, touches and spend, else its CAC is of nobody.
    fr: Écrivez un canal de la même façon dans les clients, les contacts et les dépenses, sinon son CAC n’est celui de personne.
channel_without_match.unspent:
  message:
    en: marketing_spend has none of it
    fr: marketing_spend n’en a aucune
  how_to_fix:
    en: Write a channel alike in customers, touches and spend, else its CAC is nought.
    fr: Écrivez un canal de la même façon dans les clients, les contacts et les dépenses, sinon son CAC est nul.
channel_without_match.unspent_alike:
  message:
    en: "marketing_spend has none of it: is '{spent}' the same?"
    fr: "marketing_spend n’en a aucune : « {spent} » est-il le même ?"
  how_to_fix:
    en: Write a channel alike in customers, touches and spend, else its CAC is nought.
    fr: Écrivez un canal de la même façon dans les clients, les contacts et les dépenses, sinon son CAC est nul.
ads_counted_twice:
  severity: warning
  message:
    en: "{count} lines, {money}, of months that have marketing_spend (such as category '{category}'): are these the same ads? Both are counted now, in operating_expenses and operating_income"
    fr: "{count} lignes, {money}, de mois qui ont marketing_spend (comme la catégorie « {category} ») : est-ce la même publicité ? Les deux comptent pour l’instant, dans operating_expenses et operating_income"
  how_to_fix:
    en: "Set okr_metrics_policies: {ad_spend_in_ledger: true} where the ledger holds the ads of marketing_spend, false where it holds others."
    fr: "Réglez okr_metrics_policies : {ad_spend_in_ledger: true} si le grand livre contient la publicité de marketing_spend, false s’il en contient une autre."

# money
rejected_money:
  severity: warning
  how_to_fix:
    en: "The rows are in kpi__rejected_rows: mend them at the source."
    fr: "Les lignes sont dans kpi__rejected_rows : corrigez-les à la source."
rejected_money.known:
  message:
    en: "{rejected} of {all} rejected: {reasons}"
    fr: "{rejected} sur {all} rejetés : {reasons}"
rejected_money.partly_known:
  message:
    en: "{rejected} of {all} rejected, and {unreadable} rows whose amount can't be read: {reasons}"
    fr: "{rejected} sur {all} rejetés, et {unreadable} lignes au montant illisible : {reasons}"
sum_below_nought:
  severity: warning
  message:
    en: "its amounts add up to {money}: is the sign turned?"
    fr: "ses montants font {money} au total : le signe est-il inversé ?"
  how_to_fix:
    en: "Turn the sign in its view: amounts are positive, a credit alone is negative."
    fr: "Inversez le signe dans sa vue : les montants sont positifs, seul un avoir est négatif."
decimals_of_currency:
  severity: warning
  how_to_fix:
    en: "Divide the amounts of a currency by 10 to the power of its decimals (ISO 4217): by 100 in EUR, by 1 in {currency}."
    fr: "Divisez les montants d’une devise par 10 à la puissance de ses décimales (ISO 4217) : par 100 en EUR, par 1 en {currency}."
decimals_of_currency.fractions:
  message:
    en: "{currency} has no decimals, and its amounts have: were they divided by 100?"
    fr: "{currency} n’a pas de décimales, et ses montants en ont : ont-ils été divisés par 100 ?"
decimals_of_currency.small_prices:
  message:
    en: "{currency} has no decimals, and its prices are worth a fraction of those in other currencies: were they divided by 100?"
    fr: "{currency} n’a pas de décimales, et ses prix valent une fraction de ceux des autres devises : ont-ils été divisés par 100 ?"

# subscriptions
items_under_one_id:
  severity: warning
  message:
    en: "versions of one id start at one moment and differ in plan, amount, currency, interval or owner, so they are taken for items that run side by side: their amounts are added up. The money is what the smaller ones add a month"
    fr: "des versions d’un même identifiant commencent au même instant et diffèrent par le plan, le montant, la devise, l’intervalle ou le titulaire : elles sont donc prises pour des éléments parallèles, dont les montants s’additionnent. L’argent en jeu est ce que les plus petites ajoutent par mois"
  how_to_fix:
    en: Give each item its own subscription_id (the id of the subscription item), or leave out the rows that another replaced.
    fr: Donnez à chaque élément son propre subscription_id (l’identifiant de l’élément d’abonnement), ou retirez les lignes qu’une autre a remplacées.
versions_overlap:
  severity: warning
  message:
    en: "a version that was not over is cut where another of its id with a different plan or amount starts: only the later one counts from there on. The money is the MRR a month of what was cut"
    fr: "une version qui n’était pas terminée est coupée là où une autre du même identifiant commence avec un autre plan ou montant : seule la plus récente compte ensuite. L’argent en jeu est le MRR mensuel de ce qui a été coupé"
  how_to_fix:
    en: Give things that run side by side ids of their own; end a version (ended_at) where the next one replaces it.
    fr: Donnez des identifiants distincts à ce qui court en parallèle ; terminez une version (ended_at) là où la suivante la remplace.
statuses_of_one_start:
  severity: warning
  message:
    en: "rows of one id and one start have different statuses: the one with the latest end counts from that start on, then the one of the latest status, so a trial or an ended subscription may count as paid"
    fr: "des lignes d’un même identifiant et d’un même début ont des statuts différents : celle dont la fin est la plus tardive compte à partir de ce début, puis celle du statut le plus avancé ; un essai ou un abonnement terminé peut donc compter comme payé"
  how_to_fix:
    en: "Start each version when its status began (of a history: the moment of the row, not the start of the subscription), and end it where the next begins."
    fr: "Faites commencer chaque version quand son statut a commencé (dans un historique : à l’instant de la ligne, non au début de l’abonnement), et terminez-la où la suivante commence."
expired_never_paid:
  severity: warning
  message:
    en: the subscription is expired and no version of it was ever active, so it has no MRR in its days. The money is what it would be a month
    fr: l’abonnement est expiré et aucune de ses versions n’a jamais été active, il n’a donc pas de MRR. L’argent en jeu est ce qu’il serait par mois
  how_to_fix:
    en: "Where expired ones were paid until they ended (as in Recurly), set okr_metrics_subscription_statuses: {expired: cancelled}."
    fr: "Si les abonnements expirés ont été payés jusqu’à leur fin (comme dans Recurly), réglez okr_metrics_subscription_statuses : {expired: cancelled}."
interval_count_left_out:
  severity: warning
  how_to_fix:
    en: Map interval_count (6 with month is half a year), or say 1 as interval_count in the view where every amount is for one.
    fr: Raccordez interval_count (6 avec month fait un semestre), ou écrivez 1 comme interval_count dans la vue si chaque montant est pour un seul.
interval_count_left_out.named:
  message:
    en: "it is billed by the {interval} and says no interval_count, but its name is of a longer time: is an amount for several intervals?"
    fr: "il est facturé par {interval} sans interval_count, or son nom parle d’une durée plus longue : un montant vaut-il pour plusieurs intervalles ?"
interval_count_left_out.multiple:
  message:
    en: "it is billed by the {interval} and says no interval_count, but one price of it is about 3, 6, 12 or 24 times another: is an amount for several intervals?"
    fr: "il est facturé par {interval} sans interval_count, or un de ses prix fait environ 3, 6, 12 ou 24 fois un autre : un montant vaut-il pour plusieurs intervalles ?"
interval_count_left_out.far_above:
  message:
    en: "it is billed by the {interval} and says no interval_count, but its price is ten times the next lower one: is an amount for several intervals?"
    fr: "il est facturé par {interval} sans interval_count, or son prix fait dix fois le prix inférieur le plus proche : un montant vaut-il pour plusieurs intervalles ?"

# a calendar of your own
calendar_row:
  severity: error
  message:
    en: "{reason}"
    fr: "{reason}"
  how_to_fix:
    en: Give it one row a day, without a gap, with the first days of the month, the quarter and the year that the day is in.
    fr: Donnez-lui une ligne par jour, sans trou, avec les premiers jours du mois, du trimestre et de l’année où tombe le jour.
calendar_day_twice:
  severity: error
  message:
    en: its rows differ in month_start or quarter_start or year_start
    fr: ses lignes diffèrent par month_start, quarter_start ou year_start
  how_to_fix:
    en: Give it one row a day, without a gap, with the first days of the month, the quarter and the year that the day is in.
    fr: Donnez-lui une ligne par jour, sans trou, avec les premiers jours du mois, du trimestre et de l’année où tombe le jour.
calendar_gap:
  severity: error
  message:
    en: the next day that has a row is {next}
    fr: le jour suivant qui a une ligne est le {next}
  how_to_fix:
    en: Give it one row a day, without a gap, with the first days of the month, the quarter and the year that the day is in.
    fr: Donnez-lui une ligne par jour, sans trou, avec les premiers jours du mois, du trimestre et de l’année où tombe le jour.
calendar_start:
  severity: error
  message:
    en: "its {column} is {start}, and that of the day before is {before}: it changes on another day than the first"
    fr: "son {column} est {start}, et celui de la veille {before} : il change un autre jour que le premier"
  how_to_fix:
    en: Give it one row a day, without a gap, with the first days of the month, the quarter and the year that the day is in.
    fr: Donnez-lui une ligne par jour, sans trou, avec les premiers jours du mois, du trimestre et de l’année où tombe le jour.
calendar_too_short:
  severity: error
  how_to_fix:
    en: Give it every day from the first row of data to the end of the year that runs on the as-of date.
    fr: Donnez-lui chaque jour de la première ligne de données à la fin de l’année en cours à la date de lecture.
calendar_too_short.unreadable:
  message:
    en: it has no row that can be read
    fr: il n’a aucune ligne lisible
calendar_too_short.ends_early:
  message:
    en: it ends on {last}, before the as-of date {as_of}
    fr: il se termine le {last}, avant la date de lecture, {as_of}
calendar_too_short.begins_late:
  message:
    en: it begins on {first}, and the data on {data}
    fr: il commence le {first}, et les données le {data}
calendar_too_short.ends_in_the_year:
  message:
    en: it ends on {last}, before the year that runs on the as-of date has ended
    fr: il se termine le {last}, avant la fin de l’année en cours à la date de lecture
{% endmacro %}
