{# Names of KPIs, and the formulas that have words in them. A name or a formula that a project has changed stays as it wrote it. #}
{% macro rules_on_kpis() %}
activation_rate:
  name: {en: Activation rate, fr: Taux d’activation}
active_customers:
  name: {en: Active customers, fr: Clients actifs}
  formula:
    en: customers with an order in the period or MRR > 0 at its end
    fr: clients avec une commande dans la période ou un MRR > 0 à sa fin
active_customers_growth:
  name: {en: Active customers growth, fr: Croissance des clients actifs}
active_users:
  name: {en: Active users, fr: Utilisateurs actifs}
  formula:
    en: distinct users with a qualifying event
    fr: utilisateurs distincts avec un événement retenu
arpa:
  name: {en: ARPA, fr: ARPA}
  formula:
    en: 'closing_mrr / closing_subscribers; without subscriptions net_revenue a month / active_customers'
    fr: 'closing_mrr / closing_subscribers ; sans abonnements, net_revenue par mois / active_customers'
arr:
  name: {en: ARR, fr: ARR}
average_daily_active_users:
  name: {en: Average daily active users, fr: Utilisateurs actifs par jour (moyenne)}
  formula:
    en: sum over days of distinct users / days
    fr: somme par jour des utilisateurs distincts / jours
average_order_value:
  name: {en: Average order value, fr: Panier moyen}
burn_multiple:
  name: {en: Burn multiple, fr: Burn multiple}
cac:
  name: {en: CAC, fr: CAC}
cac_payback_months:
  name: {en: CAC payback months, fr: Délai de récupération du CAC (mois)}
churned_mrr:
  name: {en: Churned MRR, fr: MRR perdu par attrition}
  formula:
    en: opening MRR of churned subscribers
    fr: MRR d’ouverture des abonnés perdus
churned_subscribers:
  name: {en: Churned subscribers, fr: Abonnés perdus}
  formula:
    en: 'opening MRR > 0, closing MRR 0'
    fr: 'MRR d’ouverture > 0, MRR de clôture 0'
closing_mrr:
  name: {en: Closing MRR, fr: MRR de clôture}
  formula:
    en: MRR at the end
    fr: MRR à la fin
closing_subscribers:
  name: {en: Closing subscribers, fr: Abonnés à la clôture}
  formula:
    en: customers with MRR > 0 at the end
    fr: clients avec un MRR > 0 à la fin
contraction_mrr:
  name: {en: Contraction MRR, fr: MRR de contraction}
  formula:
    en: sum of opening - closing MRR where opening > closing > 0
    fr: somme de MRR d’ouverture - clôture là où ouverture > clôture > 0
contribution_margin:
  name: {en: Contribution margin, fr: Taux de marge de contribution}
contribution_profit:
  name: {en: Contribution profit, fr: Marge de contribution}
cost_of_revenue:
  name: {en: Cost of revenue, fr: Coût des ventes}
  formula:
    en: sum of quantity x unit_cost + ledger cost_of_revenue
    fr: somme de quantity x unit_cost + cost_of_revenue du grand livre
csat:
  name: {en: CSAT, fr: CSAT}
customer_churn_rate:
  name: {en: Customer churn rate, fr: Taux d’attrition clients}
  formula:
    en: churned_subscribers / subscribers at risk
    fr: churned_subscribers / abonnés exposés
expansion_mrr:
  name: {en: Expansion MRR, fr: MRR d’expansion}
  formula:
    en: sum of closing - opening MRR where closing > opening > 0
    fr: somme de MRR de clôture - ouverture là où clôture > ouverture > 0
fully_loaded_cac:
  name: {en: Fully loaded CAC, fr: CAC complet}
  formula:
    en: '(marketing_spend + ledger sales_and_marketing) / new_customers'
    fr: '(marketing_spend + sales_and_marketing du grand livre) / new_customers'
gross_margin:
  name: {en: Gross margin, fr: Taux de marge brute}
gross_mrr_churn_rate:
  name: {en: Gross MRR churn rate, fr: Taux d’attrition brut du MRR}
gross_profit:
  name: {en: Gross profit, fr: Marge brute}
gross_revenue_retention:
  name: {en: Gross revenue retention, fr: Rétention brute du revenu (GRR)}
  formula:
    en: 'sum of min(opening, closing) MRR per customer / opening_mrr'
    fr: 'somme par client du plus petit MRR, à l’ouverture ou à la clôture / opening_mrr'
lapsed_customer_rate:
  name: {en: Lapsed customer rate, fr: Taux de clients inactifs}
lapsed_customers:
  name: {en: Lapsed customers, fr: Clients devenus inactifs}
  formula:
    en: customers whose okr_metrics_lapse_days-th day without an order is in the period
    fr: clients dont le okr_metrics_lapse_days-ième jour sans commande tombe dans la période
ltv:
  name: {en: LTV, fr: LTV}
  formula:
    en: arpa x gross_margin / customer_churn_rate a month
    fr: arpa x gross_margin / customer_churn_rate par mois
ltv_to_cac:
  name: {en: LTV to CAC, fr: Rapport LTV/CAC}
magic_number:
  name: {en: Magic number, fr: Magic number}
  formula:
    en: '(closing_mrr - opening_mrr) x 12 / sales and marketing of the previous quarter'
    fr: '(closing_mrr - opening_mrr) x 12 / dépenses commerciales et marketing du trimestre précédent'
marketing_spend:
  name: {en: Marketing spend, fr: Dépenses marketing}
  formula:
    en: sum of spend
    fr: somme des dépenses
median_resolution_hours:
  name: {en: Median resolution hours, fr: Délai médian de résolution (heures)}
  formula:
    en: median of solved_at - opened_at
    fr: médiane de solved_at - opened_at
mrr_growth:
  name: {en: Closing MRR growth, fr: Croissance du MRR de clôture}
net_revenue:
  name: {en: Net revenue, fr: Chiffre d’affaires net}
net_revenue_growth:
  name: {en: Net revenue growth, fr: Croissance du chiffre d’affaires net}
net_revenue_retention:
  name: {en: Net revenue retention, fr: Rétention nette du revenu (NRR)}
  formula:
    en: '(opening_mrr + expansion_mrr - contraction_mrr - MRR of opening subscribers who left) / opening_mrr'
    fr: '(opening_mrr + expansion_mrr - contraction_mrr - MRR des abonnés d’ouverture partis) / opening_mrr'
new_customers:
  name: {en: New customers, fr: Nouveaux clients}
  formula:
    en: customers whose first order or first paid day is in the period
    fr: clients dont la première commande ou le premier jour payé tombe dans la période
new_mrr:
  name: {en: New MRR, fr: Nouveau MRR}
  formula:
    en: closing MRR of new subscribers
    fr: MRR de clôture des nouveaux abonnés
new_subscribers:
  name: {en: New subscribers, fr: Nouveaux abonnés}
  formula:
    en: 'opening MRR 0, closing MRR > 0, none before'
    fr: 'MRR d’ouverture 0, MRR de clôture > 0, aucun auparavant'
nps:
  name: {en: NPS, fr: NPS}
opening_mrr:
  name: {en: Opening MRR, fr: MRR d’ouverture}
  formula:
    en: MRR on the eve
    fr: MRR de la veille
opening_subscribers:
  name: {en: Opening subscribers, fr: Abonnés à l’ouverture}
  formula:
    en: customers with MRR > 0 on the eve
    fr: clients avec un MRR > 0 la veille
operating_expenses:
  name: {en: Operating expenses, fr: Charges d’exploitation}
  formula:
    en: ledger without cost_of_revenue + marketing_spend
    fr: grand livre hors cost_of_revenue + marketing_spend
operating_income:
  name: {en: Operating income, fr: Résultat d’exploitation}
operating_margin:
  name: {en: Operating margin, fr: Marge d’exploitation}
order_revenue:
  name: {en: Order revenue, fr: Chiffre d’affaires des commandes}
  formula:
    en: sum of quantity x unit_price - discount of order lines
    fr: somme de quantity x unit_price - remise des lignes de commande
ordering_customers:
  name: {en: Ordering customers, fr: Clients acheteurs}
  formula:
    en: customers with an order in the period
    fr: clients avec une commande dans la période
orders:
  name: {en: Orders, fr: Commandes}
  formula:
    en: distinct orders that were not cancelled
    fr: commandes distinctes qui n’ont pas été annulées
quick_ratio:
  name: {en: Quick ratio, fr: Quick ratio}
reactivated_subscribers:
  name: {en: Reactivated subscribers, fr: Abonnés réactivés}
  formula:
    en: 'opening MRR 0, closing MRR > 0, some before'
    fr: 'MRR d’ouverture 0, MRR de clôture > 0, un MRR auparavant'
reactivation_mrr:
  name: {en: Reactivation MRR, fr: MRR de réactivation}
  formula:
    en: closing MRR of reactivated subscribers
    fr: MRR de clôture des abonnés réactivés
refund_rate:
  name: {en: Refund rate, fr: Taux de remboursement}
refunds:
  name: {en: Refunds, fr: Remboursements}
  formula:
    en: 'sum of refunds, by refunded_at'
    fr: 'somme des remboursements, selon refunded_at'
repeat_customers:
  name: {en: Repeat customers, fr: Clients récurrents}
  formula:
    en: 'of them, those with an order before the period'
    fr: 'parmi eux, ceux qui avaient une commande avant la période'
repeat_purchase_rate:
  name: {en: Repeat purchase rate, fr: Taux de réachat}
retention_month_1:
  name: {en: Retention month 1, fr: Rétention au mois 1}
retention_month_12:
  name: {en: Retention month 12, fr: Rétention au mois 12}
retention_month_3:
  name: {en: Retention month 3, fr: Rétention au mois 3}
retention_month_6:
  name: {en: Retention month 6, fr: Rétention au mois 6}
rule_of_40:
  name: {en: Rule of 40, fr: Règle des 40}
  formula:
    en: yearly growth of net_revenue + operating_margin
    fr: croissance annuelle de net_revenue + operating_margin
stickiness:
  name: {en: Stickiness, fr: Stickiness (DAU/MAU)}
subscription_revenue:
  name: {en: Subscription revenue, fr: Revenu d’abonnement}
  formula:
    en: sum over days of MRR / days in the month
    fr: somme par jour de MRR / jours du mois
tickets_opened:
  name: {en: Tickets opened, fr: Tickets ouverts}
  formula:
    en: tickets by opened_at
    fr: tickets selon opened_at
transferred_mrr:
  name: {en: Transferred MRR, fr: MRR transféré}
  formula:
    en: MRR that came from other plans - that left to them
    fr: MRR venu d’autres formules - MRR parti vers elles
transferred_subscribers:
  name: {en: Transferred subscribers, fr: Abonnés transférés}
  formula:
    en: came from another plan - left to one
    fr: venus d’une autre formule - partis vers une autre
variable_costs:
  name: {en: Variable costs, fr: Coûts variables}
  formula:
    en: ledger variable
    fr: charges variables du grand livre
{% endmacro %}
