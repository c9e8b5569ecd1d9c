
namespace CopBot.PlatformTests.Discord;

// Every suite that talks to the bot, once more and unchanged through Discord: with the same results.
public sealed class AnnounceOnDiscordTests() : CopBot.Tests.Core.Features.Announcements.AnnounceTests(Product.Discord);

public sealed class TemplateOnDiscordTests() : CopBot.Tests.Core.Features.Announcements.TemplateTests(Product.Discord);

public sealed class BacklogOnDiscordTests() : CopBot.Tests.Core.Features.Backlog.BacklogTests(Product.Discord);

public sealed class GapStartOnDiscordTests() : CopBot.Tests.Core.Features.Backlog.GapStartTests(Product.Discord);

public sealed class CoverageOnDiscordTests() : CopBot.Tests.Core.Features.Backlog.CoverageTests(Product.Discord);

public sealed class BadInputOnDiscordTests() : CopBot.Tests.Core.Features.BadInputTests(Product.Discord);

public sealed class BoardOnDiscordTests() : CopBot.Tests.Core.Features.Boards.BoardTests(Product.Discord);

public sealed class MeOnDiscordTests() : CopBot.Tests.Core.Features.Boards.MeTests(Product.Discord);

public sealed class RulesOnDiscordTests() : CopBot.Tests.Core.Features.Boards.RulesTests(Product.Discord);

public sealed class WhyOnDiscordTests() : CopBot.Tests.Core.Features.Boards.WhyTests(Product.Discord);

public sealed class CanvasOnDiscordTests() : CopBot.Tests.Core.Features.Canvas.CanvasTests(Product.Discord);

public sealed class DriftOnDiscordTests() : CopBot.Tests.Core.Features.Canvas.DriftTests(Product.Discord);

public sealed class CapsOnDiscordTests() : CopBot.Tests.Core.Features.Claims.CapsTests(Product.Discord);

public sealed class CorrectionOnDiscordTests() : CopBot.Tests.Core.Features.Claims.CorrectionTests(Product.Discord);

public sealed class ExperimentOnDiscordTests() : CopBot.Tests.Core.Features.Claims.ExperimentTests(Product.Discord);

public sealed class ExpiryOnDiscordTests() : CopBot.Tests.Core.Features.Claims.ExpiryTests(Product.Discord);

public sealed class KudosOnDiscordTests() : CopBot.Tests.Core.Features.Claims.KudosTests(Product.Discord);

public sealed class MobOnDiscordTests() : CopBot.Tests.Core.Features.Claims.MobTests(Product.Discord);

public sealed class OutcomeOnDiscordTests() : CopBot.Tests.Core.Features.Claims.OutcomeTests(Product.Discord);

public sealed class PendingOnDiscordTests() : CopBot.Tests.Core.Features.Claims.PendingTests(Product.Discord);

public sealed class ShareOnDiscordTests() : CopBot.Tests.Core.Features.Claims.ShareTests(Product.Discord);

public sealed class SimilarTitleOnDiscordTests() : CopBot.Tests.Core.Features.Claims.SimilarTitleTests(Product.Discord);

public sealed class StoryOnDiscordTests() : CopBot.Tests.Core.Features.Claims.StoryTests(Product.Discord);

public sealed class UsedOnDiscordTests() : CopBot.Tests.Core.Features.Claims.UsedTests(Product.Discord);

public sealed class GraceOnDiscordTests() : CopBot.Tests.Core.Features.Closings.GraceTests(Product.Discord);

public sealed class SeasonOnDiscordTests() : CopBot.Tests.Core.Features.Closings.SeasonTests(Product.Discord);

public sealed class WeekCloseOnDiscordTests() : CopBot.Tests.Core.Features.Closings.WeekCloseTests(Product.Discord);

public sealed class CommunitiesOnDiscordTests() : CopBot.Tests.Core.Features.CommunitiesTests(Product.Discord);

public sealed class FirstWeekOnDiscordTests() : CopBot.Tests.Core.Features.FirstWeekTests(Product.Discord);

public sealed class HelpOnDiscordTests() : CopBot.Tests.Core.Features.Help.HelpTests(Product.Discord);

public sealed class HiddenPersonOnDiscordTests() : CopBot.Tests.Core.Features.HiddenPersonTests(Product.Discord);

public sealed class LinkOnDiscordTests() : CopBot.Tests.Core.Features.Linking.LinkTests(Product.Discord);

public sealed class ForgetMeOnDiscordTests() : CopBot.Tests.Core.Features.MyData.ForgetMeTests(Product.Discord);

public sealed class MyDataOnDiscordTests() : CopBot.Tests.Core.Features.MyData.MyDataTests(Product.Discord);

public sealed class NoiseOnDiscordTests() : CopBot.Tests.Core.Features.Noise.NoiseTests(Product.Discord);

public sealed class FirstContactOnDiscordTests() : CopBot.Tests.Core.Features.People.FirstContactTests(Product.Discord);

public sealed class PrivacyOnDiscordTests() : CopBot.Tests.Core.Features.People.PrivacyTests(Product.Discord);

public sealed class RoleMatrixOnDiscordTests() : CopBot.Tests.Core.Features.RoleMatrixTests(Product.Discord);

public sealed class CalendarFeedOnDiscordTests() : CopBot.Tests.Core.Features.Rotations.CalendarFeedTests(Product.Discord);

public sealed class RotationOnDiscordTests() : CopBot.Tests.Core.Features.Rotations.RotationTests(Product.Discord);

public sealed class ScheduleOnDiscordTests() : CopBot.Tests.Core.Features.Schedules.ScheduleTests(Product.Discord);

public sealed class SettingsOnDiscordTests() : CopBot.Tests.Core.Features.Settings.SettingsTests(Product.Discord);

public sealed class SquadOnDiscordTests() : CopBot.Tests.Core.Features.Squads.SquadTests(Product.Discord);

public sealed class WheelOnDiscordTests() : CopBot.Tests.Core.Features.Wheel.WheelTests(Product.Discord);

public sealed class CheckInDayOnDiscordTests() : CopBot.Tests.Core.Features.Okrs.CheckInDayTests(Product.Discord);

public sealed class OkrOnDiscordTests() : CopBot.Tests.Core.Features.Okrs.OkrTests(Product.Discord);

public sealed class GatheringOnDiscordTests() : CopBot.Tests.Core.Features.Gatherings.GatheringTests(Product.Discord);

public sealed class GatheringLogOnDiscordTests() : CopBot.Tests.Core.Features.Gatherings.GatheringLogTests(Product.Discord);

public sealed class ReportOnDiscordTests() : CopBot.Tests.Core.Features.Reports.ReportTests(Product.Discord);

public sealed class TraceOnDiscordTests() : CopBot.Tests.Core.Features.Tracing.TraceTests(Product.Discord);

public sealed class ExperienceOnDiscordTests() : CopBot.Tests.Core.Features.Experience.ExperienceTests(Product.Discord);

public sealed class FeedbackOnDiscordTests() : CopBot.Tests.Core.Features.Feedback.FeedbackTests(Product.Discord);

public sealed class LibraryOnDiscordTests() : CopBot.Tests.Core.Features.Library.LibraryTests(Product.Discord);
