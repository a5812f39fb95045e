{# The words that the lint looks for in names, English and French, without accents. #}
{% macro finding_words() -%}
    {{ return({
        'output_verbs': [
            'launch', 'relaunch', 'release', 'build', 'rebuild', 'implement', 'publish', 'roll[ -]?out', 'migrate', 'deploy', 'develop',
            'create', 'set up', 'install', 'introduce', 'redesign', 'prepare', 'finalise', 'finalize', 'finish', 'organise', 'organize',
            'lancer', 'relancer', 'deployer', 'publier', 'developper', 'construire', 'creer', 'implementer', 'migrer', 'installer',
            'mettre en (place|ligne|production|oeuvre|service)', 'concevoir', 'refondre', 'rediger', 'preparer', 'finaliser', 'organiser', 'introduire',
        ],
        'delivery_verbs': ['ship', 'deliver', 'livrer', 'expedier'],
        'delivered_things': ['orders?', 'parcels?', 'packages?', 'goods', 'on time', 'within', 'commandes?', 'colis', 'a temps', 'a l heure', 'sous'],
        'done': [
            'launched', 'relaunched', 'rolled out', 'implemented', '(is|goes|went|are) live', 'in production',
            're?lancee?s?', 'lancee?s?', 'deployee?s?', 'mise?s? en (place|ligne|production|oeuvre|service)', 'en production',
        ],
        'output_nouns': [
            'rollout', 'roll-out', 'implementation', 'migration', 'deployment', 'lancement', 'deploiement', 'refonte', 'creation', 'developpement', 'construction',
        ],
        'vague_verbs': [
            'improve', 'improving', 'boost', 'boosting', 'optimi[sz]e', 'optimi[sz]ing', 'strengthen', 'strengthening', 'stimulate', 'stimulating',
            'enhance', 'enhancing', 'foster', 'maximi[sz]e', 'streamline', 'revitali[sz]e',
            'ameliorer', 'stimuler', 'optimiser', 'renforcer', 'dynamiser', 'booster', 'favoriser', 'encourager', 'maximiser', 'fluidifier',
        ],
        'vague_nouns': ['improvement', 'optimi[sz]ation', 'enhancement', 'amelioration', 'renforcement', 'dynamisation', 'stimulation'],
        'after_a_noun': [
            'time', 'times', 'dates?', 'days?', 'weeks?', 'rates?', 'costs?', 'fees?', 'cycles?', 'notes', 'failures?', 'errors?', 'frequency', 'speed',
            'duration', 'minutes', 'quality', 'base', 'partners?', 'customers?',
        ],
    }) }}
{%- endmacro %}
