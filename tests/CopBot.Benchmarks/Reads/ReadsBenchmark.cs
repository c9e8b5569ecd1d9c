using System.Diagnostics;
using CopBot.Benchmarks.Leagues;
using CopBot.Core.Chat;
using CopBot.Core.Storage;
using CopBot.Host;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.Benchmarks.Reads;

/// <summary>What people ask for most, in a league far larger than any community: from the typed line to the answer as it would be stored.</summary>
public sealed class ReadsBenchmark(Options options)
{
    private const int WarmUp = 300;
    private const int Asked = 1000;

    // The line of a member by number; another member asks each time, so that nothing is measured twice.
    private static readonly (string What, Func<int, string> Line)[] Questions =
    [
        ("`board` (the week's top ten)", _ => "board"),
        ("`board season`", _ => "board season"),
        ("`board all`", _ => "board all"),
        ("`board all squads`", _ => "board all squads"),
        ("`board week kind=share`", _ => "board week kind=share"),
        ("`me`", _ => "me"),
        ("`why`", _ => "why"),
        ("`why #claim`", member => $"why #{member + 1}"),
    ];

    public async Task RunAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, $"copbot-reads-{Environment.ProcessId}"));
        try
        {
            var league = new League { File = Path.Combine(folder.FullName, "league.db"), People = options.People, Entries = options.Entries, ActiveThisWeek = options.People / 5 };
            Console.WriteLine($"Reads: {league.Entries:N0} entries, {league.People:N0} people, {league.ActiveThisWeek:N0} of them active this week. {Asked:N0} questions each, by different members, one after the other.");
            await league.CreateAsync();
            Console.WriteLine($"The file has {new FileInfo(league.File).Length / 1_000_000:N0} MB.");
            await using var bot = League.Bot(league.File);
            using var held = await bot.OpenDatabaseAsync(CancellationToken.None);

            Console.WriteLine();
            Console.WriteLine("| question | p50 ms | p99 ms | worst ms |");
            Console.WriteLine("|---|---|---|---|");
            foreach (var (what, line) in Questions)
            {
                var random = new Random(1);
                for (var asked = 0; asked < WarmUp; asked++)
                    await AskAsync(bot, random.Next(league.People), line);
                var times = new double[Asked];
                for (var asked = 0; asked < Asked; asked++)
                {
                    var member = random.Next(league.People);
                    var start = Stopwatch.GetTimestamp();
                    await AskAsync(bot, member, line);
                    times[asked] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                }

                Console.WriteLine($"| {what} | {Figures.At(times, 0.5):0.00} | {Figures.At(times, 0.99):0.00} | {times.Max():0.00} |");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // As the product answers a command that only reads, short of writing the answer down.
    internal static async Task<string> AskAsync(IServiceProvider bot, int member, Func<int, string> text)
    {
        var now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        var said = new Incoming { EventId = "1", Place = League.Channel, From = League.Member(member), Text = text(member), At = now };
        var line = bot.GetRequiredService<CommandLineParser>().Parse(said.Text);
        var reply = await bot.GetRequiredService<Store>().ReadAsync(1, async (work, ct) =>
        {
            var known = await work.Get<IDirectory>().FindAsync(said, ct) ?? throw new InvalidOperationException($"{said.From} is not known");
            var caller = new Caller
            {
                Person = known.Person,
                Role = known.Role,
                Shown = known.Shown,
                LooksOn = known.LooksOn,
                Community = await Communities.LoadAsync(work, ct),
                Said = said,
                At = now,
                InboxId = 1,
            };
            var arguments = await work.Get<Binder>().BindAsync(line, caller, ct);
            return await (Task<Reply>)line.Command.Method.Invoke(work.Get(line.Command.Method.DeclaringType!), arguments)!;
        }, CancellationToken.None);
        return reply.Message.ToJson();
    }
}
