-- Sessions at Discord's gateway, so that the next process goes on with them; and how often the bot introduced itself in the last day.
create table discord_sessions (
    community_id integer not null,
    shard integer not null,
    session text not null,
    address text not null,
    sequence bigint not null,
    primary key (community_id, shard)
);

create table discord_identifies (
    community_id integer not null,
    at bigint not null
);

create index discord_identifies_at on discord_identifies (community_id, at);

-- The role that the bot made for a rotation in a server, and whom it gave it to: Discord lists the holders to few bots.
create table discord_roles (
    community_id integer not null,
    rotation_id uuid not null,
    guild text not null,
    role_id text not null,
    holders text not null,
    primary key (rotation_id, guild)
);

-- Command lines that are too long for a button to carry, for some days; the reader whom they were for, so that they go with them.
create table discord_lines (
    community_id integer not null,
    reference text not null,
    number integer not null,
    reader text not null,
    line text not null,
    at bigint not null,
    primary key (reference, number)
);
