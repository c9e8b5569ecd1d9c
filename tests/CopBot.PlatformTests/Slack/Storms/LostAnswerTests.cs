using CopBot.Core.Chat;
using CopBot.Platforms.Slack;
using CopBot.Tests.Support.FakeSlack;

namespace CopBot.PlatformTests.Slack.Storms;

/// <summary>Slack's answer is lost where a message went by a way on which it cannot simply be looked up. The clock runs sixty times as fast.</summary>
public sealed class LostAnswerTests : IAsyncDisposable
{
    private const string Title = "story 0123456789 9876543210 0246813579 9753186420";
    private readonly ScaledClock clock = new(1);
    private RunningBot? bot;
    private SlackUser? ana;

    [Fact]
    public async Task A_command_where_the_bot_is_not_is_answered_once_even_when_it_is_let_in_later()
    {
        await StartAsync();
        var strange = bot!.Workspace.AddChannel("strange", botIn: false);
        bot.Slack.Faults.Next("response_url", SlackFault.CutAfter);
        await bot.Workspace.SlashAsync(ana!, strange, "/cop", $"win \"{Title}\"");
        await bot.QuietAsync();
        await bot.Workspace.JoinAsync(bot.Workspace.BotUser, strange);
        await bot.QuietAsync();
        Assert.Equal(1, bot.Told()[Title]);
        Assert.Equal((int)OutboxState.Unknown, await bot.ScalarAsync<int>($"select state from outbox where place = {strange.Id}"));
        Assert.Equal(0, await bot.ScalarAsync<int>($"select count(*) from gone_places"));
    }

    [Fact]
    public async Task A_command_where_the_bot_is_not_is_answered_after_a_storm()
    {
        await StartAsync();
        var strange = bot!.Workspace.AddChannel("strange", botIn: false);
        bot.Slack.Faults.Next("response_url", SlackFault.RateLimited(20), SlackFault.Status(503));
        await bot.Workspace.SlashAsync(ana!, strange, "/cop", $"win \"{Title}\"");
        await bot.QuietAsync();
        Assert.Equal(1, bot.Told()[Title]);
        Assert.Equal(0, await bot.ScalarAsync<int>($"select (select count(*) from gone_places) + (select count(*) from outbox)"));
    }

    [Fact]
    public async Task A_command_between_two_people_is_answered_there_or_listed_as_unknown_and_never_twice()
    {
        await StartAsync();
        var theirs = new SlackChannel("D0999", "directmessage");
        bot!.Slack.Faults.Next("response_url", SlackFault.CutAfter);
        await bot.Workspace.SlashAsync(ana!, theirs, "/cop", $"win \"{Title}\"");
        await bot.QuietAsync();
        Assert.Equal(1, bot.Told()[Title]);
        Assert.Equal(1, await bot.ScalarAsync<int>($"select count(*) from outbox where state = {OutboxState.Unknown}"));
    }

    [Fact]
    public async Task An_answer_to_what_was_deleted_stands_once_in_the_channel()
    {
        await StartAsync();
        var general = bot!.Workspace.Channels.First(channel => channel.Name == "general");
        var said = (await bot.Workspace.SayAsync(ana!, general, "let us see")).Post!;
        await bot.Workspace.RemoveAsync(said);
        var cut = 0;
        bot.Slack.Faults.Always("chat.postMessage", SlackFault.CutAfter, only: args => args["thread_ts"] is null && Interlocked.Exchange(ref cut, 1) == 0);
        await bot.WriteAsync((work, ct) => work.Get<Outbox>().PostAsync(new Place(SlackPlatform.PlatformName, bot.Workspace.Team, general.Id) { Thread = said.Ts }, Title, ct));
        await bot.QuietAsync();
        Assert.Equal((1, 1), (cut, bot.Told()[Title]));
        Assert.Equal(0, await bot.ScalarAsync<int>($"select count(*) from outbox"));
    }

    public async ValueTask DisposeAsync()
    {
        if (bot is null)
            return;
        await bot.DisposeAsync();
        await bot.Slack.DisposeAsync();
    }

    private async Task StartAsync()
    {
        var slack = await SlackServer.StartAsync(clock);
        slack.Workspace.AddChannel("general");
        ana = slack.Workspace.AddUser("ana");
        bot = await RunningBot.StartAsync(slack, http: true);
        await slack.Workspace.DirectAsync(ana, "help");
        await bot.QuietAsync();
        clock.Run(60);
    }
}
