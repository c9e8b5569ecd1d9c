using System.Text;
using System.Text.Json.Nodes;
using CopBot.Tests.Support.FakeTeams;

namespace CopBot.PlatformTests.Teams;

/// <summary>Activities that were spoilt as bytes, too: cut, no UTF-8, half a surrogate, nested, too long, called something else. None of it is a failure of the bot's.</summary>
public sealed class TeamsSpoiltTests(ITestOutputHelper output)
{
    private const int Mutations = 5000;

    private static readonly string[] Known = ["adaptiveCard/action", "task/fetch", "task/submit", "composeExtension/submitAction", "composeExtension/fetchTask", "config/fetch", "config/submit"];

    [Fact]
    public async Task Five_thousand_spoilt_activities_are_no_failure_of_the_bots()
    {
        await using var bot = await TeamsDelivered.StartAsync();
        var (random, answers, wrong) = (new Random(77), new Dictionary<int, int>(), new List<string>());
        var sources = Sources(bot).ToList();
        GC.Collect();
        var (began, memory, slowest) = (TimeProvider.System.GetTimestamp(), GC.GetTotalMemory(forceFullCollection: true), TimeSpan.Zero);
        for (var number = 0; number < Mutations; number++)
        {
            var (what, body, type) = TeamsMutations.Of(sources[number % sources.Count], random);
            var sent = TimeProvider.System.GetTimestamp();
            var status = await bot.SendAsync(body, type);
            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, TimeProvider.System.GetElapsedTime(sent).Ticks));
            answers[status] = answers.GetValueOrDefault(status) + 1;

            // 501 is the answer to an invoke that it does not know (bots/how-to/conversations).
            if (status is not (>= 200 and < 500) && !(status == 501 && body.AsSpan().IndexOf("\"invoke\""u8) >= 0))
                wrong.Add($"{number} {what}: {status} {Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 300)))}");
        }

        var took = TimeProvider.System.GetElapsedTime(began);
        await bot.Ears.SettleAsync();
        var more = GC.GetTotalMemory(forceFullCollection: true) - memory;
        output.WriteLine($"{Mutations} activities in {took.TotalSeconds:0.0} s, the slowest {slowest.TotalMilliseconds:0} ms: {string.Join(", ", answers.OrderBy(answer => answer.Key).Select(answer => $"{answer.Value} x {answer.Key}"))}; {more / 1024.0 / 1024:0.0} MB more afterwards, {await bot.InboxAsync()} rows");
        Assert.True(wrong.Count == 0, $"{wrong.Count}:\n{string.Join('\n', wrong.Take(20))}");
        Assert.True(answers.GetValueOrDefault(200) > Mutations / 10 && answers.GetValueOrDefault(400) > Mutations / 20, "some of each");
        Assert.True(more < 64 * 1024 * 1024, $"{more} bytes more");
        Assert.Equal(0, await bot.FailedAsync());
        await StillWorksAsync(bot);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData(null)]
    public async Task What_a_body_calls_itself_is_no_failure(string? type)
    {
        await using var bot = await TeamsDelivered.StartAsync();
        foreach (var body in (byte[][])[[], "{}"u8.ToArray(), Encoding.Unicode.GetBytes(bot.Activity("message").ToJsonString()), Encoding.UTF8.GetBytes(bot.Activity("typing").ToJsonString())])
            Assert.InRange(await bot.SendAsync(body, type), 200, 499);
        Assert.InRange(await bot.SendAsync(Encoding.UTF8.GetBytes(bot.Activity("typing").ToJsonString()), type, "gzip"), 200, 499);
        await StillWorksAsync(bot);
    }

    private static async Task StillWorksAsync(TeamsDelivered bot)
    {
        var (ana, before) = (bot.Ears.Account("ana"), bot.Server.Posts.Count);
        await bot.Server.DirectAsync(ana, "me");
        await bot.Ears.SettleAsync();
        Assert.Equal(before + 1, bot.Server.Posts.Count);
        Assert.Equal(ana.Chat, bot.Server.Posts[^1].Where);
    }

    private static IEnumerable<JsonObject> Sources(TeamsDelivered bot)
    {
        var (ana, bo) = (bot.Ears.Account("ana"), bot.Ears.Account("bo"));
        var said = bot.Server.Activity("message", ana, bot.Server.Team.General, "1767600000000", "1767600000000");
        (said["text"], said["textFormat"]) = ($"{bot.Server.AtBot} kudos <at>bo</at> \"for being there\"", "plain");
        said["entities"] = new JsonArray(
            new JsonObject { ["type"] = "mention", ["text"] = bot.Server.AtBot, ["mentioned"] = new JsonObject { ["id"] = bot.Server.BotId, ["name"] = bot.Server.BotName } },
            new JsonObject { ["type"] = "mention", ["text"] = "<at>bo</at>", ["mentioned"] = new JsonObject { ["id"] = bo.Mri, ["name"] = "bo" } });
        yield return said;
        var alone = bot.Activity("message");
        alone["text"] = "share \"Runbooks\" size=medium";
        yield return alone;
        foreach (var name in Known)
        {
            var invoke = bot.Activity("invoke");
            var data = new JsonObject { ["copbot"] = new JsonObject { ["do"] = "send", ["line"] = "share", ["command"] = "share", ["card"] = "d7-1", ["n"] = 1 }, ["title"] = "Runbooks", ["size"] = "medium" };
            (invoke["name"], invoke["value"]) = (name, new JsonObject
            {
                ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = "copbot", ["data"] = data },
                ["data"] = data.DeepClone(),
                ["commandId"] = "logAsShare",
                ["commandContext"] = "message",
                ["context"] = new JsonObject { ["theme"] = "default" },
                ["messagePayload"] = new JsonObject { ["id"] = "1", ["body"] = new JsonObject { ["contentType"] = "html", ["content"] = "<p>Runbooks</p>" }, ["linkToMessage"] = "https://teams.example/1" },
            });
            yield return invoke;
        }

        foreach (var type in (string[])["conversationUpdate", "installationUpdate", "messageReaction"])
        {
            var update = bot.Server.Activity(type, ana, bot.Server.Team.General);
            (update["action"], update["membersAdded"], update["membersRemoved"]) = ("add", new JsonArray(new JsonObject { ["id"] = bo.Mri, ["aadObjectId"] = bo.AadObjectId }), new JsonArray());
            update["channelData"]!["eventType"] = "channelRenamed";
            yield return update;
        }
    }
}
