{# Why a row can't be used: kpi__rejected_rows. The first reason that holds is said. #}
{% macro rules_on_reject_reasons() %}

# what a column holds
no_key:
  message:
    en: no {column}
    fr: "{column} manque"
missing:
  message:
    en: "{column} is missing"
    fr: "{column} manque"
not_a_number:
  message:
    en: "{column} is not a number"
    fr: "{column} n’est pas un nombre"
too_large_a_number:
  message:
    en: "{column} is too large a number"
    fr: "{column} est un nombre trop grand"
too_large_a_product:
  message:
    en: "{left} x {right} is too large"
    fr: "{left} x {right} est trop grand"
negative:
  message:
    en: negative {column}
    fr: "{column} est négatif"
both_negative:
  message:
    en: quantity and unit_price are both negative
    fr: quantity et unit_price sont tous deux négatifs
discount_above_price:
  message:
    en: discount_amount is above quantity x unit_price
    fr: discount_amount est supérieur à quantity x unit_price

# days and times
not_a_date:
  message:
    en: "{column} is not a date"
    fr: "{column} n’est pas une date"
before_1970:
  message:
    en: "{column} is before 1970"
    fr: "{column} est antérieure à 1970"
before_first_day:
  message:
    en: "{column} is before okr_metrics_first_day"
    fr: "{column} est antérieure à okr_metrics_first_day"
too_late:
  message:
    en: "{column} is more than a hundred years after the as-of date"
    fr: "{column} tombe plus de cent ans après la date de lecture"
unix_seconds:
  message:
    en: "{column} looks like Unix seconds: use to_timestamp"
    fr: "{column} ressemble à des secondes Unix : utilisez to_timestamp"
unix_milliseconds:
  message:
    en: "{column} looks like Unix milliseconds: use to_timestamp of it / 1000"
    fr: "{column} ressemble à des millisecondes Unix : utilisez to_timestamp de la valeur / 1000"
day_first:
  message:
    en: "{column} looks like day/month/year: write year-month-day, such as 2025-12-31"
    fr: "{column} ressemble à jour/mois/année : écrivez année-mois-jour, par exemple 2025-12-31"
month_first:
  message:
    en: "{column} looks like month/day/year: write year-month-day, such as 2025-12-31"
    fr: "{column} ressemble à mois/jour/année : écrivez année-mois-jour, par exemple 2025-12-31"
day_or_month_first:
  message:
    en: "{column} may be day/month/year or month/day/year: write year-month-day, such as 2025-12-31"
    fr: "{column} peut être jour/mois/année ou mois/jour/année : écrivez année-mois-jour, par exemple 2025-12-31"
ends_before_it_starts:
  message:
    en: it ends before it starts
    fr: il se termine avant de commencer
solved_before_opened:
  message:
    en: it is solved before it is opened
    fr: il est résolu avant d’être ouvert

# what it belongs to
unknown_customer:
  message:
    en: its customer is not in customers
    fr: son client n’est pas dans customers
unknown_order:
  message:
    en: its order is not in orders, or was rejected
    fr: sa commande n’est pas dans orders, ou a été rejetée
unknown_subscription:
  message:
    en: its subscription is not in subscriptions, or was rejected
    fr: son abonnement n’est pas dans subscriptions, ou a été rejeté
orders_not_mapped:
  message:
    en: it names an order, and orders with order_lines are not mapped
    fr: il nomme une commande, et orders avec order_lines ne sont pas raccordés
subscriptions_not_mapped:
  message:
    en: it names a subscription, and subscriptions is not mapped
    fr: il nomme un abonnement, et subscriptions n’est pas raccordé
refund_of_nothing:
  message:
    en: it names no order, no subscription and no customer
    fr: il ne nomme ni commande, ni abonnement, ni client
another_source:
  message:
    en: "{key} comes from another source too"
    fr: "{key} vient aussi d’une autre source"

# words
unknown_order_status:
  message:
    en: status is on no list (okr_metrics_order_statuses adds words)
    fr: le statut n’est dans aucune liste (okr_metrics_order_statuses ajoute des mots)
unknown_status:
  message:
    en: "unknown status: it must be {words}, or a word of okr_metrics_subscription_statuses"
    fr: "statut inconnu, attendu : {words}, ou un mot de okr_metrics_subscription_statuses"
unknown_interval:
  message:
    en: "unknown billing_interval: it must be day, week, month, quarter, semiannual, year, or a number of them such as 2 years"
    fr: "billing_interval inconnu, attendu : day, week, month, quarter, semiannual, year, ou un nombre de ceux-ci, comme 2 years"
not_a_count:
  message:
    en: interval_count is not a whole number above 0
    fr: interval_count n’est pas un entier supérieur à 0
two_counts:
  message:
    en: interval_count and billing_interval both count
    fr: interval_count et billing_interval comptent tous deux
cancelled_without_an_end:
  message:
    en: "cancelled without an end: it would pay for ever"
    fr: "résilié sans fin : il paierait pour toujours"
unknown_survey:
  message:
    en: "unknown survey_type: it must be nps, csat, ces"
    fr: "survey_type inconnu, attendu : nps, csat, ces"
unknown_score:
  message:
    en: "{survey} score must be {lowest} to {highest}, whole"
    fr: la note {survey} doit être un entier de {lowest} à {highest}

# money
not_a_currency:
  message:
    en: currency_code is not three letters
    fr: currency_code n’est pas un code de trois lettres
unknown_currency:
  message:
    en: "unknown currency_code: exchange_rates has no row of it"
    fr: "currency_code inconnu : exchange_rates n’en a aucune ligne"
no_rate:
  message:
    en: no exchange rate on or before its day
    fr: pas de taux de change à son jour ni avant
rate_too_large:
  message:
    en: rate is a thousand million or more
    fr: rate est d’un milliard ou plus
rate_not_above_0:
  message:
    en: rate is not above 0
    fr: rate n’est pas supérieur à 0

# targets of KPIs, and the calendar
unknown_kpi:
  message:
    en: its kpi_id is not in kpi__catalog
    fr: son kpi_id n’est pas dans kpi__catalog
unknown_grain:
  message:
    en: period_grain must be day, week, month, quarter or year
    fr: "period_grain doit être l’un de : day, week, month, quarter ou year"
no_bound:
  message:
    en: "no bound: give lower_bound, upper_bound or both"
    fr: "pas de borne : donnez lower_bound, upper_bound ou les deux"
bounds_crossed:
  message:
    en: lower_bound is above upper_bound
    fr: lower_bound est supérieur à upper_bound
unknown_provenance:
  message:
    en: provenance must be agreed, default, placeholder
    fr: "provenance doit être l’un de : agreed, default, placeholder"
not_a_day:
  message:
    en: "{column} is not a day such as 2026-02-01"
    fr: "{column} n’est pas un jour comme 2026-02-01"
after_date:
  message:
    en: "{column} is after date"
    fr: "{column} est après date"
before_a_longer_one:
  message:
    en: "{column} is before {longer}"
    fr: "{column} est avant {longer}"

# the reason with the value that it is about
with_value:
  message:
    en: '{reason}: "{value}"'
    fr: '{reason} : "{value}"'
{% endmacro %}
