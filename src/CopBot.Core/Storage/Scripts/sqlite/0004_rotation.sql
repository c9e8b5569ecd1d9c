create table rotations (
    id blob not null primary key,
    community_id integer not null,
    name text not null,
    name_key text not null,
    roles text not null,
    term_limit integer not null,
    turn integer not null,
    reminded_for integer null,
    reminded_days integer not null,
    created_at integer not null
);
create unique index rotations_by_name on rotations (community_id, name_key);

create table rotation_members (
    rotation_id blob not null,
    person_id blob not null,
    community_id integer not null,
    joined_at integer not null,
    credit text not null,
    last_turn integer not null,
    throughout integer not null,
    primary key (rotation_id, person_id)
) without rowid;
create index rotation_members_by_person on rotation_members (person_id);

create table rotation_absences (
    id blob not null primary key,
    community_id integer not null,
    rotation_id blob not null,
    person_id blob not null,
    from_date integer not null,
    until_date integer not null
);
create index rotation_absences_by_rotation on rotation_absences (rotation_id);
create index rotation_absences_by_person on rotation_absences (person_id);

create table rotation_turns (
    rotation_id blob not null,
    number integer not null,
    community_id integer not null,
    from_date integer not null,
    begins_at integer not null,
    primary key (rotation_id, number)
) without rowid;

-- Everybody who was in the pool when a turn was decided, with the reason; those without a seat rested.
create table rotation_choices (
    rotation_id blob not null,
    turn integer not null,
    person_id blob not null,
    community_id integer not null,
    seat integer null,
    reason integer not null,
    amount integer not null,
    other_id blob null,
    made_core integer not null,
    primary key (rotation_id, turn, person_id)
) without rowid;
create index rotation_choices_by_person on rotation_choices (person_id);
create index rotation_choices_by_other on rotation_choices (other_id) where other_id is not null;

-- What was agreed for a single turn: it is the turn's, whenever that comes to be.
create table rotation_agreements (
    id blob not null primary key,
    community_id integer not null,
    rotation_id blob not null,
    turn integer not null,
    kind integer not null,
    state integer not null,
    person_id blob not null,
    other_id blob null,
    seat integer not null,
    reason text null,
    made_by blob null,
    made_at integer not null
);
create index rotation_agreements_by_turn on rotation_agreements (rotation_id, turn);
create index rotation_agreements_by_person on rotation_agreements (person_id);

create table rotation_notes (
    id blob not null primary key,
    community_id integer not null,
    rotation_id blob not null,
    turn integer not null,
    person_id blob not null,
    text text not null,
    made_at integer not null
);
create index rotation_notes_by_rotation on rotation_notes (rotation_id, turn);
create index rotation_notes_by_person on rotation_notes (person_id);

-- Who is to be reminded of which turn, and when that suits them. The key is the guarantee that nobody is reminded twice.
create table rotation_reminders (
    rotation_id blob not null,
    turn integer not null,
    person_id blob not null,
    days integer not null,
    community_id integer not null,
    due_at integer not null,
    state integer not null,
    primary key (rotation_id, turn, person_id, days)
) without rowid;
create index rotation_reminders_by_time on rotation_reminders (community_id, due_at) where state = 0;
create index rotation_reminders_by_person on rotation_reminders (person_id);
