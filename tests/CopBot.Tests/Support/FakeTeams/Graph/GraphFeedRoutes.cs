using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Lines in the activity feed: only of kinds that the app's manifest declares, and for people who have the app.</summary>
internal static class GraphFeedRoutes
{
    private const int LongestPreview = 150;

    public static TeamsRoute[] All { get; } =
    [
        new("POST", "/users/{id}/teamwork/sendActivityNotification", call => Notify(call, GraphTeamRoutes.Person(call, call["id"]), person => person.HasApp || call.Server.Teams.Any(team => team.HasApp && team.MemberList.Contains(person)))),
        new("POST", "/teams/{id}/sendActivityNotification", call =>
        {
            var team = GraphTeamRoutes.Team(call);
            var recipient = call.Body["recipient"] as JsonObject ?? throw Bad("recipient is missing");
            if (((string?)recipient["@odata.type"])?.EndsWith("microsoft.graph.aadUserNotificationRecipient", StringComparison.Ordinal) != true)
                throw Bad("recipient is of no kind that is known here");
            return Notify(call, GraphTeamRoutes.Person(call, (string?)recipient["userId"]), person => team.HasApp && team.MemberList.Contains(person));
        }),
    ];

    private static JsonNode? Notify(TeamsCall call, TeamsPerson person, Func<TeamsPerson, bool> mayBeTold)
    {
        var (body, manifest) = (call.Body, call.Server.Graph.Manifest);
        var kind = (string?)body["activityType"] ?? throw Bad("activityType is missing");
        if (body["topic"] is not JsonObject topic || (string?)topic["source"] is not { } source || (string?)topic["value"] is not { } about)
            throw Bad("topic has no source or no value");
        if (source == "text" && !((string?)topic["webUrl"] ?? "").StartsWith("https://teams.microsoft.com/l/", StringComparison.Ordinal))
            throw Bad("topic.webUrl must begin with https://teams.microsoft.com/l/");
        if (source == "entityUrl" && !about.Contains("/v1.0/", StringComparison.Ordinal) && !about.StartsWith("https://graph.microsoft.com/", StringComparison.Ordinal))
            throw Bad("topic.value is no address in Graph");
        if (body["previewText"] is JsonObject preview && ((string?)preview["content"] ?? "").Length > LongestPreview)
            throw Bad($"previewText has more than {LongestPreview} characters");
        var declared = (manifest?["activities"]?["activityTypes"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(type => (string?)type["type"] == kind);
        if (declared is null && kind != "systemDefault")
            throw Bad($"Activity type '{kind}' is not declared in the manifest of the app");
        if (!mayBeTold(person))
            throw new TeamsRefusal(403, "Forbidden", "Application with AAD App Id is not authorized to generate custom text notifications about this topic, or not installed for the recipient.");
        person.FeedList.Add(new(kind, Text(declared, body), (string?)body["previewText"]?["content"] ?? "", about, Uri.TryCreate((string?)topic["webUrl"], UriKind.Absolute, out var web) ? web : null, call.Server.Clock.GetUtcNow(), body.DeepClone().AsObject()));
        call.Status = 204;
        return null;
    }

    /// <summary>The sentence that the manifest has for it, with what it is about filled in.</summary>
    private static string Text(JsonObject? declared, JsonObject body)
    {
        var given = (body["templateParameters"] as JsonArray ?? []).OfType<JsonObject>().ToDictionary(pair => (string?)pair["name"] ?? "", pair => (string?)pair["value"] ?? "");
        var template = declared is null ? "{systemDefaultText}" : (string?)declared["templateText"] ?? "";
        var text = template;
        foreach (var (name, value) in given)
            text = text.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        var missing = System.Text.RegularExpressions.Regex.Matches(template, "\\{([^}]+)\\}").Select(match => match.Groups[1].Value).Where(name => name != "actor" && !given.ContainsKey(name)).ToList();
        return missing.Count > 0 ? throw Bad($"templateParameters lacks {string.Join(", ", missing)}") : text;
    }

    private static TeamsRefusal Bad(string text) => new(400, "BadRequest", text) { IsBreach = true };
}
