using System.Text;
using System.Text.Json.Nodes;
using CopBot.Platforms.Teams.Manifest;
using CopBot.Tests.Support.FakeTeams;

namespace CopBot.PlatformTests.Teams;

/// <summary>Whatever arrives that is proven to be Microsoft's is understood, or left; it never harms.</summary>
public sealed class TeamsInboundTests(ITestOutputHelper output)
{
    private static readonly string[] InvokeNames = ["adaptiveCard/action", "task/fetch", "task/submit", "composeExtension/fetchTask", "composeExtension/submitAction", "composeExtension/query", "composeExtension/queryLink", "config/fetch", "config/submit", "fileConsent/invoke", "signin/verifyState", "of/tomorrow"];

    [Fact]
    public async Task Every_published_sample_is_taken_as_it_is_and_as_part_of_another()
    {
        await using var chat = await Conversation.StartAsync(Product.Teams);
        var ears = (TeamsEars)chat.Ears;
        var (teams, ana) = (ears.Server, ears.Account("ana"));
        await chat.SayAsync("ana", "help");
        var brought = 0;
        var samples = TeamsSpecs.Activities().ToList();
        Assert.True(samples.Count >= 14);
        foreach (var (name, sample) in samples)
        {
            foreach (var activity in Shapes(teams, ana, sample))
            {
                var answer = await teams.SendForgedAsync(activity);
                Assert.True(answer.Status is 200 or 400 or 401 or 403 or 501, $"{name}: {answer.Status} {answer.Body}");
                brought++;
            }
        }

        output.WriteLine($"{samples.Count} samples in {brought} activities");
        await ears.SettleAsync();
        Assert.Equal((0, 0), await chat.StoredAsync());
        await chat.SayAsync("ana", "win \"Still here\"");
        Assert.Equal(1, (await chat.StoredAsync()).Claims);
    }

    [Fact]
    public async Task A_thousand_activities_that_are_not_as_they_should_be_harm_nothing()
    {
        await using var chat = await Conversation.StartAsync(Product.Teams);
        var ears = (TeamsEars)chat.Ears;
        var (teams, ana) = (ears.Server, ears.Account("ana"));
        await chat.SayAsync("ana", "help");
        var random = new Random(20260112);
        var originals = Originals(teams, ana).ToList();
        var statuses = new SortedDictionary<int, int>();
        for (var number = 0; number < 1_000; number++)
        {
            var activity = originals[number % originals.Count].DeepClone().AsObject();
            activity["id"] = $"f:{number}";
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                Change(random, activity);
            var answer = await teams.SendForgedAsync(activity);
            Assert.True(answer.Status is >= 200 and < 500 or 501, $"{answer.Status} {answer.Body} for {activity.ToJsonString()}");
            statuses[answer.Status] = statuses.GetValueOrDefault(answer.Status) + 1;
        }

        output.WriteLine(string.Join(", ", statuses.Select(status => $"{status.Value} answered {status.Key}")));
        Assert.True(statuses.Count >= 3 && statuses[200] > 200);
        await ears.SettleAsync();
        await chat.SayAsync("ana", "win \"Still here\"");
        Assert.Equal(1, (await chat.StoredAsync()).Claims);
    }

    [Fact]
    public async Task What_is_no_activity_at_all_is_refused_before_anything_is_done()
    {
        await using var chat = await Conversation.StartAsync(Product.Teams);
        var teams = ((TeamsEars)chat.Ears).Server;
        string[] rubbish =
        [
            "", "null", "7", "[]", "{", "{}", "{\"type\":\"message\",\"type\":\"message\"}", "{\"type\":\"message\",\"text\":\"\\ud800\"}", new string('[', 100_000), string.Concat(Enumerable.Repeat("{\"a\":", 5_000)),
            "{\"type\":\"" + new string('x', 1_000_000) + "\"}", "<xml/>", "\u0000", "{\"type\":7}",
        ];
        foreach (var body in rubbish)
        {
            var answer = await teams.SendRawAsync(Encoding.UTF8.GetBytes(body), ["Bearer x"]);
            Assert.True(answer.Status is 400 or 401 or 413, $"{body[..Math.Min(40, body.Length)]}: {answer.Status}");
        }

        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from inbox"));
    }

