-- The words of what stands in the league, by number.
create virtual table library_index using fts5(title, topic, rest, format, author, tokenize = 'unicode61 remove_diacritics 2');

-- What is deleted leaves no word behind in the segments of the index.
insert into library_index (library_index, rank) values ('secure-delete', 1);

-- What has changed and is not in the index yet: entering many at once costs a small part of entering each.
create table library_changes (
    community_id integer not null,
    number integer not null,
    primary key (community_id, number)
) without rowid;

create index claims_by_title on claims (community_id, lower(title));

create trigger library_learns after insert on claims
when new.kind in ('share', 'experiment', 'win', 'failure', 'mob')
begin
    insert or ignore into library_changes (community_id, number) values (new.community_id, new.number);
end;

create trigger library_follows after update of title, topic, hypothesis, learned, next_step, format, author_id, state, flagged_by on claims
when new.kind in ('share', 'experiment', 'win', 'failure', 'mob') and new.title is not null
begin
    insert or ignore into library_changes (community_id, number) values (new.community_id, new.number);
end;

-- What is erased is erased here at once.
create trigger library_forgets after update of title on claims
when new.title is null and old.title is not null
begin
    delete from library_changes where community_id = new.community_id and number = new.number;
    delete from library_index where rowid = new.community_id * 4294967296 + new.number;
end;

insert into library_changes (community_id, number)
select community_id, number from claims where kind in ('share', 'experiment', 'win', 'failure', 'mob') and title is not null;
