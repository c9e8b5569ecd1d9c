-- Secret addresses of calendars: of each only the SHA-256 of what makes it secret is kept.
create table calendar_feeds (
    hash blob not null primary key,
    community_id integer not null,
    rotation_id blob not null,
    person_id blob not null,
    created_at integer not null,
    revoked_at integer null
);
create index calendar_feeds_by_rotation on calendar_feeds (rotation_id);
create index calendar_feeds_by_person on calendar_feeds (person_id);

-- How often what a rotation's calendar shows may have changed since somebody first asked for it: the SEQUENCE of its events. The database
-- counts, in the transaction of the change, so that no way to change a turn can forget it, and reading a calendar writes nothing.
create table calendars (
    rotation_id blob not null primary key,
    community_id integer not null,
    revision integer not null
);

create trigger calendars_member_joins after insert on rotation_members
begin
    update calendars set revision = revision + 1 where rotation_id = new.rotation_id;
end;

create trigger calendars_member_leaves after delete on rotation_members
begin
    update calendars set revision = revision + 1 where rotation_id = old.rotation_id;
end;

create trigger calendars_member_becomes after update of person_id on rotation_members
begin
    update calendars set revision = revision + 1 where rotation_id = new.rotation_id;
end;

create trigger calendars_absence_begins after insert on rotation_absences
begin
    update calendars set revision = revision + 1 where rotation_id = new.rotation_id;
end;

create trigger calendars_absence_ends after delete on rotation_absences
begin
    update calendars set revision = revision + 1 where rotation_id = old.rotation_id;
end;

create trigger calendars_absence_changes after update on rotation_absences
begin
    update calendars set revision = revision + 1 where rotation_id = new.rotation_id;
end;

-- What is merely offered changes no turn yet.
create trigger calendars_agreement_made after insert on rotation_agreements when new.state = 0
begin
    update calendars set revision = revision + 1 where rotation_id = new.rotation_id;
end;

create trigger calendars_agreement_ends after delete on rotation_agreements when old.state = 0
begin
    update calendars set revision = revision + 1 where rotation_id = old.rotation_id;
end;

create trigger calendars_agreement_changes after update on rotation_agreements when new.state = 0
begin
    update calendars set revision = revision + 1 where rotation_id = new.rotation_id;
end;

create trigger calendars_rotation_changes after update of name, roles, term_limit, turn on rotations
begin
    update calendars set revision = revision + 1 where rotation_id = new.id;
end;

create trigger calendars_choice_changes after update of person_id on rotation_choices
begin
    update calendars set revision = revision + 1 where rotation_id = new.rotation_id;
end;

create trigger calendars_schedule_changes after update of rule, state, next_at on schedules
when new.subject_id is not null and (old.next_at is not new.next_at or old.state <> new.state or old.rule <> new.rule)
begin
    update calendars set revision = revision + 1 where rotation_id = new.subject_id;
end;

create trigger calendars_person_changes after update of name, alias, privacy, joined_at, erased_at, merged_into on people
when old.name is not new.name or old.alias is not new.alias or old.privacy <> new.privacy or old.joined_at is not new.joined_at or old.erased_at is not new.erased_at or old.merged_into is not new.merged_into
begin
    update calendars set revision = revision + 1
    where rotation_id in (select rotation_id from rotation_members where person_id = new.id union select rotation_id from rotation_choices where person_id = new.id);
end;

-- Groups of the chat products that are to have those who serve as their members: for which turn, and when somebody looks at it next.
create table group_syncs (
    rotation_id blob not null,
    platform text not null,
    community_id integer not null,
    name text not null,
    turn integer not null,
    due_at integer not null,
    tries integer not null,
    problem text null,
    primary key (rotation_id, platform)
) without rowid;
