-- When the closed week is posted, or off; the hours in which anything is said unasked (any where null); how many such
-- posts a channel hears in a week (any number where null); whether a second lead has to approve an announcement.
alter table communities add column week_post text not null default 'monday 09:00';
alter table communities add column working_hours text null;
alter table communities add column budget integer null;
alter table communities add column approval boolean not null default false;

-- A person's own hours and zone; the community's where they are null.
alter table people add column working_hours text null;
alter table people add column zone text null;
