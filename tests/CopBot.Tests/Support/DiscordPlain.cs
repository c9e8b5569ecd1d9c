using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;

namespace CopBot.Tests.Support;

/// <summary>
/// Reads a Discord message from the wire as a person would read it aloud: the words of <see cref="PlainText"/>, where nothing was shortened. It knows Markdown,
/// components and CopBot's drawings; of the message that was rendered it knows nothing.
/// </summary>
/// <param name="names">The name behind a user id.</param>
/// <param name="lines">The line behind a button that only refers to it, by its number; null where there are none.</param>
public sealed partial class DiscordPlain(Func<string, string> names, Func<int, string?>? lines = null)
{
    private const string Below = " ▾";

    /// <summary>The body of a message: content, embeds, components.</summary>
    public static string Of(JsonObject message, Func<string, string> names, Func<int, string?>? lines = null) => new DiscordPlain(names, lines).Read(message);

    private string Read(JsonObject message)
    {
        var offers = new Queue<JsonObject>((message["components"] as JsonArray ?? []).SelectMany(row => row!["components"]!.AsArray()).Select(part => part!.AsObject())
            .Where(part => !Text(part, "custom_id").StartsWith("form:", StringComparison.Ordinal)));
        List<string> parts = [Words(Text(message, "content"))];
        foreach (var embed in message["embeds"] as JsonArray ?? [])
            parts.AddRange(Description(Text(embed!.AsObject(), "description"), offers));
        return string.Join('\n', parts.Where((part, index) => index > 0 || part.Length > 0).Concat(offers.SelectMany(Offer)));
    }

    private IEnumerable<string> Description(string description, Queue<JsonObject> offers)
    {
        var at = 0;
        foreach (Match block in Block().Matches(description))
        {
            foreach (var line in Lines(description[at..Math.Max(at, block.Index - 1)], offers, block.Index > at))
                yield return line;
            yield return block.Groups[1].Value.Replace("\u200b", "", StringComparison.Ordinal);
            at = Math.Min(description.Length, block.Index + block.Length + 1);
        }

        foreach (var line in Lines(description[at..], offers, at < description.Length))
            yield return line;
    }

    private IEnumerable<string> Lines(string text, Queue<JsonObject> offers, bool any) => any ? text.Split('\n').SelectMany(line => Line(line, offers)) : [];

    private IEnumerable<string> Line(string line, Queue<JsonObject> offers)
    {
        const string Small = "-# ";
        if (line.StartsWith(Small + Below.Trim() + " ", StringComparison.Ordinal))
        {
            var wanted = Words(line[(Small.Length + Below.Length)..]);
            List<JsonObject> taken = [];
            while (offers.Count > 0 && string.Join(" · ", taken.Select(button => Text(button, "label"))) != wanted)
                taken.Add(offers.Dequeue());
            return taken.SelectMany(Offer);
        }

        if (Choice().Match(line) is { Success: true } choice)
        {
            List<string> said = [Words(choice.Groups[1].Value)];
            if (offers.Count > 0 && IsMenu(offers.Peek()))
                said.AddRange(Offer(offers.Dequeue()));
            return said;
        }

        return [More().IsMatch(line) ? "   " + line[Small.Length..]
            : line.StartsWith(Small, StringComparison.Ordinal) ? Words(line[Small.Length..])
            : Rank().Match(line) is { Success: true } rank ? $"{(rank.Groups[1].Length > 0 ? "→" : " ")} {rank.Groups[2].Value,2}. {Words(line[rank.Length..])}"
            : Written().Match(line) is { Success: true } written ? $"  [{Words(written.Groups[1].Value)}] {Words(written.Groups[2].Value)}"
            : line.StartsWith("• **", StringComparison.Ordinal) ? "  " + Words(line[2..])
            : Words(line)];
    }

    private string Words(string markdown) => Mark().Replace(markdown, mark => mark switch
    {
        _ when mark.Groups["escaped"].Success => mark.Groups["escaped"].Value,
        _ when mark.Groups["spark"].Success => "",
        _ when mark.Groups["bar"].Success => $"[{mark.Groups["bar"].Value.Replace('▓', '#').Replace('░', '.')}]",
        _ when mark.Groups["code"].Success => mark.Value,
        _ when mark.Groups["who"].Success => "@" + names(mark.Groups["who"].Value),
        _ when mark.Groups["url"].Success => mark.Groups["url"].Value,
        _ => "",
    });

    private IEnumerable<string> Offer(JsonObject part) => IsMenu(part)
        ? part["options"]!.AsArray().Select(option => Offer(Text(option!.AsObject(), "label"), Text(option!.AsObject(), "value"), value => value))
        : [Offer(Text(part, "label"), Text(part, "custom_id"), id => id.Split(':', 3)[2])];

    private string Offer(string label, string id, Func<string, string> line) =>
        $"  [{label}] {PlainText.Visible(Reference().Match(id) is { Success: true } refers ? lines?.Invoke(int.Parse(refers.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture)) ?? id : line(id))}";

    private static bool IsMenu(JsonObject part) => part["type"]!.GetValue<int>() == 3;

    private static string Text(JsonObject node, string member) => node[member]?.GetValue<string>() ?? "";

    [GeneratedRegex("^```\\n([\\s\\S]*?)\\n```$", RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex("^(\\*\\*.+\\*\\*) ▾\\z")]
    private static partial Regex Choice();

    [GeneratedRegex("^-# … and [0-9]+ more\\z")]
    private static partial Regex More();

    [GeneratedRegex("^\\*\\*(→ )?([0-9]+)\\.\\*\\* ")]
    private static partial Regex Rank();

    [GeneratedRegex("^▸ \\*\\*((?:\\\\.|[^\\\\*])+)\\*\\* (.*)\\z")]
    private static partial Regex Written();

    [GeneratedRegex("^(?:ref:(?<number>[0-9]+)|ask:(?<number>[0-9]+):ref):[^ ]+\\z")]
    private static partial Regex Reference();

    [GeneratedRegex("\\\\(?<escaped>[^0-9A-Za-z\\s])| `(?<spark>[▁-█]+)`(?=: )|`(?<bar>(?=.{20}`)▓*░*)`|(?<code>`[^`\\n]+`)|<@(?<who>[0-9]+)>|<(?<url>https?://[^>\\s]+)>|\\*\\*")]
    private static partial Regex Mark();
}
