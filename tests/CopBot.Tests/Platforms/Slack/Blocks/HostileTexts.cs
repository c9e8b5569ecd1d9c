namespace CopBot.Tests.Platforms.Slack.Blocks;

/// <summary>What people might call themselves or their work to make it more than text; always the same ones.</summary>
public static class HostileTexts
{
    private static readonly string[] Listed =
    [
        "<!channel>", "<!here|x>", "<!everyone>", "<!subteam^S1|x>", "<!date^1^{date}|x>", "<@U123>", "<@U123|ana>", "<@W1>", "<#C1>", "<#C1|general>", "<http://evil.example|label>", "<https://evil.example>",
        "<mailto:a@b.example|x>", "@everyone", "@channel", "@here", "@Here", "@group", "*bold*", "_it_", "~x~", "`code`", "```block```", "> quote", "&lt;!channel&gt;", "&amp;lt;!here&amp;gt;", ":tada:", "::skin-tone-2:",
        "\u200b", "\u202etxt.exe", "\u2066x\u2069", "\ufeff", "\u061c", "\0", "a\0b", "\ud800", "\udc00x", "x\ud83d", "\n", "a\r\nb", "\t", "\u2028", "\u0085", " ", "", "😀", "👨‍👩‍👧‍👦", "＠channel", "‹!channel›", "＜!channel＞",
        "javascript:alert(1)", "slack://channel?id=C1", "https://evil.example/\u202e", "\"}]},{\"type\":\"broadcast\",\"range\":\"channel\"}", "\\u003c!channel\\u003e", "{\"type\":\"user\",\"user_id\":\"U1\"}", "say:1", "form:2", "▓▓░░", " ▁▂▃",
    ];

    /// <summary>The list, its entries very long or piled up, and what a grammar makes of them.</summary>
    public static IEnumerable<string> All(int count)
    {
        var random = new Random(50);
        string[] long_ = [new('x', 10_000), new('&', 10_000), new('<', 3000), "e" + new string('\u0301', 10_000), string.Concat(Enumerable.Repeat("😀", 5000)), string.Concat(Enumerable.Repeat("a\n", 5000)), new('\ud800', 5000), new('\0', 3000), new('"', 10_000)];
        IEnumerable<string> first = [.. Listed, .. long_, .. Listed.Select(text => string.Concat(Enumerable.Repeat(text, 100)))];
        return first.Concat(Enumerable.Range(0, count).Select(_ => Made(random))).Take(count);
    }

    private static string Made(Random random)
    {
        var parts = Enumerable.Range(0, random.Next(1, 7)).Select(_ => random.Next(6) switch
        {
            0 => "a" + new string('\u0301', random.Next(1, 100)),
            1 => ((char)random.Next(1, 0x2100)).ToString(),
            2 => ((char)random.Next(0xd800, 0xe000)).ToString(),
            3 => "<>&|!@#^`*_~"[random.Next(12)].ToString(),
            _ => Listed[random.Next(Listed.Length)],
        });
        return string.Concat(parts);
    }
}
