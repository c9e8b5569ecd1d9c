using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.Announcements;
using CopBot.Core.Features.Backlog;
using CopBot.Core.Features.Boards;
using CopBot.Core.Features.Canvas;
using CopBot.Core.Features.Claims;
using CopBot.Core.Features.Closings;
using CopBot.Core.Features.Experience;
using CopBot.Core.Features.Feedback;
using CopBot.Core.Features.Gatherings;
using CopBot.Core.Features.Groups;
using CopBot.Core.Features.League;
using CopBot.Core.Features.Library;
using CopBot.Core.Features.Linking;
using CopBot.Core.Features.MyData;
using CopBot.Core.Features.Noise;
using CopBot.Core.Features.Okrs;
using CopBot.Core.Features.People;
using CopBot.Core.Features.Reports;
using CopBot.Core.Features.Rotations;
using CopBot.Core.Features.Squads;
using CopBot.Core.Features.Titles;
using CopBot.Core.Features.Wheel;
using CopBot.Core.Scheduling;
using CopBot.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CopBot.Core;

/// <summary>Registers what the community does. The host adds a database, a clock and platforms.</summary>
public static class CoreServices
{
    public static IServiceCollection AddCore(this IServiceCollection services, Pack pack)
    {
        services.AddSingleton(pack);
        services.AddSingleton(pack.Points);

        // Chat: one of each for the process.
        var assembly = typeof(CoreServices).Assembly;
        services.AddSingleton<Features.Suggestions.Suggestions>();
        services.AddSingleton(_ => new CommandCatalog(CommandCatalog.CommandClasses(assembly), pack.List));
        services.AddSingleton<CommandLineParser>();
        services.AddSingleton<CommandRunner>();
        services.AddSingleton<Forms>();
        services.AddSingleton<OwnPage>();
        services.AddSingleton<Inbox>();
        services.AddSingleton<InboxWorker>();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddSingleton<Migrator>();
        services.AddSingleton<OrderedIds>();
        services.AddSingleton<DueSignal>();
        services.AddSingleton<DueWorker>();
        services.AddSingleton<RecentTitles>();
        services.AddSingleton<GroupSyncWorker>();
        services.AddSingleton<IGroupSource, RotationGroups>();
        services.AddSingleton<TurnNoticeWorker>();
        services.AddSingleton<IGroupSource, TitleGroups>();

        // What works in a transaction lives as long as it.
        services.AddScoped<WorkSlot>();
        services.AddScoped(provider => provider.GetRequiredService<WorkSlot>().Work ?? throw new InvalidOperationException("there is no work in this scope; go through Store"));
        services.AddScoped<Outbox>();
        services.AddScoped<Channels>();
        services.AddScoped<GonePlaces>();
        services.AddScoped<ShownMessages>();
        services.AddScoped<Posts>();
        services.AddScoped<Freezes>();
        services.AddScoped<Transcript>();
        services.AddScoped<Binder>();
        services.AddScoped<IDirectory, Features.People.Directory>();
        services.AddScoped<Audit>();
        services.AddScoped<Availability>();
        services.AddScoped<Naming>();
        services.AddScoped<Ledger>();
        services.AddScoped<Calendar>();
        services.AddScoped<Seal>();
        services.AddScoped<Standings>();
        services.AddScoped<Projection>();
        services.AddScoped<Claims>();
        services.AddScoped<Experiments>();
        services.AddScoped<Confirmation>();
        services.AddScoped<Limits>();
        services.AddScoped<Receipt>();
        services.AddScoped<Followers>();
        services.AddScoped<WhyEntries>();
        services.AddScoped<Membership>();
        services.AddScoped<SquadNames>();
        services.AddScoped<WhichPeriod>();
        services.AddScoped<Merge>();
        services.AddScoped<Erasure>();
        services.AddScoped<Holdings>();
        services.AddDueWork<Release>();
        services.AddDueWork<Expiry>();
        services.AddDueWork<ScheduledWork>();
        services.AddDueWork<PeriodClose>();
        services.AddDueWork<Reminding>();
        services.AddScoped<IDeadlines>(provider => provider.GetRequiredService<Expiry>());
        services.AddScoped<IDeadlines, ResultDates>();
        services.AddScoped<ClosedBoard>();
        services.AddScoped<Highlights>();
        services.AddScoped<ClosePost>();
        services.AddScoped<ScheduleBook>();
        services.AddScoped<Pauses>();
        services.AddScoped<IScheduledEffect, Announcement>();
        services.AddScoped<Announcements>();
        services.AddScoped<HoleValues>();
        services.AddScoped<Leads>();
        services.AddScoped<RotationBook>();
        services.AddScoped<TurnNotices>();
        services.AddScoped<TurnCalendar>();
        services.AddScoped<FollowingGroups>();
        services.AddScoped<CoreTeam>();
        services.AddScoped<ChangeOverNews>();
        services.AddScoped<RunningTurn>();
        services.AddScoped<IHandoverItem, OpenClaims>();
        services.AddScoped<IHandoverItem, PeopleToThank>();
        services.AddScoped<IHandoverItem, NotesLeft>();
        services.AddScoped<IScheduledEffect, ChangeOver>();
        services.AddOkrs();
        services.AddReports();
        services.AddGatherings();
        services.AddBacklog();
        services.AddExperience();
        services.AddFeedback();
        services.AddCanvas();
        services.AddWheel();
        services.AddLibrary();
        foreach (var keeper in assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IKeepsPeople).IsAssignableFrom(type)))
            services.AddScoped(typeof(IKeepsPeople), keeper);
        foreach (var commands in CommandCatalog.CommandClasses(assembly))
            services.AddScoped(commands);
        return services;
    }

    // A piece is run by its own kind alone, without making the others.
    internal static void AddDueWork<T>(this IServiceCollection services)
        where T : class, IDueWork
    {
        services.AddScoped<T>();
        services.AddScoped<IDueWork>(provider => provider.GetRequiredService<T>());
    }
}
