using CopBot.Core.Chat;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.Tests.Core.Chat;

public sealed class OutboxLeaseTests
{
    [Fact]
    public async Task However_slow_a_platform_is_nothing_is_said_that_another_process_may_have_claimed()
    {
        Slow? slow = null;
        await using var chat = await Conversation.StartAsync(more: services => services.AddSingleton<IPlatform>(provider => slow = new Slow(provider)));
        await chat.Store.WriteAsync(Community.First, async (work, ct) =>
        {
            foreach (var number in Enumerable.Range(1, 20))
                await work.Get<Outbox>().PostAsync(new Place("slow", "w", "#general"), new Message($"{number}"), ct);
        }, CancellationToken.None);
        await chat.Services.GetRequiredService<OutboxDispatcher>().DrainAsync(CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, 20).Select(number => (number.ToString(System.Globalization.CultureInfo.InvariantCulture), true)), slow!.Said);
    }

    private sealed class Slow(IServiceProvider services) : IPlatform
    {
        public List<(string Text, bool Held)> Said { get; } = [];

        public string Name => "slow";

        public async Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken ct)
        {
            var clock = (VirtualClock)services.GetRequiredService<TimeProvider>();
            clock.MoveTo(clock.Now + Duration.FromSeconds(9));
            var until = await services.GetRequiredService<Store>().ReadAsync(delivery.Community, (work, token) => work.Sql.ScalarAsync<long>($"select lease_until from outbox where id = {delivery.Id}", token), ct);
            Said.Add((PlainText.Of(delivery.Message.Summary, delivery.Names), until > clock.Now.ToUnixTimeMilliseconds()));
            return SendOutcome.Sent;
        }
    }
}
