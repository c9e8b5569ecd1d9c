using System.Collections.Concurrent;
using System.Security;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using CopBot.Platforms.Teams;
using CopBot.Platforms.Teams.Api;
using CopBot.Platforms.Teams.Conversations;
using CopBot.Platforms.Teams.Manifest;
using CopBot.Tests.Support.FakeTeams;
using Microsoft.Extensions.DependencyInjection;
using TeamsMessage = CopBot.Tests.Support.FakeTeams.TeamsMessage;
using TeamsPace = CopBot.Platforms.Teams.Api.TeamsPace;
using TeamsPerson = CopBot.Tests.Support.FakeTeams.TeamsPerson;

namespace CopBot.Tests.Support;

/// <summary>
/// Through Teams, there and back: what is said goes as a signed activity to the bot's own address, what is heard is read from the activities that arrived.
/// Names of people and channels stand for Teams' ids, so that tests need not know of them.
/// </summary>
public sealed partial class TeamsEars : Ears
{
    private readonly TeamsServer teams;
    private readonly ConcurrentQueue<(long Id, Heard Heard)> heard = new();
    private readonly Dictionary<string, TeamsDelivery> told = [];
    private readonly Dictionary<string, TeamsPerson> accounts = [];
    private IServiceProvider? services;
    private TeamsDoorway? doorway;

    private TeamsEars(TeamsServer teams) => this.teams = teams;

    public override string Platform => TeamsPlatform.PlatformName;

    /// <summary>The server that stands in for Teams.</summary>
    public TeamsServer Server => teams;

    public static async Task<TeamsEars> StartAsync(VirtualClock clock) => new(await TeamsServer.StartAsync(clock));

    /// <summary>The settings that lead the bot to the server.</summary>
    public static TeamsSettings SettingsFor(TeamsServer teams) => new()
    {
        AppId = teams.Identity.AppId,
        TenantId = teams.TenantId,
        AppSecret = teams.Identity.Secret,
        OpenIdMetadata = teams.OpenIdMetadata,
        TokenAddress = teams.Root,
        GraphBase = teams.Graph.Base,
    };

    public override string WorkspaceOf(string name) => teams.TenantId;

    /// <summary>The account of a name; made where there is none.</summary>
    public TeamsPerson Account(string name) => UserOf(name.ToLowerInvariant(), null);

    /// <summary>Waits until all that was said is done, and all that is to be said is out.</summary>
    public async Task SettleAsync()
    {
        await services!.GetRequiredService<InboxWorker>().CatchUpAsync(CancellationToken.None);
        await services!.GetRequiredService<OutboxDispatcher>().DrainAsync(CancellationToken.None);
    }

    public override void Register(IServiceCollection services)
    {
        services.AddTeams(SettingsFor(teams));
        foreach (var registered in services.Where(service => service.ServiceType == typeof(IPlatform)).ToList())
            services.Remove(registered);

        // Nobody waits here for a real second to pass; a clock that stands would never give anything back.
        services.AddSingleton(new TeamsPace(TimeProvider.System) { Times = 100_000 });
        services.AddSingleton<IPlatform>(provider => new Overheard(provider.GetRequiredService<TeamsPlatform>(), SendAsync));
    }

    public override async Task ListenAsync(IServiceProvider services)
    {
        this.services = services;
        await services.GetRequiredService<TeamsConversations>().LoadAsync(CancellationToken.None);
        doorway = await TeamsDoorway.OpenAsync(services);
        teams.Bot = doorway.Address;
        Consent(services.GetRequiredService<CommandCatalog>());
        await teams.InstallAsync(teams.Team, UserOf("owner of the team", null));
    }

    // Those who install the package consent to what is in it, and an administrator to the rest.
    private void Consent(CommandCatalog catalog)
    {
        var permissions = TeamsPermissions.ResourceSpecific.Select(permission => permission.Name).ToList();
        teams.Graph.Manifest = TeamsManifest.Of(catalog, new TeamsApp(Guid.Parse(teams.Identity.AppId)));
        teams.Team.Consents.UnionWith(permissions);
        teams.Graph.PersonalConsents.UnionWith(permissions);
        teams.Graph.ConsentToAll([.. TeamsPermissions.OfTenant.Select(permission => permission.Name)]);
    }

    public override async Task SayAsync(IServiceProvider services, Incoming said)
    {
        if (told.TryGetValue(said.EventId, out var before))
            await teams.RedeliverAsync(before);
        else
            told[said.EventId] = await SaidAsync(said);
        await SettleAsync();
        Assert.Empty(teams.Breaches);
    }

    public override IReadOnlyList<Heard> Take()
    {
        var taken = new List<(long Id, Heard Heard)>();
        while (heard.TryDequeue(out var next))
            taken.Add(next);
        return [.. taken.OrderBy(next => next.Id).Select(next => next.Heard)];
    }

