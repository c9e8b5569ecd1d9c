using System.Diagnostics;
using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Tests.Core.Storage;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.PostgresTests.Storage;

public sealed class RecoveryOnPostgresTests() : RecoveryTests(Product.Postgres)
{
    [Fact]
    public async Task What_another_process_is_about_to_say_is_left_to_it_until_its_lease_ends()
    {
        await using var database = await TestDatabase.CreateAsync(Product.Postgres);
        await LeaveClaimedAsync(database.Setting);
        await using var next = await Conversation.OnAsync(database.Setting);

        Assert.Empty(await next.SayAsync("ana", "me", eventId: "while it is on its way"));
        Assert.Empty(await next.WaitAsync(Duration.FromSeconds(59)));
        await next.WaitAsync(Duration.FromSeconds(2));
        Assert.Equal(3, (await next.SayAsync("ana", "me", eventId: "later")).Count);
    }
}
