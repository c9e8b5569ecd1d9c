using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CopBot.Core.Chat;
using CopBot.Core.Content;

namespace CopBot.Core.Features.Announcements;

public sealed class TemplateCommands(Pack pack, Announcements announcements, HoleValues values) : ICommands
{
    [Command("template list", "See the announcements of the pack that have holes to fill", ReadsOnly = true)]
    public Task<Reply> ListAsync(Caller caller, CancellationToken ct) => Task.FromResult<Reply>(pack.Templates.Count == 0
        ? new Message($"The pack has no templates; they stand in {"templates.yaml":code}.")
        : new Message(
            $"{pack.Templates.Count} templates. {"template post NAME holes=\"…\" at=…":code} announces one.",
            Card.Of(new Facts([.. pack.Templates.Values.Select(template => new Fact(template.Name, RichText.Of($"{template.Text}")))]))));

    [Command("template post", "Announce a template of the pack with its holes filled", Role = Role.Lead, Example = "template post call holes=\"gathering=the demo hour; when=thursday 15:00; link=https://example.org/demo\" at=\"tomorrow 09:00\"")]
    public async Task<Reply> PostAsync(
        Caller caller,
        [Description("Which template"), MaxLength(60)] string name,
        [Description("When, or with every= the time of day"), MaxLength(100)] string at,
        [Description("What goes into the holes: name=value, separated by semicolons"), MaxLength(1500)] string? holes = null,
        [Description("How often: monday, weekday, day, 2 weeks, 15th, last friday or month"), MaxLength(60)] string? every = null,
        [Description("Only these channels, such as #general,#ops"), Also("in"), MaxLength(200)] string? channels = null,
        CancellationToken ct = default)
    {
        var template = pack.Templates.GetValueOrDefault(name.Trim().ToLowerInvariant()) ?? throw Unknown(name);
        if (every is not null && template.Holes.FirstOrDefault(hole => hole.Type == "date") is { } date)
            throw new Refusal($"{template.Name:code} names a day ({date.Name:code}), which is over when it comes again: leave out {"every":code}, or take a template without a date. Nothing was stored.");

        var says = await values.FillAsync(template, holes ?? "", caller, ct);
        return await announcements.PlanAsync(caller, says, at, every, channels, time => CommandLine.Write("template post", Given(name, time, holes, channels)), ct);
    }

    private static IEnumerable<KeyValuePair<string, string>> Given(string name, string at, string? holes, string? channels)
    {
        yield return new("name", name);
        yield return new("at", at);
        if (holes is not null)
            yield return new("holes", holes);
        if (channels is not null)
            yield return new("channels", channels);
    }

    private Refusal Unknown(string name) =>
        pack.Templates.Count == 0 ? new($"The pack has no templates; they stand in {"templates.yaml":code}. Nothing was stored.")
        : pack.Templates.Keys.MaxBy(one => Similarity.Of(one, name)) is { } near && Similarity.Of(near, name) >= 60 ? new($"There is no template “{new UserText(name)}”. Did you mean {near:code}? Nothing was stored.")
        : new($"There is no template “{new UserText(name)}”. There are {string.Join(", ", pack.Templates.Keys)}. Nothing was stored.");
}
