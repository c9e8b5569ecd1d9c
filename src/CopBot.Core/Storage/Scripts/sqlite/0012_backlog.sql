-- What the business needs and the community cannot do well enough yet. Its size is importance × (5 − level), and is stored nowhere.
create table gaps (
    id blob not null primary key,
    community_id integer not null,
    number integer not null,
    title text null,
    need text null,
    topic text null,
    importance integer not null,
    level integer not null,
    state integer not null,
    author_id blob not null,
    owner_id blob null,
    opened_at integer not null,
    closed_at integer null,
    closed_by blob null,
    close_reason text null
) without rowid;
create unique index gaps_by_number on gaps (community_id, number);

create table gap_votes (
    gap_id blob not null,
    person_id blob not null,
    community_id integer not null,
    at integer not null,
    primary key (gap_id, person_id)
) without rowid;

-- Each change of what was thought of a gap. Who made it is in the audit log.
create table gap_ratings (
    id blob not null primary key,
    gap_id blob not null,
    community_id integer not null,
    at integer not null,
    importance_before integer not null,
    importance integer not null,
    level_before integer not null,
    level integer not null
) without rowid;
create index gap_ratings_by_gap on gap_ratings (gap_id);

-- Contributions that work on a gap.
create table claim_gaps (
    claim_id blob not null,
    gap_id blob not null,
    community_id integer not null,
    at integer not null,
    primary key (claim_id, gap_id)
) without rowid;
create index claim_gaps_by_gap on claim_gaps (gap_id);
