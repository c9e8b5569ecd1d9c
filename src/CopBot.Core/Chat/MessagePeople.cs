namespace CopBot.Core.Chat;

/// <summary>Finds the people whose names a message needs.</summary>
public sealed class MessagePeople : IBlockRenderer<IEnumerable<RichText>>
{
    private static readonly MessagePeople Instance = new();

    private MessagePeople()
    {
    }

    /// <summary>Everybody mentioned in the summary or in any block.</summary>
    public static IReadOnlyCollection<PersonId> Of(Message message) => [.. Mentions(message).Select(mention => mention.Person).Distinct()];

    /// <summary>Those whom the message addresses, so that they are notified.</summary>
    public static IReadOnlyCollection<PersonId> Pinged(Message message) => [.. Mentions(message).Where(mention => mention.Ping).Select(mention => mention.Person).Distinct()];

    private static IEnumerable<Run.Mention> Mentions(Message message) =>
        (message.Card?.Blocks ?? []).SelectMany(block => block.Render(Instance)).Prepend(message.Summary).SelectMany(text => text.Runs).OfType<Run.Mention>();

    public IEnumerable<RichText> Paragraph(Paragraph block) => [block.Text];

    public IEnumerable<RichText> Facts(Facts block) => block.Items.Select(fact => fact.Value);

    public IEnumerable<RichText> Ranking(Ranking block) => block.Rows.SelectMany(row => row.Remark is null ? [row.Who] : new[] { row.Who, row.Remark });

    public IEnumerable<RichText> Progress(Progress block) => [block.Label];

    public IEnumerable<RichText> Trend(Trend block) => [block.Label];

    public IEnumerable<RichText> Note(Note block) => [block.Text];

    public IEnumerable<RichText> Buttons(Buttons block) => [];

    public IEnumerable<RichText> Choice(Choice block) => [];

    public IEnumerable<RichText> Form(Form block) => [];

    public IEnumerable<RichText> Document(Document block) => [];
}
