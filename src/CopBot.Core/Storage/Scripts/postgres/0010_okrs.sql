-- What the community wants to reach, from day to day.
create table objectives (
    id uuid not null primary key,
    community_id integer not null,
    number integer not null,
    title text not null,
    owner_id uuid null,
    from_day integer not null,
    until_day integer not null,
    state integer not null,
    created_at bigint not null,
    ended_at bigint null,
    retrospective text null,
    look_at bigint null,
    reminders integer not null
);
create unique index objectives_by_number on objectives (community_id, number);
create index objectives_by_look on objectives (look_at) where look_at is not null;

-- How one sees that it is reached. One with a measure counts itself; the others have the value of their last check-in.
create table key_results (
    id uuid not null primary key,
    community_id integer not null,
    number integer not null,
    objective_id uuid not null,
    title text not null,
    baseline numeric not null,
    target numeric not null,
    unit text not null,
    measure text null,
    value numeric null,
    confidence integer null,
    checked_at bigint null
);
create unique index key_results_by_number on key_results (community_id, number);
create index key_results_by_objective on key_results (objective_id);

-- What was said of a key result, and who has read it.
create table check_ins (
    id uuid not null primary key,
    community_id integer not null,
    key_result_id uuid not null,
    person_id uuid null,
    at bigint not null,
    day integer not null,
    value numeric null,
    confidence integer null,
    comment text null,
    acknowledged_by uuid null,
    acknowledged_at bigint null
);
create index check_ins_by_key_result on check_ins (key_result_id, at);
