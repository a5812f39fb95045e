{{ config(enabled='hubspot' in named_sources()) }}
{%- set record = source_setting('hubspot', 'record') %}

with

records as (

    {{ raw_table('hubspot', record, {
        'id': 'text', 'property_hs_merged_object_ids': 'text',
    }, is_deleted_left_out=true) }}

),

audited as (

    {{ raw_table('hubspot', 'contact_merge_audit', {'vid_to_merge': 'text', 'canonical_vid': 'text'}) }}

),

numbers as (

    {{ number_series(50) }}

),

-- ids between semicolons, perhaps with the time of the merge behind a colon
listed as (

    select
        records.id as new_id,
        {{ dbt.split_part(
            nth_part('records.property_hs_merged_object_ids', "';'", 'numbers.generated_number'), "':'", 1
        ) }} as old_id

    from records

    inner join numbers
        on numbers.generated_number
        <= length(records.property_hs_merged_object_ids)
        - length(replace(records.property_hs_merged_object_ids, ';', '')) + 1

),

all_merges as (

    select
        new_id,
        {{ text('old_id') }} as old_id

    from listed

    union all

    select
        canonical_vid as new_id,
        vid_to_merge as old_id

    from audited

    where {{ record == 'contact' }}

),

final as (

    select
        old_id,
        max(new_id) as new_id

    from all_merges

    where old_id != new_id

    group by old_id

)

select * from final
