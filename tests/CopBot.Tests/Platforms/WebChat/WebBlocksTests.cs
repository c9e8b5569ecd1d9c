using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using CopBot.Core.Chat;
using CopBot.Platforms.WebChat;
using CopBot.Tests.Support;

namespace CopBot.Tests.Platforms.WebChat;

public sealed class WebBlocksTests
{
    private static readonly string[] Elements =
    [
        "p", "bdi", "code", "a", "div", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "span", "figure", "figcaption", "svg", "title", "desc", "rect", "polyline", "circle",
        "form", "input", "button", "label", "select", "option", "textarea", "details", "summary", "pre",
    ];

    public static TheoryData<string> Kinds => [.. SampleMessages.Kinds.Keys];

    [Fact]
    public void There_is_a_sample_of_every_kind_of_block()
    {
        var kinds = typeof(Block).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Block))).Select(type => type.Name.ToLowerInvariant());
        Assert.Equal(kinds.Order(), SampleMessages.Kinds.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_block_is_this_html(string kind) => Golden.Check($"Platforms/WebChat/golden/{kind}.html", Html(kind, "plain & simple"));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_block_with_hostile_text_is_this_html(string kind) => Golden.Check($"Platforms/WebChat/golden/{kind}.hostile.html", Html(kind, SampleMessages.Hostile));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Hostile_text_stays_text_in_the_parsed_page(string kind)
    {
        var calm = Parse(Html(kind, "calm"));
        var hostile = Parse(Html(kind, SampleMessages.Hostile));

        // The same elements with the same attributes: nothing that was written became markup.
        Assert.Equal(Shape(calm), Shape(hostile));
        Assert.All(hostile.QuerySelectorAll("body *"), element =>
        {
            Assert.Contains(element.LocalName, Elements);
            Assert.DoesNotContain(element.Attributes, attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name == "style");
        });
        Assert.Contains(SampleMessages.Hostile, hostile.Body!.TextContent + string.Concat(hostile.All.SelectMany(element => element.Attributes).Select(attribute => attribute.Value)), StringComparison.Ordinal);
        Assert.All(hostile.QuerySelectorAll<IHtmlAnchorElement>("a"), link =>
            Assert.True(link.GetAttribute("href")!.StartsWith("/messages/", StringComparison.Ordinal) || (link.Protocol == "https:" && link.Relation == "noopener noreferrer nofollow")));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("vbscript:x")]
    [InlineData("//example.org")]
    [InlineData("/say")]
    public void An_address_that_is_not_of_the_web_is_text(string address)
    {
        var html = WebMessage.Sentence(new RichText([new Run.Address(address, null)]), SampleMessages.NameOf).ToString();
        Assert.Empty(Parse(html).QuerySelectorAll("a"));
        Assert.Equal(address, Parse(html).Body!.TextContent);
    }

    [Fact]
    public void Characters_that_turn_text_around_or_hide_in_it_do_not_reach_the_page()
    {
        var html = WebMessage.Of(new Message($"{new UserText("a\u202eb\u2066c\u0007d\u200be")}"), Reading(7)).ToString();
        Assert.Equal("<p class=\"says\"><bdi>abc de</bdi></p>", html);
    }

    [Fact]
    public void Element_ids_differ_between_messages_and_parts()
    {
        var message = new Message("All at once.", new Card([.. SampleMessages.Kinds.Values.Select(kind => kind("x"))]));
        var page = Parse(WebMessage.Of(message, Reading(1)) + WebMessage.Of(message, Reading(2)).ToString());
        var ids = page.QuerySelectorAll("[id]").Select(element => element.Id!).ToList();
        Assert.True(ids.Count > 20);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(page.QuerySelectorAll("label"), label => Assert.Contains(label.GetAttribute("for"), ids));
        var events = page.QuerySelectorAll("input[name=event]").Select(input => input.GetAttribute("value")).ToList();
        Assert.Equal(events.Count, events.Distinct().Count());
    }

    private static string Html(string kind, string text) => WebMessage.Of(new Message("What it is.", Card.Of(SampleMessages.Kinds[kind](text))), Reading(7)).ToString();

    private static Reading Reading(long id) => new(id, SampleMessages.NameOf, "seal", $"event-{id}", InPrivate: false);

    private static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    private static string Shape(IDocument document) => string.Join('\n', document.QuerySelectorAll("body *").Select(element =>
        $"{element.LocalName} {string.Join(' ', element.Attributes.Select(attribute => attribute.Name))}"));
}
