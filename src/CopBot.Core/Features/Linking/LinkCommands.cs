using System.ComponentModel;
using System.Security.Cryptography;
using System.Text;
using CopBot.Core.Chat;
using CopBot.Core.Features.League;
using CopBot.Core.Storage;
using NodaTime;

namespace CopBot.Core.Features.Linking;

public sealed class LinkCommands(Work work, Merge merge) : ICommands
{
    // 14 letters of 32 are 70 bits: nobody guesses that in ten minutes.
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int CodeLength = 14;
    private static readonly Duration Lifetime = Duration.FromMinutes(10);

    [Command("link", "Join your accounts on several chats, so that you are one person", Example = "link")]
    public async Task<Reply> LinkAsync(
        Caller caller,
        [Description("The code that your other account was given; leave it out to be given one")] string? code = null,
        [Description("Say yes once you have seen which accounts become one")] bool yes = false,
        CancellationToken ct = default)
    {
        if (code is null)
            return await OfferAsync(caller, ct);

        var hash = HashOf(code);
        var asker = await work.Sql.FirstAsync(
            $"select person_id from link_codes where hash = {hash} and community_id = {work.CommunityId} and expires_at > {caller.At}",
            row => (PersonId?)row.Person(0), ct)
            ?? throw new Refusal($"That code is not valid (any more). Codes work once, within ten minutes: type {"link":code} on your other account for a new one. Nothing was changed.");
        if (asker == caller.Person)
            throw new Refusal($"This account belongs to you already. Type the code on your other account. Nothing was changed.");
        if (!yes)
        {
            return new Message(
                $"This makes your account here and {asker:name}'s one person: one score, one set of caps. It cannot be undone. Do it only if both are yours.",
                Card.Of(new Buttons([new("Both are mine, join them", $"link {code} yes=yes", Destructive: true)]), new Note($"The name of the account that gave the code stays: {asker:name}. Of the two choices of privacy the more private one counts."), new Note($"Nothing is changed yet. To go on, type {$"link {code} yes=yes":code}.")));
        }

        await work.Sql.ExecuteAsync($"delete from link_codes where person_id = {asker} or person_id = {caller.Person}", ct);
        var merged = await merge.IntoAsync(asker, caller, ct);
        return new Message(
            $"Done: you are one person on both accounts now, with {Points.Said(merged.Moved)} moved over.",
            merged.Reversed == 0 ? null : Card.Of(new Note($"Points that the two accounts had given each other were taken back: {merged.Reversed}.")));
    }

    private async Task<Reply> OfferAsync(Caller caller, CancellationToken ct)
    {
        var code = RandomNumberGenerator.GetString(Letters, CodeLength);
        await work.Sql.ExecuteAsync($"delete from link_codes where person_id = {caller.Person} or expires_at <= {caller.At}", ct);
        await work.Sql.ExecuteAsync($"insert into link_codes (hash, community_id, person_id, expires_at) values ({HashOf(code)}, {work.CommunityId}, {caller.Person}, {caller.At + Lifetime})", ct);
        return new Message(
            $"Your code is {code:code}.",
            Card.Of(new Paragraph($"On your other account type {$"link {code}":code} within ten minutes. It works once. Give it to nobody: whoever has it can join their account to yours.")));
    }

    private static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code.Trim().Replace("-", "", StringComparison.Ordinal).ToUpperInvariant()));
}
