using CopBot.Tests.Support;

namespace CopBot.PostgresTests;

// Every suite that talks to the bot, once more and unchanged on PostgreSQL.
public sealed class AnnounceOnPostgresTests() : CopBot.Tests.Core.Features.Announcements.AnnounceTests(Product.Postgres);

public sealed class TemplateOnPostgresTests() : CopBot.Tests.Core.Features.Announcements.TemplateTests(Product.Postgres);

public sealed class BacklogOnPostgresTests() : CopBot.Tests.Core.Features.Backlog.BacklogTests(Product.Postgres);

public sealed class GapStartOnPostgresTests() : CopBot.Tests.Core.Features.Backlog.GapStartTests(Product.Postgres);

public sealed class CoverageOnPostgresTests() : CopBot.Tests.Core.Features.Backlog.CoverageTests(Product.Postgres);

public sealed class BadInputOnPostgresTests() : CopBot.Tests.Core.Features.BadInputTests(Product.Postgres);

public sealed class BoardOnPostgresTests() : CopBot.Tests.Core.Features.Boards.BoardTests(Product.Postgres);

public sealed class MeOnPostgresTests() : CopBot.Tests.Core.Features.Boards.MeTests(Product.Postgres);

public sealed class RulesOnPostgresTests() : CopBot.Tests.Core.Features.Boards.RulesTests(Product.Postgres);

public sealed class WhyOnPostgresTests() : CopBot.Tests.Core.Features.Boards.WhyTests(Product.Postgres);

public sealed class CanvasOnPostgresTests() : CopBot.Tests.Core.Features.Canvas.CanvasTests(Product.Postgres);

public sealed class DriftOnPostgresTests() : CopBot.Tests.Core.Features.Canvas.DriftTests(Product.Postgres);

public sealed class CapsOnPostgresTests() : CopBot.Tests.Core.Features.Claims.CapsTests(Product.Postgres);

public sealed class CorrectionOnPostgresTests() : CopBot.Tests.Core.Features.Claims.CorrectionTests(Product.Postgres);

public sealed class ExperimentOnPostgresTests() : CopBot.Tests.Core.Features.Claims.ExperimentTests(Product.Postgres);

public sealed class ExpiryOnPostgresTests() : CopBot.Tests.Core.Features.Claims.ExpiryTests(Product.Postgres);

public sealed class KudosOnPostgresTests() : CopBot.Tests.Core.Features.Claims.KudosTests(Product.Postgres);

public sealed class MobOnPostgresTests() : CopBot.Tests.Core.Features.Claims.MobTests(Product.Postgres);

public sealed class OutcomeOnPostgresTests() : CopBot.Tests.Core.Features.Claims.OutcomeTests(Product.Postgres);

public sealed class PendingOnPostgresTests() : CopBot.Tests.Core.Features.Claims.PendingTests(Product.Postgres);

public sealed class ShareOnPostgresTests() : CopBot.Tests.Core.Features.Claims.ShareTests(Product.Postgres);

public sealed class SimilarTitleOnPostgresTests() : CopBot.Tests.Core.Features.Claims.SimilarTitleTests(Product.Postgres);

public sealed class StoryOnPostgresTests() : CopBot.Tests.Core.Features.Claims.StoryTests(Product.Postgres);

public sealed class UsedOnPostgresTests() : CopBot.Tests.Core.Features.Claims.UsedTests(Product.Postgres);

public sealed class GraceOnPostgresTests() : CopBot.Tests.Core.Features.Closings.GraceTests(Product.Postgres);

public sealed class SeasonOnPostgresTests() : CopBot.Tests.Core.Features.Closings.SeasonTests(Product.Postgres);

public sealed class WeekCloseOnPostgresTests() : CopBot.Tests.Core.Features.Closings.WeekCloseTests(Product.Postgres);

public sealed class CommunitiesOnPostgresTests() : CopBot.Tests.Core.Features.CommunitiesTests(Product.Postgres);

public sealed class FirstWeekOnPostgresTests() : CopBot.Tests.Core.Features.FirstWeekTests(Product.Postgres);

public sealed class HelpOnPostgresTests() : CopBot.Tests.Core.Features.Help.HelpTests(Product.Postgres);

public sealed class HiddenPersonOnPostgresTests() : CopBot.Tests.Core.Features.HiddenPersonTests(Product.Postgres);

public sealed class LinkOnPostgresTests() : CopBot.Tests.Core.Features.Linking.LinkTests(Product.Postgres);

public sealed class ForgetMeOnPostgresTests() : CopBot.Tests.Core.Features.MyData.ForgetMeTests(Product.Postgres);

