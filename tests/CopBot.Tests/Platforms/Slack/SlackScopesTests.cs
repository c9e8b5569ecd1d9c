using System.Text.RegularExpressions;
using CopBot.Platforms.Slack;
using CopBot.Platforms.Slack.Intake;
using CopBot.Tests.Support;
using CopBot.Tests.Support.FakeSlack;
using SlackMethod = CopBot.Platforms.Slack.Api.SlackMethod;

namespace CopBot.Tests.Platforms.Slack;

/// <summary>The app asks for what it uses, all of it and no more.</summary>
public sealed partial class SlackScopesTests
{
    private static readonly string[] Asked = [.. SlackScopes.All.Select(scope => scope.Name)];

    [Fact]
    public void Every_method_that_is_called_has_a_scope_that_allows_it()
    {
        foreach (var (method, scopes) in PublishedScopes())
            Assert.True(scopes.Length == 0 || scopes.Intersect(Asked).Any(), $"{method} needs one of {string.Join(", ", scopes)}");
    }

    [Fact]
    public void Every_event_has_a_scope_that_lets_it_come() =>
        Assert.All(SlackEventKinds.All, kind => Assert.True(kind.Scopes.Length == 0 || kind.Scopes.Intersect(Asked).Any(), kind.Name));

    [Fact]
    public void No_scope_is_asked_for_that_nothing_uses()
    {
        // A slash command is no method and no event.
        var used = PublishedScopes().SelectMany(method => method.Scopes).Concat(SlackEventKinds.All.SelectMany(kind => kind.Scopes)).Append("commands").ToHashSet();
        Assert.All(Asked, scope => Assert.Contains(scope, used));
    }

    [Fact]
    public void Each_is_listed_once_with_a_reason()
    {
        Assert.Equal(Asked, Asked.Distinct());
        Assert.All(SlackScopes.All, scope => Assert.EndsWith(".", scope.Reason, StringComparison.Ordinal));
        Assert.All(SlackScopes.All, scope => Assert.NotEmpty(scope.Without));
    }

    [Fact]
    public void What_is_missing_is_found_whatever_else_was_granted()
    {
        Assert.Empty(SlackScopes.MissingIn(SlackScopes.Asked + ",team:read"));
        Assert.Equal(["chat:write", "users:read"], SlackScopes.MissingIn(string.Join(", ", Asked.Where(scope => scope is not ("users:read" or "chat:write")))).Select(scope => scope.Name));
        Assert.Equal(Asked, SlackScopes.MissingIn("").Select(scope => scope.Name));
    }

    [Fact]
    public void The_documentation_has_each_with_its_reason_and_no_other()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs/slack.md")).SkipWhile(line => !line.StartsWith("| permission", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'));
        Assert.Equal(SlackScopes.All.Select(scope => $"| `{scope.Name}` | {scope.Reason} | {scope.Without} |"), rows);
    }

    // The names stand in two switches; what one of them knows and nobody subscribes to would never come.
    [Fact]
    public void Subscribed_is_exactly_what_is_handled()
    {
        var sources = new[] { "SlackEvents.cs", "SlackChanges.cs" }.SelectMany(file => File.ReadLines(Path.Combine(Repository.Root, "src/CopBot.Platforms/Slack/Intake", file)));
        var handled = sources.Where(line => Arm().IsMatch(line)).SelectMany(line => Name().Matches(line.Split(" when ")[0].Split("=>")[0]).Select(match => match.Groups[1].Value)).Select(name => name == "message" ? "message.im" : name);
        Assert.Equal(handled.Distinct().Order(StringComparer.Ordinal), SlackEventKinds.All.Select(kind => kind.Name).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<(string Method, string[] Scopes)> PublishedScopes()
    {
        var published = SlackSpecs.Read("methods.subset.json")["methods"]!.AsObject();
        foreach (var method in SlackMethod.All)
        {
            Assert.True(published[method.Name] is not null, $"{method.Name} is not among the published methods");
            yield return (method.Name, [.. published[method.Name]!["scope"]!["bot"]?.AsArray().Select(scope => (string)scope!) ?? []]);
        }
    }

    [GeneratedRegex("""^\s+(case )?"[a-z_]+".*(=>|:$)""")]
    private static partial Regex Arm();

    [GeneratedRegex("\"([a-z_]+)\"")]
    private static partial Regex Name();
}
