using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Tests.Support.FakeSlack;
using NodaTime;

namespace CopBot.PlatformTests.Slack.Storms;

/// <summary>One thing that somebody did: what Slack sends of it, and what stands of it afterwards.</summary>
/// <param name="Title">The story it tells; null for thanks.</param>
/// <param name="Thread">The message that was thanked for; null for stories.</param>
public sealed record Happening(SlackKind Kind, JsonObject Payload, string? Title, string? Thread);

/// <summary>Makes what people do in a workspace, of every kind that counts.</summary>
public sealed class Happenings(SlackServer slack, Random random)
{
    private readonly List<SlackUser> people = [.. Enumerable.Range(0, 40).Select(number => slack.Workspace.AddUser($"person{number}"))];
    private readonly List<SlackChannel> channels = [];
    private int count;

    /// <summary>So many. Of ten there are four mentions, two direct messages, and one each of thanks by a reaction, commands, clicks and forms.</summary>
    public async Task<List<Happening>> MakeAsync(int number)
    {
        while (channels.Count < 3)
            channels.Add(slack.Workspace.AddChannel($"channel{channels.Count}"));
        var made = new List<Happening>();
        for (var index = 0; index < number; index++)
            made.Add(await OneAsync(index % 10, index / 10));
        return made;
    }

    /// <summary>The same as somebody else's doing: another event, whatever it says. For tests of the tests.</summary>
    public static Happening Renamed(Happening happening, int number)
    {
        var copy = happening.Payload.DeepClone().AsObject();
        var suffix = number.ToString("000000", CultureInfo.InvariantCulture);
        if (happening.Kind == SlackKind.SlashCommand)
            copy["trigger_id"] = suffix;
        else if (copy["view"] is JsonObject view)
            view["id"] = suffix;
        else if (copy["actions"] is JsonArray actions)
            actions[0]!["action_ts"] = suffix;
        else if (copy["event"]!["item"] is JsonObject)
            copy["event"]!["item"]!["ts"] = $"1767600000.{suffix}";
        else
            copy["event"]!["ts"] = $"1767600000.{suffix}";
        return happening with { Payload = copy };
    }

    /// <summary>Everybody makes themselves known: who never spoke cannot be thanked.</summary>
    public Task GreetAsync() => Task.WhenAll(people.Select(person => slack.Workspace.DirectAsync(person, "help")));

    private async Task<Happening> OneAsync(int sort, int round)
    {
        var (by, where) = (people[random.Next(people.Count)], channels[random.Next(channels.Count)]);
        var title = RunningBot.NewTitle(random);
        var line = $"win \"{title}\"";
        return sort switch
        {
            < 4 => new(SlackKind.Event, Said(by, where, $"{slack.Workspace.BotUser.Mention} {line}"), title, null),
            < 6 => new(SlackKind.Event, Said(by, slack.Workspace.DirectOf(by), line), title, null),
            6 => Thanked(people[round % 40], people[(round % 40 + 1 + round / 40) % 40], where),
            7 => new(SlackKind.SlashCommand, await CommandAsync(by, where, line), title, null),
            8 => new(SlackKind.Interactive, Clicked(by, where, line), title, null),
            _ => new(SlackKind.Interactive, FilledIn(by, where, title), title, null),
        };
    }

    private string NextTs() => string.Create(CultureInfo.InvariantCulture, $"{Instant.FromDateTimeOffset(slack.Clock.GetUtcNow()).ToUnixTimeSeconds()}.{++count + 400_000:000000}");

    private JsonObject Said(SlackUser by, SlackChannel where, string text)
    {
        var ts = NextTs();
        slack.Workspace.Record(by, where, text, ts);
        var message = new JsonObject { ["type"] = "app_mention", ["user"] = by.Id, ["text"] = text, ["ts"] = ts, ["event_ts"] = ts, ["channel"] = where.Id, ["team"] = slack.Workspace.Team };
        if (where.DirectWith is not null)
            (message["type"], message["channel_type"]) = ("message", "im");
        return slack.Workspace.Wrap(message);
    }

    private Happening Thanked(SlackUser by, SlackUser author, SlackChannel where)
    {
        var ts = NextTs();
        slack.Workspace.Record(author, where, "I reviewed the runbook", ts);
        var said = new JsonObject
        {
            ["type"] = "reaction_added",
            ["user"] = by.Id,
            ["reaction"] = "taco",
            ["item"] = new JsonObject { ["type"] = "message", ["channel"] = where.Id, ["ts"] = ts },
            ["item_user"] = author.Id,
            ["event_ts"] = NextTs(),
        };
        return new(SlackKind.Event, slack.Workspace.Wrap(said), null, ts);
    }

    // Nobody listens yet: what was to be sent is kept with all that belongs to it.
    private async Task<JsonObject> CommandAsync(SlackUser by, SlackChannel where, string line)
    {
        await slack.Workspace.SlashAsync(by, where, "/cop", line);
        return slack.Sent[^1].Payload;
    }

    private JsonObject Interaction(SlackUser by, string type) => new()
    {
        ["type"] = type,
        ["team"] = new JsonObject { ["id"] = slack.Workspace.Team, ["domain"] = slack.Workspace.Domain },
        ["user"] = new JsonObject { ["id"] = by.Id, ["username"] = by.Name, ["name"] = by.Name, ["team_id"] = by.Team },
        ["api_app_id"] = slack.AppId,
        ["token"] = slack.VerificationToken,
        ["trigger_id"] = $"trigger.{++count}",
        ["enterprise"] = null,
        ["is_enterprise_install"] = false,
    };

    private JsonObject Clicked(SlackUser by, SlackChannel where, string line)
    {
        var payload = Interaction(by, "block_actions");
        payload["container"] = new JsonObject { ["type"] = "message", ["message_ts"] = NextTs(), ["channel_id"] = where.Id, ["is_ephemeral"] = false };
        payload["channel"] = new JsonObject { ["id"] = where.Id, ["name"] = where.Name };
        payload["actions"] = new JsonArray(new JsonObject { ["type"] = "button", ["action_id"] = "say", ["block_id"] = "b", ["value"] = line, ["action_ts"] = NextTs() });
        return payload;
    }

    private JsonObject FilledIn(SlackUser by, SlackChannel where, string title)
    {
        var payload = Interaction(by, "view_submission");
        payload["view"] = new JsonObject
        {
            ["id"] = $"V{++count}",
            ["type"] = "modal",
            ["callback_id"] = "command",
            ["private_metadata"] = new JsonObject { ["command"] = "win", ["place"] = where.Id }.ToJsonString(),
            ["state"] = new JsonObject { ["values"] = new JsonObject { ["title"] = new JsonObject { ["value"] = new JsonObject { ["type"] = "plain_text_input", ["value"] = title } } } },
        };
        payload["response_urls"] = new JsonArray();
        return payload;
    }
}