    // As it is, where it is an activity; and in the places in which it stands in one.
    private static IEnumerable<JsonObject> Shapes(TeamsServer teams, TeamsPerson by, JsonObject sample)
    {
        if (sample["type"] is JsonValue)
        {
            var whole = sample.DeepClone().AsObject();
            foreach (var name in (string[])["serviceUrl", "channelId", "channelData", "conversation"])
                whole[name] = teams.Activity("message", by, teams.Team.General)[name]!.DeepClone();
            yield return whole;
        }

        foreach (var place in (string[])["channelData", "from", "conversation", "recipient", "value"])
        {
            var message = teams.Activity("message", by, teams.Team.General);
            message["text"] = "hello";
            message[place] = sample.DeepClone();
            yield return message;
            var change = teams.Activity("conversationUpdate", by, teams.Team.General);
            change[place] = sample.DeepClone();
            change["membersAdded"] = new JsonArray(sample.DeepClone());
            yield return change;
        }

        foreach (var name in InvokeNames)
        {
            var invoke = teams.Activity("invoke", by, teams.Team.General);
            (invoke["name"], invoke["value"]) = (name, sample.DeepClone());
            yield return invoke;
        }
    }

    private static IEnumerable<JsonObject> Originals(TeamsServer teams, TeamsPerson by)
    {
        foreach (var where in (TeamsConversation[])[teams.Team.General, by.Chat])
        {
            foreach (var type in (string[])["message", "messageUpdate", "messageDelete", "conversationUpdate", "installationUpdate", "messageReaction", "typing", "endOfConversation", "event"])
            {
                var activity = teams.Activity(type, by, where);
                activity["text"] = $"<at>{teams.BotName}</at> rules";
                activity["entities"]?.AsArray().Add(new JsonObject { ["type"] = "mention", ["text"] = $"<at>{teams.BotName}</at>", ["mentioned"] = new JsonObject { ["id"] = teams.BotId, ["name"] = teams.BotName } });
                activity["membersAdded"] = new JsonArray(new JsonObject { ["id"] = by.Mri, ["aadObjectId"] = by.AadObjectId });
                activity["action"] = "add";
                yield return activity;
            }

            foreach (var name in InvokeNames)
            {
                var invoke = teams.Activity("invoke", by, where);
                invoke["name"] = name;
                invoke["value"] = new JsonObject
                {
                    ["commandId"] = TeamsManifest.LogAsShare,
                    ["messagePayload"] = new JsonObject { ["body"] = new JsonObject { ["content"] = "<p>A word</p>", ["contentType"] = "html" }, ["linkToMessage"] = "https://teams.microsoft.com/l/message/1" },
                    ["data"] = new JsonObject { ["copbot"] = new JsonObject { ["do"] = "say", ["line"] = "rules", ["card"] = "1-2", ["n"] = 1 } },
                    ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = "say", ["data"] = new JsonObject { ["copbot"] = new JsonObject { ["do"] = "say", ["line"] = "rules", ["card"] = "1-2", ["n"] = 1 } } },
                };
                yield return invoke;
            }
        }
    }

    // Somewhere in it something is another thing, or gone.
    private static void Change(Random random, JsonObject activity)
    {
        var places = Places(activity).ToList();
        var (owner, name) = places[random.Next(places.Count)];
        if (name is "serviceUrl" or "channelId" or "tenantId" && random.Next(10) > 0)
            return;
        JsonNode? other = random.Next(12) switch
        {
            0 => null,
            1 => 7,
            2 => -1.5e300,
            3 => true,
            4 => new JsonArray(),
            5 => new JsonObject(),
            6 => "",
            7 => new string('x', random.Next(1, 60_000)),
            8 => "\u0000\u202e\u0007\ufffd<at></at>&#x0;",
            9 => Nested(random.Next(1, 50)),
            10 => new JsonArray([.. Enumerable.Range(0, 200).Select(number => (JsonNode)new JsonObject { ["id"] = number, ["type"] = "mention" })]),
            _ => "19:" + new string('y', 40),
        };
        if (random.Next(5) == 0)
            owner.Remove(name);
        else
            owner[name] = other;
    }

    private static IEnumerable<(JsonObject Owner, string Name)> Places(JsonNode? node) => node switch
    {
        JsonObject one => one.ToList().SelectMany(member => Places(member.Value).Prepend((one, member.Key))),
        JsonArray all => all.SelectMany(Places),
        _ => [],
    };

    private static JsonObject Nested(int depth)
    {
        var node = new JsonObject();
        for (var level = 0; level < depth; level++)
            node = new JsonObject { ["a"] = node };
        return node;
    }
}
