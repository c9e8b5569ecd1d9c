using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Claims;

public sealed class StoryCommands(Work work, Claims claims, Receipt receipt, RecentTitles titles, PointsPolicy policy) : ICommands
{
    [Command("win", "Tell what went well, and why", Example = "win \"Nobody was paged all weekend\" topic=alerting")]
    public Task<Reply> WinAsync(
        Caller caller,
        [Description("What went well, in one line")] string title,
        [Description("Where the story can be read")] Uri? link = null,
        [Description("What it is about, in a word or two"), MaxLength(60)] string? topic = null,
        CancellationToken ct = default) =>
        TellAsync(caller, "win", "tells a win", title, link, topic, ct);

    [Command("failure", "Tell what went wrong, and what it taught; it earns what a win earns", Example = "failure \"A retry storm took the queue down\" topic=queues")]
    public Task<Reply> FailureAsync(
        Caller caller,
        [Description("What went wrong and what it taught, in one line")] string title,
        [Description("Where the story can be read")] Uri? link = null,
        [Description("What it is about, in a word or two"), MaxLength(60)] string? topic = null,
        CancellationToken ct = default) =>
        TellAsync(caller, "failure", "tells a failure that taught something", title, link, topic, ct);

    private async Task<Reply> TellAsync(Caller caller, string kind, string verb, string title, Uri? link, string? topic, CancellationToken ct)
    {
        var twin = await titles.FindAsync(work, kind, title, caller.At, ct);
        var claim = await claims.AddAsync(claims.Draft(caller, kind, twin is null ? ClaimState.Counted : ClaimState.Waiting) with
        {
            Title = title,
            Link = link?.AbsoluteUri,
            Topic = topic,
            HeldBecause = twin is null ? null : $"It reads much like #{twin}, so somebody has to confirm that it is new.",
        }, [], ct);

        var what = RichText.Of($"{caller.Person:name} {new RichText([new Run.Words(verb)])}: “{claim.Titled}”");
        return claim.Waits
            ? receipt.Waiting(caller, claim, what)
            : await receipt.CountedAsync(caller, claim, what, await claims.PayAsync(claim, Payees.Of(claim, [], policy[kind]), caller, ct), [], ct);
    }
}
