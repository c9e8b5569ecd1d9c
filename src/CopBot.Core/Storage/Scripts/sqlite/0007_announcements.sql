-- What an announcement says where that is more than words: people by id, links. And the only channels it is for, or those that get announcements.
alter table schedules add column says text null;
alter table schedules add column places text null;
