using System.Globalization;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Wording;

namespace CopBot.Platforms.Discord.Messages;

/// <summary>
/// The rows of buttons and menus below a message (components/reference, “Action Row”). Blocks get rows of their own; where that makes too many, buttons
/// of several blocks share rows; what is still too much has no component and is written instead.
/// </summary>
internal sealed class DiscordRows
{
    private const int Row = 1;
    private const int Button = 2;
    private const int Menu = 3;
    private const int Primary = 1;
    private const int Secondary = 2;
    private const int Danger = 4;

    private readonly Dictionary<int, Offer> carried = [];
    private readonly HashSet<int> menus = [];

    public DiscordRows(Message message, DiscordReader reader)
    {
        var rows = DiscordLines.Offers(message).SelectMany(one => Of(one.Block, one.Offers, reader.Reference)).ToList();
        if (rows.Count > DiscordLimits.Rows)
            rows = Packed(rows);
        rows = [.. rows.Take(DiscordLimits.Rows)];
        foreach (var offer in rows.SelectMany(row => row.Offers))
            carried[offer.Number] = offer;
        menus.UnionWith(rows.Where(row => row.IsMenu).SelectMany(row => row.Offers).Select(offer => offer.Number));
        Json = new([.. rows.Select(row => new JsonObject { ["type"] = Row, ["components"] = new JsonArray([.. row.Parts]) })]);
    }

    /// <summary>The rows as they are sent.</summary>
    public JsonArray Json { get; }

    /// <summary>Whether something can be clicked for the offer of that number.</summary>
    public bool Carries(int number) => carried.ContainsKey(number);

    /// <summary>Whether the offer of that number is chosen from a menu.</summary>
    public bool IsInMenu(int number) => menus.Contains(number);

    /// <summary>A button as it is sent.</summary>
    public static JsonObject Click(string label, string id, int style = Secondary) => new() { ["type"] = Button, ["style"] = style, ["label"] = Label(label, DiscordLimits.ButtonLabel), ["custom_id"] = id };

    /// <summary>A button that cannot be undone.</summary>
    public static JsonObject Risk(string label, string id) => Click(label, id, Danger);

    /// <summary>One line of text where no Markdown is read; Discord refuses empty ones.</summary>
    public static string Label(string text, int most, string otherwise = "…")
    {
        text = CodePoints.Line(text).Trim();
        for (var room = most; text.Length > most; room--)
            text = CodePoints.Fit(text, room);
        return text.Trim() is { Length: > 0 } shown ? shown : otherwise;
    }

    private static IEnumerable<RowOf> Of(Block block, IReadOnlyList<Offer> offers, string? reference) => block switch
    {
        Buttons => Clicks(offers, reference),
        Form form => [new([offers[0]], [Click($"Fill in {form.Command}", DiscordIds.OfForm(offers[0].Number, form), Primary)])],
        Choice choice => Choices(choice, offers, reference),
        _ => [],
    };

    private static IEnumerable<RowOf> Clicks(IEnumerable<Offer> offers, string? reference) => offers
        .Select(offer => (Offer: offer, Id: DiscordIds.Of(offer, reference)))
        .Where(one => one.Id is not null)
        .Chunk(DiscordLimits.RowButtons)
        .Select(chunk => new RowOf([.. chunk.Select(one => one.Offer)], [.. chunk.Select(one => one.Offer.Button.Destructive ? Risk(one.Offer.Button.Label, one.Id!) : Click(one.Offer.Button.Label, one.Id!))]));

    // Values have to differ in a menu; the same line twice needs buttons.
    private static IEnumerable<RowOf> Choices(Choice choice, IReadOnlyList<Offer> offers, string? reference)
    {
        var options = offers.Select(offer => (Offer: offer, Value: DiscordIds.OfOption(offer, reference))).Where(one => one.Value is not null).Take(DiscordLimits.Options).ToList();
        if (options.Count == 0)
            return [];
        if (options.DistinctBy(one => one.Value, StringComparer.Ordinal).Count() < options.Count)
            return Clicks(options.Select(one => one.Offer), reference);

        var menu = new JsonObject
        {
            ["type"] = Menu,
            ["custom_id"] = string.Create(CultureInfo.InvariantCulture, $"choose:{options[0].Offer.Number}"),
            ["placeholder"] = Label(choice.Label, DiscordLimits.SelectPlaceholder, "Choose …"),
            ["options"] = new JsonArray([.. options.Select(one => new JsonObject { ["label"] = Label(one.Offer.Button.Label, DiscordLimits.OptionLabel), ["value"] = one.Value })]),
        };
        return [new([.. options.Select(one => one.Offer)], [menu])];
    }

    private static List<RowOf> Packed(List<RowOf> rows)
    {
        List<RowOf> packed = [];
        foreach (var row in rows)
        {
            if (packed is [.., var last] && !last.IsMenu && !row.IsMenu && last.Parts.Count + row.Parts.Count <= DiscordLimits.RowButtons)
                packed[^1] = new([.. last.Offers, .. row.Offers], [.. last.Parts, .. row.Parts]);
            else
                packed.Add(row);
        }

        return packed;
    }

    private sealed record RowOf(IReadOnlyList<Offer> Offers, IReadOnlyList<JsonObject> Parts)
    {
        public bool IsMenu => Parts is [var only] && only["type"]!.GetValue<int>() == Menu;
    }
}
