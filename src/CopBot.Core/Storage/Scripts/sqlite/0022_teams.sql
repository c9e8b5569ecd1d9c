-- The channels of the teams that the bot is in, with the service that each is spoken to by; Teams tells of both only in passing.
create table teams_channels (
    community_id integer not null,
    id text not null,
    team text not null,
    team_name text not null,
    name text not null,
    service text not null,
    primary key (community_id, id)
) without rowid;

-- How people are reached: the bot's own id of each account, and the conversation with them alone once it was begun.
create table teams_people (
    community_id integer not null,
    user_id text not null,
    mri text not null,
    service text not null,
    conversation text null,
    primary key (community_id, user_id)
) without rowid;
