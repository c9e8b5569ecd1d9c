-- The words of what stands in the league, by number. Kept in the same transaction by the trigger below; what is erased there is erased here.
create table library_index (
    community_id integer not null,
    number integer not null,
    words tsvector not null,
    primary key (community_id, number)
);
create index library_words on library_index using gin (words);

create index claims_by_title on claims (community_id, lower(title));

-- Letters and digits in lower case without accents, as the question is read too.
create function library_words(said text) returns tsvector language sql immutable as $$
    select to_tsvector('simple', regexp_replace(regexp_replace(normalize(lower(coalesce(said, '')), nfd), E'[\u0300-\u036f]', '', 'g'), '[^[:alnum:]]+', ' ', 'g'))
$$;

-- The title weighs A, the topic B, the rest C. Format and author are lexemes that no word can be.
create function library_entry(c claims) returns tsvector language sql immutable as $$
    select setweight(library_words(c.title), 'A') || setweight(library_words(c.topic), 'B')
        || setweight(library_words(coalesce(c.hypothesis, '') || ' ' || coalesce(c.learned, '') || ' ' || coalesce(c.next_step, '')), 'C')
        || array_to_tsvector(array['=format ' || lower(coalesce(c.format, '')), '=author ' || replace(c.author_id::text, '-', '')])
$$;

create function library_follows() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        delete from library_index where community_id = new.community_id and number = new.number;
    end if;
    if new.state in (0, 1) and new.flagged_by is null and new.title is not null then
        insert into library_index (community_id, number, words) values (new.community_id, new.number, library_entry(new));
    end if;
    return null;
end
$$;

create trigger library_learns after insert on claims
for each row when (new.kind in ('share', 'experiment', 'win', 'failure', 'mob')) execute function library_follows();

create trigger library_follows after update of title, topic, hypothesis, learned, next_step, format, author_id, state, flagged_by on claims
for each row when (new.kind in ('share', 'experiment', 'win', 'failure', 'mob')) execute function library_follows();

insert into library_index (community_id, number, words)
select community_id, number, library_entry(c) from claims c
where kind in ('share', 'experiment', 'win', 'failure', 'mob') and state in (0, 1) and flagged_by is null and title is not null;
