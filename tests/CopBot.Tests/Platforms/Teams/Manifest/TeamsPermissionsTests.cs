using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopBot.Platforms.Teams.Manifest;
using CopBot.Tests.Support;
using CopBot.Tests.Support.FakeTeams;

namespace CopBot.Tests.Platforms.Teams.Manifest;

/// <summary>What the app asks for is what its calls need, by Microsoft's own description, and no more.</summary>
public sealed partial class TeamsPermissionsTests
{
    /// <summary>Every call to Microsoft Graph, with the permission under which it is made.</summary>
    public static IReadOnlyDictionary<string, TeamsPermission> Calls { get; } = new Dictionary<string, TeamsPermission>
    {
        ["GET /teams/{id}/members"] = TeamsPermissions.Members,
        ["GET /teams/{id}/tags"] = TeamsPermissions.Tags,
        ["POST /teams/{id}/tags"] = TeamsPermissions.Tags,
        ["DELETE /teams/{id}/tags/{id}"] = TeamsPermissions.Tags,
        ["GET /teams/{id}/tags/{id}/members"] = TeamsPermissions.Tags,
        ["POST /teams/{id}/tags/{id}/members"] = TeamsPermissions.Tags,
        ["DELETE /teams/{id}/tags/{id}/members/{id}"] = TeamsPermissions.Tags,
        ["GET /users/{id}/events"] = TeamsPermissions.Calendars,
        ["POST /users/{id}/events"] = TeamsPermissions.Calendars,
        ["PATCH /users/{id}/events/{id}"] = TeamsPermissions.Calendars,
        ["DELETE /users/{id}/events/{id}"] = TeamsPermissions.Calendars,
        ["POST /users/{id}/teamwork/sendActivityNotification"] = TeamsPermissions.Feed,
        ["POST /users/{id}/teamwork/installedApps"] = TeamsPermissions.Install,
        ["GET /appCatalogs/teamsApps"] = TeamsPermissions.Catalog,
    };

    [Fact]
    public void Each_call_is_covered_and_each_permission_is_the_least_for_one_of_them()
    {
        foreach (var (call, permission) in Calls)
            Assert.True(Published(call, "least").Concat(Published(call, "higher")).Contains(permission.Name), $"{permission.Name} does not cover {call}");

        // An app whose package asks for consent is added with one more than the least, which adds without it.
        foreach (var permission in TeamsPermissions.ResourceSpecific.Concat(TeamsPermissions.OfTenant).Except([TeamsPermissions.Install]))
            Assert.Contains(Calls, call => call.Value == permission && Published(call.Key, "least").Contains(permission.Name));
    }

    [Fact]
    public void The_documentation_has_each_with_its_reason_and_no_other()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs/teams.md")).Where(line => Row().IsMatch(line));
        Assert.Equal(
            TeamsPermissions.ResourceSpecific.Concat(TeamsPermissions.OfTenant).Select(permission => $"| `{permission.Name}` | {permission.Reason} | {permission.Without} |"),
            rows.Select(row => Link().Replace(row, "“$1”")));
    }

    /// <summary>A call without the names of what is in it.</summary>
    public static string Anonymous(string call) => Name().Replace(call, "{id}");

    private static IEnumerable<string> Published(string call, string kind)
    {
        var (_, schemes) = TeamsSpecs.Permissions!.SingleOrDefault(entry => Anonymous(entry.Key).Equals(call, StringComparison.OrdinalIgnoreCase));
        Assert.True(schemes is not null, $"{call} is not among the published calls");
        return (schemes["Application"]?[kind] as JsonArray ?? []).Select(permission => permission!.ToString());
    }

    [GeneratedRegex(@"^\| `[A-Za-z]+\.[A-Za-z.]+` \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Name();
}
