using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>What an activity of the bot's must hold to, beyond Microsoft's description: mentions, sizes, one thing at a time.</summary>
internal sealed partial class ActivityRules(TeamsServer server, TeamsConversation? where)
{
    /// <summary>Teams refuses beyond 100 KB; what keeps to this is safe, whatever is counted.</summary>
    public const int MostBytes = 80 * 1024;

    /// <summary>Entities that mention somebody, of a text or of a card.</summary>
    public static IEnumerable<JsonObject> Mentions(JsonObject activity) =>
        Entities(activity["entities"]).Concat((activity["attachments"] as JsonArray ?? []).OfType<JsonObject>().Select(attachment => attachment["content"] as JsonObject).OfType<JsonObject>().SelectMany(card => Entities(card["msteams"]?["entities"])));

    public IEnumerable<string> Problems(JsonObject activity)
    {
        var described = TeamsSpecs.ConnectorProblems("Activity", activity).ToList();
        foreach (var problem in described)
            yield return problem;
        // What is of another kind altogether is not looked at more closely.
        if (described.Count > 0)
            yield break;
        var (type, text) = ((string?)activity["type"], (string?)activity["text"] ?? "");
        if (type is not ("message" or "typing"))
            yield return $"type is {type}";
        if (type != "message")
            yield break;
        var attachments = (activity["attachments"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        if (text.Length == 0 && attachments.Count == 0)
            yield return "says nothing";
        if (text.Length > 0 && attachments.Count > 0)
            yield return "a text and a card in one: Teams makes two messages of it, and the id of one is lost";
        foreach (var problem in attachments.SelectMany((attachment, index) => AttachmentProblems(attachment, $"attachments[{index}]")).Concat(MentionProblems(server, where, Entities(activity["entities"]), [text], (string?)activity["textFormat"] != "plain")))
            yield return problem;
        if (activity["suggestedActions"] is JsonObject { } suggested && (where?.Kind != TeamsConversation.Personal || suggested["actions"] is not JsonArray { Count: <= 6 }))
            yield return "suggested actions are for a chat with one person, six at the most";
    }

    /// <summary>Mentions whose text is not there, or who are nobody; tags in texts that mention nobody.</summary>
    public static IEnumerable<string> MentionProblems(TeamsServer? server, TeamsConversation? where, IEnumerable<JsonObject> entities, IReadOnlyList<string> texts, bool tagsAreLive)
    {
        var named = new HashSet<string>();
        foreach (var entity in entities)
        {
            var (tag, id) = ((string?)entity["text"] ?? "", (string?)entity["mentioned"]?["id"] ?? "");
            named.Add(tag);
            if (!Tag().IsMatch(tag))
                yield return $"mention “{tag}” is no <at>…</at>";
            else if (!texts.Any(text => text.Contains(tag, StringComparison.Ordinal)))
                yield return $"mention “{tag}” is nowhere in the text";
            if (entity["mentioned"]?["name"] is null)
                yield return $"mention “{tag}” has no name";
            if (server is not null && !IsKnown(server, where, id))
                yield return $"mention “{tag}” of {id}, who is nobody here";
        }
        if (tagsAreLive)
            foreach (var tag in texts.SelectMany(text => Tag().Matches(text).Select(match => match.Value)).Where(tag => !named.Contains(tag)))
                yield return $"{tag} mentions nobody";
    }

    private IEnumerable<string> AttachmentProblems(JsonObject attachment, string at) => (string?)attachment["contentType"] switch
    {
        TeamsCards.ContentType => attachment["content"] is JsonObject card ? CardRules.Problems(card, at, server, where) : [$"{at}: no content"],
        null => [$"{at}: no contentType"],
        _ => [],
    };

    private static bool IsKnown(TeamsServer server, TeamsConversation? where, string id) =>
        id == server.BotId || server.Graph.IsTag(where?.Team, id) || (server.FindPerson(id) is { Gone: false } person && where?.Members.Contains(person) != false);

    private static IEnumerable<JsonObject> Entities(JsonNode? entities) => (entities as JsonArray ?? []).OfType<JsonObject>().Where(entity => (string?)entity["type"] == "mention");

    [GeneratedRegex("<at>[^<>]+</at>")]
    private static partial Regex Tag();
}