    public override async ValueTask DisposeAsync()
    {
        if (doorway is not null)
            await doorway.DisposeAsync();
        await teams.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>What a message says, as it is read aloud.</summary>
    public string TextOf(TeamsMessage message) => TextOf(message.Content);

    /// <summary>What a text or card says, as it is read aloud.</summary>
    public string TextOf(TeamsContent content) => content.Cards is [var card, ..]
        ? TeamsPlain.OfCard(card, NameOf)
        : TeamsPlain.OfText(content.Text, content.Activity["entities"] as JsonArray ?? [], NameOf);

    // As Teams tells it: a mention in a channel, a message of the chat with the bot in private.
    private async Task<TeamsDelivery> SaidAsync(Incoming said)
    {
        var user = UserOf(Keyed(said.From.Workspace, said.From.UserId), said.From.Name);
        foreach (Match channel in Channel().Matches(said.Text))
            ChannelOf(channel.Groups["name"].Value);

        var text = said.Text;
        foreach (var name in Mention().Matches(text).Select(match => match.Groups["name"].Value).Distinct().OrderByDescending(name => name.Length))
        {
            var meant = said.Mentions.TryGetValue(name, out var handle) ? handle.Name : name;
            if (!LocalNames.IsName(meant))
                continue;

            // Teams offers its own accounts; aliases are words to it. Only a session invites people who never spoke.
            var mentioned = accounts.Values.FirstOrDefault(other => other.Name.Equals(meant, StringComparison.OrdinalIgnoreCase))
                ?? (text.Contains("mob", StringComparison.Ordinal) && !await IsAliasAsync(meant) ? UserOf(meant.ToLowerInvariant(), null) : null);
            if (mentioned is not null)
                text = Regex.Replace(text, $"@{Regex.Escape(name)}(?![\\p{{L}}\\p{{N}}_-])", $"<at>{SecurityElement.Escape(mentioned.Name)}</at>".Replace("$", "$$", StringComparison.Ordinal));
        }

        teams.SaidAt = said.At?.ToDateTimeOffset();
        await (said.Place.IsPrivate ? teams.DirectAsync(user, text) : teams.AskAsync(user, ChannelOf(said.Place.Id.TrimStart('#')), text));
        teams.SaidAt = null;
        return teams.Deliveries[^1];
    }

    // One tenant has one workspace; accounts of another one are other people.
    private static string Keyed(string workspace, string account) => workspace == LocalNames.Platform ? account : $"{workspace}/{account}";

    private TeamsPerson UserOf(string account, string? name)
    {
        if (!accounts.TryGetValue(account, out var user))
        {
            accounts[account] = user = teams.Team.AddPerson(name ?? account);
            teams.GiveApp(user);
        }

        if (name is not null && user.Name != name)
            user.Name = name;
        return user;
    }

    private TeamsConversation ChannelOf(string name)
    {
        if (teams.Team.Channels.FirstOrDefault(channel => channel.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } known)
            return known;
        return teams.CreateChannelAsync(teams.Team, name, accounts.Values.First()).GetAwaiter().GetResult();
    }

    private string NameOf(string id) => accounts.Values.FirstOrDefault(user => user.Is(id))?.Name ?? id;

    private string AccountOf(string user) => accounts.First(known => known.Value.Is(user)).Key;

    private async Task<bool> IsAliasAsync(string name) =>
        await services!.GetRequiredService<Store>().ReadAsync(Community.First, (work, ct) => work.Sql.ScalarAsync<int>($"select count(*) from people where alias_key = {name.ToLowerInvariant()}", ct), CancellationToken.None) > 0;

    private async Task<SendOutcome> SendAsync(Delivery delivery, Func<Task<SendOutcome>> send)
    {
        var before = teams.Posts.Count;
        var outcome = await send();
        foreach (var post in teams.Posts.Skip(before))
            Note(delivery, post);
        return outcome;
    }

    // What is for one person's eyes goes to their conversation with the bot, or stands where they alone see it; it is heard as what it is.
    private void Note(Delivery delivery, TeamsMessage post)
    {
        var direct = (post.OnlyFor ?? post.Where.Person) is { } with ? AccountOf(with.Mri) : null;
        var only = delivery.Only is { } reader ? AccountOf(reader) : null;

        // Whoever cannot be reached alone is told where they asked, without a word of the answer.
        if (only is not null && direct is null && TextOf(post).StartsWith("I answered you in private, and Teams did not let me", StringComparison.Ordinal))
            return;
        Assert.True(only is null || only == direct, "what was for one alone stands in a channel");
        var asked = teams.Team.Channels.FirstOrDefault(channel => channel.Id == delivery.Place.Id);
        var place = only is not null && asked is not null ? "#" + Lower(asked.Name) : direct is not null ? "@" + direct : "#" + Lower(post.Where.Name);
        heard.Enqueue((delivery.Id, HeardOf(delivery, place, only, TextOf(post)) with { Workspace = LocalNames.Platform }));
    }

    private static string Lower(string name) => name.ToLowerInvariant();

    [GeneratedRegex(@"@(?<name>[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?)", RegexOptions.CultureInvariant)]
    private static partial Regex Mention();

    [GeneratedRegex(@"#(?<name>[a-z][a-z0-9_-]{0,48})", RegexOptions.CultureInvariant)]
    private static partial Regex Channel();
}
