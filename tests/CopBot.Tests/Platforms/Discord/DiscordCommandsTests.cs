using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Core;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Platforms.Discord.Commands;
using CopBot.Tests.Core.Content;
using CopBot.Tests.Support;

namespace CopBot.Tests.Platforms.Discord;

public sealed class DiscordCommandsTests
{
    private static readonly CommandCatalog Catalog = new(CommandCatalog.CommandClasses(typeof(CoreServices).Assembly), PackReader.Read(PackReader.DefaultFolder).List);
    private static readonly JsonArray Commands = DiscordCommands.Of(Catalog);

    [Fact]
    public void Discords_own_description_has_nothing_against_them() =>
        Assert.All(Commands, command => Assert.Empty(DiscordSpecs.Problems("ApplicationCommandUpdateRequest", command)));

    [Fact]
    public void A_command_that_is_too_long_would_be_seen() =>
        Assert.NotEmpty(DiscordSpecs.Problems("ApplicationCommandUpdateRequest", new JsonObject { ["name"] = new string('x', 33) }));

    [Fact]
    public void Every_command_comes_back_as_it_was_filled_in()
    {
        var parser = new CommandLineParser(Catalog);
        List<string> read = [];
        foreach (var (root, path, sub) in Typed())
        {
            var options = sub["options"] as JsonArray ?? [];
            var data = Data(root, path, [.. options.Select((option, at) => Filled(option!.AsObject(), at))]);
            var line = DiscordCommands.Line(data, Catalog);
            Assert.NotNull(line);
            var parsed = parser.Parse(line);
            Assert.Equal(
                options.Select((option, at) => $"{option!["name"]}={Expected(option.AsObject(), at)}").Order(StringComparer.Ordinal),
                parsed.Values.Select(value => $"{value.Key.Name}={value.Value}").Order(StringComparer.Ordinal));
            Assert.Equal(parsed.Command.Parameters.Select(parameter => parameter.Name).Order(StringComparer.Ordinal), options.Select(option => (string)option!["name"]!).Order(StringComparer.Ordinal));
            read.Add(parsed.Command.Name);
        }

        Assert.Equal(Catalog.Commands.Select(command => command.Name), read.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("cop", "share", "share")]
    [InlineData("cop", "my data", "my data")]
    [InlineData("cop", "forget me", "forget me")]
    [InlineData("cop-lead", "freeze incident", "freeze incident")]
    [InlineData("okr", "add", "okr add")]
    [InlineData("cop", "nothing", null)]
    [InlineData("nothing", "at", null)]
    [InlineData("nothing", "", null)]
    public void A_place_is_a_command(string root, string path, string? line) =>
        Assert.Equal(line, DiscordCommands.Line(Data(root, path.Split(' ', StringSplitOptions.RemoveEmptyEntries), []), Catalog));

    [Fact]
    public void What_is_no_interaction_is_no_line()
    {
        Assert.Null(DiscordCommands.Line([], Catalog));
        Assert.Null(DiscordCommands.Line(JsonNode.Parse("""{"name":7,"type":"1","options":{"name":"x"}}""")!.AsObject(), Catalog));
        Assert.Null(DiscordCommands.Line(JsonNode.Parse("""{"name":"Other","type":3}""")!.AsObject(), Catalog));
    }

    [Fact]
    public void Menus_of_messages_and_people_open_a_form_with_what_is_known()
    {
        var message = JsonNode.Parse("""{"type":3,"name":"Log as share","target_id":"77","resolved":{"messages":{"77":{"id":"77","channel_id":"55","content":"**Canaries** \n help","author":{"id":"1001"}}}}}""")!.AsObject();
        Assert.Equal("share title=\"Canaries help\" link=\"https://discord.com/channels/33/55/77\"", DiscordCommands.Line(message, Catalog, "33"));
        Assert.Contains("/@me/55/77", DiscordCommands.Line(message, Catalog), StringComparison.Ordinal);
        message["name"] = "Thank";
        Assert.Equal("kudos to=\"<@1001>\"", DiscordCommands.Line(message, Catalog));
        message["resolved"]!["messages"]!["77"]!["author"]!["bot"] = true;
        Assert.Equal("kudos", DiscordCommands.Line(message, Catalog));
        Assert.Equal("kudos to=\"<@1002>\"", DiscordCommands.Line(JsonNode.Parse("""{"type":2,"name":"Thank","target_id":"1002"}""")!.AsObject(), Catalog));
    }

    [Fact]
    public void What_is_being_typed_is_known_with_what_is_there_already()
    {
        var data = Data("gap", ["link"], [new() { ["type"] = 4, ["name"] = "number", ["value"] = 3 }, new() { ["type"] = 4, ["name"] = "claim", ["value"] = "1", ["focused"] = true }]);
        var focus = DiscordCommands.Focused(data, Catalog)!;
        Assert.Equal(("gap link", "claim", "1", "number=3"), (focus.Command.Name, focus.Parameter.Name, focus.Typed, string.Join(' ', focus.Others.Select(other => $"{other.Key}={other.Value}"))));
        Assert.Null(DiscordCommands.Focused(Data("gap", ["list"], []), Catalog));
    }

    [Theory]
    [InlineData("/cop share title", false)]
    [InlineData("/cop share topic", false)]
    [InlineData("/cop mob with", false)]
    [InlineData("/cop kudos to", true)]
    [InlineData("/squad create name", true)]
    [InlineData("/gap add importance", true)]
    public void What_a_form_asks_for_better_is_not_required(string path, bool required) => Assert.Equal(required, Option(path)["required"] is not null);

    [Theory]
    [InlineData("/cop share topic", true)]
    [InlineData("/cop share title", false)]
    [InlineData("/cop confirm number", true)]
    [InlineData("/cop mob with", true)]
    [InlineData("/cop mob minutes", false)]
    [InlineData("/squad join name", true)]
    [InlineData("/squad create name", false)]
    [InlineData("/kr move to", true)]
    [InlineData("/cop share size", false)]
    public void What_can_be_listed_is_offered_while_it_is_typed(string path, bool offered) => Assert.Equal(offered, Option(path)["autocomplete"] is not null);

    [Fact]
    public void What_Discord_gives_back_differs_in_nothing_that_counts()
    {
        var have = JsonNode.Parse(Commands.ToJsonString())!.AsArray();
        foreach (var command in have.Select(command => command!.AsObject()))
        {
            (command["id"], command["application_id"], command["version"], command["nsfw"]) = ("1", "2", "3", false);
            command["default_member_permissions"] = null;
            command["dm_permission"] = true;
            command.TryAdd("type", 1);
            command.TryAdd("description", "");
            command.TryAdd("options", new JsonArray());
            command["contexts"] = new JsonArray(2, 1, 0);
            Returned(command);
        }

        have = [.. have.Reverse().Select(command => command!.DeepClone())];
        Assert.False(DiscordCommands.Differs(have, Commands));
        Assert.False(DiscordCommands.Differs(have, DiscordCommands.Of(Catalog, guild: true)));

        static void Returned(JsonObject node)
        {
            foreach (var option in (node["options"] as JsonArray ?? []).Select(option => option!.AsObject()))
            {
                option.TryAdd("required", false);
                option.TryAdd("autocomplete", false);
                option.TryAdd("description_localizations", null);
                if (option.ContainsKey("min_value"))
                    option["min_value"] = 0.0;
                Returned(option);
            }
        }
    }

    [Theory]
    [InlineData("\"List the\"", "description")]
    [InlineData("true", "required")]
    [InlineData("{\"es-ES\":\"otro\"}", "name_localizations")]
    [InlineData("10", "type")]
    [InlineData("[]", "options")]
    public void What_counts_differs(string json, string member)
    {
        var have = JsonNode.Parse(Commands.ToJsonString())!.AsArray();
        have[0]!["options"]![0]![member] = JsonNode.Parse(json);
        Assert.True(DiscordCommands.Differs(have, Commands));
        Assert.True(DiscordCommands.Differs([.. Commands.Skip(1).Select(command => command!.DeepClone())], Commands));
        Assert.True(DiscordCommands.Differs([], Commands));
    }

    [Fact]
    public void A_root_that_breaks_a_limit_is_named()
    {
        var full = new CommandCatalog(CommandCatalog.CommandClasses(typeof(CoreServices).Assembly).Concat([typeof(OneTooMany)]), PackReader.Read(PackReader.DefaultFolder).List);
        var said = Assert.Throws<InvalidOperationException>(() => DiscordCommands.Of(full)).Message;
        Assert.Contains("/gap: ", said, StringComparison.Ordinal);
        Assert.Contains("of which Discord takes 25", said, StringComparison.Ordinal);
        Assert.DoesNotContain("/okr", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Nearly_everything_is_said_in_Spanish_too_and_nothing_there_is_stale()
    {
        var spanish = SpanishCoverage.Of(Catalog);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{spanish.Texts - spanish.Missing.Count} of {spanish.Texts} texts; missing: {string.Join("; ", spanish.Missing)}"));
        Assert.Empty(spanish.Stale);
        Assert.True(spanish.Texts > 400 && spanish.Missing.Count <= spanish.Texts / 20, string.Join("; ", spanish.Missing));
        Assert.Equal("compartir", (string)Option("/cop share")["name_localizations"]!["es-419"]!);
    }

    private static IEnumerable<(string Root, string[] Path, JsonObject Sub)> Typed() => Commands.Where(command => command!["type"] is null).SelectMany(root => root!["options"]!.AsArray().SelectMany(one =>
        (int)one!["type"]! == 2 ? one["options"]!.AsArray().Select(sub => ((string)root["name"]!, (string[])[(string)one["name"]!, (string)sub!["name"]!], sub.AsObject())) : [((string)root["name"]!, [(string)one["name"]!], one.AsObject())]));

    private static JsonObject Option(string path) => path[1..].Split(' ').Skip(1).Aggregate(Commands.Single(command => (string)command!["name"]! == path[1..].Split(' ')[0])!.AsObject(),
        (node, name) => node["options"]!.AsArray().Single(option => (string)option!["name"]! == name)!.AsObject());

    private static JsonObject Data(string root, string[] path, JsonObject[] options)
    {
        var inner = new JsonArray([.. options]);
        for (var at = path.Length - 1; at >= 0; at--)
            inner = [new JsonObject { ["type"] = at == path.Length - 1 ? 1 : 2, ["name"] = path[at], ["options"] = inner }];
        return new() { ["id"] = "9", ["type"] = 1, ["name"] = root, ["options"] = inner };
    }

    private static JsonObject Filled(JsonObject option, int at) => new()
    {
        ["type"] = (int)option["type"]!,
        ["name"] = (string)option["name"]!,
        ["value"] = (int)option["type"]! switch
        {
            4 => at + 7,
            5 => at % 2 == 0,
            6 => $"100{at}",
            10 => 2.5m + at,
            _ => (string?)option["choices"]?[0]?["value"] ?? $"it's \"{at}\" = \\ a\nb",
        },
    };

    private static string Expected(JsonObject option, int at) => (int)option["type"]! switch
    {
        4 => $"{at + 7}",
        5 => at % 2 == 0 ? "yes" : "no",
        6 => $"<@100{at}>",
        10 => string.Create(CultureInfo.InvariantCulture, $"{2.5m + at}"),
        _ => (string?)option["choices"]?[0]?["value"] ?? $"it's \"{at}\" = \\ a\nb",
    };

    /// <summary>More commands than a family has room for.</summary>
    public sealed class OneTooMany : ICommands
    {
        [Command("gap more-a", "More")]
        public Task<Reply> AAsync() => throw new NotSupportedException();

        [Command("gap more-b", "More")]
        public Task<Reply> BAsync() => throw new NotSupportedException();

        [Command("gap more-c", "More")]
        public Task<Reply> CAsync() => throw new NotSupportedException();

        [Command("gap more-d", "More")]
        public Task<Reply> DAsync() => throw new NotSupportedException();

        [Command("gap more-e", "More")]
        public Task<Reply> EAsync() => throw new NotSupportedException();

        [Command("gap more-f", "More")]
        public Task<Reply> FAsync() => throw new NotSupportedException();

        [Command("gap more-g", "More")]
        public Task<Reply> GAsync() => throw new NotSupportedException();

        [Command("gap more-h", "More")]
        public Task<Reply> HAsync() => throw new NotSupportedException();

        [Command("gap more-i", "More")]
        public Task<Reply> IAsync() => throw new NotSupportedException();

        [Command("gap more-j", "More")]
        public Task<Reply> JAsync() => throw new NotSupportedException();

        [Command("gap more-k", "More")]
        public Task<Reply> KAsync() => throw new NotSupportedException();

        [Command("gap more-l", "More")]
        public Task<Reply> LAsync() => throw new NotSupportedException();
    }
}
