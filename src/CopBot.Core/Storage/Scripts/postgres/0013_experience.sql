-- Questions about what people expected and how it was: after a gathering, each quarter, or the rest of a month.
create table surveys (
    id uuid not null primary key,
    community_id integer not null,
    kind integer not null,
    gathering integer null,
    opened_on integer not null,
    closes_at bigint null,

    -- Makes the marks of those who answered; destroyed when it closes.
    secret bytea null
);
create unique index surveys_gathering on surveys (community_id, gathering) where gathering is not null;

-- How many gave which number, and how many of those may be seen. Nothing leads from here to anybody: an answer is no row.
create table survey_counts (
    survey_id uuid not null,
    question integer not null,
    value integer not null,
    answers integer not null,
    shown integer not null,
    primary key (survey_id, question, value)
);

-- That a question was answered, by a mark that only the survey's secret can make. Gone when it closes.
create table survey_marks (
    survey_id uuid not null,
    mark bytea not null,
    primary key (survey_id, mark)
);

-- Who is still to be asked, and when that suits them. Gone once they were asked.
create table survey_invitations (
    survey_id uuid not null,
    person_id uuid not null,
    community_id integer not null,
    due_at bigint not null,
    primary key (survey_id, person_id)
);
create index survey_invitations_due on survey_invitations (community_id, due_at);
