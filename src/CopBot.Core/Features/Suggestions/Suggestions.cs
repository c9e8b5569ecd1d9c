using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Suggestions;

/// <summary>A value that is offered while somebody types.</summary>
/// <param name="Label">What is read, such as <c>#3 Runbooks that cut MTTR</c>.</param>
/// <param name="Value">What stands in the line.</param>
public sealed record Suggestion(string Label, string Value);

/// <summary>
/// Offers values for a parameter: what there is of its kind and fits what was typed so far, the newest first. Only what everybody may see is offered,
/// and nothing of those who are hidden. Nothing here writes.
/// </summary>
public sealed class Suggestions(Store store, Communities communities, CommandCatalog catalog)
{
    // Beyond so many nobody scrolls; what is meant is found by typing more of it.
    private const int Looked = 400;

    /// <param name="command">The command that is being typed.</param>
    /// <param name="parameter">Its parameter.</param>
    /// <param name="typed">What stands there so far.</param>
    /// <param name="place">Where.</param>
    /// <param name="most">How many at most.</param>
    public async Task<IReadOnlyList<Suggestion>> OfAsync(Command command, CommandParameter parameter, string typed, Place place, int most, CancellationToken ct)
    {
        if (parameter.Kind == ParameterKind.Choice)
            return Fitting(parameter.Choices.Select(choice => new Suggestion(choice, choice)), typed, most);
        if (parameter.Name == "command")
            return Fitting(catalog.Commands.Select(one => new Suggestion(one.Name, one.Name)), typed, most);
        return await store.ReadAsync(communities.Of(place.Platform, place.Workspace), async (work, token) => parameter.Kind switch
        {
            ParameterKind.People => await PeopleAsync(work, typed, most, token),
            _ when parameter.Name == "topic" => Fitting(await TopicsAsync(work, token), typed, most),
            _ when NamesOf(command, parameter) is { } table => Fitting(await NamesAsync(work, table, token), typed, most),
            _ when NumbersOf(command, parameter) is { } table => Fitting(await NumbersAsync(work, table, token), typed, most),
            _ => [],
        }, ct);
    }

    private static string? NamesOf(Command command, CommandParameter parameter) => (command.Name, parameter.Name) switch
    {
        (_, "rotation") => "rotations",
        (_, "squad") or ("squad join", "name") => "squads",
        _ => null,
    };

    private static string? NumbersOf(Command command, CommandParameter parameter) => (command.Name.Split(' ')[0], parameter.Name) switch
    {
        (_, "gathering") or ("gather", "number") => "gatherings",
        (_, "objective") or ("kr", "to") => "objectives",
        ("okr", "number") => command.Name is "okr checkin" or "okr ack" ? "key_results" : "objectives",
        ("kr", "number") => "key_results",
        ("gap", "number") or ("kr", "gap") => "gaps",
        (_, "claim") or ("outcome", "from") => "claims",
        ("schedule", "number") => "schedules",
        ("feedback" or "report" or "wheel" or "rotation", _) => null,
        (_, "number") => "claims",
        _ => null,
    };

    private static Task<List<Suggestion>> NumbersAsync(Work work, string table, CancellationToken ct)
    {
        var community = work.CommunityId;
        return table switch
        {
            "claims" => work.Sql.ListAsync(
                $"""
                select c.number, c.title from claims c join people p on p.id = c.author_id
                where c.community_id = {community} and c.title is not null and p.privacy in ({Privacy.Public}, {Privacy.Alias}) and p.erased_at is null order by c.number desc limit {Looked}
                """, Of, ct),
            "gaps" => work.Sql.ListAsync($"select number, title from gaps where community_id = {community} and title is not null order by number desc limit {Looked}", Of, ct),
            "gatherings" => work.Sql.ListAsync($"select number, title from gatherings where community_id = {community} and title is not null order by number desc limit {Looked}", Of, ct),
            "objectives" => work.Sql.ListAsync($"select number, title from objectives where community_id = {community} order by number desc limit {Looked}", Of, ct),
            "key_results" => work.Sql.ListAsync($"select number, title from key_results where community_id = {community} order by number desc limit {Looked}", Of, ct),
            _ => work.Sql.ListAsync($"select number, title from schedules where community_id = {community} order by number desc limit {Looked}", Of, ct),
        };

        static Suggestion Of(Row row) => new(string.Create(CultureInfo.InvariantCulture, $"#{row.Int(0)} {row.Text(1)}"), row.Int(0).ToString(CultureInfo.InvariantCulture));
    }

    private static Task<List<Suggestion>> NamesAsync(Work work, string table, CancellationToken ct) => table == "squads"
        ? work.Sql.ListAsync($"select name from squads where community_id = {work.CommunityId} order by name_key limit {Looked}", Named, ct)
        : work.Sql.ListAsync($"select name from rotations where community_id = {work.CommunityId} order by name_key limit {Looked}", Named, ct);

    private static Task<List<Suggestion>> TopicsAsync(Work work, CancellationToken ct) => work.Sql.ListAsync(
        $"select topic from claims where community_id = {work.CommunityId} and topic is not null group by topic order by max(number) desc limit {Looked}", Named, ct);

    // Several stand beside each other; the last one is being typed.
    private static async Task<IReadOnlyList<Suggestion>> PeopleAsync(Work work, string typed, int most, CancellationToken ct)
    {
        var names = await work.Sql.ListAsync(
            $"select name from people where community_id = {work.CommunityId} and privacy = {Privacy.Public} and joined_at is not null and erased_at is null order by joined_at desc limit {Looked}", row => row.Text(0), ct);
        var before = typed.LastIndexOf(',') is >= 0 and var comma ? typed[..(comma + 1)] : "";
        var last = typed[before.Length..].Trim().TrimStart('@');
        return [.. names.Where(name => name.Contains(last, StringComparison.OrdinalIgnoreCase) && !before.Contains("@" + name + ",", StringComparison.OrdinalIgnoreCase)).Take(most).Select(name => new Suggestion($"{before}@{name}", $"{before}@{name}"))];
    }

    private static Suggestion Named(Row row) => new(row.Text(0), row.Text(0));

    private static List<Suggestion> Fitting(IEnumerable<Suggestion> all, string typed, int most)
    {
        var wanted = typed.Trim();
        return [.. all.Where(one => one.Label.Contains(wanted, StringComparison.OrdinalIgnoreCase)).OrderBy(one => !one.Value.StartsWith(wanted.TrimStart('#'), StringComparison.OrdinalIgnoreCase)).Take(most)];
    }
}
