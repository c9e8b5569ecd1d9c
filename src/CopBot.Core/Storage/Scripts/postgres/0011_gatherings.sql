-- Something that people do together at a time.
create table gatherings (
    id uuid not null primary key,
    community_id integer not null,
    number integer not null,
    kind text not null,
    title text null,
    topic text null,
    planner_id uuid not null,
    begins_at bigint not null,
    minutes integer not null,
    state integer not null,

    -- Goes up when it moves or is cancelled; calendars go by it.
    sequence integer not null,
    created_at bigint not null,

    -- The entry of the league that was written from it.
    claim_number integer null,

    -- The gap of the backlog that it was planned to close.
    gap_id uuid null
);
create unique index gatherings_number on gatherings (community_id, number);
create index gatherings_begins on gatherings (community_id, begins_at);

-- Who joins, and who was there. What they are told next, and when.
create table gathering_people (
    gathering_id uuid not null,
    person_id uuid not null,
    community_id integer not null,
    attendance integer not null,
    joined_as integer not null,
    joined_at bigint not null,
    step integer not null,
    due_at bigint null,
    primary key (gathering_id, person_id)
);
create index gathering_people_due on gathering_people (community_id, due_at) where due_at is not null;
create index gathering_people_person on gathering_people (person_id);
