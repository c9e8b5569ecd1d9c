using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Discord.Messages;
using CopBot.Tests.Platforms.Slack.Blocks;
using CopBot.Tests.Platforms.WebChat;
using CopBot.Tests.Support;

namespace CopBot.Tests.Platforms.Discord;

public sealed class DiscordModalTests
{
    [Fact]
    public void A_form_with_every_kind_of_field_is_these_modals()
    {
        var form = (Form)SampleMessages.Kinds["form"]("https://example.org/runbook");
        Assert.Equal(Enum.GetValues<ParameterKind>(), form.Fields.Select(field => field.Kind).Distinct().Order());
        var modals = form.Fields.Chunk(5).Select(fields => Checked(DiscordModal.Of(form with { Fields = fields }, "Share what you learned today, so that others can use it", Account)));
        Golden.Check("Platforms/Discord/golden/modal.json", DiscordSent.Golden(new JsonArray([.. modals])));
    }

    [Fact]
    public void Whatever_is_known_the_modal_is_one_that_Discord_takes()
    {
        foreach (var text in HostileTexts.All(300))
        {
            var form = (Form)SampleMessages.Kinds["form"](text);
            foreach (var fields in (IEnumerable<Field[]>)[[.. form.Fields], [.. form.Fields.Skip(5)], [.. form.Fields.Skip(9)]])
                Checked(DiscordModal.Of(form with { Fields = fields }, text, Account));
        }
    }

    [Fact]
    public void What_is_missing_comes_first_then_what_is_known_and_the_rest_of_that_goes_along()
    {
        Field[] fields =
        [
            new("spare", "May be added", ParameterKind.Text, false, []), new("a", "A", ParameterKind.Text, true, [], "one"), new("b", "B", ParameterKind.Text, false, [], "two"),
            new("c", "C", ParameterKind.Text, false, [], "three"), new("d", "D", ParameterKind.Number, false, [], "4"), new("need", "Need", ParameterKind.Text, true, []), new("e", "E", ParameterKind.Text, false, [], "x=\"y\""),
        ];
        var modal = Checked(DiscordModal.Of(new Form("share", fields), "Share"));
        Assert.Equal(["need", "a", "b", "c", "d"], Names(modal));
        Assert.Equal("""form:share e="x=\"y\"" """.TrimEnd(), (string)modal["custom_id"]!);

        fields[6] = fields[6] with { Value = new string('x', 200) };
        modal = Checked(DiscordModal.Of(new Form("share", fields), "Share"));
        Assert.Equal(["a", "b", "c", "e", "need"], Names(modal).Order(StringComparer.Ordinal));
        Assert.Equal("form:share d=\"4\"", (string)modal["custom_id"]!);
    }

    [Theory]
    [InlineData(ParameterKind.Person, "@ghost", null)]
    [InlineData(ParameterKind.Person, "@ana", """[{"id":"1001","type":"user"}]""")]
    [InlineData(ParameterKind.Person, "<@1002>", """[{"id":"1002","type":"user"}]""")]
    [InlineData(ParameterKind.Person, "<@&1002>", null)]
    [InlineData(ParameterKind.People, "@ana, <@1002>;@ghost @ana", """[{"id":"1001","type":"user"},{"id":"1002","type":"user"}]""")]
    [InlineData(ParameterKind.Text, "", null)]
    [InlineData(ParameterKind.Text, "two\nlines", "\"two\\nlines\"")]
    [InlineData(ParameterKind.Number, "#12", "\"#12\"")]
    [InlineData(ParameterKind.Flag, "yes", "true")]
    public void What_is_known_is_filled_in_where_the_input_takes_it(ParameterKind kind, string value, string? known)
    {
        var input = Checked(DiscordModal.Of(new Form("x", [new("it", "It", kind, true, [], value)]), "X", Account))["components"]![0]!["component"]!;
        Assert.Equal(known, (input["value"] ?? input["default_values"] ?? input["default"])?.ToJsonString());
    }

