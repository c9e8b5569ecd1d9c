using System.CommandLine;
using CopBot.Core.Content;

namespace CopBot.Host.CommandLine;

/// <summary>The command line of <c>copbot</c>.</summary>
public static class Verbs
{
    private static readonly Option<string?> DatabaseOption = new("--database") { Description = "A SQLite file or a PostgreSQL connection string (setting CopBot__Database; default copbot.db)", Recursive = true };

    /// <summary>How the line is read: an @ begins a name, not a file of arguments.</summary>
    public static ParserConfiguration Parsing { get; } = new() { ResponseFileTokenReplacer = null };

    /// <summary>All verbs; without one, the process serves.</summary>
    public static RootCommand Root()
    {
        var serve = Serve();
        var root = new RootCommand("CopBot runs the Reliability League: log, score, rank, explain.") { serve, Chat(), Rehearse(), Db(), Content() };
        root.Options.Add(DatabaseOption);
        root.SetAction((parsed, ct) => ServeVerb.RunAsync(Settings(parsed), ct));
        return root;
    }

    private static Command Serve()
    {
        var url = new Option<string?>("--url") { Description = "Where web chat listens (setting CopBot__Url; default http://localhost:5080)" };
        var verb = new Command("serve", "Serve web chat and every chat platform that is configured (the default)") { url };
        verb.SetAction((parsed, ct) => ServeVerb.RunAsync(Settings(parsed, ("Url", parsed.GetValue(url))), ct));
        return verb;
    }

    private static Command Chat()
    {
        var name = new Option<string>("--as") { Description = "Your name", Required = true };
        var verb = new Command("chat", "Chat in the terminal; lines may also come from a pipe") { name };
        verb.SetAction((parsed, ct) => ChatVerb.RunAsync(Settings(parsed), parsed.GetRequiredValue(name), ct));
        return verb;
    }

    private static Command Rehearse()
    {
        var file = new Argument<string>("file") { Description = "The script; - reads standard input", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => "-" };
        var start = new Option<string>("--start") { Description = "What the clock shows at first, in the community's zone", DefaultValueFactory = _ => "2026-01-05T09:00" };
        var zone = new Option<string>("--zone") { Description = "The community's zone by its IANA name", DefaultValueFactory = _ => "Europe/Madrid" };
        var content = new Option<string?>("--content") { Description = "The folder of the content pack" };
        var json = new Option<bool>("--json") { Description = "One JSON object a line instead of plain text" };
        var verb = new Command("rehearse", "Play a script against the whole bot with a virtual clock") { file, start, zone, content, json };
        verb.SetAction((parsed, ct) => RehearseVerb.RunAsync(
            Settings(parsed, ("Zone", parsed.GetValue(zone)), ("Content", parsed.GetValue(content))),
            parsed.GetValue(DatabaseOption) is not null,
            parsed.GetValue(file)!,
            parsed.GetValue(start)!,
            parsed.GetValue(json),
            ct));
        return verb;
    }

    private static Command Db()
    {
        var migrate = new Command("migrate", "Bring the database to the newest schema");
        migrate.SetAction((parsed, ct) => DbVerbs.MigrateAsync(Settings(parsed), ct));
        var verify = new Command("verify", "Recompute every standing from the ledger and compare; exit code 1 when they differ");
        verify.SetAction((parsed, ct) => DbVerbs.VerifyAsync(Settings(parsed), ct));
        var rebuild = new Command("rebuild", "Throw the standings away and compute them anew from the ledger");
        rebuild.SetAction((parsed, ct) => DbVerbs.RebuildAsync(Settings(parsed), ct));
        return new Command("db", "Look after the database") { migrate, verify, rebuild };
    }

    private static Command Content()
    {
        var folder = new Argument<string?>("folder") { Description = "The folder of the pack; the built-in one when left out", Arity = ArgumentArity.ZeroOrOne };
        var check = new Command("check", "Name every problem of a content pack with file and line; exit code 1 when there is any") { folder };
        check.SetAction(parsed => ContentVerb.Check(parsed.GetValue(folder) ?? PackReader.DefaultFolder));
        return new Command("content", "Look after a content pack") { check };
    }

    private static BotSettings Settings(ParseResult parsed, params (string Name, string? Value)[] flags)
    {
        var given = flags.Append(("Database", parsed.GetValue(DatabaseOption))).Where(flag => flag.Item2 is not null)
            .Select(flag => KeyValuePair.Create($"CopBot:{flag.Item1}", flag.Item2));
        return BotSettings.Read(new ConfigurationBuilder()
            .AddConfiguration(SettingsFile.Read())
            .AddEnvironmentVariables()
            .AddInMemoryCollection(given)
            .Build());
    }
}
