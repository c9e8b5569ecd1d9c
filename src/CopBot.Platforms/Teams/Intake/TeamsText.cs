using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Platforms.Teams.Conversations;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Teams.Intake;

/// <summary>Reads a message's text, in which Teams writes mentions as <c>&lt;at&gt;name&lt;/at&gt;</c> with an entity for each (bots/how-to/conversations/channel-and-group-conversations).</summary>
public sealed partial class TeamsText(TeamsMembers members)
{
    private const int MostMentions = 60;

    // For all whom a line names together: Teams waits for an answer, and the line is stored only then.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Whether the bot itself is mentioned.</summary>
    public static bool Calls(JsonObject activity) => Mentions(activity).Any(mention => mention.Id == activity.Object("recipient").Text("id"));

    /// <summary>The line, without the bot's own mention and what the bot breaks addresses with; another mention becomes <c>@name</c>, whose account stands among the mentions.</summary>
    public Task<(string Line, IReadOnlyDictionary<string, Handle> Mentions)> ReadAsync(JsonObject activity, Uri service, CancellationToken ct)
    {
        var bot = activity.Object("recipient").Text("id");
        var waiting = Mentions(activity).Take(MostMentions).ToList();
        return ReadAsync(activity.Text("text").Replace("&nbsp;", " ", StringComparison.Ordinal).Replace('\u00a0', ' ').Replace("\u2060", "", StringComparison.Ordinal), At(), mark =>
        {
            // The entities stand in the order of the text; the words between the marks are what the reader's client shows.
            var found = waiting.FindIndex(mention => mention.Text == mark.Value);
            if (found < 0)
                return null;
            var mention = waiting[found];
            waiting.RemoveAt(found);
            return mention.Id == bot ? "" : mention.Id;
        }, activity.Object("conversation").Text("id"), service, ct);
    }

    /// <summary>A line that a form or a click gave, in which people stand as <c>&lt;@id&gt;</c>.</summary>
    public Task<(string Line, IReadOnlyDictionary<string, Handle> Mentions)> ReadLineAsync(string line, string conversation, Uri service, CancellationToken ct) =>
        ReadAsync(line.Replace("\u2060", "", StringComparison.Ordinal), Bracket(), mark => mark.Groups["user"].Value, conversation, service, ct);

    private async Task<(string Line, IReadOnlyDictionary<string, Handle> Mentions)> ReadAsync(string text, Regex marks, Func<Match, string?> who, string conversation, Uri service, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        var mentioned = new Mentioned();
        var line = new StringBuilder();
        var from = 0;
        foreach (Match mark in marks.Matches(text))
        {
            line.Append(text, from, mark.Index - from);
            from = mark.Index + mark.Length;
            line.Append(who(mark) switch
            {
                null => mark.Groups["name"].Value,
                "" => "",
                var id when await members.FindAsync(conversation, id, service, limit.Token, ct) is { } member => mentioned.Add(member.Handle, member.IsPerson),
                _ => mark.Groups["name"] is { Success: true, Value: var name } ? "@" + name : mark.Value,
            });
        }

        return (line.Append(text, from, text.Length - from).ToString().Trim(), mentioned.Accounts);
    }

    private static IEnumerable<(string Text, string Id)> Mentions(JsonObject activity) => activity.Objects("entities")
        .Where(entity => entity.Text("type") == "mention").Select(entity => (entity.Text("text"), entity.Object("mentioned").Text("id")));

    [GeneratedRegex("<at[^<>]{0,100}>(?<name>[^<>]{0,200})</at>", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex At();

    [GeneratedRegex("<@(?<user>[A-Za-z0-9:_-]{1,200})>", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Bracket();
}
