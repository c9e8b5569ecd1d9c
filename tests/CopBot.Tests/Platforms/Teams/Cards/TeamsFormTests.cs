using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Teams.Cards;
using CopBot.Tests.Core.Chat;
using CopBot.Tests.Platforms.Slack.Blocks;
using CopBot.Tests.Platforms.WebChat;
using CopBot.Tests.Support;

namespace CopBot.Tests.Platforms.Teams.Cards;

public sealed class TeamsFormTests
{
    private const string Person = "0198c0de-0000-4000-8000-0000000000aa";

    [Fact]
    public void A_form_with_every_kind_of_field_is_this_dialog()
    {
        var form = (Form)SampleMessages.Kinds["form"]("https://example.org/runbook");
        Assert.Equal(Enum.GetValues<ParameterKind>(), form.Fields.Select(field => field.Kind).Distinct().Order());
        var dialog = Checked(TeamsForm.Card(form, TeamsSent.Reader, "Share what you learned", new Dictionary<string, RichText> { ["size"] = "Say how big it was.", ["elsewhere"] = $"Not *you*, {SampleMessages.Ana}." }, 3));
        Golden.Check("Platforms/Teams/golden/dialog.json", TeamsSent.Golden(dialog.ToJson()));
    }

    [Fact]
    public void Whatever_is_known_the_dialog_is_one_that_Teams_takes()
    {
        foreach (var text in HostileTexts.All(300))
            Checked(TeamsForm.Card((Form)SampleMessages.Kinds["form"](text), TeamsSent.Reader with { PeoplePicker = text.Length % 2 == 0 }, text, new Dictionary<string, RichText> { ["to"] = RichText.Of($"{text}"), [text] = RichText.Of($"{text}") }));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void What_is_filled_in_is_the_same_command_with_the_same_values_over_the_whole_catalogue(bool dialog, bool picker)
    {
        var reader = TeamsSent.Reader with { Alone = true, PeoplePicker = picker };
        foreach (var command in Catalogue.Commands.Commands)
        {
            var form = MissingForm.Whole(Catalogue.Parser.Parse(command.Name));
            var card = dialog ? TeamsForm.Card(form, reader, command.Name, number: 4).Card : TeamsMessage.Of(TeamsSent.Message(form), reader).Card!;
            Assert.Empty(TeamsSent.Wrong(card));
            var wanted = command.Parameters.ToDictionary(parameter => parameter.Name, parameter => Value(parameter, picker));
            var read = TeamsActions.Read(Sent(card, dialog, input => wanted[(string)input["id"]!]))!;
            Assert.Equal((TeamsActions.Send, command.Name, "d7", dialog ? 4 : 1), (read.Do, read.Command, read.Card, read.N));
            var line = Catalogue.Parser.Parse(TeamsActions.Line(read, Catalogue.Commands)!);
            Assert.Equal(command, line.Command);
            Assert.Equal(wanted.Select(value => (value.Key, picker && IsPerson(command, value.Key) ? string.Join(',', value.Value.Split(',').Select(id => $"<@{id}>")) : value.Value)), line.Values.Select(value => (value.Key.Name, value.Value)).OrderBy(value => command.Parameters.ToList().FindIndex(parameter => parameter.Name == value.Name)));
        }
    }

    [Fact]
    public void What_is_known_comes_back_as_it_was_where_nobody_touched_it()
    {
        var known = Catalogue.Parser.Parse("share \"Runbooks \\\"that\\\" cut MTTR\" size=medium");
        var card = TeamsForm.Card(MissingForm.Whole(known), TeamsSent.Reader, "share").Card;
        var read = TeamsActions.Read(Sent(card, true, input => input["value"]?.ToString() ?? ""))!;
        Assert.Equal(known.Values.Select(value => (value.Key.Name, value.Value)).Order(), Catalogue.Parser.Parse(TeamsActions.Line(read, Catalogue.Commands)!).Values.Select(value => (value.Key.Name, value.Value)).Order());
    }

    [Theory]
    [InlineData(ParameterKind.Person, "@ghost", "Input.Text", "@ghost")]
    [InlineData(ParameterKind.Person, "@ana", "Input.ChoiceSet", Person)]
    [InlineData(ParameterKind.People, "@ana @ghost", "Input.Text", "@ana @ghost")]
    [InlineData(ParameterKind.People, "@ana, @ana", "Input.ChoiceSet", Person)]
    [InlineData(ParameterKind.Number, "#12", "Input.Number", "12")]
    [InlineData(ParameterKind.Number, "a few", "Input.Text", "a few")]
    [InlineData(ParameterKind.Date, "2026-03-31", "Input.Date", "2026-03-31")]
    [InlineData(ParameterKind.Date, "tomorrow", "Input.Text", "tomorrow")]
    [InlineData(ParameterKind.Choice, "One", "Input.ChoiceSet", "one")]
    [InlineData(ParameterKind.Choice, "three", "Input.Text", "three")]
    [InlineData(ParameterKind.Flag, "yes", "Input.Toggle", "yes")]
    [InlineData(ParameterKind.Flag, "", "Input.Toggle", "no")]
    public void A_known_value_is_shown_and_as_text_where_its_own_input_would_not_take_it(ParameterKind kind, string value, string type, string known)
    {
        var form = new Form("x", [new("it", "It", kind, true, kind == ParameterKind.Choice ? ["one", "two"] : [], value)]);
        var input = Checked(TeamsForm.Card(form, TeamsSent.Reader with { PeoplePicker = true, Directory = name => name == "@ana" ? Person : null }, "X")).Card["body"]![0]!;
        Assert.Equal((type, known), ((string)input["type"]!, input["value"]!.ToString()));
    }

    [Fact]
    public void A_problem_stands_above_its_field_and_what_was_said_stays()
    {
        var form = new Form("x", [new("a", "A", ParameterKind.Text, true, [], "one"), new("b", "B", ParameterKind.Text, true, [], "two")]);
        var body = Checked(TeamsForm.Card(form, TeamsSent.Reader, "X", new Dictionary<string, RichText> { ["b"] = "Too short." })).Card["body"]!.AsArray();
        Assert.Equal(["Please look at this again.", "a", "Too short.", "b"], body.Select(part => (string?)part!["id"] ?? (string?)part["text"] ?? (string)part["inlines"]![0]!["text"]!));
        Assert.Equal("two", (string)body[3]!["value"]!);
    }

    [Fact]
    public void In_a_message_for_everyone_a_form_is_a_button_that_opens_a_dialog()
    {
        var form = new Form("share", [new("title", "What", ParameterKind.Text, true, [], "Some \"thing\"")]);
        var button = TeamsMessage.Of(TeamsSent.Message(form), TeamsSent.Reader).Card!["body"]![2]!["actions"]![0]!;
        Assert.Equal(("Action.Submit", "task/fetch"), ((string)button["type"]!, (string)button["data"]!["msteams"]!["type"]!));
        Assert.Equal("share title=\"Some \\\"thing\\\"\"", TeamsActions.Read(new JsonObject { ["data"] = button["data"]!.DeepClone(), ["context"] = new JsonObject { ["theme"] = "dark" } })!.Line);
        Assert.DoesNotContain(TeamsSent.Nodes(TeamsMessage.Of(TeamsSent.Message(form, form), TeamsSent.Reader with { Alone = true }).Card), node => node["isRequired"] is not null);
    }

    [Fact]
    public void Nothing_to_fill_in_is_a_dialog_all_the_same() => Checked(TeamsForm.Card(new Form("x", []), TeamsSent.Reader, ""));

    private static bool IsPerson(Command command, string name) => command.Parameters.Single(parameter => parameter.Name == name).Kind is ParameterKind.Person or ParameterKind.People;

    private static string Value(CommandParameter parameter, bool picker) => parameter.Kind switch
    {
        ParameterKind.Choice => parameter.Choices[^1],
        ParameterKind.Number => "12",
        ParameterKind.Date => "2026-03-31",
        ParameterKind.Link => "https://example.org/a?b=\"c\"",
        ParameterKind.Flag => "yes",
        ParameterKind.Person => picker ? Person : "@lea",
        ParameterKind.People => picker ? $"{Person},{Person.Replace("aa", "bb", StringComparison.Ordinal)}" : "@lea,@mem",
        _ => "Some \"thing\" that\\\nis = odd, <at>x</at>",
    };

    // What a client sends: the action's data with the inputs in it.
    private static JsonNode Sent(JsonObject card, bool dialog, Func<JsonObject, string> fill)
    {
        var action = TeamsSent.Nodes(card).First(node => node["data"]?["copbot"]?["do"]?.GetValue<string>() == "send");
        var data = action["data"]!.DeepClone().AsObject();
        foreach (var input in TeamsSent.Nodes(card["body"]).Where(node => node["id"] is not null))
            data[(string)input["id"]!] = fill(input);
        var value = dialog ? new JsonObject { ["data"] = data } : new JsonObject { ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = "send", ["data"] = data }, ["trigger"] = "manual" };
        return JsonNode.Parse(value.ToJsonString())!;
    }

    private static TeamsDialog Checked(TeamsDialog dialog)
    {
        Assert.Empty(TeamsSent.Wrong(dialog.Card));
        Assert.InRange(dialog.Title.Length, 1, 128);
        Assert.InRange(dialog.Height, 200, 720);
        Assert.InRange(dialog.ToJson().ToJsonString().Length, 1, 80 * 1024);
        return dialog;
    }
}
