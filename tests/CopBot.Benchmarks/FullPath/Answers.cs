using CopBot.Benchmarks.Leagues;

namespace CopBot.Benchmarks.FullPath;

/// <summary>The answers as the product writes them into the outbox, put together by hand.</summary>
public static class Answers
{
    public static string To(Said said, long number)
    {
        var owner = Id(said.Member);
        var author = Name(said.Member);
        var title = $$"""{"t":"q","text":"{{said.Title}}","owner":{{owner}}}""";
        var topic = $$$"""{"kind":"facts","items":[{"name":"Topic","value":{"runs":[{"t":"q","text":"incidents","owner":{{{owner}}}}]}}]}""";
        return said.Kind switch
        {
            "share" => $$$"""{"summary":{"runs":[{"t":"w","text":"#"},{"t":"w","text":"{{{number}}}"},{"t":"w","text":" "},{{{author}}},{"t":"w","text":" shared \u201C"},{{{title}}},{"t":"w","text":"\u201D ("},{"t":"q","text":"medium"},{"t":"q","text":""},{"t":"w","text":")"},{"t":"w","text":": "},{"t":"w","text":"10"},{"t":"w","text":" "},{"t":"q","text":"points"},{"t":"w","text":" for "},{{{author}}},{"t":"w","text":"."}]},"card":{"blocks":[{{{topic}}},{"kind":"buttons","items":[{"label":"We used this","line":"used {{{number}}}"}]}]}}""",
            "kudos" => $$$"""{"summary":{"runs":[{"t":"w","text":"#"},{"t":"w","text":"{{{number}}}"},{"t":"w","text":" "},{{{author}}},{"t":"w","text":" thanks "},{"t":"p","person":{{{Id(said.Receiver!.Value)}}},"ping":true},{"t":"w","text":" \u201C"},{{{title}}},{"t":"w","text":"\u201D"},{"t":"w","text":": "},{"t":"w","text":"3"},{"t":"w","text":" "},{"t":"q","text":"points"},{"t":"w","text":" for "},{{{Name(said.Receiver.Value)}}},{"t":"w","text":", "},{"t":"w","text":"1"},{"t":"w","text":" "},{"t":"q","text":"point"},{"t":"w","text":" for "},{{{author}}},{"t":"w","text":"."}]}}""",
            _ => $$$"""{"summary":{"runs":[{"t":"w","text":"#"},{"t":"w","text":"{{{number}}}"},{"t":"w","text":" "},{{{author}}},{"t":"w","text":" "},{"t":"w","text":"tells a win"},{"t":"w","text":": \u201C"},{{{title}}},{"t":"w","text":"\u201D"},{"t":"w","text":": "},{"t":"w","text":"8"},{"t":"w","text":" "},{"t":"q","text":"points"},{"t":"w","text":" for "},{{{author}}},{"t":"w","text":"."}]},"card":{"blocks":[{{{topic}}}]}}""",
        };
    }

    private static string Name(int member) => $$"""{"t":"p","person":{{Id(member)}}}""";

    private static string Id(int member) => $$"""{"value":"{{League.IdOf(member)}}"}""";
}
