
namespace CopBot.PlatformTests.Teams;

// Every suite that talks to the bot, once more and unchanged through Teams: with the same results. The one about several communities is not among them: a
// bot of one tenant has one workspace.
public sealed class AnnounceOnTeamsTests() : CopBot.Tests.Core.Features.Announcements.AnnounceTests(Product.Teams);

public sealed class TemplateOnTeamsTests() : CopBot.Tests.Core.Features.Announcements.TemplateTests(Product.Teams);

public sealed class BacklogOnTeamsTests() : CopBot.Tests.Core.Features.Backlog.BacklogTests(Product.Teams);

public sealed class GapStartOnTeamsTests() : CopBot.Tests.Core.Features.Backlog.GapStartTests(Product.Teams);

public sealed class CoverageOnTeamsTests() : CopBot.Tests.Core.Features.Backlog.CoverageTests(Product.Teams);

public sealed class BadInputOnTeamsTests() : CopBot.Tests.Core.Features.BadInputTests(Product.Teams);

public sealed class BoardOnTeamsTests() : CopBot.Tests.Core.Features.Boards.BoardTests(Product.Teams);

public sealed class MeOnTeamsTests() : CopBot.Tests.Core.Features.Boards.MeTests(Product.Teams);

public sealed class RulesOnTeamsTests() : CopBot.Tests.Core.Features.Boards.RulesTests(Product.Teams);

public sealed class WhyOnTeamsTests() : CopBot.Tests.Core.Features.Boards.WhyTests(Product.Teams);

public sealed class CanvasOnTeamsTests() : CopBot.Tests.Core.Features.Canvas.CanvasTests(Product.Teams);

public sealed class DriftOnTeamsTests() : CopBot.Tests.Core.Features.Canvas.DriftTests(Product.Teams);

public sealed class CapsOnTeamsTests() : CopBot.Tests.Core.Features.Claims.CapsTests(Product.Teams);

public sealed class CorrectionOnTeamsTests() : CopBot.Tests.Core.Features.Claims.CorrectionTests(Product.Teams);

public sealed class ExperimentOnTeamsTests() : CopBot.Tests.Core.Features.Claims.ExperimentTests(Product.Teams);

public sealed class ExpiryOnTeamsTests() : CopBot.Tests.Core.Features.Claims.ExpiryTests(Product.Teams);

public sealed class KudosOnTeamsTests() : CopBot.Tests.Core.Features.Claims.KudosTests(Product.Teams);

public sealed class MobOnTeamsTests() : CopBot.Tests.Core.Features.Claims.MobTests(Product.Teams);

public sealed class OutcomeOnTeamsTests() : CopBot.Tests.Core.Features.Claims.OutcomeTests(Product.Teams);

public sealed class PendingOnTeamsTests() : CopBot.Tests.Core.Features.Claims.PendingTests(Product.Teams);

public sealed class ShareOnTeamsTests() : CopBot.Tests.Core.Features.Claims.ShareTests(Product.Teams);

public sealed class SimilarTitleOnTeamsTests() : CopBot.Tests.Core.Features.Claims.SimilarTitleTests(Product.Teams);

public sealed class StoryOnTeamsTests() : CopBot.Tests.Core.Features.Claims.StoryTests(Product.Teams);

public sealed class UsedOnTeamsTests() : CopBot.Tests.Core.Features.Claims.UsedTests(Product.Teams);

public sealed class GraceOnTeamsTests() : CopBot.Tests.Core.Features.Closings.GraceTests(Product.Teams);

public sealed class SeasonOnTeamsTests() : CopBot.Tests.Core.Features.Closings.SeasonTests(Product.Teams);

public sealed class WeekCloseOnTeamsTests() : CopBot.Tests.Core.Features.Closings.WeekCloseTests(Product.Teams);

public sealed class FirstWeekOnTeamsTests() : CopBot.Tests.Core.Features.FirstWeekTests(Product.Teams);

public sealed class HelpOnTeamsTests() : CopBot.Tests.Core.Features.Help.HelpTests(Product.Teams);

public sealed class HiddenPersonOnTeamsTests() : CopBot.Tests.Core.Features.HiddenPersonTests(Product.Teams);

public sealed class LinkOnTeamsTests() : CopBot.Tests.Core.Features.Linking.LinkTests(Product.Teams);

public sealed class ForgetMeOnTeamsTests() : CopBot.Tests.Core.Features.MyData.ForgetMeTests(Product.Teams);

public sealed class MyDataOnTeamsTests() : CopBot.Tests.Core.Features.MyData.MyDataTests(Product.Teams);

public sealed class NoiseOnTeamsTests() : CopBot.Tests.Core.Features.Noise.NoiseTests(Product.Teams);

public sealed class FirstContactOnTeamsTests() : CopBot.Tests.Core.Features.People.FirstContactTests(Product.Teams);

public sealed class PrivacyOnTeamsTests() : CopBot.Tests.Core.Features.People.PrivacyTests(Product.Teams);

public sealed class RoleMatrixOnTeamsTests() : CopBot.Tests.Core.Features.RoleMatrixTests(Product.Teams);

public sealed class CalendarFeedOnTeamsTests() : CopBot.Tests.Core.Features.Rotations.CalendarFeedTests(Product.Teams);

public sealed class RotationOnTeamsTests() : CopBot.Tests.Core.Features.Rotations.RotationTests(Product.Teams);

public sealed class ScheduleOnTeamsTests() : CopBot.Tests.Core.Features.Schedules.ScheduleTests(Product.Teams);

public sealed class SettingsOnTeamsTests() : CopBot.Tests.Core.Features.Settings.SettingsTests(Product.Teams);

public sealed class SquadOnTeamsTests() : CopBot.Tests.Core.Features.Squads.SquadTests(Product.Teams);

public sealed class WheelOnTeamsTests() : CopBot.Tests.Core.Features.Wheel.WheelTests(Product.Teams);

public sealed class CheckInDayOnTeamsTests() : CopBot.Tests.Core.Features.Okrs.CheckInDayTests(Product.Teams);

public sealed class OkrOnTeamsTests() : CopBot.Tests.Core.Features.Okrs.OkrTests(Product.Teams);

public sealed class GatheringOnTeamsTests() : CopBot.Tests.Core.Features.Gatherings.GatheringTests(Product.Teams);

public sealed class GatheringLogOnTeamsTests() : CopBot.Tests.Core.Features.Gatherings.GatheringLogTests(Product.Teams);

public sealed class ReportOnTeamsTests() : CopBot.Tests.Core.Features.Reports.ReportTests(Product.Teams);

public sealed class TraceOnTeamsTests() : CopBot.Tests.Core.Features.Tracing.TraceTests(Product.Teams);

public sealed class ExperienceOnTeamsTests() : CopBot.Tests.Core.Features.Experience.ExperienceTests(Product.Teams);

public sealed class FeedbackOnTeamsTests() : CopBot.Tests.Core.Features.Feedback.FeedbackTests(Product.Teams);

public sealed class LibraryOnTeamsTests() : CopBot.Tests.Core.Features.Library.LibraryTests(Product.Teams);
