namespace CopBot.Core.Chat;

/// <summary>Where a platform takes no long documents, they are said in parts, so that nothing of them is lost. Put together in their order they are the whole.</summary>
public static class DocumentParts
{
    /// <summary>The message, or its parts in order, of which no document is longer than so many characters.</summary>
    public static IReadOnlyList<Message> Of(Message message, int longest)
    {
        if (message.Card?.Blocks.OfType<Document>().FirstOrDefault(document => document.Content.Length > longest) is not { } whole)
            return [message];

        var parts = Split(whole.Content, longest);
        var named = parts.Select((content, index) => whole with { Name = $"{whole.Name} ({index + 1} of {parts.Count})", Content = content }).ToList();
        return
        [
            message with { Card = new Card([.. message.Card.Blocks.Select(block => ReferenceEquals(block, whole) ? named[0] : block)]) },
            .. named.Skip(1).Select(part => new Message($"{new UserText(part.Name)}:", Card.Of(part))),
        ];
    }

    // At the end of a line where there is one near; never within a character.
    private static List<string> Split(string content, int longest)
    {
        var parts = new List<string>();
        for (var from = 0; from < content.Length;)
        {
            var length = Math.Min(longest, content.Length - from);
            if (from + length < content.Length)
            {
                var line = content.LastIndexOf('\n', from + length - 1, length / 2);
                length = line > from ? line - from + 1 : char.IsHighSurrogate(content[from + length - 1]) ? length - 1 : length;
            }

            parts.Add(content.Substring(from, length));
            from += length;
        }

        return parts;
    }
}
