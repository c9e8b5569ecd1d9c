-- What somebody told the core team without saying who they are. Its key is random and its day is all that is known of its time.
create table feedback (
    id uuid not null primary key,
    community_id integer not null,

    -- Given as it is handed over, in random order; null until then.
    number integer null,
    day integer not null,
    text text not null,

    -- SHA-256 of the id and a word that only the asker knows.
    word bytea null,
    answer text null,
    answered_by uuid null,
    answered_on integer null
);
create index feedback_new on feedback (community_id, day) where number is null;

-- What makes the marks of a day, and the marks: how often somebody gave feedback on it, without saying who. Gone the next morning.
create table feedback_days (
    community_id integer not null,
    day integer not null,
    secret bytea not null,
    primary key (community_id, day)
);
create table feedback_marks (
    community_id integer not null,
    day integer not null,
    mark bytea not null,
    primary key (community_id, day, mark)
);
