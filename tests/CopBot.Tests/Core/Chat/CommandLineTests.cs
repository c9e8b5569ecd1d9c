using System.ComponentModel;
using CopBot.Core.Chat;

namespace CopBot.Tests.Core.Chat;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("share Runbooks")]
    [InlineData("SHARE Runbooks")]
    [InlineData("  share   Runbooks  ")]
    [InlineData("/cop share Runbooks")]
    [InlineData("/copbot share Runbooks")]
    [InlineData("/share Runbooks")]
    [InlineData("@CopBot share Runbooks")]
    [InlineData("@copbot, share Runbooks")]
    [InlineData("CopBot: share Runbooks")]
    [InlineData("cop share Runbooks")]
    public void Slash_bare_and_mention_are_the_same(string line) => Assert.Equal([("title", "Runbooks")], Read(line, "share"));

    [Theory]
    [InlineData("note buy milk", "note", "buy milk")]
    [InlineData("note add milk", "note add", "milk")]
    [InlineData("note \"add\" milk", "note", "add milk")]
    [InlineData("note adding milk", "note", "adding milk")]
    [InlineData("note", "note", null)]
    [InlineData("note add", "note add", null)]
    [InlineData("note text=add", "note", "add")]
    public void The_longest_command_name_wins(string line, string command, string? text)
    {
        var parser = new CommandLineParser(new CommandCatalog([typeof(NoteCommands)], _ => []));
        var read = parser.Parse(line);
        Assert.Equal(command, read.Command.Name);
        Assert.Equal(text, read.Values.Values.SingleOrDefault());
    }

    [Theory]
    [InlineData("share \"Runbooks that cut MTTR\" size=medium format=doc")]
    [InlineData("share size=medium \"Runbooks that cut MTTR\" format=doc")]
    [InlineData("share size=medium format=doc Runbooks that cut MTTR")]
    [InlineData("share Runbooks size=medium that cut format=doc MTTR")]
    [InlineData("share title=\"Runbooks that cut MTTR\" SIZE=medium Format=\"doc\"")]
    [InlineData("share “Runbooks that cut MTTR” size=“medium” format=„doc‟")]
    [InlineData("share «Runbooks that cut MTTR» size=«medium» format=doc")]
    [InlineData("share ”Runbooks that cut MTTR” --size=medium —format=doc")]
    [InlineData("share „Runbooks that cut MTTR“ –size=medium ––format=doc")]
    [InlineData("share ‘Runbooks that cut MTTR’ size=‘medium’ format=‚doc‘")]
    [InlineData("share ‹Runbooks that cut MTTR› size=‹medium› format=doc")]
    public void Options_stand_anywhere_in_any_quotes_with_any_dashes(string line) =>
        Assert.Equal([("format", "doc"), ("size", "medium"), ("title", "Runbooks that cut MTTR")], Read(line, "share"));

    [Theory]
    [InlineData("share “the \"why\" command”", "the \"why\" command")]
    [InlineData("share \"the “why” command\"", "the “why” command")]
    [InlineData("share \"the \\\"why\\\" command\"", "the \"why\" command")]
    [InlineData("share \"a quote that never ends", "a quote that never ends")]
    [InlineData("share it's Bo's", "it's Bo's")]
    [InlineData("share it’s Bo’s", "it’s Bo’s")]
    [InlineData("share ‘it’s Bo’s’", "it’s Bo’s")]
    [InlineData("share ‘90s hardware", "‘90s hardware")]
    [InlineData("share “She said “hello” to me”", "She said “hello” to me")]
    [InlineData("share “She said ‘hello’ to me”", "She said ‘hello’ to me")]
    [InlineData("share ‘She said “hello” to me’", "She said “hello” to me")]
    [InlineData("share „Sie sagte „hallo“ zu mir“", "Sie sagte „hallo“ zu mir")]
    [InlineData("share « Elle a dit “salut” »", " Elle a dit “salut” ")]
    [InlineData("share “one” “two”", "one two")]
    [InlineData("share “five “six”", "five “six")]
    [InlineData("share \"C:\\temp and \\\\server\"", "C:\\temp and \\server")]
    [InlineData("share https://example.org/?a=b&c=d", "https://example.org/?a=b&c=d")]
    [InlineData("share two  spaces", "two spaces")]
    [InlineData("share \"two  spaces\"", "two  spaces")]
    [InlineData("share 99 % of = signs", "99 % of = signs")]
    public void A_text_is_read_as_it_was_meant(string line, string title) => Assert.Equal([("title", title)], Read(line, "share"));

    [Theory]
    [InlineData("mob \"Fix it\" with=@ana,@cy minutes=90")]
    [InlineData("mob \"Fix it\" minutes=90 @ana @cy")]
    [InlineData("mob @ana, @cy \"Fix it\" minutes=90")]
    [InlineData("mob Fix @ana it @cy minutes=90")]
    [InlineData("mob Fix it people=@ana,@cy minutes=90")]
    public void People_are_found_wherever_they_are_mentioned(string line) =>
        Assert.Equal([("minutes", "90"), ("title", "Fix it"), ("with", "@ana,@cy")], Read(line, "mob").Select(value => value with { Item2 = value.Item2.Replace(",,", ",", StringComparison.Ordinal) }));

    [Theory]
    [InlineData("kudos @ana for reviewing", "@ana", "for reviewing")]
    [InlineData("kudos for reviewing @ana", "@ana", "for reviewing")]
    [InlineData("kudos @ana for helping @bo", "@ana", "for helping @bo")]
    [InlineData("kudos \"for @bo's runbook\" to=ana", "ana", "for @bo's runbook")]
    public void The_first_mention_is_whom_and_the_rest_is_what_for(string line, string to, string reason) =>
        Assert.Equal([("reason", reason), ("to", to)], Read(line, "kudos"));

    [Theory]
    [InlineData("outcome 2 speed 40 12.5 minutes", "after=12.5 before=40 category=speed from=2 unit=minutes")]
    [InlineData("outcome #2 category=speed before=40 after=-3 unit=\"per cent\" Deploys are faster", "after=-3 before=40 category=speed from=#2 title=Deploys are faster unit=per cent")]
    [InlineData("experiment result 3 disproved learned=\"too small\" next=\"try 5 %\"", "learned=too small next=try 5 % number=3 result=disproved")]
    [InlineData("board squads month last", "board=squads last=last period=month")]
    [InlineData("board --last", "last=yes")]
    [InlineData("why #7", "claim=#7")]
    [InlineData("why @ana week", "period=week person=@ana")]
    [InlineData("flag 4 this is the same talk", "number=4 reason=this is the same talk")]
    [InlineData("void 2 because=\"it was a demo\"", "number=2 reason=it was a demo")]
    [InlineData("privacy alias Grey Fox", "name=Grey Fox shown=alias")]
    [InlineData("privacy alias=Phoenix", "name=Phoenix")]
    [InlineData("link ABCD —yes", "code=ABCD yes=yes")]
    [InlineData("used 1 2 weeks ago", "how=2 weeks ago number=1")]
    public void Numbers_choices_and_flags_are_told_by_their_look(string line, string values)
    {
        var read = Catalogue.Parser.Parse(line).Values.Select(value => $"{value.Key.Name}={value.Value}").Order(StringComparer.Ordinal);
        Assert.Equal(values, string.Join(' ', read));
    }

    [Theory]
    [InlineData("share \"Runbooks\" sise=medium", "`share` has no “sise”. Did you mean `size=…`? Nothing was stored.")]
    [InlineData("share \"Runbooks\" colour=red", "`share` has no “colour”. It goes like this: `share <title> [size=small|medium|large|huge]")]
    [InlineData("share a size=small size=large", "`size` is given twice. Nothing was stored: send it once.")]
    [InlineData("me myself", "I do not know what to do with “myself” there. It goes like this: `me`")]
    [InlineData("", "I am listening.")]
    [InlineData("/cop", "I am listening.")]
    public void What_cannot_be_read_is_refused_with_what_would_be_right(string line, string says) =>
        Assert.StartsWith(says, Assert.Throws<Refusal>(() => Catalogue.Parser.Parse(line)).Says.ToString());

    private static IEnumerable<(string, string)> Read(string line, string command)
    {
        var read = Catalogue.Parser.Parse(line);
        Assert.Equal(command, read.Command.Name);
        return read.Values.Select(value => (value.Key.Name, value.Value)).OrderBy(value => value.Name, StringComparer.Ordinal);
    }

    private sealed class NoteCommands : ICommands
    {
        [Command("note", "Note something")]
        public Task<Reply> NoteAsync([Description("What")] string text) => Task.FromResult<Reply>(RichText.Of($"{text}"));

        [Command("note add", "Add a note")]
        public Task<Reply> AddAsync([Description("What")] string text) => Task.FromResult<Reply>(RichText.Of($"{text}"));
    }
}
