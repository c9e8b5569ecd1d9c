using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Teams.Cards;
using CopBot.Tests.Core.Chat;

namespace CopBot.Tests.Platforms.Teams.Cards;

public sealed class TeamsActionsTests
{
    [Fact]
    public void A_click_says_the_line_of_its_button_with_the_number_it_has_in_the_message()
    {
        var actions = Actions(TeamsSent.Message(new Buttons([new("One", "confirm 1"), new("Two", "confirm 2")]), new Buttons([new("Three", "confirm 3")])));
        Assert.Equal([("confirm 1", 1), ("confirm 2", 2), ("confirm 3", 3)], actions.Select(action => Read(action)).Select(read => (read.Line!, read.N)));
        Assert.All(actions, action => Assert.Equal(("Action.Execute", "say", "none", "d7"), ((string)action["type"]!, (string)action["verb"]!, (string)action["associatedInputs"]!, Read(action).Card)));

        // A client that does not know the action sends the data of the other one as the value of a message.
        Assert.All(actions, action => Assert.Equal(Read(action).Line, TeamsActions.Read(action["fallback"]!["data"]!.DeepClone())!.Line));
    }

    [Fact]
    public void Before_what_cannot_be_undone_there_is_a_question()
    {
        var asks = Assert.Single(Actions(TeamsSent.Message(new Buttons([new("Erase", "forget me yes=yes", true)]))));
        Assert.Equal(("Action.ShowCard", "destructive"), ((string)asks["type"]!, (string)asks["style"]!));
        Assert.Null(TeamsActions.Read(new JsonObject { ["action"] = asks.DeepClone() }));
        Assert.Equal("Are you sure? This is not easily undone.", (string)asks["card"]!["body"]![0]!["text"]!);
        Assert.Equal("forget me yes=yes", Read(asks["card"]!["actions"]![0]!.AsObject()).Line);
    }

    [Fact]
    public void What_is_chosen_has_a_number_of_its_own()
    {
        var message = TeamsSent.Message(new Choice("Which", [new("A", "board week"), new("B", "a:b c"), new("C", "a:b c")]));
        var choose = Assert.Single(Actions(message));
        var options = TeamsSent.Nodes(TeamsMessage.Of(message, TeamsSent.Reader).Card).Single(node => node["choices"] is not null);
        var picked = options["choices"]!.AsArray().Select(option => Read(choose, ((string)options["id"]!, (string)option!["value"]!))).ToList();
        Assert.Equal(["board week", "a:b c", "a:b c"], picked.Select(read => read.Line));
        Assert.Equal(3, picked.Select(read => read.N).Distinct().Count());
        Assert.Null(Read(choose).Line);
    }

    [Fact]
    public void A_line_that_is_too_long_is_left_to_be_typed()
    {
        var longest = "share " + new string('x', TeamsLimits.Line - 6);
        var card = TeamsMessage.Of(TeamsSent.Message(new Buttons([new("Fits", longest), new("Does not", longest + "x"), new("Last", "help")])), TeamsSent.Reader).Card!;
        Assert.Equal([(longest, 1), ("help", 3)], TeamsSent.Nodes(card).Where(node => (string?)node["type"] == "Action.Execute").Select(action => Read(action)).Select(read => (read.Line!, read.N)));
        Assert.Contains(TeamsSent.Nodes(card), node => (string?)node["text"] == "Does not");
    }

    [Theory]
    [InlineData("""null""")]
    [InlineData("""[]""")]
    [InlineData("""7""")]
    [InlineData("""{}""")]
    [InlineData("""{"copbot":7}""")]
    [InlineData("""{"copbot":{"do":"say"}}""")]
    [InlineData("""{"copbot":{"do":"say","line":" "}}""")]
    [InlineData("""{"copbot":{"do":["say"],"line":"help"}}""")]
    [InlineData("""{"copbot":{"do":"erase","line":"help"}}""")]
    [InlineData("""{"copbot":{"do":"send","command":{}}}""")]
    [InlineData("""{"action":{"data":"help"},"data":3}""")]
    [InlineData("""{"data":{"data":{"copbot":{"do":"say","line":"help"}}}}""")]
    [InlineData("""{"copbot":{"do":"say","line":"help"},"copbot":{"do":"say","line":"help"}}""")]
    public void Rubbish_is_nothing(string json) => Assert.Null(TeamsActions.Read(JsonNode.Parse(json)));

    [Fact]
    public void Odd_members_are_read_with_care()
    {
        var read = TeamsActions.Read(JsonNode.Parse("""{"copbot":{"do":"send","command":"share","known":"nonsense \"","card":7,"n":"12"},"title":"T","size":null,"learned":{"a":1},"minutes":90.5,"msteams":"x","copbot.pick.1":"2:help","private":true,"nonsense":"x"}"""))!;
        Assert.Equal(("7", 12), (read.Card, read.N));
        Assert.Equal(["minutes", "nonsense", "private", "title"], read.Values.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("90.5", read.Values["minutes"]);
        Assert.Equal("T", Catalogue.Parser.Parse(TeamsActions.Line(read, Catalogue.Commands)!).Values.Single(value => value.Key.Name == "title").Value);
        Assert.Null(TeamsActions.Line(read with { Command = "no such" }, Catalogue.Commands));
    }

    [Fact]
    public void What_was_known_and_had_no_input_goes_along_and_what_was_filled_in_wins()
    {
        var read = TeamsActions.Read(JsonNode.Parse("""{"copbot":{"do":"send","command":"share","known":"share \"Old\" size=small"},"title":"New"}"""))!;
        Assert.Equal(("New", "small"), (Value("title"), Value("size")));

        string Value(string name) => Catalogue.Parser.Parse(TeamsActions.Line(read, Catalogue.Commands)!).Values.Single(value => value.Key.Name == name).Value;
    }

    private static List<JsonObject> Actions(Message message) =>
        [.. TeamsMessage.Of(message, TeamsSent.Reader).Card!["body"]!.AsArray().Where(part => (string?)part!["type"] == "ActionSet").SelectMany(part => part!["actions"]!.AsArray()).Select(action => action!.AsObject())];

    private static TeamsAction Read(JsonObject action, params (string Id, string Value)[] inputs)
    {
        var sent = action.DeepClone().AsObject();
        foreach (var (id, value) in inputs)
            sent["data"]![id] = value;
        return TeamsActions.Read(JsonNode.Parse(new JsonObject { ["action"] = sent, ["trigger"] = "manual" }.ToJsonString()))!;
    }
}
