-- Secret addresses at which a month's report can be read and printed.
create table report_pages (
    hash blob not null primary key,
    community_id integer not null,
    month integer not null,
    person_id blob not null,
    created_at integer not null,
    revoked_at integer null
) without rowid;
