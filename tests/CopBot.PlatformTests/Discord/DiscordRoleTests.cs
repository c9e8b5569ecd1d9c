using CopBot.Core.Features.Groups;
using CopBot.Tests.Support.FakeDiscord;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.PlatformTests.Discord;

public sealed class DiscordRoleTests
{
    [Fact]
    public async Task A_title_of_the_season_is_a_role_that_shows_and_calls_nobody()
    {
        await using var stage = await DiscordStage.StartAsync();
        await EarnAsync(stage);
        Assert.Equal(["ana"], stage.Group("Sidekick"));
        Assert.False(stage.Guild.Roles.Single(role => role.Name == "Sidekick").Mentionable);
        Assert.DoesNotContain(stage.Guild.Roles, role => role.Name == "Lookout");

        await stage.Chat.WhisperAsync("ana", "privacy hidden");
        await LookAsync(stage);
        Assert.Equal([], stage.Group("Sidekick"));
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task A_role_above_the_bots_own_is_explained_once_and_followed_when_it_was_moved()
    {
        await using var stage = await DiscordStage.StartAsync();
        await EarnAsync(stage);
        stage.Guild.Raise(stage.Guild.Roles.Single(role => role.Name == "Sidekick"));
        await stage.Ears.SettleAsync();
        await stage.Chat.WhisperAsync("ana", "privacy hidden");
        for (var time = 0; time < 3; time++)
        {
            await LookAsync(stage);
            await stage.Chat.WaitAsync(NodaTime.Duration.FromHours(2));
        }

        await stage.Ears.SettleAsync();
        Assert.Equal(["ana"], stage.Group("Sidekick"));
        var told = Assert.Single(stage.ForEyesOf("bo"), text => text.StartsWith("The group of Sidekick does not follow it", StringComparison.Ordinal));
        Assert.Contains("drag my role above it", told, StringComparison.Ordinal);

        stage.Guild.Raise(stage.Guild.BotRole!);
        await stage.Ears.SettleAsync();
        await stage.Chat.WaitAsync(NodaTime.Duration.FromHours(2));
        await LookAsync(stage);
        Assert.Equal([], stage.Group("Sidekick"));
    }

    // Ana reaches the first title with nothing but her own stories.
    private static async Task EarnAsync(DiscordStage stage)
    {
        await stage.SayAsync("bo", "help");
        for (var number = 1; number <= 5; number++)
        {
            await stage.SayAsync("ana", $"share \"{Titles[number - 1]}\" size=medium");
            await stage.Chat.WaitAsync(NodaTime.Duration.FromDays(1));
        }

        await LookAsync(stage);
    }

    private static readonly string[] Titles = ["How we roll back", "Why the pager is quiet", "Reading flame graphs", "Backups that restore", "A week without toil"];

    private static async Task LookAsync(DiscordStage stage)
    {
        await stage.Chat.Services.GetRequiredService<GroupSyncWorker>().RunDueAsync(CancellationToken.None);
        await stage.Ears.SettleAsync();
    }
}
