using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using CopBot.Host.Dashboard.Pages;
using CopBot.Platforms.WebChat;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CopBot.Host.Dashboard;

/// <summary>Web chat: the community's own page, in its local mode. Pages are plain HTML; a script of ours makes them live.</summary>
public static class WebChatEndpoints
{
    public static IServiceCollection AddWebChat(this IServiceCollection services, BotSettings settings)
    {
        services.AddSingleton<LiveSignal>();
        services.TryAddSingleton<PageRenderer>();
        services.AddSingleton<IPlatform, WebChatPlatform>();
        services.AddSingleton<WebSessions>();
        services.AddSingleton<ChatReader>();
        services.AddSingleton<EventStream>();
        services.AddSingleton<Speaking>();
        services.AddScoped<History>();
        services.AddScoped<WeekBoards>();

        // A page elsewhere whose name was made to lead to this machine is not let in.
        services.AddHostFiltering(options => options.AllowedHosts = ["localhost", "127.0.0.1", "[::1]", new Uri(settings.Url).Host]);
        return services;
    }

    public static void MapWebChat(this WebApplication app)
    {
        app.UseHostFiltering();
        app.Use(Guard.RunAsync);
        app.MapGet("/", ShowAsync);
        app.MapPost("/join", JoinAsync);
        app.MapPost("/leave", LeaveAsync);
        app.MapPost("/say", SayAsync);
        app.MapGet("/events", ListenAsync);
        app.MapGet("/messages/{id:long}/{name}", DownloadAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, ChatReader reader, PageRenderer pages, long? before, string? to, CancellationToken ct)
    {
        var door = new Door(http);
        var (view, erased) = await reader.PageAsync(door, before, ct);
        return view is not null
            ? await pages.PageAsync<ChatPage>(StatusCodes.Status200OK, ("View", view with { InPrivate = to == Reading.OnlyBot }))
            : await pages.PageAsync<JoinPage>(StatusCodes.Status200OK, ("Seal", door.Seal(inside: false)), ("Notice", NoticeOf(door, erased)));
    }

    private static string? NoticeOf(Door door, bool erased) => (door.Session, erased) switch
    {
        (null, _) => null,
        (_, true) => "You are forgotten: nothing about the person of this session is kept here any more. Whoever takes a name comes in anew.",
        _ => "Your session is over. Choose your name again; nothing is lost.",
    };

    private static async Task<IResult> JoinAsync(HttpContext http, WebSessions sessions, PageRenderer pages, CancellationToken ct)
    {
        var door = new Door(http);
        var form = await http.Request.ReadFormAsync(ct);
        var name = form["name"].ToString().Trim().TrimStart('@');
        var problem = !door.Fits(form["seal"], inside: false) ? "This page was too old, or your browser keeps no cookies for it. Nothing was stored; please try once more."
            : !LocalNames.IsName(name) ? string.Create(CultureInfo.InvariantCulture, $"That is no name to use here. A name has letters, digits, dots, dashes and underscores, begins with a letter or digit, and has at most {LocalNames.MaxLength} characters; “everyone” and the like are taken.")
            : null;
        if (problem is not null)
            return await pages.PageAsync<JoinPage>(StatusCodes.Status400BadRequest, ("Seal", door.Seal(inside: false)), ("Problem", problem), ("Name", name));

        door.LetIn(await sessions.BeginAsync(name, door.Session, ct));
        return SeeOther(http, "/#latest");
    }

    private static async Task<IResult> LeaveAsync(HttpContext http, WebSessions sessions, PageRenderer pages, CancellationToken ct)
    {
        var door = new Door(http);
        if (!door.Fits((await http.Request.ReadFormAsync(ct))["seal"], inside: true))
            return await RefusedAsync(http, pages);

        await sessions.EndAsync(door.Session!, ct);
        door.LetOut();
        return SeeOther(http, "/");
    }

    private static async Task<IResult> SayAsync(HttpContext http, ChatReader reader, Speaking speaking, PageRenderer pages, CancellationToken ct)
    {
        var door = new Door(http);
        var said = Said.Of(await http.Request.ReadFormAsync(ct), reader.NewEvent());
        if (!door.Fits(said.Seal, inside: true))
            return await RefusedAsync(http, pages);

        try
        {
            var (known, received) = await speaking.SayAsync(said, door.Session!, ct);
            if (!known)
                return await RefusedAsync(http, pages);
            if (Guard.IsLive(http))
                return Results.NoContent();
            if (received is not null)
                await speaking.WaitForAnswerAsync(received, ct);
            return SeeOther(http, said.InPrivate ? $"/?to={Reading.OnlyBot}#latest" : "/#latest");
        }
        catch (Exception problem) when (!Guard.IsLive(http) && Guard.SentenceFor(problem) is { } sentence)
        {
            // The page comes back with what was typed. Where even reading fails, the guard answers.
            if ((await reader.PageAsync(door, null, ct)).View is not { } view)
                return await RefusedAsync(http, pages);
            return await pages.PageAsync<ChatPage>(StatusCodes.Status503ServiceUnavailable,
                ("View", view with { Problem = sentence, Draft = said.Text, Event = said.Event, InPrivate = said.InPrivate }));
        }
    }

    private static async Task ListenAsync(HttpContext http, EventStream stream, long after = 0)
    {
        var door = new Door(http);
        if (door.Session is null)
        {
            // This answer makes a browser stop asking.
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        var seen = http.Request.Headers["Last-Event-ID"].ToString();
        await stream.RunAsync(http, door, long.TryParse(seen, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : after);
    }

    private static async Task<IResult> DownloadAsync(HttpContext http, ChatReader reader, long id, string name, CancellationToken ct)
    {
        var message = await reader.MessageAsync(new Door(http), id, ct);
        return message?.Card?.Blocks.OfType<Document>().FirstOrDefault(document => document.Name == name) is { } document
            ? Results.File(System.Text.Encoding.UTF8.GetBytes(document.Content), document.MediaType + "; charset=utf-8", document.Name)
            : Results.NotFound();
    }

    private static Task<IResult> RefusedAsync(HttpContext http, PageRenderer pages) =>
        Guard.ProblemAsync(http, pages, StatusCodes.Status403Forbidden, "Your session is over, or this page was too old. Nothing was stored. Load the page again and choose your name if it asks.");

    private static IResult SeeOther(HttpContext http, string address)
    {
        http.Response.Headers.Location = address;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
