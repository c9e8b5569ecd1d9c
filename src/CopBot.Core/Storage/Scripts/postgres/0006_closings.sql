-- Seasons that a lead began, and those that ended early because of that; the others are quarters.
create table seasons (
    community_id integer not null,
    number integer not null,
    name text not null,
    from_day integer not null,
    until_day integer not null,
    primary key (community_id, number)
);

-- A week, month or season whose standings are kept as they were when it closed, and what became of the post about it.
create table closings (
    community_id integer not null,
    scope integer not null,
    period integer not null,
    from_day integer not null,
    until_day integer not null,
    title text not null,
    closed_at bigint not null,
    state integer not null,
    settled_at bigint null,
    seal text null,
    sealed_through bigint null,
    primary key (community_id, scope, period)
);
create index closings_by_day on closings (community_id, scope, until_day);

create table closed_standings (
    community_id integer not null,
    scope integer not null,
    period integer not null,
    board integer not null,
    subject_id uuid not null,
    points integer not null,
    primary key (community_id, scope, period, board, subject_id)
);
create index closed_standings_by_subject on closed_standings (subject_id);
