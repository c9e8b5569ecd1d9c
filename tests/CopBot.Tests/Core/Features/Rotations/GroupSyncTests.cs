using CopBot.Core.Chat;
using CopBot.Core.Features.Groups;
using CopBot.Core.Features.People;
using CopBot.Core.Features.Rotations;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.Tests.Core.Features.Rotations;

public abstract class GroupSyncTests(Product product)
{
    private static readonly string[] People = ["ana", "bo", "cy", "dee"];
    private readonly GroupBook groups = new();

    [Fact]
    public async Task The_group_follows_those_who_serve_and_is_asked_for_after_the_change_over()
    {
        await using var chat = await StartAsync();
        await chat.WaitAsync(Duration.FromDays(8));
        Assert.Empty(groups.Asked);
        await LookAsync(chat);
        var first = Assert.Single(groups.Asked);
        Assert.Equal("Core team", first.Name);
        Assert.Equal(await ServingAsync(chat), NamesOf(first));

        // Nothing is due again until it is time to look whether somebody changed it by hand.
        await LookAsync(chat);
        Assert.Single(groups.Asked);
        await chat.WaitAsync(Duration.FromHours(2));
        await LookAsync(chat);
        Assert.Equal(NamesOf(first), NamesOf(groups.Asked[1]));

        await chat.WaitAsync(Duration.FromDays(14));
        await LookAsync(chat);
        Assert.Equal(await ServingAsync(chat), NamesOf(groups.Asked[^1]));
        Assert.NotEqual(NamesOf(first), NamesOf(groups.Asked[^1]));
    }

    [Fact]
    public async Task What_the_platform_does_not_do_is_asked_for_again()
    {
        await using var chat = await StartAsync();
        groups.Answers.Enqueue(new(SyncOutcomeKind.Later, Problem: "busy"));
        groups.Answers.Enqueue(new(SyncOutcomeKind.Later, Duration.FromMinutes(20)));
        groups.Answers.Enqueue(new(SyncOutcomeKind.Refused, Problem: "missing_scope"));
        await chat.WaitAsync(Duration.FromDays(8));
        await LookAsync(chat);
        Assert.Equal("busy", await chat.ScalarAsync<string>($"select problem from group_syncs"));
        await chat.WaitAsync(Duration.FromMinutes(2));
        await LookAsync(chat);
        await chat.WaitAsync(Duration.FromMinutes(10));
        await LookAsync(chat);
        Assert.Equal(2, groups.Asked.Count);
        await chat.WaitAsync(Duration.FromMinutes(11));
        await LookAsync(chat);
        Assert.Equal("missing_scope", await chat.ScalarAsync<string>($"select problem from group_syncs"));
        await chat.WaitAsync(Duration.FromHours(2));
        await LookAsync(chat);
        Assert.Equal(4, groups.Asked.Count);
        Assert.Equal(0, await chat.ScalarAsync<int>($"select tries from group_syncs"));
    }

    [Fact]
    public async Task Whoever_is_not_shown_by_name_is_in_no_group_and_a_rotation_that_is_removed_leaves_none()
    {
        await using var chat = await StartAsync();
        await chat.WaitAsync(Duration.FromDays(8));
        var serving = await ServingAsync(chat);
        await chat.WhisperAsync(serving[0], "privacy hidden");
        await LookAsync(chat);
        Assert.Equal([serving[1]], NamesOf(Assert.Single(groups.Asked)));
        await chat.SayAsync("ana", "rotation remove yes=yes");
        await LookAsync(chat);
        Assert.Empty(groups.Asked[^1].Members);
        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from group_syncs"));
    }

    [Fact]
    public async Task Where_no_platform_has_groups_nothing_is_noted()
    {
        await using var chat = await StartAsync(withGroups: false);
        await chat.WaitAsync(Duration.FromDays(8));
        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from group_syncs"));
        await chat.Services.GetRequiredService<GroupSyncWorker>().RunAsync(CancellationToken.None);
    }

    private async Task<Conversation> StartAsync(bool withGroups = true)
    {
        var chat = await Conversation.StartAsync(product, services =>
        {
            if (withGroups)
                services.AddSingleton<IGroupSync>(groups);
        });
        await chat.JoinAsync(People);
        await chat.SayAsync("ana", "rotation create \"Core team\" seats=2 every=2w day=monday");
        foreach (var name in People)
            await chat.SayAsync(name, "rotation join");
        return chat;
    }

    private static Task LookAsync(Conversation chat) => chat.Services.GetRequiredService<GroupSyncWorker>().RunDueAsync(CancellationToken.None);

    private static string[] NamesOf(GroupMembers group) => [.. group.Members.Select(member => member.UserId)];

    private static async Task<string[]> ServingAsync(Conversation chat)
    {
        var who = await chat.AskAsync("ana", "rotation who");
        return [.. People.Where(name => who.Contains($" {name} (", StringComparison.Ordinal)).OrderBy(name => who.IndexOf($" {name} (", StringComparison.Ordinal))];
    }
}

public sealed class GroupSyncOnSqliteTests() : GroupSyncTests(Product.Sqlite);
