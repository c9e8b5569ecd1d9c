-- Which gaps a key result is to close.
create table key_result_gaps (
    key_result_id uuid not null,
    gap_id uuid not null,
    community_id integer not null,
    linked_at bigint not null,
    primary key (key_result_id, gap_id)
);
create index key_result_gaps_by_gap on key_result_gaps (gap_id);
