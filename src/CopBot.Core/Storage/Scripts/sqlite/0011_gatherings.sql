-- Something that people do together at a time.
create table gatherings (
    id blob not null primary key,
    community_id integer not null,
    number integer not null,
    kind text not null,
    title text null,
    topic text null,
    planner_id blob not null,
    begins_at integer not null,
    minutes integer not null,
    state integer not null,

    -- Goes up when it moves or is cancelled; calendars go by it.
    sequence integer not null,
    created_at integer not null,

    -- The entry of the league that was written from it.
    claim_number integer null,

    -- The gap of the backlog that it was planned to close.
    gap_id blob null
) without rowid;
create unique index gatherings_number on gatherings (community_id, number);
create index gatherings_begins on gatherings (community_id, begins_at);

-- Who joins, and who was there. What they are told next, and when.
create table gathering_people (
    gathering_id blob not null,
    person_id blob not null,
    community_id integer not null,
    attendance integer not null,
    joined_as integer not null,
    joined_at integer not null,
    step integer not null,
    due_at integer null,
    primary key (gathering_id, person_id)
) without rowid;
create index gathering_people_due on gathering_people (community_id, due_at) where due_at is not null;
create index gathering_people_person on gathering_people (person_id);
