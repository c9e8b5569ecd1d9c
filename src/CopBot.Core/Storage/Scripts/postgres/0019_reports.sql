-- Secret addresses at which a month's report can be read and printed.
create table report_pages (
    hash bytea not null primary key,
    community_id integer not null,
    month integer not null,
    person_id uuid not null,
    created_at bigint not null,
    revoked_at bigint null
);
