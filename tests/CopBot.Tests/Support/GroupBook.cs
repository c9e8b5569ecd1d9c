using CopBot.Core.Chat;
using CopBot.Core.Features.People;

namespace CopBot.Tests.Support;

/// <summary>A platform's groups that note what they were asked, and answer as a test says.</summary>
public sealed class GroupBook : IGroupSync
{
    public string Platform => LocalNames.Platform;

    public List<GroupMembers> Asked { get; } = [];

    public bool TakesTitles { get; init; }

    public Queue<SyncOutcome> Answers { get; } = new();

    public Task<SyncOutcome> SetAsync(GroupMembers group, CancellationToken ct)
    {
        Asked.Add(group);
        return Task.FromResult(Answers.TryDequeue(out var answer) ? answer : SyncOutcome.Done);
    }
}
