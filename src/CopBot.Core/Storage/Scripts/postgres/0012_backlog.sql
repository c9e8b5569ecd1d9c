-- What the business needs and the community cannot do well enough yet. Its size is importance × (5 − level), and is stored nowhere.
create table gaps (
    id uuid not null primary key,
    community_id integer not null,
    number integer not null,
    title text null,
    need text null,
    topic text null,
    importance integer not null,
    level integer not null,
    state integer not null,
    author_id uuid not null,
    owner_id uuid null,
    opened_at bigint not null,
    closed_at bigint null,
    closed_by uuid null,
    close_reason text null
);
create unique index gaps_by_number on gaps (community_id, number);

create table gap_votes (
    gap_id uuid not null,
    person_id uuid not null,
    community_id integer not null,
    at bigint not null,
    primary key (gap_id, person_id)
);

-- Each change of what was thought of a gap. Who made it is in the audit log.
create table gap_ratings (
    id uuid not null primary key,
    gap_id uuid not null,
    community_id integer not null,
    at bigint not null,
    importance_before integer not null,
    importance integer not null,
    level_before integer not null,
    level integer not null
);
create index gap_ratings_by_gap on gap_ratings (gap_id);

-- Contributions that work on a gap.
create table claim_gaps (
    claim_id uuid not null,
    gap_id uuid not null,
    community_id integer not null,
    at bigint not null,
    primary key (claim_id, gap_id)
);
create index claim_gaps_by_gap on claim_gaps (gap_id);
