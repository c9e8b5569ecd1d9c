create table schedules (
    id blob not null primary key,
    community_id integer not null,
    number integer not null,
    effect text not null,
    title text not null,
    rule text not null,
    lateness integer not null,
    within_minutes integer not null,
    state integer not null,
    owner_id blob null,
    subject_id blob null,
    created_at integer not null,
    next_at integer null,
    wake_at integer null,
    failures integer not null
);
create unique index schedules_by_number on schedules (community_id, number);
create index schedules_by_time on schedules (community_id, wake_at) where wake_at is not null;
create index schedules_by_subject on schedules (subject_id);

-- What is settled, by its key: the index is the guarantee that nothing happens twice.
create table occurrences (
    schedule_id blob not null,
    date integer not null,
    slot integer not null,
    community_id integer not null,
    due_at integer not null,
    settled_at integer not null,
    state integer not null,
    primary key (schedule_id, date, slot)
) without rowid;
create index occurrences_by_time on occurrences (schedule_id, settled_at);

-- Which schedule a message comes from, so that cancelling it withdraws what has not gone out.
alter table outbox add column schedule_id blob null;
create index outbox_by_schedule on outbox (schedule_id) where schedule_id is not null;
