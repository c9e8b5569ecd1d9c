using System.Globalization;
using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>Scheduled events of a guild.</summary>
internal static class ScheduledEventRoutes
{
    private const string Events = "/guilds/{guild_id}/scheduled-events", One = "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}";

    public static DiscordRoute[] All { get; } =
    [
        new("GET", Events, call => new JsonArray([.. call.Guild().EventList.Select(Shape)])),
        new("POST", Events, Create),
        new("GET", One, call => Shape(Find(call))),
        new("PATCH", One, Change),
        new("DELETE", One, Delete),
        new("GET", $"{One}/users", Users),
    ];

    private static DiscordScheduledEvent Find(DiscordCall call) => call.Guild().EventList.Find(each => each.Id == call["guild_scheduled_event_id"]) ?? throw DiscordRefusal.Of(10070);

    private static JsonObject Shape(DiscordScheduledEvent of)
    {
        var shape = of.Body.DeepClone().AsObject();
        shape["user_count"] = of.Interested.Count;
        return shape;
    }

    private static JsonObject Create(DiscordCall call)
    {
        var guild = call.Guild();
        call.Need(guild, DiscordPermissions.CreateEvents);
        if (guild.EventList.Count(each => each.Status is 1 or 2) >= 100)
            throw DiscordRefusal.Of(30038);
        var body = new JsonObject
        {
            ["id"] = call.Server.NewId(),
            ["guild_id"] = guild.Id,
            ["channel_id"] = null,
            ["creator_id"] = call.Bot.Id,
            ["description"] = null,
            ["image"] = null,
            ["status"] = 1,
            ["entity_id"] = null,
            ["entity_metadata"] = null,
            ["scheduled_end_time"] = null,
            ["recurrence_rule"] = null,
            ["creator"] = DiscordShapes.User(call.Bot),
        };
        Take(body, call.Body);
        Check(call, body, isNew: true);
        var made = new DiscordScheduledEvent((string)body["id"]!, body, call.Bot.Id) { Reason = call.Request.Reason };
        guild.EventList.Add(made);
        Tell(guild, "GUILD_SCHEDULED_EVENT_CREATE", made);
        return Shape(made);
    }

    private static JsonObject Change(DiscordCall call)
    {
        var (guild, known) = (call.Guild(), Find(call));
        NeedOwn(call, guild, known);
        var body = known.Body.DeepClone().AsObject();
        var (from, to) = ((int)body["status"]!, (int?)call.Body["status"] ?? (int)body["status"]!);
        // Scheduled becomes active or cancelled, active becomes completed; nothing else.
        if (from != to && (from, to) is not ((1, 2) or (1, 4) or (2, 3)))
            throw DiscordRefusal.Form("status", "Invalid Guild Scheduled Event Status Transition");
        Take(body, call.Body);
        Check(call, body, isNew: call.Body.ContainsKey("scheduled_start_time"));
        known.Body = body;
        Tell(guild, "GUILD_SCHEDULED_EVENT_UPDATE", known);
        return Shape(known);
    }

    private static JsonNode? Delete(DiscordCall call)
    {
        var (guild, known) = (call.Guild(), Find(call));
        NeedOwn(call, guild, known);
        guild.EventList.Remove(known);
        Tell(guild, "GUILD_SCHEDULED_EVENT_DELETE", known);
        return null;
    }

    private static JsonArray Users(DiscordCall call)
    {
        var known = Find(call);
        return new([.. known.Interested.Take(call.Number("limit", 100, 1, 100)).Select(id => new JsonObject { ["guild_scheduled_event_id"] = known.Id, ["user"] = DiscordShapes.User(call.Server.FindUser(id)!) })]);
    }

    private static void NeedOwn(DiscordCall call, DiscordGuild guild, DiscordScheduledEvent known)
    {
        if ((DiscordPermissions.Of(call.Bot, guild) & DiscordPermissions.ManageEvents) == 0)
            call.Need(guild, known.CreatorId == call.Bot.Id ? DiscordPermissions.CreateEvents : DiscordPermissions.ManageEvents);
    }

    private static void Take(JsonObject body, JsonObject asked)
    {
        foreach (var (name, value) in asked)
            body[name] = value?.DeepClone();
        foreach (var name in (string[])["scheduled_start_time", "scheduled_end_time"])
            if (body[name] is JsonValue time)
                body[name] = DiscordShapes.Time(DateTimeOffset.Parse(time.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
    }

    private static void Check(DiscordCall call, JsonObject body, bool isNew)
    {
        List<(string, string)> problems = [];
        void Unless(bool fine, string path, string problem)
        {
            if (!fine)
                problems.Add((path, problem));
        }
        Unless(((string?)body["name"])?.Length is >= 1 and <= 100, "name", "Must be between 1 and 100 in length.");
        Unless(body["description"] is null || ((string?)body["description"])!.Length is >= 1 and <= 1000, "description", "Must be between 1 and 1000 in length.");
        Unless((int?)body["privacy_level"] == 2, "privacy_level", "Must be 2");
        var start = DateTimeOffset.Parse((string)body["scheduled_start_time"]!, CultureInfo.InvariantCulture);
        Unless(!isNew || start > call.Now, "scheduled_start_time", "Cannot schedule event in the past.");
        var end = body["scheduled_end_time"]?.ToString() is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : (DateTimeOffset?)null;
        Unless(end is null || end > start, "scheduled_end_time", "End time must be after start time");
        if ((int?)body["entity_type"] == 3)
        {
            Unless(end is not null, "scheduled_end_time", "This field is required for EXTERNAL events");
            Unless(((string?)body["entity_metadata"]?["location"])?.Length is >= 1 and <= 100, "entity_metadata.location", "Must be between 1 and 100 in length.");
            Unless(body["channel_id"] is null, "channel_id", "Must be null for EXTERNAL events");
        }
        else
            Unless(body["channel_id"] is not null, "channel_id", "This field is required");
        if (problems.Count > 0)
            throw DiscordRefusal.Form(problems);
    }

    private static void Tell(DiscordGuild guild, string type, DiscordScheduledEvent of) => guild.Dispatch(type, GatewayIntents.ScheduledEvents, () => of.Body.DeepClone().AsObject());
}
