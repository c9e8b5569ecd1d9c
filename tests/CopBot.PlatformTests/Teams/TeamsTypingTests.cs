using CopBot.Platforms.Teams.Api;
using CopBot.Platforms.Teams.Intake;
using CopBot.Tests.Support.FakeTeams;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.PlatformTests.Teams;

/// <summary>The three dots that somebody alone with the bot sees while they wait.</summary>
public sealed class TeamsTypingTests
{
    [Fact]
    public async Task Whoever_waits_longer_than_a_second_sees_it_once_and_nobody_who_was_answered()
    {
        var second = new Second();
        await using var stage = await StartAsync(second);
        var (ana, bo) = (stage.Ears.Account("ana"), stage.Ears.Account("bo"));
        await stage.Server.DirectAsync(bo, "me");
        await stage.Ears.SettleAsync();
        await stage.Server.DirectAsync(ana, "me");
        await stage.Server.DirectAsync(ana, "help");
        second.Pass();
        await stage.Server.WaitForAsync(() => stage.Server.Typing.Count > 0, "typing");
        await stage.Ears.SettleAsync();
        Assert.Same(ana.Chat, Assert.Single(stage.Server.Typing));
        Assert.Equal([TimeSpan.FromSeconds(1)], second.Asked.Distinct());
        Assert.Empty(stage.Problems);
    }

    [Fact]
    public async Task That_it_is_not_taken_keeps_no_answer_back()
    {
        var second = new Second();
        await using var stage = await StartAsync(second);
        stage.Server.Faults.Next("POST /v3/conversations/{conversationId}/activities", TeamsFault.Error(403, "NotEnoughPermissions"));
        await stage.Server.DirectAsync(stage.Ears.Account("ana"), "me");
        second.Pass();
        await stage.Server.WaitForAsync(() => stage.Server.Faults.Hits.Count == 1, "the refusal");
        await stage.Ears.SettleAsync();
        Assert.Empty(stage.Server.Typing);
        Assert.StartsWith("You have 0 points", stage.ForEyesOf("ana")[^1], StringComparison.Ordinal);
    }

    private static async Task<TeamsStage> StartAsync(Second second)
    {
        var stage = new TeamsStage(await Conversation.StartAsync(Product.Teams, services => services.AddSingleton(provider => new TeamsTyping(provider.GetRequiredService<TeamsApi>(), second))));
        await stage.SayAsync("ana", "help");
        await stage.SayAsync("bo", "help");
        return stage;
    }

    /// <summary>A second that passes when it is told to.</summary>
    private sealed class Second : TimeProvider
    {
        private readonly List<Action> waiting = [];

        public List<TimeSpan> Asked { get; } = [];

        public void Pass()
        {
            foreach (var over in waiting.ToList())
                over();
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Asked.Add(dueTime);
            waiting.Add(() => callback(state));
            return new Nothing();
        }

        private sealed class Nothing : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
