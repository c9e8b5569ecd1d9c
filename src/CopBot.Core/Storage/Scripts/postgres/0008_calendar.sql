-- Secret addresses of calendars: of each only the SHA-256 of what makes it secret is kept.
create table calendar_feeds (
    hash bytea not null primary key,
    community_id integer not null,
    rotation_id uuid not null,
    person_id uuid not null,
    created_at bigint not null,
    revoked_at bigint null
);
create index calendar_feeds_by_rotation on calendar_feeds (rotation_id);
create index calendar_feeds_by_person on calendar_feeds (person_id);

-- How often what a rotation's calendar shows may have changed since somebody first asked for it: the SEQUENCE of its events. The database
-- counts, in the transaction of the change, so that no way to change a turn can forget it, and reading a calendar writes nothing.
create table calendars (
    rotation_id uuid not null primary key,
    community_id integer not null,
    revision integer not null
);

create function revise_calendar() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        update calendars set revision = revision + 1 where rotation_id = old.rotation_id;
    else
        update calendars set revision = revision + 1 where rotation_id = new.rotation_id;
    end if;
    return null;
end
$$;

create trigger calendars_member_joins after insert or delete or update of person_id on rotation_members
for each row execute function revise_calendar();

create trigger calendars_absence_changes after insert or update or delete on rotation_absences
for each row execute function revise_calendar();

-- What is merely offered changes no turn yet.
create trigger calendars_agreement_changes after insert or update on rotation_agreements
for each row when (new.state = 0) execute function revise_calendar();

create trigger calendars_agreement_ends after delete on rotation_agreements
for each row when (old.state = 0) execute function revise_calendar();

create trigger calendars_choice_changes after update of person_id on rotation_choices
for each row execute function revise_calendar();

create function revise_calendar_of_rotation() returns trigger language plpgsql as $$
begin
    update calendars set revision = revision + 1 where rotation_id = new.id;
    return null;
end
$$;

create trigger calendars_rotation_changes after update of name, roles, term_limit, turn on rotations
for each row execute function revise_calendar_of_rotation();

create function revise_calendar_of_schedule() returns trigger language plpgsql as $$
begin
    update calendars set revision = revision + 1 where rotation_id = new.subject_id;
    return null;
end
$$;

create trigger calendars_schedule_changes after update of rule, state, next_at on schedules
for each row when (new.subject_id is not null and (old.next_at is distinct from new.next_at or old.state <> new.state or old.rule <> new.rule))
execute function revise_calendar_of_schedule();

create function revise_calendars_of_person() returns trigger language plpgsql as $$
begin
    update calendars set revision = revision + 1
    where rotation_id in (select rotation_id from rotation_members where person_id = new.id union select rotation_id from rotation_choices where person_id = new.id);
    return null;
end
$$;

create trigger calendars_person_changes after update of name, alias, privacy, joined_at, erased_at, merged_into on people
for each row when (old.name is distinct from new.name or old.alias is distinct from new.alias or old.privacy <> new.privacy
    or old.joined_at is distinct from new.joined_at or old.erased_at is distinct from new.erased_at or old.merged_into is distinct from new.merged_into)
execute function revise_calendars_of_person();

-- Groups of the chat products that are to have those who serve as their members: for which turn, and when somebody looks at it next.
create table group_syncs (
    rotation_id uuid not null,
    platform text not null,
    community_id integer not null,
    name text not null,
    turn integer not null,
    due_at bigint not null,
    tries integer not null,
    problem text null,
    primary key (rotation_id, platform)
);
