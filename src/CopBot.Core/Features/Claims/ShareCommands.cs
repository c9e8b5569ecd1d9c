using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Claims;

public sealed class ShareCommands(Work work, Claims claims, Receipt receipt, RecentTitles titles, PointsPolicy policy) : ICommands
{
    [Command("share", "Log something you learned, made or found that helps others", Example = "share \"Runbooks that cut MTTR\" size=medium format=doc link=https://example.org/r topic=incidents")]
    public async Task<Reply> ShareAsync(
        Caller caller,
        [Description("What you shared, in one line")] string title,
        [Description("How big it is"), OneOfPack("sizes")] string? size = null,
        [Description("In which form; hands-on forms earn more"), OneOfPack("formats")] string? format = null,
        [Description("Where it can be found")] Uri? link = null,
        [Description("What it is about, in a word or two"), MaxLength(60)] string? topic = null,
        CancellationToken ct = default)
    {
        var rule = policy["share"];
        size ??= rule.Default ?? policy.Sizes.Keys.First();
        var twin = await titles.FindAsync(work, "share", title, caller.At, ct);
        var waits = twin is not null || rule.Waits(size);
        var claim = await claims.AddAsync(claims.Draft(caller, "share", waits ? ClaimState.Waiting : ClaimState.Counted) with
        {
            Title = title,
            Size = size,
            Format = format,
            Link = link?.AbsoluteUri,
            Topic = topic,
            HeldBecause = twin is null ? null : $"It reads much like #{twin}, so somebody has to confirm that it is new.",
        }, [], ct);

        var what = RichText.Of($"{caller.Person:name} shared “{claim.Titled}” ({size}{(format is null ? "" : ", " + format)})");
        Button[] offers = Receipt.Unheard(caller) ? [] : [new("We used this", $"used {claim.Number}")];
        return waits
            ? receipt.Waiting(caller, claim, what)
            : await receipt.CountedAsync(caller, claim, what, await claims.PayAsync(claim, Payees.Of(claim, [], rule), caller, ct), offers, ct);
    }
}
