-- Questions about what people expected and how it was: after a gathering, each quarter, or the rest of a month.
create table surveys (
    id blob not null primary key,
    community_id integer not null,
    kind integer not null,
    gathering integer null,
    opened_on integer not null,
    closes_at integer null,

    -- Makes the marks of those who answered; destroyed when it closes.
    secret blob null
) without rowid;
create unique index surveys_gathering on surveys (community_id, gathering) where gathering is not null;

-- How many gave which number, and how many of those may be seen. Nothing leads from here to anybody: an answer is no row.
create table survey_counts (
    survey_id blob not null,
    question integer not null,
    value integer not null,
    answers integer not null,
    shown integer not null,
    primary key (survey_id, question, value)
) without rowid;

-- That a question was answered, by a mark that only the survey's secret can make. Gone when it closes.
create table survey_marks (
    survey_id blob not null,
    mark blob not null,
    primary key (survey_id, mark)
) without rowid;

-- Who is still to be asked, and when that suits them. Gone once they were asked.
create table survey_invitations (
    survey_id blob not null,
    person_id blob not null,
    community_id integer not null,
    due_at integer not null,
    primary key (survey_id, person_id)
) without rowid;
create index survey_invitations_due on survey_invitations (community_id, due_at);
