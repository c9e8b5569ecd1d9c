using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Slack.Blocks;
using CopBot.Tests.Platforms.WebChat;
using CopBot.Tests.Support;

namespace CopBot.Tests.Platforms.Slack.Blocks;

public sealed class SlackModalTests
{
    private static readonly string[] Many = [.. Enumerable.Range(1, 101).Select(number => $"topic {number}")];

    [Fact]
    public void A_form_with_every_kind_of_field_is_this_view()
    {
        var form = (Form)SampleMessages.Kinds["form"]("https://example.org/runbook");
        form = form with { Fields = [.. form.Fields, new("topic", "About", ParameterKind.Choice, false, Many, "Topic 7")] };
        Assert.Equal(Enum.GetValues<ParameterKind>(), form.Fields.Select(field => field.Kind).Distinct().Order());
        Check("modal.json", SlackModal.Of(form, "Share what you learned today", "C1", Account));
    }

    [Fact]
    public void A_form_with_hostile_text_is_this_view() =>
        Check("modal.hostile.json", SlackModal.Of((Form)SampleMessages.Kinds["form"](SampleMessages.Hostile), SampleMessages.Hostile, null, Account));

    [Theory]
    [InlineData(ParameterKind.Date, "tomorrow", null)]
    [InlineData(ParameterKind.Date, "2026-02-30", null)]
    [InlineData(ParameterKind.Date, "2026-02-28", "2026-02-28")]
    [InlineData(ParameterKind.Number, "#12", "12")]
    [InlineData(ParameterKind.Number, "+.5", "0.5")]
    [InlineData(ParameterKind.Number, "a dozen", null)]
    [InlineData(ParameterKind.Link, "javascript:alert(1)", null)]
    [InlineData(ParameterKind.Link, "https://example.org", "https://example.org")]
    [InlineData(ParameterKind.Person, "@ghost", null)]
    [InlineData(ParameterKind.Person, "@ana", "U0ANA")]
    [InlineData(ParameterKind.Person, "<@U0BO>", "U0BO")]
    [InlineData(ParameterKind.Person, "<!channel>", null)]
    [InlineData(ParameterKind.People, "@ana, <@U0BO>;@ghost @ana", """["U0ANA","U0BO"]""")]
    [InlineData(ParameterKind.Text, "", null)]
    [InlineData(ParameterKind.Text, "two\nlines", "two\nlines")]
    public void What_is_known_is_filled_in_where_the_input_takes_it(ParameterKind kind, string value, string? known)
    {
        var view = SlackModal.Of(new Form("x", [new("it", "It", kind, true, [], value)]), "X", accounts: Account);
        Assert.Empty(WireRules.OfView(view).Wrong);
        var given = view["blocks"]![0]!["element"]!.AsObject().SingleOrDefault(member => member.Key.StartsWith("initial_", StringComparison.Ordinal)).Value;
        Assert.Equal(known, given is JsonArray ? given.ToJsonString() : given?.GetValue<string>());
    }

    [Fact]
    public void A_choice_whose_value_would_be_cut_is_typed_instead()
    {
        var view = SlackModal.Of(new Form("x", [new("it", "It", ParameterKind.Choice, true, ["short", new string('x', 76)])]), "X");
        Assert.Equal("plain_text_input", view["blocks"]![0]!["element"]!["type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("", 100)]
    [InlineData(" TOPIC 10", 3)]
    [InlineData("<!channel>", 0)]
    public void A_long_choice_offers_what_holds_the_typed_words(string typed, int count) =>
        Assert.Equal(count, SlackModal.Suggestions(Many, typed)["options"]!.AsArray().Count);

    [Fact]
    public void Nothing_to_fill_in_is_a_view_all_the_same() => Assert.Empty(WireRules.OfView(SlackModal.Of(new Form("x", []), "")).Wrong);

    [Fact]
    public void Metadata_is_never_cut()
    {
        Assert.Equal(3000, SlackModal.Of(new Form("x", []), "X", new string('x', 3000))["private_metadata"]!.GetValue<string>().Length);
        Assert.Throws<ArgumentException>(() => SlackModal.Of(new Form("x", []), "X", new string('x', 3001)));
    }

    [Fact]
    public void What_was_filled_in_is_read_as_a_line_would_say_it()
    {
        var values = JsonNode.Parse(
            """
            {
              "title": {"value": {"type": "plain_text_input", "value": "Runbooks “for all”\nand more"}},
              "learned": {"value": {"type": "plain_text_input", "value": null}},
              "blank": {"value": {"type": "plain_text_input", "value": "  "}},
              "size": {"value": {"type": "static_select", "selected_option": {"text": {"type": "plain_text", "text": "medium", "emoji": false}, "value": "medium"}}},
              "format": {"value": {"type": "static_select", "selected_option": null}},
              "topic": {"value": {"type": "external_select", "selected_option": {"value": "topic 7"}}},
              "minutes": {"value": {"type": "number_input", "value": "90"}},
              "due": {"value": {"type": "datepicker", "selected_date": "2026-03-31"}},
              "until": {"value": {"type": "datepicker", "selected_date": null}},
              "link": {"value": {"type": "url_text_input", "value": "https://example.org"}},
              "to": {"value": {"type": "users_select", "selected_user": "U0ANA"}},
              "with": {"value": {"type": "multi_users_select", "selected_users": ["U0BO", "W0CY", "<!channel>", 7]}},
              "nobody": {"value": {"type": "multi_users_select", "selected_users": []}},
              "yes": {"value": {"type": "checkboxes", "selected_options": [{"value": "yes"}]}},
              "last": {"value": {"type": "checkboxes", "selected_options": []}},
              "odd": {"value": {"type": "static_select", "selected_option": "medium"}},
              "odder": {"value": 7},
              "oddest": []
            }
            """)!.AsObject();
        Assert.Equal(
            ["title=Runbooks “for all”\nand more", "size=medium", "topic=topic 7", "minutes=90", "due=2026-03-31", "link=https://example.org", "to=<@U0ANA>", "with=<@U0BO>,<@W0CY>", "yes=yes"],
            SlackModal.Read(values).Select(value => $"{value.Key}={value.Value}"));
    }

    [Fact]
    public void What_is_wrong_is_said_under_its_field() => Assert.Equal(
        """{"response_action":"errors","errors":{"title":"LONG…","size":"Please look at this again."}}""".Replace("LONG", new string('x', 299), StringComparison.Ordinal),
        SlackModal.Errors(new Dictionary<string, string> { ["title"] = new('x', 400), ["size"] = "" }).ToJsonString(Sent.Readable));

    private static string? Account(string name) => name == "@ana" ? "U0ANA" : null;

    private static void Check(string file, JsonObject view)
    {
        Assert.Empty(WireRules.OfView(view).Wrong);
        Golden.Check($"Platforms/Slack/Blocks/golden/{file}", Sent.Golden(view));
    }
}
