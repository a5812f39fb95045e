{# A name as plain lower-case words: no accents, every mark that ends a clause a comma, other marks a space. #}
{% macro plain_words(name) -%}
    {%- set quote = dbt.escape_single_quotes("'") -%}
    {#- accented capitals too: some engines leave them to lower() -#}
    {%- set letters = {
        'a': 'àâäáãåÀÂÄÁÃÅ', 'c': 'çÇ', 'e': 'éèêëÉÈÊË', 'i': 'îïíìÎÏÍÌ', 'n': 'ñÑ', 'o': 'ôöóòõÔÖÓÒÕ',
        'u': 'ûüúùÛÜÚÙ', 'y': 'ÿŸ', ',': '.:;!?()/&—–', ' ': '’"«»\u00a0\u202f\t',
    } -%}
    {%- set plain = namespace(letters='') -%}
    {%- for letter, forms in letters.items() -%}
        {%- set plain.letters = plain.letters ~ letter * forms | length -%}
    {%- endfor -%}
    {#- accents written as marks of their own have no counterpart, so they go -#}
    {%- set marks = '\u0300\u0301\u0302\u0308\u0327' -%}
    trim(translate(
        replace(replace(replace(replace(lower({{ name }}), 'œ', 'oe'), 'Œ', 'oe'), '{{ quote }}', ' '), chr(10), ' '),
        '{{ letters.values() | join ~ marks }}', '{{ plain.letters }}'
    ))
{%- endmacro %}
