-- What differs from the rule that main channels get every kind of post and other channels none.
create table subscriptions (
    community_id integer not null,
    kind integer not null,
    platform text not null,
    workspace text not null,
    channel text not null,
    wanted boolean not null,
    primary key (community_id, kind, platform, workspace, channel)
);

-- The channels in which nothing is said now.
create table freezes (
    community_id integer not null,
    platform text not null,
    workspace text not null,
    channel text not null,
    since bigint not null,
    reason text null,
    owner_id uuid null,
    primary key (community_id, platform, workspace, channel)
);

-- While the main channel was frozen, deadlines rested; the last one may not be over.
create table pauses (
    community_id integer not null,
    began_at bigint not null,
    ended_at bigint null,
    primary key (community_id, began_at)
);

-- Posts that wait: for the hours to begin, the week to end, or, without an instant, for a channel to thaw.
create table held_posts (
    id uuid not null primary key,
    community_id integer not null,
    kind integer not null,
    platform text not null,
    workspace text not null,
    channel text not null,
    schedule_id uuid null,
    body text not null,
    meant_at bigint not null,
    because integer not null,
    release_at bigint null
);
create index held_posts_by_time on held_posts (community_id, release_at) where release_at is not null;
create index held_posts_by_channel on held_posts (community_id, platform, workspace, channel);
create index held_posts_by_schedule on held_posts (schedule_id) where schedule_id is not null;

-- How many posts a channel heard unasked in the week that begins on a Monday.
create table said_posts (
    community_id integer not null,
    platform text not null,
    workspace text not null,
    channel text not null,
    week integer not null,
    posts integer not null,
    primary key (community_id, platform, workspace, channel, week)
);
