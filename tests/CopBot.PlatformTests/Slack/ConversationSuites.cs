
namespace CopBot.PlatformTests.Slack;

// Every suite that talks to the bot, once more and unchanged through Slack: with the same results.
public sealed class AnnounceOnSlackTests() : CopBot.Tests.Core.Features.Announcements.AnnounceTests(Product.Slack);

public sealed class TemplateOnSlackTests() : CopBot.Tests.Core.Features.Announcements.TemplateTests(Product.Slack);

public sealed class BacklogOnSlackTests() : CopBot.Tests.Core.Features.Backlog.BacklogTests(Product.Slack);

public sealed class GapStartOnSlackTests() : CopBot.Tests.Core.Features.Backlog.GapStartTests(Product.Slack);

public sealed class CoverageOnSlackTests() : CopBot.Tests.Core.Features.Backlog.CoverageTests(Product.Slack);

public sealed class BadInputOnSlackTests() : CopBot.Tests.Core.Features.BadInputTests(Product.Slack);

public sealed class BoardOnSlackTests() : CopBot.Tests.Core.Features.Boards.BoardTests(Product.Slack);

public sealed class MeOnSlackTests() : CopBot.Tests.Core.Features.Boards.MeTests(Product.Slack);

public sealed class RulesOnSlackTests() : CopBot.Tests.Core.Features.Boards.RulesTests(Product.Slack);

public sealed class WhyOnSlackTests() : CopBot.Tests.Core.Features.Boards.WhyTests(Product.Slack);

public sealed class CanvasOnSlackTests() : CopBot.Tests.Core.Features.Canvas.CanvasTests(Product.Slack);

public sealed class DriftOnSlackTests() : CopBot.Tests.Core.Features.Canvas.DriftTests(Product.Slack);

public sealed class CapsOnSlackTests() : CopBot.Tests.Core.Features.Claims.CapsTests(Product.Slack);

public sealed class CorrectionOnSlackTests() : CopBot.Tests.Core.Features.Claims.CorrectionTests(Product.Slack);

public sealed class ExperimentOnSlackTests() : CopBot.Tests.Core.Features.Claims.ExperimentTests(Product.Slack);

public sealed class ExpiryOnSlackTests() : CopBot.Tests.Core.Features.Claims.ExpiryTests(Product.Slack);

public sealed class KudosOnSlackTests() : CopBot.Tests.Core.Features.Claims.KudosTests(Product.Slack);

public sealed class MobOnSlackTests() : CopBot.Tests.Core.Features.Claims.MobTests(Product.Slack);

public sealed class OutcomeOnSlackTests() : CopBot.Tests.Core.Features.Claims.OutcomeTests(Product.Slack);

public sealed class PendingOnSlackTests() : CopBot.Tests.Core.Features.Claims.PendingTests(Product.Slack);

public sealed class ShareOnSlackTests() : CopBot.Tests.Core.Features.Claims.ShareTests(Product.Slack);

public sealed class SimilarTitleOnSlackTests() : CopBot.Tests.Core.Features.Claims.SimilarTitleTests(Product.Slack);

public sealed class StoryOnSlackTests() : CopBot.Tests.Core.Features.Claims.StoryTests(Product.Slack);

public sealed class UsedOnSlackTests() : CopBot.Tests.Core.Features.Claims.UsedTests(Product.Slack);

public sealed class GraceOnSlackTests() : CopBot.Tests.Core.Features.Closings.GraceTests(Product.Slack);

public sealed class SeasonOnSlackTests() : CopBot.Tests.Core.Features.Closings.SeasonTests(Product.Slack);

public sealed class WeekCloseOnSlackTests() : CopBot.Tests.Core.Features.Closings.WeekCloseTests(Product.Slack);

public sealed class CommunitiesOnSlackTests() : CopBot.Tests.Core.Features.CommunitiesTests(Product.Slack);

public sealed class FirstWeekOnSlackTests() : CopBot.Tests.Core.Features.FirstWeekTests(Product.Slack);

public sealed class HelpOnSlackTests() : CopBot.Tests.Core.Features.Help.HelpTests(Product.Slack);

public sealed class HiddenPersonOnSlackTests() : CopBot.Tests.Core.Features.HiddenPersonTests(Product.Slack);

public sealed class LinkOnSlackTests() : CopBot.Tests.Core.Features.Linking.LinkTests(Product.Slack);

public sealed class ForgetMeOnSlackTests() : CopBot.Tests.Core.Features.MyData.ForgetMeTests(Product.Slack);

public sealed class MyDataOnSlackTests() : CopBot.Tests.Core.Features.MyData.MyDataTests(Product.Slack);

public sealed class NoiseOnSlackTests() : CopBot.Tests.Core.Features.Noise.NoiseTests(Product.Slack);

public sealed class FirstContactOnSlackTests() : CopBot.Tests.Core.Features.People.FirstContactTests(Product.Slack);

public sealed class PrivacyOnSlackTests() : CopBot.Tests.Core.Features.People.PrivacyTests(Product.Slack);

public sealed class RoleMatrixOnSlackTests() : CopBot.Tests.Core.Features.RoleMatrixTests(Product.Slack);

public sealed class CalendarFeedOnSlackTests() : CopBot.Tests.Core.Features.Rotations.CalendarFeedTests(Product.Slack);

public sealed class RotationOnSlackTests() : CopBot.Tests.Core.Features.Rotations.RotationTests(Product.Slack);

public sealed class ScheduleOnSlackTests() : CopBot.Tests.Core.Features.Schedules.ScheduleTests(Product.Slack);

public sealed class SettingsOnSlackTests() : CopBot.Tests.Core.Features.Settings.SettingsTests(Product.Slack);

public sealed class SquadOnSlackTests() : CopBot.Tests.Core.Features.Squads.SquadTests(Product.Slack);

public sealed class WheelOnSlackTests() : CopBot.Tests.Core.Features.Wheel.WheelTests(Product.Slack);

public sealed class CheckInDayOnSlackTests() : CopBot.Tests.Core.Features.Okrs.CheckInDayTests(Product.Slack);

public sealed class OkrOnSlackTests() : CopBot.Tests.Core.Features.Okrs.OkrTests(Product.Slack);

public sealed class GatheringOnSlackTests() : CopBot.Tests.Core.Features.Gatherings.GatheringTests(Product.Slack);

public sealed class GatheringLogOnSlackTests() : CopBot.Tests.Core.Features.Gatherings.GatheringLogTests(Product.Slack);

public sealed class ReportOnSlackTests() : CopBot.Tests.Core.Features.Reports.ReportTests(Product.Slack);

public sealed class TraceOnSlackTests() : CopBot.Tests.Core.Features.Tracing.TraceTests(Product.Slack);

public sealed class ExperienceOnSlackTests() : CopBot.Tests.Core.Features.Experience.ExperienceTests(Product.Slack);

public sealed class FeedbackOnSlackTests() : CopBot.Tests.Core.Features.Feedback.FeedbackTests(Product.Slack);

public sealed class LibraryOnSlackTests() : CopBot.Tests.Core.Features.Library.LibraryTests(Product.Slack);
