using System.Text;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Slack;
using CopBot.Platforms.Slack.Workspaces;
using CopBot.Tests.Support;
using CopBot.Tests.Support.FakeSlack;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.Tests.Platforms.Slack;

/// <summary>Workspaces that install the app by themselves, from the first token to the last.</summary>
public abstract class InstalledWorkspacesTests(Product product)
{
    private static readonly CancellationToken Now = CancellationToken.None;

    [Fact]
    public async Task Each_workspace_that_installs_is_served_with_its_channels_and_its_token_is_sealed()
    {
        await using var bot = await Installing.StartAsync(product);
        var other = bot.Slack.AddWorkspace("T0002", installed: false);
        bot.Slack.Workspace.AddChannel("general");
        other.AddChannel("random");
        await bot.InstallAsync(bot.Slack.Workspace);
        await bot.InstallAsync(other);

        Assert.Equal(["T0001", "T0002"], bot.Served.All.Select(workspace => workspace.Team));
        Assert.Equal(other.BotToken, bot.Served.Find("T0002")!.Token);
        Assert.NotNull(bot.Services.GetRequiredService<SlackChannels>().Find("T0002", "#random"));
        var row = await bot.RowAsync("T0002");
        Assert.Equal(SlackScopes.Asked, row.Scopes);
        Assert.True(row.Token.AsSpan().IndexOf(Encoding.UTF8.GetBytes(other.BotToken)) < 0);
        Assert.Empty(bot.Slack.Problems);
        Assert.DoesNotContain(bot.Logged, line => line.Contains(other.BotToken, StringComparison.Ordinal) || line.Contains(bot.Slack.ClientSecret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_process_learns_of_an_installation_and_of_its_end()
    {
        await using var bot = await Installing.StartAsync(product);
        await using var beside = bot.Beside();
        var (installed, served) = (beside.GetRequiredService<InstalledWorkspaces>(), beside.GetRequiredService<Workspaces>());
        await installed.LookAsync(Now);
        Assert.Empty(served.All);

        await bot.InstallAsync();
        await installed.LookAsync(Now);
        Assert.Equal(bot.Slack.Workspace.BotToken, Assert.Single(served.All).Token);

        bot.Slack.Workspace.Uninstall();
        await bot.Installed.RevokedAsync(bot.Served.Find("T0001")!, Now);
        await installed.LookAsync(Now);
        Assert.Empty(served.All);
    }

    [Fact]
    public async Task What_is_taken_out_keeps_no_token_and_comes_back_with_what_waited()
    {
        await using var bot = await Installing.StartAsync(product, rotation: true);
        var channel = bot.Slack.Workspace.AddChannel("general");
        await bot.InstallAsync();
        var workspace = bot.Served.Find("T0001")!;
        bot.Slack.Workspace.Uninstall();
        await bot.Installed.RevokedAsync(workspace, Now);

        var row = await bot.RowAsync("T0001");
        Assert.Equal((null, null, null, bot.Clock.Now), (row.Token, row.Refresh, row.ExpiresAt, row.RevokedAt!.Value));
        Assert.Null(bot.Served.Find("T0001"));
        var platform = bot.Services.GetRequiredService<SlackPlatform>();
        var delivery = new Delivery(1, 1, new Place(SlackPlatform.PlatformName, "T0001", channel.Id), null, new Message($"Back again"), static _ => "", bot.Clock.Now);
        Assert.Equal(SendOutcomeKind.Transient, (await platform.SendAsync(delivery, Now)).Kind);

        bot.Clock.MoveTo(bot.Clock.Now + Duration.FromMinutes(1));
        await bot.InstallAsync();
        Assert.Equal(SendOutcomeKind.Sent, (await platform.SendAsync(delivery, Now)).Kind);
        Assert.Null((await bot.RowAsync("T0001")).RevokedAt);

        // The event comes once more, late: the app is in.
        await bot.Installed.RevokedAsync(bot.Served.Find("T0001")!, Now);
        Assert.NotNull(bot.Served.Find("T0001"));
    }

    [Fact]
    public async Task Where_Slack_does_not_say_whether_a_token_works_it_is_asked_again()
    {
        await using var bot = await Installing.StartAsync(product);
        await bot.InstallAsync();
        bot.Slack.Workspace.Uninstall();
        bot.Slack.Faults.Next("auth.test", SlackFault.Status(503));
        await bot.Installed.RevokedAsync(bot.Served.Find("T0001")!, Now);
        Assert.NotNull(bot.Served.Find("T0001"));

        await bot.LookAsync();
        Assert.Null(bot.Served.Find("T0001"));
        Assert.Null((await bot.RowAsync("T0001")).Token);
    }

    [Fact]
    public async Task A_token_is_refreshed_two_hours_ahead_by_one_process_alone()
    {
        await using var bot = await Installing.StartAsync(product, rotation: true);
        await using var beside = bot.Beside();
        await bot.InstallAsync();
        var first = bot.Slack.Workspace.BotToken;
        bot.Clock.MoveTo(bot.Clock.Now + Duration.FromHours(10) - Duration.FromMilliseconds(1));
        await bot.LookAsync();
        Assert.Equal((0, first), (bot.Refreshes, bot.Served.Find("T0001")!.Token));

        bot.Clock.MoveTo(bot.Clock.Now + Duration.FromMilliseconds(1));
        var other = beside.GetRequiredService<InstalledWorkspaces>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(turn => Task.Run(() => (turn % 2 == 0 ? bot.Installed : other).LookAsync(Now))));
        await bot.LookAsync();
        await other.LookAsync(Now);
        Assert.Equal(1, bot.Refreshes);
        Assert.NotEqual(first, bot.Slack.Workspace.BotToken);
        Assert.Equal(bot.Slack.Workspace.BotToken, bot.Served.Find("T0001")!.Token);
        Assert.Equal(bot.Slack.Workspace.BotToken, beside.GetRequiredService<Workspaces>().Find("T0001")!.Token);
        Assert.Empty(bot.Slack.Problems);
    }

    [Fact]
    public async Task Days_go_by_and_the_token_stays_good()
    {
        await using var bot = await Installing.StartAsync(product, rotation: true);
        await bot.InstallAsync();
        for (var hour = 0; hour < 72; hour++)
        {
            bot.Clock.MoveTo(bot.Clock.Now + Duration.FromHours(1));
            await bot.LookAsync();
            Assert.True((await bot.RowAsync("T0001")).ExpiresAt > bot.Clock.Now + Duration.FromHours(1));
        }

        Assert.Equal(7, bot.Refreshes);
        Assert.Equal(bot.Slack.Workspace.BotToken, bot.Served.Find("T0001")!.Token);
    }

    [Fact]
    public async Task A_refresh_whose_answer_was_lost_is_said_and_the_old_token_is_used_to_its_end()
    {
        await using var bot = await Installing.StartAsync(product, rotation: true);
        await bot.InstallAsync();
        var first = bot.Slack.Workspace.BotToken;
        bot.Clock.MoveTo(bot.Clock.Now + Duration.FromHours(10));
        bot.Slack.Faults.Next("oauth.v2.access", SlackFault.CutAfter);
        await bot.LookAsync();
        await bot.LookAsync();
        Assert.Equal(1, bot.Refreshes);
        Assert.Contains(bot.Logged, line => line.Contains("answer to refreshing the token of T0001 was lost", StringComparison.Ordinal));

        bot.Clock.MoveTo(bot.Clock.Now + Duration.FromMinutes(1));
        await bot.LookAsync();
        await bot.LookAsync();
        Assert.Equal(2, bot.Refreshes);
        Assert.Contains(bot.Logged, line => line.Contains("cannot be refreshed any more", StringComparison.Ordinal) && line.Contains("/slack/install", StringComparison.Ordinal));
        Assert.Equal(first, bot.Served.Find("T0001")!.Token);
        Assert.Null((await bot.RowAsync("T0001")).Refresh);

        await bot.InstallAsync();
        Assert.Equal(bot.Slack.Workspace.BotToken, bot.Served.Find("T0001")!.Token);
        Assert.NotNull((await bot.RowAsync("T0001")).Refresh);
    }

    [Fact]
    public async Task Slack_that_is_away_is_asked_again_and_nothing_is_lost()
    {
        await using var bot = await Installing.StartAsync(product, rotation: true);
        await bot.InstallAsync();
        bot.Clock.MoveTo(bot.Clock.Now + Duration.FromHours(10));
        bot.Slack.Faults.Next("oauth.v2.access", SlackFault.RateLimited(1));
        await bot.LookAsync();
        bot.Clock.MoveTo(bot.Clock.Now + Duration.FromSeconds(20));
        await bot.LookAsync();
        Assert.Equal(2, bot.Refreshes);
        Assert.Equal(bot.Slack.Workspace.BotToken, bot.Served.Find("T0001")!.Token);
    }

    [Fact]
    public async Task A_row_that_another_secret_sealed_is_named_once_and_passed_over()
    {
        await using var bot = await Installing.StartAsync(product);
        bot.Slack.AddWorkspace("T0002", installed: false);
        await bot.InstallAsync();
        await using var beside = bot.Beside("another secret of the app");
        await beside.GetRequiredService<InstalledWorkspaces>().LookAsync(Now);
        await beside.GetRequiredService<InstalledWorkspaces>().LookAsync(Now);
        Assert.Empty(beside.GetRequiredService<Workspaces>().All);
        Assert.Single(bot.Logged, line => line.Contains("The token of T0001 cannot be opened", StringComparison.Ordinal) && line.Contains("CopBot__Slack__ClientSecret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_workspace_whose_token_is_a_setting_is_served_too()
    {
        await using var bot = await Installing.StartAsync(product);
        await bot.InstallAsync(bot.Slack.AddWorkspace("T0002", installed: false));
        var settings = bot.Services.GetRequiredService<SlackSettings>() with { BotToken = bot.Slack.Workspace.BotToken };
        await using var beside = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(bot.Clock).AddSingleton(bot.Services.GetRequiredService<Store>()).AddSingleton(bot.Services.GetRequiredService<Communities>()).AddSlack(settings).BuildServiceProvider();
        using var stop = new CancellationTokenSource();
        var running = beside.GetRequiredService<IInstallations>().RunAsync(stop.Token);
        await beside.GetRequiredService<IInstallations>().Ready.WaitAsync(TimeSpan.FromSeconds(20), Now);
        Assert.Equal(["T0001", "T0002"], beside.GetRequiredService<Workspaces>().All.Select(workspace => workspace.Team));
        await stop.CancelAsync();
        await running;
    }
}

public sealed class InstalledWorkspacesOnSqliteTests() : InstalledWorkspacesTests(Product.Sqlite);
