using CopBot.Host.CommandLine;
using CopBot.Tests.Host;
using CopBot.Tests.Support.FakeDiscord;

namespace CopBot.PlatformTests.Discord;

/// <summary>The steps of docs/discord.md, with the process as it is installed: what is set, what is started, what is typed.</summary>
public sealed class DiscordFirstStepsTests : IAsyncDisposable
{
    private readonly Copbot copbot = new();
    private DiscordServer? discord;

    [Fact]
    public async Task From_one_token_to_the_first_points_and_over_a_restart()
    {
        discord = await DiscordServer.StartAsync();
        var general = discord.Guild.AddChannel("general");
        var ana = discord.Guild.AddPerson("ana");
        copbot.Environment["CopBot__Discord__ApiBase"] = discord.ApiBase.AbsoluteUri;
        copbot.Environment["CopBot__Discord__Token"] = discord.Token;

        using (var bot = copbot.Start("serve", "--url", "http://127.0.0.1:0"))
        {
            await discord.ListeningAsync(TimeSpan.FromSeconds(60));
            await discord.UntilAsync(() => discord.GlobalCommands.Count > 10, "the commands");
            (await copbot.RunProcessAsync("", "doctor")).Says(ExitCodes.Done, "Discord takes the token.", "In The League the bot may do all that it needs.", "All is well.");

            var form = await discord.RunCommandAsync(ana, general, "cop share");
            Assert.NotNull(form.Modal);
            await discord.SubmitAsync(ana, ("title", "Runbooks that cut MTTR"));
            await discord.UntilAsync(() => discord.Posts.Any(post => post.Channel == general && post.Text.Contains("Runbooks that cut MTTR", StringComparison.Ordinal)), "the receipt");
            await Copbot.StopAsync(bot);
        }

        // What is said while it is down arrives, for its session is gone on with; and nothing that was done is done again.
        Assert.DoesNotContain(1000, discord.Gateway.ClientCloses);
        var identified = discord.Gateway.Identifies;
        discord.Say(ana, general, $"{discord.BotUser.Mention} win \"Said while it was down\"");
        var puts = discord.Requests.Count(request => request.Method == "PUT");
        using (var again = copbot.Start("serve", "--url", "http://127.0.0.1:0"))
        {
            await discord.UntilAsync(() => discord.Posts.Any(post => post.Text.Contains("Said while it was down", StringComparison.Ordinal)), "what was said meanwhile", TimeSpan.FromSeconds(60));
            await Copbot.StopAsync(again);
        }

        Assert.Equal(identified, discord.Gateway.Identifies);
        Assert.Equal(puts, discord.Requests.Count(request => request.Method == "PUT"));
        Assert.Single(discord.Posts, post => post.Channel == general && post.Text.Contains("Runbooks that cut MTTR", StringComparison.Ordinal));
        Assert.Empty(discord.Breaches);
    }

    [Theory]
    [InlineData("not a token", "CopBot__Discord__Token is missing, or is no token.")]
    [InlineData("Bot abcdefghijklmnopqrstuvwxyz", "CopBot__Discord__Token begins with “Bot”")]
    [InlineData("", "CopBot__Discord__Token is missing, or is no token.")]
    public async Task A_token_that_is_none_ends_the_start_and_says_what_to_do(string token, string says)
    {
        copbot.Environment["CopBot__Discord__Token"] = token;
        (await copbot.RunProcessAsync("", "serve", "--url", "http://127.0.0.1:0")).Says(ExitCodes.WrongUse, says);
    }

    [Fact]
    public async Task The_doctor_names_what_is_planted()
    {
        discord = await DiscordServer.StartAsync();
        discord.Guild.AddChannel("general");
        copbot.Environment["CopBot__Discord__ApiBase"] = discord.ApiBase.AbsoluteUri;
        copbot.Environment["CopBot__Discord__Token"] = discord.Token;
        discord.Guild.BotRole!.Permissions &= ~(DiscordPermissions.EmbedLinks | DiscordPermissions.CreateEvents);
        discord.Guild.Everyone.Permissions &= ~DiscordPermissions.EmbedLinks;
        discord.PrivilegedIntents = 0;
        (await copbot.RunProcessAsync("", "doctor")).Says(ExitCodes.Found, "lacks “Embed Links”: cards are not shown", "lacks “Create Events”", "“Server Members Intent” is off");

        discord.Guild.KickBot();
        (await copbot.RunProcessAsync("", "doctor")).Says(ExitCodes.Found, "The bot is in no server.", "permissions=17867332471808");
        copbot.Environment["CopBot__Discord__ApplicationId"] = "12345678901234567";
        (await copbot.RunProcessAsync("", "doctor")).Says(ExitCodes.Found, "CopBot__Discord__ApplicationId is 12345678901234567");
        discord.ResetToken();
        (await copbot.RunProcessAsync("", "doctor")).Says(ExitCodes.Found, "Discord does not take the token.", "Reset Token");
    }

    public async ValueTask DisposeAsync()
    {
        copbot.Dispose();
        if (discord is not null)
            await discord.DisposeAsync();
    }
}