    [Theory]
    [InlineData(25, 3)]
    [InlineData(26, 4)]
    public void A_choice_with_more_values_than_a_select_takes_is_typed(int values, int type)
    {
        var input = Checked(DiscordModal.Of(new Form("x", [new("it", "It", ParameterKind.Choice, true, [.. Enumerable.Range(1, values).Select(number => $"topic {number}")], "Topic 7")]), "X"))["components"]![0]!["component"]!;
        Assert.Equal(type, (int)input["type"]!);
        Assert.Equal(type == 3 ? "topic 7" : null, (string?)input["options"]?.AsArray().Single(option => option!["default"] is not null)!["value"]);
    }

    [Fact]
    public void Nothing_to_fill_in_is_a_modal_all_the_same() => Checked(DiscordModal.Of(new Form("x", []), ""));

    [Fact]
    public void What_was_filled_in_is_read_as_a_line_would_say_it()
    {
        var data = JsonNode.Parse(
            """
            {"custom_id": "form:share size=\"medium\"", "components": [
              {"type": 18, "id": 1, "component": {"type": 4, "id": 2, "custom_id": "title", "value": "Runbooks “for all”\nand more"}},
              {"type": 18, "component": {"type": 4, "custom_id": "blank", "value": "  "}},
              {"type": 18, "component": {"type": 3, "custom_id": "format", "values": ["talk"]}},
              {"type": 18, "component": {"type": 3, "custom_id": "none", "values": []}},
              {"type": 18, "component": {"type": 5, "custom_id": "to", "values": ["1001"]}},
              {"type": 18, "component": {"type": 5, "custom_id": "with", "values": ["1001", "1002", "everyone", 7]}},
              {"type": 18, "component": {"type": 23, "custom_id": "yes", "value": true}},
              {"type": 18, "component": {"type": 23, "custom_id": "last", "value": false}},
              {"type": 18, "component": {"type": 4, "custom_id": "odd", "value": 7}},
              {"type": 18, "component": []}, {"type": 10, "id": 9}, 7]}
            """)!.AsObject();
        var read = DiscordModal.Read(data)!;
        Assert.Equal(["title=Runbooks “for all”\nand more", "format=talk", "to=<@1001>", "with=<@1001>,<@1002>", "yes=yes"], read.Values.Select(value => $"{value.Key}={value.Value}"));
        Assert.Equal("share size=\"medium\" title=\"Runbooks “for all”\nand more\" format=\"talk\" to=\"<@1001>\" with=\"<@1001>,<@1002>\" yes=\"yes\"", read.Whole);
        Assert.Null(DiscordModal.Read(new JsonObject { ["custom_id"] = "other" }));
        Assert.Null(DiscordModal.Read([]));
    }

    private static string? Account(string name) => name == "@ana" ? "1001" : null;

    private static IEnumerable<string> Names(JsonObject modal) => modal["components"]!.AsArray().Select(label => (string)label!["component"]!["custom_id"]!);

    // The description leaves out that five is the most, and that the names of the inputs have to differ.
    private static JsonObject Checked(JsonObject modal)
    {
        Assert.Empty(DiscordSpecs.Problems("ModalInteractionCallbackRequestData", modal));
        var parts = modal["components"]!.AsArray();
        Assert.InRange(parts.Count, 1, 5);
        Assert.StartsWith("form:", (string)modal["custom_id"]!, StringComparison.Ordinal);
        var inputs = parts.Where(part => part!["component"] is not null).Select(part => part!["component"]!).ToList();
        Assert.Equal(inputs.Count, inputs.Select(input => (string)input["custom_id"]!).Distinct().Count());
        Assert.All(inputs.Where(input => input["value"] is not null), input => Assert.True(((string)input["value"]!).Length <= (int)input["max_length"]!));
        return modal;
    }
}
