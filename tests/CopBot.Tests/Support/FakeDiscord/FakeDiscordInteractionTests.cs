using System.Text.Json.Nodes;

namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>Interactions: what people can do, and how long and how often they can be answered.</summary>
public sealed class FakeDiscordInteractionTests
{
    private static readonly JsonArray Commands = JsonNode.Parse("""
        [{"name":"cop","description":"All","options":[{"type":1,"name":"share","description":"A share","options":[
            {"type":3,"name":"title","description":"T","required":true,"max_length":5},{"type":4,"name":"size","description":"S","choices":[{"name":"small","value":1}]},{"type":3,"name":"topic","description":"P","autocomplete":true}]}]},
         {"name":"secret","description":"Admins","default_member_permissions":"8"},{"name":"Thank","type":2}]
        """)!.AsArray();

    [Fact]
    public async Task Discords_client_lets_through_only_what_is_registered()
    {
        await using var discord = await DiscordServer.StartAsync();
        var (anna, channel) = (discord.Guild.AddPerson("anna"), discord.Guild.AddChannel("general"));
        using var probe = new DiscordProbe(discord);
        await Assert.ThrowsAsync<DiscordClientRefusal>(() => discord.RunCommandAsync(anna, channel, "cop share", ("title", "x")));
        await RegisterAsync(discord, probe);
        foreach (var (command, options) in new (string, (string, object)[])[]
        {
            ("cop", []), ("cop other", []), ("cop share", []), ("cop share", [("title", "too long")]), ("cop share", [("title", 1)]), ("cop share", [("title", "x"), ("colour", "y")]),
            ("cop share", [("title", "x"), ("size", 2)]), ("secret", []),
        })
            await Assert.ThrowsAsync<DiscordClientRefusal>(() => discord.RunCommandAsync(anna, channel, command, options));
        await Assert.ThrowsAsync<DiscordClientRefusal>(() => discord.AutocompleteAsync(anna, channel, "cop share", ("title", "x")));
        Assert.Empty(discord.Interactions);
        var nobody = await discord.RunCommandAsync(anna, channel, "cop share", ("title", "x"), ("size", 1));
        Assert.Equal((false, "x"), (nobody.Delivered, (string)nobody.Payload["data"]!["options"]![0]!["options"]![0]!["value"]!));
        Assert.False((await discord.RunCommandAsync(discord.Guild.Owner, channel, "secret")).Delivered);
    }

    [Fact]
    public async Task An_answer_comes_once_and_within_three_seconds()
    {
        var clock = new HandClock();
        await using var discord = await DiscordServer.StartAsync(clock);
        var (anna, channel) = (discord.Guild.AddPerson("anna"), discord.Guild.AddChannel("general"));
        discord.AnswerPatience = TimeSpan.Zero;
        using var probe = new DiscordProbe(discord);
        await RegisterAsync(discord, probe);
        await ListenAsync(probe);
        var late = await discord.RunCommandAsync(anna, channel, "cop share", ("title", "x"));
        clock.Now += TimeSpan.FromSeconds(3.1);
        Assert.Equal(10062, (int)(await CallbackAsync(probe, late, 5)).Body!["code"]!);
        var asked = await discord.RunCommandAsync(anna, channel, "cop share", ("title", "x"));
        Assert.Equal(10015, (int)(await FollowAsync(discord, probe, asked, "too early")).Body!["code"]!);
        Assert.Equal(204, (await CallbackAsync(probe, asked, 5, new() { ["flags"] = 64 })).Status);
        Assert.Equal(40060, (int)(await CallbackAsync(probe, asked, 5)).Body!["code"]!);
        Assert.True(asked.Thinking);
        Assert.Empty(discord.Breaches);

        // The first follow-up is the answer, and as private as the deferral.
        await FollowAsync(discord, probe, asked, "the answer");
        Assert.Equal(("the answer", anna, 0), (asked.Original!.Text, asked.Original.OnlyUser, asked.FollowUps.Count));
        Assert.Empty(asked.Original.Edits);
        await FollowAsync(discord, probe, asked, "and more");
        Assert.Equal(["and more"], asked.FollowUps.Select(message => message.Text));
        Assert.Equal(["and more"], discord.SeenBy(discord.Guild.Owner, channel).Select(message => message.Text));
        clock.Now += TimeSpan.FromMinutes(15);
        Assert.Equal(50027, (int)(await FollowAsync(discord, probe, asked, "too late")).Body!["code"]!);
        Assert.Equal(400, (await CallbackAsync(probe, await discord.RunCommandAsync(anna, channel, "cop share", ("title", "x")), 8, new() { ["choices"] = new JsonArray() })).Status);
        Assert.Single(discord.Breaches);
    }

