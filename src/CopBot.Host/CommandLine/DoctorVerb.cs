using System.Data.Common;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Storage;
using CopBot.Host.Databases;
using CopBot.Platforms.Discord;
using CopBot.Platforms.Slack;
using CopBot.Platforms.Teams;

namespace CopBot.Host.CommandLine;

/// <summary><c>copbot doctor</c>: looks at settings, database and every platform that is configured, and changes nothing. It may run beside the bot.</summary>
public static class DoctorVerb
{
    private const string Again = "What comes after it can be looked at once that is mended.";

    /// <param name="read">Reads the settings; what is wrong with them is a finding like any other.</param>
    public static async Task<int> RunAsync(Func<BotSettings> read, TimeProvider time, TextWriter output, CancellationToken ct)
    {
        var report = new Report(output);
        BotSettings settings;
        ServiceProvider services;
        try
        {
            settings = read();
            report.Add(Finding.Well("The settings can be read and are of the right kind."));
            services = Build(settings, time);
            report.Add(Finding.Well("The content pack can be played."));
        }
        catch (WrongSetting wrong)
        {
            report.Add(Finding.Wrong(wrong.Message, Again));
            return report.End();
        }
        catch (BrokenPack broken)
        {
            report.Add(Finding.Wrong($"The content pack has {broken.Problems.Count} problems.", $"`copbot content check` names each. {Again}"));
            return report.End();
        }

        await using (services)
        {
            report.Add(await DatabaseAsync(settings, services, ct));
            if (settings.IsLocal)
                report.Add(Finding.Note($"No chat platform is configured: web chat alone runs, at {settings.Url}.", "docs/slack.md, docs/discord.md and docs/teams.md say how to bring CopBot into Slack, Discord and Teams."));
            foreach (var checkup in services.GetServices<ICheckup>())
                await LookAsync(checkup, report, ct);
        }

        return report.End();
    }

    private static ServiceProvider Build(BotSettings settings, TimeProvider time)
    {
        var services = new ServiceCollection().AddLogging().AddBot(settings, time);
        if (settings.Slack.IsOn)
            services.AddSlack(settings.Slack);
        if (settings.Discord.IsOn)
            services.AddDiscord(settings.Discord);
        if (settings.Teams.IsOn)
            services.AddTeams(settings.Teams);
        return services.BuildServiceProvider();
    }

    // Without the lock of the file: a bot that is at work has it, and nothing is written.
    private static async Task<Finding> DatabaseAsync(BotSettings settings, ServiceProvider services, CancellationToken ct)
    {
        var database = services.GetRequiredService<IDatabase>();
        if (!Database.IsPostgres(settings.Database) && !File.Exists(settings.Database))
        {
            return Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(settings.Database)))
                ? Finding.Note($"There is no {settings.Database} yet; the first start makes it.")
                : Finding.Wrong($"The folder of {settings.Database} does not exist.", "Create it, or set CopBot__Database to a file in one that does.");
        }

        try
        {
            await services.GetRequiredService<Migrator>().CheckAsync(ct);
            return Finding.Well($"The database {database.Describe} opens, and its schema is this version's.");
        }
        catch (DatabaseProblem problem)
        {
            return Finding.Wrong(problem.Message, "The message says how; the setting is CopBot__Database.");
        }
    }

    private static async Task LookAsync(ICheckup checkup, Report report, CancellationToken ct)
    {
        report.Begin(checkup.Platform);
        try
        {
            await foreach (var finding in checkup.LookAsync(ct))
                report.Add(finding);
        }
        catch (Exception problem) when (problem is DbException or DatabaseProblem)
        {
            report.Add(Finding.Wrong("The rest could not be looked at: the database does not tell what it would need.", "Mend the database first."));
        }
    }

    /// <summary>One line for each thing, as soon as it is known, and how to mend it below.</summary>
    private sealed class Report(TextWriter output)
    {
        private int wrong;

        public void Begin(string platform) => output.WriteLine($"{platform}:");

        public void Add(Finding finding)
        {
            wrong += finding.Health == Health.Wrong ? 1 : 0;
            output.WriteLine($"{finding.Health switch { Health.Well => "ok   ", Health.Note => "note ", _ => "WRONG" }} {finding.What}");
            if (finding.Mend is not null)
                output.WriteLine($"      -> {finding.Mend}");
            output.Flush();
        }

        public int End()
        {
            output.WriteLine(wrong switch { 0 => "All is well.", 1 => "One thing is to be mended.", _ => $"{wrong} things are to be mended." });
            return wrong == 0 ? ExitCodes.Done : ExitCodes.Found;
        }
    }
}
