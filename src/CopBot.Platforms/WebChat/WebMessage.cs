using CopBot.Core.Chat;

namespace CopBot.Platforms.WebChat;

/// <summary>Says a message as HTML: the summary first, then its blocks.</summary>
public static class WebMessage
{
    public static Html Of(Message message, Reading reading)
    {
        var blocks = new WebBlocks(reading);
        var summary = Html.Of($"<p class=\"says\">{Sentence(message.Summary, reading.Names)}</p>");
        return message.Card is not { Blocks.Count: > 0 } card
            ? summary
            : Html.Of($"{summary}\n<div class=\"card\">\n{card.Blocks.Select(block => Html.Of($"{block.Render(blocks)}\n"))}</div>");
    }

    /// <summary>One sentence. What people wrote is set apart in its reading direction, so that it cannot turn the bot's words around.</summary>
    public static Html Sentence(RichText text, Func<PersonId, string> names) => Html.Of($"{text.Runs.Select(run => OfRun(run, names))}");

    private static Html OfRun(Run run, Func<PersonId, string> names) => run switch
    {
        Run.Words words => Html.Text(words.Text),
        Run.Quoted { Text: "" } => Html.Empty,
        Run.Quoted quoted => Html.Of($"<bdi>{PlainText.Visible(quoted.Text)}</bdi>"),
        Run.Mention mention => Html.Of($"<bdi class=\"person\">{PlainText.Of(new RichText([mention]), names)}</bdi>"),
        Run.Address address => Link(address.Url),
        Run.Typed typed => Html.Of($"<code>{PlainText.Visible(typed.Line)}</code>"),
        _ => throw new InvalidOperationException($"no HTML for {run.GetType().Name}"),
    };

    // Only these two schemes come this far; a page is the place to make sure.
    private static Html Link(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            ? Html.Of($"<a href=\"{url}\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">{PlainText.Visible(url)}</a>")
            : Html.Of($"<bdi>{PlainText.Visible(url)}</bdi>");
}
