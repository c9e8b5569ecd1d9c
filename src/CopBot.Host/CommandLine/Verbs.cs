using System.CommandLine;
using CopBot.Core.Content;
using CopBot.Platforms.Teams.Manifest;

namespace CopBot.Host.CommandLine;

/// <summary>The command line of <c>copbot</c>.</summary>
public static class Verbs
{
    private static readonly Option<string?> DatabaseOption = new("--database") { Description = "A SQLite file or a PostgreSQL connection string (setting CopBot__Database; default copbot.db)", Recursive = true };
    private static readonly Option<string?> ContentOption = new("--content") { Description = "The folder of the content pack (setting CopBot__Content; default the built-in one)", Recursive = true };
    private static readonly Option<string?> ZoneOption = new("--zone") { Description = "The zone of a new community by its IANA name (setting CopBot__Zone; default Etc/UTC)", Recursive = true };
    private static readonly Option<string?> UrlOption = new("--url") { Description = "Where web chat listens (setting CopBot__Url; default http://localhost:5080)" };

    /// <summary>How the line is read: an @ begins a name, not a file of arguments.</summary>
    public static ParserConfiguration Parsing { get; } = new() { ResponseFileTokenReplacer = null };

    /// <summary>All verbs; without one, the process serves.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand("CopBot runs the Reliability League: log, score, rank, explain.") { Serve(), Chat(), Rehearse(), Db(), Content(), Doctor(), Manifests() };
        root.Options.Add(DatabaseOption);
        root.Options.Add(ContentOption);
        root.Options.Add(ZoneOption);
        root.Options.Add(UrlOption);
        root.SetAction(ServeAsync);
        return root;
    }

    private static Command Serve()
    {
        var verb = new Command("serve", "Serve web chat and every chat platform that is configured (the default)") { UrlOption };
        verb.SetAction(ServeAsync);
        return verb;
    }

    private static Task<int> ServeAsync(ParseResult parsed, CancellationToken ct) => ServeVerb.RunAsync(Settings(parsed, ("Url", parsed.GetValue(UrlOption))), ct);

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
        var json = new Option<bool>("--json") { Description = "One JSON object a line instead of plain text" };
        var verb = new Command("rehearse", $"Play a script against the whole bot with a virtual clock, in {RehearseVerb.Zone} unless --zone says otherwise") { file, start, json };
        verb.SetAction((parsed, ct) => RehearseVerb.RunAsync(
            Settings(parsed, ("Zone", parsed.GetValue(ZoneOption) ?? RehearseVerb.Zone)),
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
        check.SetAction(parsed => ContentVerb.Check(parsed.GetValue(folder) ?? parsed.GetValue(ContentOption) ?? PackReader.DefaultFolder, Console.Out));
        return new Command("content", "Look after a content pack") { check };
    }

    private static Command Doctor()
    {
        var verb = new Command("doctor", "Look whether everything is set up, and say how to mend what is not; changes nothing; exit code 1 when anything is wrong") { UrlOption };
        verb.SetAction((parsed, ct) => DoctorVerb.RunAsync(() => Settings(parsed, ("Url", parsed.GetValue(UrlOption))), TimeProvider.System, Console.Out, ct));
        return verb;
    }

    private static Command Manifests()
    {
        var check = new Option<bool>("--check") { Description = "Write nothing; name what differs, exit code 1 when anything does" };
        var app = new Option<Guid?>("--teams-app-id") { Description = "Write the package for Teams for this app: the id of its registration in Microsoft Entra" };
        var address = new Option<string?>("--address") { Description = "The address under which Teams reaches CopBot, such as https://copbot.example.org; with --teams-app-id" };
        address.Validators.Add(result =>
        {
            if (result.GetValue(address) is { } given && TeamsApp.HostOf(given) is null)
                result.AddError($"--address {given}: give an address that begins with https:// and has a name, without a port.");
        });
        var verb = new Command("manifests", "Write the app's descriptions for the chat platforms into the folder manifests") { check, app, address };
        verb.SetAction((parsed, ct) => ManifestsVerb.RunAsync(Settings(parsed), parsed.GetValue(check), Teams(parsed.GetValue(app), parsed.GetValue(address)), Console.Out, ct));
        return verb;
    }

    private static TeamsApp? Teams(Guid? id, string? address) => id is { } given ? new(given, address is null ? null : TeamsApp.HostOf(address)) : null;

    private static BotSettings Settings(ParseResult parsed, params (string Name, string? Value)[] flags)
    {
        (string Name, string? Value)[] common = [("Database", parsed.GetValue(DatabaseOption)), ("Content", parsed.GetValue(ContentOption)), ("Zone", parsed.GetValue(ZoneOption))];
        var given = common.Concat(flags).Where(flag => flag.Value is not null).GroupBy(flag => flag.Name)
            .Select(same => KeyValuePair.Create($"CopBot:{same.Key}", same.Last().Value));
        return BotSettings.Read(new ConfigurationBuilder()
            .AddConfiguration(SettingsFile.Read())
            .AddEnvironmentVariables()
            .AddInMemoryCollection(given)
            .Build());
    }
}
