-- Incidents that were played: where, how much of it is told, and which entry of the league came of it.
create table wheel_spins (
    id uuid not null primary key,
    community_id integer not null,
    number integer not null,
    scenario text not null,
    platform text not null,
    workspace text not null,
    place text not null,
    thread text null,
    began_at bigint not null,
    ended_at bigint null,
    steps_told integer not null,
    hints_told integer not null,
    claim_number integer null,
    by_clock boolean not null
);
create unique index wheel_spins_by_number on wheel_spins (community_id, number);

-- Who plays what. How they were named decides how they may be shown.
create table wheel_players (
    spin_id uuid not null,
    person_id uuid not null,
    community_id integer not null,
    role integer not null,
    why text not null,
    named_as integer not null,
    primary key (spin_id, person_id)
);
create index wheel_players_by_person on wheel_players (person_id);
