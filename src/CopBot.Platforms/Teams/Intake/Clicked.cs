using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Platforms.Teams.Cards;
using NodaTime;

namespace CopBot.Platforms.Teams.Intake;

/// <summary>
/// Tells a click that comes again from one that is meant again. Clients repeat one within seconds, a second layer does under a new id and time; people who
/// mean it again take longer, and a form is sent once.
/// </summary>
public sealed class Clicked(Inbox inbox, Store store, TimeProvider time)
{
    private static readonly Duration Again = Duration.FromMinutes(1);

    /// <summary>The key of a form that was sent: the same values from the same card count once.</summary>
    public static string KeyOfForm(JsonObject activity, TeamsAction action, string line) => action.Card is null ? KeyOf(activity) : KeyOf(activity, action, line, 0);

    /// <summary>What was pressed, with a key that is new a minute after the last time; null where it comes again.</summary>
    public async Task<Incoming?> FreshAsync(JsonObject activity, TeamsAction action, Incoming said, CancellationToken ct)
    {
        if (action.Card is null)
            return said;
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;

        // A minute ends for everybody at once: what was pressed shortly before has the key of the one before.
        var before = $"{said.Place.Platform}:{said.Place.Workspace}:{KeyOf(activity, action, said.Text, minute - 1)}";
        var since = Instant.FromDateTimeOffset(time.GetUtcNow()) - Again;
        var known = await store.ReadAsync(inbox.CommunityOf(said), (work, token) => work.Sql.ScalarAsync<int>($"select count(*) from inbox where event_key = {before} and received_at > {since}", token), ct);
        return known == 0 ? said with { EventId = KeyOf(activity, action, said.Text, minute) } : null;
    }

    /// <summary>The key of what carries no card: the activity's own.</summary>
    public static string KeyOf(JsonObject activity) => $"click:{activity.Object("conversation").Text("id")}:{activity.Text("id")}";

    /// <summary>A name for a dialog that came with no card: of the click that opened it.</summary>
    public static string Fresh(JsonObject activity) => Digest(activity.Text("id") + activity.Object("from").Text("id"))[..16];

    private static string KeyOf(JsonObject activity, TeamsAction action, string line, long minute) =>
        "click:" + Digest($"{action.Card}\n{action.N}\n{activity.Object("from").Text("id")}\n{line}\n{minute}");

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
