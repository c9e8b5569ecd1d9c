-- The events of chat products that follow a gathering, and when each is to be asked for; what was refused stays noted until it is done.
create table event_syncs (
    gathering_id uuid not null,
    platform text not null,
    community_id integer not null,
    sequence integer not null,
    due_at bigint null,
    tries integer not null,
    problem text null,
    primary key (gathering_id, platform)
);

create index event_syncs_due on event_syncs (community_id, platform, due_at);

-- The event that the bot made for a gathering in a server of Discord.
create table discord_events (
    community_id integer not null,
    gathering_id uuid not null,
    guild text not null,
    event_id text not null,
    primary key (gathering_id, guild)
);