    [Fact]
    public async Task Who_installed_the_app_alone_has_five_follow_ups()
    {
        await using var discord = await DiscordServer.StartAsync();
        var elsewhere = discord.AddGuild("Elsewhere", botIn: false);
        var (anna, channel) = (elsewhere.AddPerson("anna"), elsewhere.AddChannel("general"));
        anna.HasInstalledApp = true;
        discord.AnswerPatience = TimeSpan.Zero;
        using var probe = new DiscordProbe(discord);
        await probe.SendAsync("PUT", $"/applications/{discord.ApplicationId}/commands", JsonNode.Parse("""[{"name":"hello","description":"H","integration_types":[0,1],"contexts":[0,1,2]}]"""));
        await ListenAsync(probe);
        var asked = await discord.RunCommandAsync(anna, channel, "hello");
        Assert.Equal((anna.Id, null), ((string?)asked.Payload["authorizing_integration_owners"]!["1"], asked.Payload["authorizing_integration_owners"]!["0"]));
        await CallbackAsync(probe, asked, 4, DiscordProbe.Message("hi"));
        var answers = new List<int>();
        for (var time = 0; time < 6; time++)
            answers.Add((await FollowAsync(discord, probe, asked, "more")).Status);
        Assert.Equal([200, 200, 200, 200, 200, 400], answers);
        Assert.Empty(discord.Breaches);
    }

    [Fact]
    public async Task A_form_is_checked_by_the_client_and_its_fields_by_the_server()
    {
        await using var discord = await DiscordServer.StartAsync();
        var (anna, channel) = (discord.Guild.AddPerson("anna"), discord.Guild.AddChannel("general"));
        discord.AnswerPatience = TimeSpan.Zero;
        using var probe = new DiscordProbe(discord);
        await RegisterAsync(discord, probe);
        await ListenAsync(probe);
        var asked = await discord.RunCommandAsync(anna, channel, "cop share", ("title", "x"));
        JsonObject Form(string title) => JsonNode.Parse($$$"""{"title":"{{{title}}}","custom_id":"f","components":[{"type":18,"label":"Why","component":{"type":4,"custom_id":"why","style":1,"required":false,"max_length":3}},{"type":18,"label":"Who","component":{"type":5,"custom_id":"who"}}]}""")!.AsObject();
        Assert.Equal(400, (await CallbackAsync(probe, asked, 9, Form(new string('x', 46)))).Status);
        Assert.NotEmpty(discord.Breaches);
        Assert.Equal(204, (await CallbackAsync(probe, asked, 9, Form("Form"))).Status);
        await Assert.ThrowsAsync<DiscordClientRefusal>(() => discord.SubmitAsync(anna, ("why", "four"), ("who", anna)));
        await Assert.ThrowsAsync<DiscordClientRefusal>(() => discord.SubmitAsync(anna, ("why", "ok")));
        var sent = await discord.SubmitAsync(anna, ("who", anna));
        Assert.Equal(("", anna.Id), ((string)sent.Payload["data"]!["components"]![0]!["component"]!["value"]!, (string)sent.Payload["data"]!["components"]![1]!["component"]!["values"]![0]!));
        await Assert.ThrowsAsync<DiscordClientRefusal>(() => discord.SubmitAsync(anna, ("who", anna)));
        Assert.Equal(400, (await CallbackAsync(probe, sent, 9, Form("Again"))).Status);
    }

    [Theory]
    [InlineData("""[{"name":"Upper","description":"x"}]""", "Command name is invalid")]
    [InlineData("""[{"name":"a","description":"x"},{"name":"a","description":"y"}]""", "unique")]
    [InlineData("""[{"name":"a","description":"x","options":[{"type":3,"name":"o","description":"x"},{"type":3,"name":"r","description":"x","required":true}]}]""", "before non-required")]
    [InlineData("""[{"name":"a","description":"x","options":[{"type":1,"name":"s","description":"x"},{"type":3,"name":"r","description":"x"}]}]""", "mutually exclusive")]
    [InlineData("""[{"name":"Thank","type":2,"description":"x"}]""", "cannot have description")]
    [InlineData("""[{"name":"a","description":"x","name_localizations":{"es":"b"}}]""", "no locale")]
    [InlineData("""[{"name":"a","description":""}]""", "between 1 and 100")]
    public async Task Commands_are_held_to_their_rules(string commands, string problem)
    {
        await using var discord = await DiscordServer.StartAsync();
        using var probe = new DiscordProbe(discord);
        Assert.Equal(400, (await probe.SendAsync("PUT", $"/applications/{discord.ApplicationId}/commands", JsonNode.Parse(commands))).Status);
        Assert.Contains(discord.Breaches, breach => breach.Contains(problem, StringComparison.Ordinal));
        Assert.Empty(discord.GlobalCommands);
    }

    private static async Task RegisterAsync(DiscordServer discord, DiscordProbe probe) =>
        Assert.Equal(200, (await probe.SendAsync("PUT", $"/applications/{discord.ApplicationId}/guilds/{discord.Guild.Id}/commands", Commands.DeepClone())).Status);

    private static async Task ListenAsync(DiscordProbe probe)
    {
        await probe.OpenAsync();
        await probe.IdentifyAsync();
        await probe.UntilAsync("READY");
    }

    private static Task<(int Status, JsonNode? Body, HttpResponseMessage Whole)> CallbackAsync(DiscordProbe probe, DiscordInteraction interaction, int type, JsonObject? data = null)
    {
        var body = new JsonObject { ["type"] = type };
        if (data is not null)
            body["data"] = data;
        return probe.SendAsync("POST", $"/interactions/{interaction.Id}/{interaction.Token}/callback", body);
    }

    private static Task<(int Status, JsonNode? Body, HttpResponseMessage Whole)> FollowAsync(DiscordServer discord, DiscordProbe probe, DiscordInteraction interaction, string text) =>
        probe.SendAsync("POST", $"/webhooks/{discord.ApplicationId}/{interaction.Token}", DiscordProbe.Message(text));
}
