-- The community canvas: answers are never changed, the newest version stands. Version 0 is the pack's draft and is not stored.
create table canvas_answers (
    id uuid not null primary key,
    community_id integer not null,
    question text not null,
    version integer not null,
    answer text null,
    author_id uuid not null,
    at bigint not null
);
create unique index canvas_answers_by_version on canvas_answers (community_id, question, version);

-- Stars, one rating per person and version of an answer.
create table canvas_ratings (
    community_id integer not null,
    question text not null,
    version integer not null,
    person_id uuid not null,
    stars integer not null,
    at bigint not null,
    primary key (community_id, question, version, person_id)
);

-- When the canvas is looked at next, and whether its owner was told.
create table canvas_reviews (
    community_id integer not null primary key,
    on_day integer not null,
    owner_id uuid null,
    reminded_at bigint null
);
