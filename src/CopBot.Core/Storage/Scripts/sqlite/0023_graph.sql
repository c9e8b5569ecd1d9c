-- That a turn has begun is still to be put into a chat product's own feed of news.
create table turn_notices (
    rotation_id blob not null,
    turn integer not null,
    platform text not null,
    community_id integer not null,
    until_date integer not null,
    told integer not null,
    created_at integer not null,
    due_at integer null,
    tries integer not null,
    problem text null,
    primary key (rotation_id, turn, platform)
) without rowid;

create index turn_notices_due on turn_notices (community_id, platform, due_at);

-- The team's id in Microsoft Graph.
alter table teams_channels add column group_id text null;

-- Whether somebody took the bot out of their own hands: it does not come back by itself.
alter table teams_people add column taken_out integer not null default 0;

-- The tag that the bot made for a rotation in a team.
create table teams_tags (
    community_id integer not null,
    rotation_id blob not null,
    team text not null,
    tag_id text not null,
    primary key (rotation_id, team)
) without rowid;

-- The event that the bot made for a gathering, in whose calendar, and a digest of what it shows.
create table teams_events (
    community_id integer not null,
    gathering_id blob not null,
    organizer text not null,
    event_id text not null,
    shows text not null,
    primary key (gathering_id)
) without rowid;

-- What whoever leads was told that Microsoft does not let the bot do.
create table teams_gaps (
    community_id integer not null,
    what text not null,
    problem text not null,
    primary key (community_id, what)
) without rowid;
