using CopBot.Core.Chat;
using CopBot.Platforms.Teams.Identity;
using CopBot.Tests.Support.FakeTeams;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.PlatformTests.Teams;

/// <summary>Who may speak to the bot as Teams, and to whom its own token goes.</summary>
public sealed class TeamsProofTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Whatever_is_not_as_Microsoft_sends_it_is_refused_alone_and_in_pairs()
    {
        await using var chat = await Conversation.StartAsync(Product.Teams);
        var ears = (TeamsEars)chat.Ears;
        var (teams, ana) = (ears.Server, ears.Account("ana"));
        var (before, tried) = (await chat.ScalarAsync<int>($"select count(*) from inbox"), 0);
        foreach (var breaches in TeamsTokens.Breaches.Select(breach => new[] { breach }).Concat(TeamsTokens.Pairs().Select(pair => new[] { pair.First, pair.Second })))
        {
            var answer = await teams.SendForgedAsync(SaidBy(teams, ana), breaches);
            Assert.True(answer.Status is 401 or 403, $"{string.Join(" and ", breaches.Select(breach => breach.Name))}: {answer.Status}");
            tried++;
        }

        output.WriteLine($"{tried} forgeries");
        Assert.True(tried > 700);
        Assert.Equal(before, await chat.ScalarAsync<int>($"select count(*) from inbox"));
        Assert.Equal(200, (await teams.SendForgedAsync(SaidBy(teams, ana))).Status);
        Assert.Equal(before + 1, await chat.ScalarAsync<int>($"select count(*) from inbox"));
    }

    [Theory]
    [InlineData("exp", -299, 200)]
    [InlineData("exp", -301, 401)]
    [InlineData("nbf", 299, 200)]
    [InlineData("nbf", 301, 401)]
    public async Task Clocks_may_differ_by_five_minutes(string claim, int seconds, int status)
    {
        await using var chat = await Conversation.StartAsync(Product.Teams);
        var ears = (TeamsEars)chat.Ears;
        var off = new TeamsTokenBreach("off", it => it.Claims[claim] = ears.Server.Clock.GetUtcNow().ToUnixTimeSeconds() + seconds);
        Assert.Equal(status, (await ears.Server.SendForgedAsync(SaidBy(ears.Server, ears.Account("ana")), off)).Status);
    }

    [Fact]
    public async Task The_bots_token_goes_to_no_address_that_is_not_Microsofts()
    {
        await using var chat = await Conversation.StartAsync(Product.Teams);
        var ears = (TeamsEars)chat.Ears;
        await chat.SayAsync("ana", "help");
        var (teams, hosts) = (ears.Server, HostileAddresses.All(ears.Server.Elsewhere).ToList());
        Assert.True(hosts.Count >= 200);
        foreach (var address in hosts)
        {
            var claimed = new TeamsTokenBreach(address, it => (it.Activity["serviceUrl"], it.Claims["serviceurl"]) = (address, address));
            var answer = await teams.SendForgedAsync(SaidBy(teams, ears.Account("bo")), claimed);
            Assert.True(answer.Status is 400 or 401 or 403, $"{address}: {answer.Status}");
        }

        await ears.SettleAsync();
        Assert.NotEmpty(teams.BearerHosts);
        Assert.All(teams.BearerHosts, asked => Assert.Equal(teams.Root.Authority, asked.Host));
        var own = new ServiceAddresses(new() { AppId = teams.Identity.AppId, TenantId = teams.TenantId, AppSecret = "secret" });
        Assert.All(hosts.Append(teams.ServiceUrl.AbsoluteUri), address => Assert.Null(own.Read(address)));
        Assert.All(HostileAddresses.Microsofts, address => Assert.NotNull(own.Read(address)));
    }

    [Fact]
    public async Task A_redirect_is_not_followed_with_the_token()
    {
        await using var chat = await Conversation.StartAsync(Product.Teams);
        var ears = (TeamsEars)chat.Ears;
        await chat.SayAsync("ana", "help");
        ears.Server.Faults.Always("*", TeamsFault.Redirect(ears.Server.Elsewhere));
        await chat.Services.GetRequiredService<OutboxDispatcher>().DrainAsync(CancellationToken.None);
        await ears.Server.AskAsync(ears.Account("ana"), ears.Server.Team.General, "me");
        await ears.SettleAsync();
        Assert.All(ears.Server.BearerHosts, asked => Assert.Equal(ears.Server.Root.Authority, asked.Host));
    }

    [Fact]
    public async Task New_keys_are_fetched_when_they_are_first_used_and_not_for_whoever_invents_some()
    {
        await using var chat = await Conversation.StartAsync(Product.Teams);
        var ears = (TeamsEars)chat.Ears;
        var teams = ears.Server;
        await chat.SayAsync("ana", "help");
        var fetched = Fetched(teams);
        for (var number = 0; number < 20; number++)
            await teams.SendForgedAsync(SaidBy(teams, ears.Account("ana")), TeamsTokens.Breaches.Single(breach => breach.Name == "unknown kid"));
        Assert.InRange(Fetched(teams), fetched, fetched + 1);

        await chat.WaitAsync(NodaTime.Duration.FromMinutes(6));
        teams.Keys.Rotate();
        Assert.Equal(200, (await teams.SendForgedAsync(SaidBy(teams, ears.Account("ana")))).Status);
    }

    private static int Fetched(TeamsServer teams) => teams.Requests.Count(request => request.Path.EndsWith("/keys", StringComparison.Ordinal));

    private static System.Text.Json.Nodes.JsonObject SaidBy(TeamsServer teams, TeamsPerson who)
    {
        var said = teams.Activity("message", who, who.Chat);
        said["text"] = "me";
        return said;
    }
}
