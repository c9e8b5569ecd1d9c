-- A thread within a place, and the platform's own way back to who asked, which is good for some minutes.
alter table inbox add column thread text null;
alter table inbox add column reply_to text null;

-- Whether nobody is to be told where it cannot be done.
alter table inbox add column quiet boolean not null default 0;
alter table outbox add column thread text null;
alter table outbox add column reply_to text null;

-- Under which name it is shown, so that it can be brought up to date; and whether an earlier attempt may have said it.
alter table outbox add column shown_as text null;
alter table outbox add column doubtful boolean not null default 0;

-- When the platform said that the account is no more.
alter table handles add column left_at integer null;

-- What is shown in a place under a name. The platform's id is known once it was said.
create table shown_messages (
    community_id integer not null,
    shown_as text not null,
    platform text not null,
    workspace text not null,
    place text not null,
    message_id text null,
    primary key (community_id, shown_as, platform, workspace, place)
) without rowid;

-- Channels that are gone, or that the bot was taken out of.
create table gone_places (
    community_id integer not null,
    platform text not null,
    workspace text not null,
    place text not null,
    since integer not null,
    reason text not null,
    primary key (community_id, platform, workspace, place)
) without rowid;

-- Where the app was installed by itself. Tokens are sealed; what is revoked keeps no token. One process at a time refreshes a token.
create table slack_installations (
    enterprise text not null,
    team text not null,
    team_name text not null,
    bot_user text not null,
    scopes text not null,
    bot_token blob null,
    refresh_token blob null,
    expires_at integer null,
    refreshing_until integer null,
    installed_at integer not null,
    revoked_at integer null,
    primary key (enterprise, team)
) without rowid;

-- Which user group of a workspace follows which rotation.
create table slack_groups (
    community_id integer not null,
    rotation_id blob not null,
    team text not null,
    group_id text not null,
    primary key (rotation_id, team)
) without rowid;
