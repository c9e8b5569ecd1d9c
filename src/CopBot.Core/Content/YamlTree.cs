using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace CopBot.Core.Content;

/// <summary>Builds the tree of one YAML document; a <see cref="NotYaml"/> names the line where the text stops being YAML.</summary>
/// <remarks>
/// It takes the scanner's tokens because the first use of the library's own parser compiles a regular expression, which
/// takes longer at the start than scanning the whole file, and because its messages do not say how to mend a pack.
/// </remarks>
internal sealed class YamlTree
{
    private const int MaxDepth = 20;

    private readonly string text;
    private readonly Scanner scanner;
    private readonly Stack<int> brackets = [];
    private int depth;
    private Mark last = Mark.Empty;

    private YamlTree(string text)
    {
        this.text = text;
        scanner = new Scanner(new StringReader(text));
        Skip();
    }

    private Token Current => scanner.Current!;

    private int Line => (int)Current.Start.Line;

    public static YamlNode Parse(string text) => new YamlTree(text).Document();

    private YamlNode Document()
    {
        Skip();
        if (Current is DocumentStart)
            Skip();
        var root = Current is StreamEnd or DocumentEnd ? Nothing() : Node(indentless: false);
        if (Current is DocumentEnd)
            Skip();
        return Current is StreamEnd ? root : throw Unexpected("the file should end");
    }

    private YamlNode Node(bool indentless)
    {
        if (++depth > MaxDepth)
            throw Error($"values are nested more than {MaxDepth} deep");
        YamlNode node = Current switch
        {
            YamlDotNet.Core.Tokens.Scalar => Scalar(),
            BlockMappingStart => Mapping<BlockEnd>(),
            BlockSequenceStart => BlockSequence(),
            BlockEntry when indentless => IndentlessSequence(),
            FlowMappingStart => Mapping<FlowMappingEnd>(),
            FlowSequenceStart => FlowSequence(),
            Anchor or AnchorAlias or Tag => throw Error("anchors (`&`), aliases (`*`) and tags (`!`) are not read here; write the value out, or put a text that begins so in quotes"),
            _ => throw Unexpected("a value should stand"),
        };
        depth--;
        return node;
    }

    private YamlNode.Scalar Scalar()
    {
        var token = (YamlDotNet.Core.Tokens.Scalar)Current;
        var scalar = new YamlNode.Scalar(Line, token.Value, token.Style != ScalarStyle.Plain);
        Skip();
        return scalar;
    }

    private YamlNode.Mapping Mapping<TEnd>()
        where TEnd : Token
    {
        var flow = typeof(TEnd) == typeof(FlowMappingEnd);
        var line = Line;
        if (flow)
            brackets.Push(line);
        var entries = new List<YamlNode.Entry>();
        for (Skip(); Current is not TEnd;)
        {
            entries.Add(Entry(flow));
            if (flow)
                Comma<TEnd>('}', line);
        }

        if (flow)
            brackets.Pop();
        Skip();
        return new(line, entries);
    }

    private YamlNode.Entry Entry(bool flow)
    {
        YamlNode key;
        if (Current is Key)
        {
            Skip();
            key = AtEndOfValue ? Nothing() : Node(indentless: !flow);
        }
        else if (flow && Current is not Value)
        {
            key = Node(indentless: false);
        }
        else
        {
            throw Unexpected("a `key: value` should stand");
        }

        YamlNode value = Nothing();
        if (Current is Value)
        {
            Skip();
            value = AtEndOfValue ? Nothing() : Node(indentless: !flow);
        }

        return key is YamlNode.Scalar word ? new(word, value) : throw new NotYaml((int)last.Line, "a key must be one word, not a list or a group of keys");
    }

    private YamlNode.Sequence BlockSequence()
    {
        var line = Line;
        Skip();
        var items = Items();
        if (Current is not BlockEnd)
            throw Unexpected("a `- ` should begin the next entry of the list");
        Skip();
        return new(line, items);
    }

    private YamlNode.Sequence IndentlessSequence() => new(Line, Items());

    private List<YamlNode> Items()
    {
        var items = new List<YamlNode>();
        while (Current is BlockEntry)
        {
            Skip();
            items.Add(Current is BlockEntry || AtEndOfValue ? Nothing() : Node(indentless: false));
        }

        return items;
    }

    private YamlNode.Sequence FlowSequence()
    {
        var line = Line;
        brackets.Push(line);
        var items = new List<YamlNode>();
        for (Skip(); Current is not FlowSequenceEnd;)
        {
            // A pair inside brackets is a group of one key.
            items.Add(Current is Key ? new YamlNode.Mapping(Line, [Entry(flow: true)]) : Node(indentless: false));
            Comma<FlowSequenceEnd>(']', line);
        }

        brackets.Pop();
        Skip();
        return new(line, items);
    }

    private void Comma<TEnd>(char end, int opened)
    {
        if (Current is FlowEntry)
            Skip();
        else if (Current is not TEnd)
            throw Unexpected($"a `,` or the `{end}` of line {opened} should stand");
    }

    private bool AtEndOfValue => Current is Key or Value or BlockEnd or FlowEntry or FlowMappingEnd or FlowSequenceEnd or DocumentStart or DocumentEnd or StreamEnd;

    private YamlNode.Scalar Nothing() => new((int)last.Line, "", Quoted: false);

    private void Skip()
    {
        if (scanner.Current is { } passed)
            last = passed.Start;
        try
        {
            scanner.MoveNext();
        }
        catch (YamlException broken)
        {
            throw YamlMistake.Of(broken.Message, broken.Start, last, text);
        }
        catch (InvalidOperationException)
        {
            // The scanner gives up so on some brackets that are never closed.
            throw NeverClosed(brackets.TryPeek(out var opened) ? opened : (int)scanner.CurrentPosition.Line);
        }

        if (Current is Error error)
            throw YamlMistake.Of(error.Value, error.Start, last, text);
    }

    private NotYaml Unexpected(string wanted) => Current switch
    {
        StreamEnd when brackets.TryPeek(out var opened) => NeverClosed(opened),
        BlockMappingStart or BlockSequenceStart or BlockEnd => Error($"the indentation does not fit the lines before; {wanted} here"),
        _ => Error($"{Found()} stands where {wanted}"),
    };

    private string Found() => Current switch
    {
        YamlDotNet.Core.Tokens.Scalar scalar => Quote.Of(scalar.Value),
        DocumentStart or DocumentEnd => "a second document (`---` or `...`)",
        VersionDirective or TagDirective => "a line with `%`",
        FlowMappingStart => "a `{`",
        FlowMappingEnd => "a `}`",
        FlowSequenceStart => "a `[`",
        FlowSequenceEnd => "a `]`",
        FlowEntry => "a `,`",
        BlockEntry => "a `-`",
        Key => "a new key",
        Value => "a `:`",
        _ => "something else",
    };

    private static NotYaml NeverClosed(int line) => new(line, "a `{` or `[` opens here and is not closed; add the `}` or `]`");

    private NotYaml Error(string problem) => new(Line, problem);
}
