-- Which gaps a key result is to close.
create table key_result_gaps (
    key_result_id blob not null,
    gap_id blob not null,
    community_id integer not null,
    linked_at integer not null,
    primary key (key_result_id, gap_id)
) without rowid;
create index key_result_gaps_by_gap on key_result_gaps (gap_id);
