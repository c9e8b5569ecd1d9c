using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;

namespace CopBot.Platforms.Discord.Messages;

/// <summary>A message as Discord takes it (docs.discord.com/developers/resources/message, “Create Message”).</summary>
/// <remarks>
/// Whoever sends it adds <c>allowed_mentions</c> with an empty <c>parse</c> and <see cref="Pings"/> as <c>users</c>, on create and on edit. The JSON has one
/// parent at a time, as all JSON nodes: clone it to send it twice.
/// </remarks>
/// <param name="Content">The summary as Markdown, at most <see cref="DiscordLimits.Content"/> UTF-16 units as escaped; empty only where there is something else.</param>
/// <param name="Embeds">None or one, whose description of at most <see cref="DiscordLimits.EmbedDescription"/> UTF-16 units holds the card's blocks in their order.</param>
/// <param name="Components">At most <see cref="DiscordLimits.Rows"/> rows of buttons and menus; see <see cref="DiscordIds"/>.</param>
/// <param name="Pings">The ids of those whom the content addresses and who may be pinged; at most <see cref="DiscordLimits.Pings"/>.</param>
public sealed record DiscordMessage(string Content, JsonArray Embeds, JsonArray Components, IReadOnlyList<string> Pings)
{
    // The colour that the app has on other platforms.
    private const int Colour = 0x1f3a5f;

    // The room for each block, from the most to the least.
    private static readonly int[] Rooms = [DiscordLimits.EmbedDescription, 3900, 3600, 3200, 2800, 2400, 2000, 1500, 1000, 700, 500, 300, 150];

    /// <summary>Says a message to a reader. What is too much is shortened and says so; nothing throws.</summary>
    public static DiscordMessage Of(Message message, DiscordReader reader)
    {
        List<string> pings = [];
        var content = new Markdown(reader, DiscordLimits.Content, pings).Say(message.Summary).ToString();
        var rows = new DiscordRows(message, reader);

        // What is too long above the card stands in it once more, whole.
        var isWhole = content == new Markdown(reader, DiscordLimits.EmbedDescription, []).Say(message.Summary).ToString();
        var description = Description(isWhole ? message : message with { Card = new Card([new Paragraph(message.Summary), .. message.Card?.Blocks ?? []]) }, reader, rows);
        if (string.IsNullOrWhiteSpace(content))
            content = description.Length > 0 || rows.Json.Count > 0 ? "" : "…";
        return new(content, description.Length > 0 ? [new JsonObject { ["description"] = description, ["color"] = Colour }] : [], rows.Json, pings);
    }

    /// <summary>The question before something that is not easily undone, with the button that does it; to be shown to whoever clicked, alone.</summary>
    /// <param name="label">The label of the button that was clicked.</param>
    /// <param name="customId">Its <c>custom_id</c>, which began with <c>ask:</c>.</param>
    public static DiscordMessage Sure(string label, string customId)
    {
        var shown = DiscordRows.Label(label, DiscordLimits.ButtonLabel);
        var id = DiscordIds.Sure(customId);
        var asks = new Markdown(new DiscordReader(_ => PlainText.Someone, _ => null), DiscordLimits.Content)
            .Say("Are you sure? ").Bold(shown).Say(id is null ? ": this button is no longer good. Nothing was done." : ": this is not easily undone.");
        return new(asks.ToString(), [], id is null ? [] : [new JsonObject { ["type"] = 1, ["components"] = new JsonArray(DiscordRows.Risk(shown, id)) }], []);
    }

    // First the blocks get less room each, then the last ones are left out and counted.
    private static string Description(Message message, DiscordReader reader, DiscordRows rows)
    {
        List<string> parts = [];
        foreach (var room in Rooms)
        {
            parts = Write(message, new DiscordBlocks(reader, rows, room));
            if (parts.Sum(part => part.Length + 1) <= DiscordLimits.EmbedDescription)
                return string.Join('\n', parts);
        }

        var left = DiscordLimits.EmbedDescription - Rest(parts.Count).Length;
        var kept = parts.TakeWhile(part => (left -= part.Length + 1) >= 0).ToList();
        return string.Join('\n', kept.Append(Rest(parts.Count - kept.Count)));
    }

    private static List<string> Write(Message message, DiscordBlocks blocks)
    {
        List<string> parts = [];
        var all = message.Card?.Blocks ?? [];
        for (var at = 0; at < all.Count; at++)
        {
            blocks.GoesOn = all.Skip(at + 1).Any(block => block is not Buttons);
            if (all[at].Render(blocks) is { } text && !string.IsNullOrWhiteSpace(text))
                parts.Add(text);
        }

        return parts;
    }

    private static string Rest(int count) => string.Create(CultureInfo.InvariantCulture, $"… and {count} more");
}
