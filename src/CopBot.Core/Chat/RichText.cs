using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace CopBot.Core.Chat;

/// <summary>Text that a person wrote: data, never markup. It carries its owner so that it can be erased with them.</summary>
public readonly record struct UserText(string Value, PersonId? Owner = null)
{
    public override string ToString() => Value;
}

/// <summary>A web address that a person gave; only absolute http and https addresses come this far.</summary>
public sealed record Link(Uri Address, PersonId? Owner = null)
{
    public override string ToString() => Address.AbsoluteUri;
}

/// <summary>One run of a <see cref="RichText"/>. A renderer answers for every kind.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "t")]
[JsonDerivedType(typeof(Words), "w")]
[JsonDerivedType(typeof(Quoted), "q")]
[JsonDerivedType(typeof(Mention), "p")]
[JsonDerivedType(typeof(Address), "l")]
[JsonDerivedType(typeof(Typed), "c")]
public abstract record Run
{
    private Run()
    {
    }

    /// <summary>The bot's own words.</summary>
    public sealed record Words(string Text) : Run;

    /// <summary>Somebody's words: shown as they are, never as markup.</summary>
    public sealed record Quoted(string Text, PersonId? Owner) : Run;

    /// <summary>A person. The name is looked up when the message is delivered, for its reader. Notifies them when <paramref name="Ping"/>.</summary>
    public sealed record Mention(PersonId Person, bool Ping) : Run;

    /// <summary>A link that shows its own address.</summary>
    public sealed record Address(string Url, PersonId? Owner) : Run;

    /// <summary>Something to type, shown in a fixed-width face.</summary>
    public sealed record Typed(string Line) : Run;
}

/// <summary>
/// A sentence made with an interpolated string: the literal parts are the bot's words, every hole is data.
/// <c>{person}</c> becomes a mention, <c>{person:name}</c> the name alone, <c>{text:code}</c> something to type.
/// </summary>
[InterpolatedStringHandler]
public sealed class RichText
{
    private readonly List<Run> runs;

    public RichText(int literalLength, int formattedCount) => runs = new(formattedCount * 2 + 1);

    [JsonConstructor]
    public RichText(IReadOnlyList<Run> runs) => this.runs = [.. runs];

    /// <summary>The runs in reading order.</summary>
    public IReadOnlyList<Run> Runs => runs;

    public static RichText Empty { get; } = new([]);

    public static implicit operator RichText(string words) => new([new Run.Words(words)]);

    /// <summary>Lets a call site write <c>RichText.Of($"…")</c> where the target type is not apparent.</summary>
    public static RichText Of(RichText text) => text;

    public static RichText Join(string separator, IEnumerable<RichText> parts)
    {
        var joined = new RichText([]);
        foreach (var part in parts)
        {
            if (joined.runs.Count > 0)
                joined.Append(new Run.Words(separator));
            joined.AppendFormatted(part);
        }

        return joined;
    }

    public void AppendLiteral(string value) => Append(new Run.Words(value));

    public void AppendFormatted(RichText value)
    {
        foreach (var run in value.runs)
            Append(run);
    }

    public void AppendFormatted(PersonId person, string? format = null) => runs.Add(new Run.Mention(person, format != "name"));

    public void AppendFormatted(UserText value) => runs.Add(new Run.Quoted(value.Value, value.Owner));

    public void AppendFormatted(Link value) => runs.Add(new Run.Address(value.Address.AbsoluteUri, value.Owner));

    public void AppendFormatted(string? value, string? format = null) =>
        runs.Add(format == "code" ? new Run.Typed(value ?? "") : new Run.Quoted(value ?? "", null));

    public void AppendFormatted<T>(T value, string? format = null)
        where T : struct, IFormattable =>
        Append(new Run.Words(value.ToString(format, CultureInfo.InvariantCulture)));

    public override string ToString() => PlainText.Of(this, static _ => "someone");

    // Words that follow words are one run: there is less to store and to send.
    private void Append(Run run)
    {
        if (run is Run.Words next && runs is [.., Run.Words before])
            runs[^1] = new Run.Words(before.Text + next.Text);
        else
            runs.Add(run);
    }
}
