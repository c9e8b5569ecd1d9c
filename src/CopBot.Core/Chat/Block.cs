using System.Text.Json.Serialization;

namespace CopBot.Core.Chat;

/// <summary>A part of a card. It says what it means; each platform decides how that looks.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Paragraph), "paragraph")]
[JsonDerivedType(typeof(Facts), "facts")]
[JsonDerivedType(typeof(Ranking), "ranking")]
[JsonDerivedType(typeof(Progress), "progress")]
[JsonDerivedType(typeof(Trend), "trend")]
[JsonDerivedType(typeof(Note), "note")]
[JsonDerivedType(typeof(Buttons), "buttons")]
[JsonDerivedType(typeof(Choice), "choice")]
[JsonDerivedType(typeof(Form), "form")]
[JsonDerivedType(typeof(Document), "document")]
public abstract record Block
{
    /// <summary>Calls the renderer's method for this kind of block.</summary>
    public abstract T Render<T>(IBlockRenderer<T> renderer);
}

/// <summary>A paragraph of text.</summary>
public sealed record Paragraph(RichText Text) : Block
{
    public override T Render<T>(IBlockRenderer<T> renderer) => renderer.Paragraph(this);
}

/// <summary>Names with values, in order.</summary>
public sealed record Facts(IReadOnlyList<Fact> Items) : Block
{
    public override T Render<T>(IBlockRenderer<T> renderer) => renderer.Facts(this);
}

/// <summary>One name with its value.</summary>
public sealed record Fact(string Name, RichText Value);

/// <summary>Ranked rows, best first. <paramref name="More"/> is how many rows follow that are not shown.</summary>
public sealed record Ranking(IReadOnlyList<RankedRow> Rows, int More = 0) : Block
{
    public override T Render<T>(IBlockRenderer<T> renderer) => renderer.Ranking(this);
}

/// <summary>One row: rank from 1 (tied rows share theirs), who, the score, an optional remark; <paramref name="Own"/> marks the reader.</summary>
public sealed record RankedRow(int Rank, RichText Who, int Points, RichText? Remark = null, bool Own = false);

/// <summary>How far something is, from 0 to <paramref name="Target"/>; the value may exceed the target.</summary>
public sealed record Progress(RichText Label, decimal Value, decimal Target, string Unit) : Block
{
    public override T Render<T>(IBlockRenderer<T> renderer) => renderer.Progress(this);
}

/// <summary>A value over time, oldest first; at most 60 points.</summary>
public sealed record Trend(RichText Label, IReadOnlyList<TrendPoint> Points) : Block
{
    public override T Render<T>(IBlockRenderer<T> renderer) => renderer.Trend(this);
}

/// <summary>One value of a <see cref="Trend"/>.</summary>
public sealed record TrendPoint(string Label, decimal Value);

/// <summary>A remark of less weight than the rest: a reason, a hint, who can see this.</summary>
public sealed record Note(RichText Text) : Block
{
    public override T Render<T>(IBlockRenderer<T> renderer) => renderer.Note(this);
}

/// <summary>Buttons side by side; at most five.</summary>
public sealed record Buttons(IReadOnlyList<Button> Items) : Block
{
    public override T Render<T>(IBlockRenderer<T> renderer) => renderer.Buttons(this);
}

/// <summary>A button carries a command line: a click is the same as typing it. Destructive ones ask for care.</summary>
public sealed record Button(string Label, string Line, bool Destructive = false);

/// <summary>A choice of one among several; picking runs that option's command line.</summary>
public sealed record Choice(string Label, IReadOnlyList<Button> Options) : Block
{
    public override T Render<T>(IBlockRenderer<T> renderer) => renderer.Choice(this);
}

/// <summary>Asks for what a command still needs. Sending it runs the command with what was filled in.</summary>
public sealed record Form(string Command, IReadOnlyList<Field> Fields) : Block
{
    public override T Render<T>(IBlockRenderer<T> renderer) => renderer.Form(this);
}

/// <summary>One field of a form: the parameter's name, what to write, its type, whether it is needed, what is known already, the longest text.</summary>
public sealed record Field(string Name, string Label, ParameterKind Kind, bool Required, IReadOnlyList<string> Choices, string? Value = null, int? MaxLength = null);

/// <summary>A file for the reader: a name with extension, a media type and the content as text.</summary>
public sealed record Document(string Name, string MediaType, string Content) : Block
{
    /// <summary>Those whose words are in it, so that it can be erased with them; null where nobody's are.</summary>
    public IReadOnlyList<PersonId>? Authors { get; init; }

    public override T Render<T>(IBlockRenderer<T> renderer) => renderer.Document(this);
}
