-- A thread within a place, and the platform's own way back to who asked, which is good for some minutes.
alter table inbox add column thread text null;
alter table inbox add column reply_to text null;

-- Whether nobody is to be told where it cannot be done.
alter table inbox add column quiet boolean not null default false;
alter table outbox add column thread text null;
alter table outbox add column reply_to text null;

-- Under which name it is shown, so that it can be brought up to date; and whether an earlier attempt may have said it.
alter table outbox add column shown_as text null;
alter table outbox add column doubtful boolean not null default false;

-- When the platform said that the account is no more.
alter table handles add column left_at bigint null;

-- What is shown in a place under a name. The platform's id is known once it was said.
create table shown_messages (
    community_id integer not null,
    shown_as text not null,
    platform text not null,
    workspace text not null,
    place text not null,
    message_id text null,
    primary key (community_id, shown_as, platform, workspace, place)
);

-- Channels that are gone, or that the bot was taken out of.
create table gone_places (
    community_id integer not null,
    platform text not null,
    workspace text not null,
    place text not null,
    since bigint not null,
    reason text not null,
    primary key (community_id, platform, workspace, place)
);

-- Where the app was installed by itself. Tokens are sealed; what is revoked keeps no token. One process at a time refreshes a token.
create table slack_installations (
    enterprise text not null,
    team text not null,
    team_name text not null,
    bot_user text not null,
    scopes text not null,
    bot_token bytea null,
    refresh_token bytea null,
    expires_at bigint null,
    refreshing_until bigint null,
    installed_at bigint not null,
    revoked_at bigint null,
    primary key (enterprise, team)
);

-- Which user group of a workspace follows which rotation.
create table slack_groups (
    community_id integer not null,
    rotation_id uuid not null,
    team text not null,
    group_id text not null,
    primary key (rotation_id, team)
);
