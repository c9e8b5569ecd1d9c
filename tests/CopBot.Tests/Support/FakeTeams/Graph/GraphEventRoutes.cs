using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CopBot.Tests.Support.FakeTeams;

/// <summary>Events in people's calendars.</summary>
internal static partial class GraphEventRoutes
{
    private const string Events = "/users/{id}/events", One = Events + "/{event}";

    public static TeamsRoute[] All { get; } =
    [
        new("POST", Events, Create),
        new("GET", Events, List),
        new("GET", One, call => Described(Found(call))),
        new("PATCH", One, call =>
        {
            var found = Found(call);
            Check(call);
            if (call.Body["transactionId"] is { } transaction && transaction.ToString() != (string?)found.Body["transactionId"])
                throw new TeamsRefusal(400, "ErrorInvalidRequest", "transactionId cannot be changed.") { IsBreach = true };
            foreach (var (name, value) in call.Body)
                found.Body[name] = value?.DeepClone();
            return Described(found);
        }),
        new("DELETE", One, call =>
        {
            var found = Found(call);
            found.Deleted = true;
            call.Server.Graph.EventList.Remove(found);
            call.Status = 204;
            return null;
        }),
    ];

    private static JsonNode List(TeamsCall call)
    {
        var (organizer, filter) = (GraphTeamRoutes.Person(call, call["id"]), call.Query("$filter"));
        if (filter is not null && !Subject().IsMatch(filter))
            throw new TeamsRefusal(400, "ErrorInvalidUrlQueryFilter", $"The filter {filter} is not understood.") { IsBreach = true };
        var wanted = filter is null ? null : Subject().Match(filter).Groups[1].Value.Replace("''", "'", StringComparison.Ordinal);
        var asked = call.Query("$select")?.Split(',');
        return GraphTeamRoutes.Page(call, [.. call.Server.Graph.EventList.Where(each => each.Organizer == organizer && (wanted is null || each.Subject == wanted)).Select(each =>
            new JsonObject(Described(each).Where(member => asked is null || member.Key == "id" || asked.Contains(member.Key)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))))]);
    }

    private static JsonNode Create(TeamsCall call)
    {
        var (graph, organizer) = (call.Server.Graph, GraphTeamRoutes.Person(call, call["id"]));
        if ((string?)call.Body["transactionId"] is { } transaction && graph.EventList.Find(each => each.Organizer == organizer && (string?)each.Body["transactionId"] == transaction) is { } known)
            return graph.RefusesTransactionsTwice
                ? throw new TeamsRefusal(409, "ErrorDuplicateTransactionId", "Your request can't be completed. The TransactionId property must be unique for every new calendar event.")
                : Created(call, known);
        if (call.Body["start"] is null || call.Body["end"] is null)
            throw new TeamsRefusal(400, "ErrorPropertyValidationFailure", "At least one property failed validation: start and end are needed.") { IsBreach = true };
        Check(call);
        var made = new GraphEvent("AAMk" + TeamsIds.Hex(24), organizer, call.Body.DeepClone().AsObject());
        graph.EventList.Add(made);
        return Created(call, made);
    }

    private static JsonObject Created(TeamsCall call, GraphEvent made)
    {
        call.Status = 201;
        return Described(made);
    }

    private static void Check(TeamsCall call)
    {
        foreach (var side in (string[])["start", "end"])
            if (call.Body[side] is JsonObject at && (!DateTime.TryParse((string?)at["dateTime"], CultureInfo.InvariantCulture, out _) || (string?)at["timeZone"] is null or ""))
                throw new TeamsRefusal(400, "ErrorInvalidRequest", $"{side} has no dateTime or no timeZone.") { IsBreach = true };
        foreach (var attendee in (call.Body["attendees"] as JsonArray ?? []).OfType<JsonObject>())
            if ((string?)attendee["emailAddress"]?["address"] is not { } address || !address.Contains('@', StringComparison.Ordinal))
                throw new TeamsRefusal(400, "ErrorInvalidRecipients", "At least one recipient is not valid.") { IsBreach = true };
    }

    private static GraphEvent Found(TeamsCall call) =>
        GraphTeamRoutes.Person(call, call["id"]) is var organizer && call.Server.Graph.EventList.Find(each => each.Id == call["event"] && each.Organizer == organizer) is { } found ? found : throw new TeamsRefusal(404, "ErrorItemNotFound", "The specified object was not found in the store.");

    private static JsonObject Described(GraphEvent made)
    {
        var described = made.Body.DeepClone().AsObject();
        described["id"] = made.Id;
        described["iCalUId"] = "040000008200E00074C5B7101A82E008" + made.Id;
        described["webLink"] = $"https://outlook.office365.com/owa/?itemid={made.Id}&exvsurl=1&path=/calendar/item";
        described["isOrganizer"] = true;
        described["organizer"] = new JsonObject { ["emailAddress"] = new JsonObject { ["name"] = made.Organizer.Name, ["address"] = made.Organizer.Email } };
        if ((bool?)made.Body["isOnlineMeeting"] == true)
            described["onlineMeeting"] = new JsonObject { ["joinUrl"] = $"https://teams.microsoft.com/l/meetup-join/{made.Id}" };
        return described;
    }

    [GeneratedRegex("^subject eq '((?:[^']|'')*)'$")]
    private static partial Regex Subject();
}