public sealed class MyDataOnPostgresTests() : CopBot.Tests.Core.Features.MyData.MyDataTests(Product.Postgres);

public sealed class NoiseOnPostgresTests() : CopBot.Tests.Core.Features.Noise.NoiseTests(Product.Postgres);

public sealed class FirstContactOnPostgresTests() : CopBot.Tests.Core.Features.People.FirstContactTests(Product.Postgres);

public sealed class PrivacyOnPostgresTests() : CopBot.Tests.Core.Features.People.PrivacyTests(Product.Postgres);

public sealed class RoleMatrixOnPostgresTests() : CopBot.Tests.Core.Features.RoleMatrixTests(Product.Postgres);

public sealed class CalendarFeedOnPostgresTests() : CopBot.Tests.Core.Features.Rotations.CalendarFeedTests(Product.Postgres);

public sealed class GroupSyncOnPostgresTests() : CopBot.Tests.Core.Features.Rotations.GroupSyncTests(Product.Postgres);

public sealed class TurnNoticeOnPostgresTests() : CopBot.Tests.Core.Features.Rotations.TurnNoticeTests(Product.Postgres);

public sealed class EventSyncOnPostgresTests() : CopBot.Tests.Core.Features.Gatherings.EventSyncTests(Product.Postgres);

public sealed class TitleOnPostgresTests() : CopBot.Tests.Core.Features.Titles.TitleTests(Product.Postgres);

public sealed class RotationOnPostgresTests() : CopBot.Tests.Core.Features.Rotations.RotationTests(Product.Postgres);

public sealed class ScheduleOnPostgresTests() : CopBot.Tests.Core.Features.Schedules.ScheduleTests(Product.Postgres);

public sealed class SettingsOnPostgresTests() : CopBot.Tests.Core.Features.Settings.SettingsTests(Product.Postgres);

public sealed class SquadOnPostgresTests() : CopBot.Tests.Core.Features.Squads.SquadTests(Product.Postgres);

public sealed class WheelOnPostgresTests() : CopBot.Tests.Core.Features.Wheel.WheelTests(Product.Postgres);

public sealed class ParallelWritersOnPostgresTests() : CopBot.Tests.Core.Storage.ParallelWritersTests(Product.Postgres);

public sealed class SchemaOnPostgresTests() : CopBot.Tests.Core.Storage.SchemaTests(Product.Postgres);

public sealed class TranscriptOnPostgresTests() : CopBot.Tests.Platforms.WebChat.TranscriptTests(Product.Postgres);

public sealed class WebSessionOnPostgresTests() : CopBot.Tests.Platforms.WebChat.WebSessionTests(Product.Postgres);

public sealed class InstalledWorkspacesOnPostgresTests() : CopBot.Tests.Platforms.Slack.InstalledWorkspacesTests(Product.Postgres);

public sealed class CheckInDayOnPostgresTests() : CopBot.Tests.Core.Features.Okrs.CheckInDayTests(Product.Postgres);

public sealed class CountedOnPostgresTests() : CopBot.Tests.Core.Features.Okrs.CountedTests(Product.Postgres);

public sealed class MeasureCountOnPostgresTests() : CopBot.Tests.Core.Features.Okrs.MeasureCountTests(Product.Postgres);

public sealed class OkrOnPostgresTests() : CopBot.Tests.Core.Features.Okrs.OkrTests(Product.Postgres);

public sealed class GatheringOnPostgresTests() : CopBot.Tests.Core.Features.Gatherings.GatheringTests(Product.Postgres);

public sealed class GatheringLogOnPostgresTests() : CopBot.Tests.Core.Features.Gatherings.GatheringLogTests(Product.Postgres);

public sealed class ReportOnPostgresTests() : CopBot.Tests.Core.Features.Reports.ReportTests(Product.Postgres);

public sealed class TraceOnPostgresTests() : CopBot.Tests.Core.Features.Tracing.TraceTests(Product.Postgres);

public sealed class ExperienceOnPostgresTests() : CopBot.Tests.Core.Features.Experience.ExperienceTests(Product.Postgres);

public sealed class AnonymityOnPostgresTests() : CopBot.Tests.Core.Features.Experience.AnonymityTests(Product.Postgres);

public sealed class FeedbackOnPostgresTests() : CopBot.Tests.Core.Features.Feedback.FeedbackTests(Product.Postgres);

public sealed class LibraryOnPostgresTests() : CopBot.Tests.Core.Features.Library.LibraryTests(Product.Postgres);
