using System.ComponentModel;
using System.Text.Json;
using CopBot.Core.Chat;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.MyData;

public sealed class MyDataCommands(Work work, Holdings holdings, Erasure erasure, Leads leads) : ICommands
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Command("my data", "See everything that is held about you, as JSON", ReadsOnly = true)]
    public async Task<Reply> ShowAsync(Caller caller, CancellationToken ct)
    {
        var data = await holdings.OfAsync(caller.Person, ct);
        return new Message(
            $"This is everything that is held about you. {"forget me":code} erases it.",
            Card.Of(new Document("my-data.json", "application/json", data.ToJsonString(Indented))));
    }

    [Command("forget me", "Erase everything that is held about you")]
    public async Task<Reply> ForgetAsync(Caller caller, [Description("Say yes once you are sure")] bool yes = false, CancellationToken ct = default)
    {
        var others = await work.Sql.ScalarAsync<int>(
            $"select count(*) from people where community_id = {work.CommunityId} and id <> {caller.Person} and joined_at is not null and erased_at is null and merged_into is null", ct);
        if (caller.Role == Role.Lead && (await leads.ButAsync(caller.Person, ct)).Count == 0 && others > 0)
            throw new Refusal($"You are the only lead. Make somebody else lead first, {"role @name lead":code}; then you can go. Nothing was erased.");

        if (!yes)
        {
            return new Message(
                "This erases your name, your accounts, and every word you wrote or that thanks you. The sums of squads and seasons stay, without you. It cannot be undone.",
                Card.Of(new Buttons([new("Erase everything about me", "forget me yes=yes", Destructive: true), new("Show me first", "my data")]), new Note($"Nothing is erased yet. To go on, type {"forget me yes":code}.")));
        }

        await erasure.EraseAsync(caller.Person, caller.At, ct);
        return new Message(
            "You are forgotten. If you ever speak to me again, we meet for the first time.",
            Card.Of(new Facts([
                new("Erased", "your name, your accounts, what was said in private between us, and every word that you wrote or that thanks you"),
                new("Stays", "points without a name, because the sums of squads, seasons and colleagues must stay right, and sessions without their words, because they are their participants' too"),
            ])));
    }
}
