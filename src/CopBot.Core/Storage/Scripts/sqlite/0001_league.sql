create table communities (
    id integer not null primary key,
    name text not null,
    zone text not null,
    language text not null,
    main_channel text not null,
    next_claim integer not null,
    created_at integer not null
);

create table people (
    id blob not null primary key,
    community_id integer not null,
    name text null,
    alias text null,
    alias_key text null,
    privacy integer not null,
    role integer not null,
    squad_id blob null,
    joined_at integer null,
    erased_at integer null,
    merged_into blob null
);
create index people_by_privacy on people (community_id, privacy);
create index people_by_squad on people (community_id, squad_id);
create unique index people_by_alias on people (community_id, alias_key);

-- An account on a chat belongs to one community and one person.
create table handles (
    platform text not null,
    workspace text not null,
    user_id text not null,
    community_id integer not null,
    person_id blob not null,
    name text not null,
    name_key text not null,
    reach text not null,
    seen_at integer not null,
    primary key (platform, workspace, user_id)
) without rowid;
create index handles_by_person on handles (person_id);
create index handles_by_name on handles (community_id, name_key);

create table link_codes (
    hash blob not null primary key,
    community_id integer not null,
    person_id blob not null,
    expires_at integer not null
) without rowid;
create index link_codes_by_person on link_codes (person_id);

create table squads (
    id blob not null primary key,
    community_id integer not null,
    name text not null,
    name_key text not null,
    created_at integer not null
);
create unique index squads_by_name on squads (community_id, name_key);

create table claims (
    id blob not null primary key,
    community_id integer not null,
    number integer not null,
    kind text not null,
    author_id blob not null,
    state integer not null,
    round integer not null,
    at integer not null,
    day integer not null,
    changed_at integer not null,
    act_at integer null,
    inbox_id integer null,
    title text null,
    size text null,
    format text null,
    link text null,
    topic text null,
    minutes integer null,
    about_id blob null,
    hypothesis text null,
    measure text null,
    due_on integer null,
    result text null,
    reported_at integer null,
    learned text null,
    next_step text null,
    category text null,
    before_value text null,
    after_value text null,
    unit text null,
    confirmed_by blob null,
    confirmed_at integer null,
    held_because text null,
    flagged_by blob null,
    flag_reason text null,
    void_reason text null
);
create unique index claims_by_number on claims (community_id, number);
create index claims_by_author on claims (community_id, author_id, kind, day);
create index claims_by_kind on claims (community_id, kind, day);
create index claims_waiting on claims (community_id, author_id) where state = 1;
create index claims_by_about on claims (about_id) where about_id is not null;
create index claims_by_act on claims (act_at) where act_at is not null;

-- Who takes part in a claim beside or as its author, and in which part.
create table claim_people (
    claim_id blob not null,
    person_id blob not null,
    community_id integer not null,
    part text not null,
    state integer not null,
    primary key (claim_id, person_id)
) without rowid;
create index claim_people_by_person on claim_people (person_id, claim_id);

-- Ids, kinds, amounts and instants only; every word about them lives in tables that can be erased.
create table ledger (
    id integer not null primary key autoincrement,
    community_id integer not null,
    person_id blob not null,
    at integer not null,
    day integer not null,
    season integer not null,
    kind text not null,
    rule text not null,
    points integer not null,
    withheld integer not null,
    cap text null,
    claim_id blob not null,
    squad_id blob null,
    confirmed_by blob null,
    policy integer not null,
    source text not null,
    reverses integer null,
    inbox_id integer null
);
create unique index ledger_by_source on ledger (community_id, source);
create index ledger_by_person on ledger (community_id, person_id, day, rule, points);
create index ledger_by_kind on ledger (community_id, kind, day, person_id, points);
create index ledger_by_claim on ledger (claim_id);

create trigger ledger_is_append_only_on_update before update on ledger
begin
    select raise(abort, 'the ledger is append-only');
end;

create trigger ledger_is_append_only_on_delete before delete on ledger
begin
    select raise(abort, 'the ledger is append-only');
end;

create table standings (
    community_id integer not null,
    board integer not null,
    scope integer not null,
    period integer not null,
    subject_id blob not null,
    points integer not null,
    shown boolean not null,
    primary key (community_id, board, scope, period, subject_id)
) without rowid;
create index standings_by_points on standings (community_id, board, scope, period, shown, points desc, subject_id);
create index standings_by_subject on standings (subject_id);

-- How many have exactly so many points: a rank or a median is then a sum over few rows. Kept by the triggers below.
create table tallies (
    community_id integer not null,
    board integer not null,
    scope integer not null,
    period integer not null,
    points integer not null,
    shown boolean not null,
    subjects integer not null,
    primary key (community_id, board, scope, period, points, shown)
) without rowid;

create trigger standings_tally_insert after insert on standings
begin
    insert into tallies (community_id, board, scope, period, points, shown, subjects)
    values (new.community_id, new.board, new.scope, new.period, new.points, new.shown, 1)
    on conflict (community_id, board, scope, period, points, shown) do update set subjects = subjects + 1;
end;

create trigger standings_tally_update after update of points, shown on standings
begin
    update tallies set subjects = subjects - 1
    where community_id = old.community_id and board = old.board and scope = old.scope and period = old.period and points = old.points and shown = old.shown;
    insert into tallies (community_id, board, scope, period, points, shown, subjects)
    values (new.community_id, new.board, new.scope, new.period, new.points, new.shown, 1)
    on conflict (community_id, board, scope, period, points, shown) do update set subjects = subjects + 1;
end;

create trigger standings_tally_delete after delete on standings
begin
    update tallies set subjects = subjects - 1
    where community_id = old.community_id and board = old.board and scope = old.scope and period = old.period and points = old.points and shown = old.shown;
end;

create table audit (
    id integer not null primary key autoincrement,
    community_id integer not null,
    at integer not null,
    actor_id blob not null,
    act text not null,
    subject_id blob null,
    claim_id blob null,
    detail text null
);
create index audit_by_actor on audit (actor_id);
create index audit_by_subject on audit (subject_id);

-- What arrived, once per event: written before it is acknowledged, kept as a key when done.
create table inbox (
    id integer not null primary key autoincrement,
    community_id integer not null,
    event_key text not null,
    platform text not null,
    workspace text not null,
    place text not null,
    user_id text not null,
    user_name text null,
    text text null,
    mentions text null,
    at integer null,
    received_at integer not null,
    state integer not null,
    attempts integer not null,
    retry_at integer not null
);
create unique index inbox_by_event on inbox (event_key);
create index inbox_waiting on inbox (id) where state = 0;
create index inbox_by_user on inbox (platform, workspace, user_id);

-- What is to be said: read by state, never by a watermark.
create table outbox (
    id integer not null primary key autoincrement,
    community_id integer not null,
    platform text not null,
    workspace text not null,
    place text not null,
    only_user text null,
    speaker_id blob null,
    body text null,
    state integer not null,
    fence integer not null,
    lease_until integer not null,
    attempts integer not null,
    created_at integer not null,
    sent_at integer null,
    problem text null
);
create index outbox_waiting on outbox (platform, workspace, place, id) where state in (0, 1);
create index outbox_by_place on outbox (platform, workspace, place, id);

create table web_sessions (
    hash blob not null primary key,
    community_id integer not null,
    user_id text not null,
    created_at integer not null,
    seen_at integer not null,
    ended_at integer null
) without rowid;
create index web_sessions_by_user on web_sessions (user_id);
