using System.Data.Common;
using CopBot.Core.Storage;
using CopBot.Host.Dashboard;
using CopBot.Platforms.Slack;
using CopBot.Platforms.Slack.Api;
using CopBot.Platforms.Slack.Workspaces;

namespace CopBot.Host.Slack;

/// <summary>
/// Installing the app from a browser: a page that says what it will be allowed, Slack's page of consent, and the way back
/// (https://docs.slack.dev/authentication/installing-with-oauth).
/// </summary>
public static partial class SlackInstallEndpoints
{
    private const int LongestCode = 500;

    /// <summary>Registers what the pages need.</summary>
    public static IServiceCollection AddSlackInstall(this IServiceCollection services, BotSettings settings)
    {
        services.AddSingleton(provider => new InstallStates(settings.Slack.ClientSecret!, provider.GetRequiredService<TimeProvider>()));
        return services.AddSingleton(new InstallAddress(new Uri((settings.PublicUrl ?? settings.Url).TrimEnd('/'))));
    }

    /// <summary>Opens the pages; only where workspaces may install the app by themselves.</summary>
    public static void MapSlackInstall(this WebApplication app)
    {
        app.MapGet(SlackAddresses.Install, Show);
        app.MapPost(SlackAddresses.Install, Begin);
        app.MapGet(SlackAddresses.Callback, FinishAsync);
    }

    private static IResult Show(HttpContext http, SlackSettings settings) => Page(http, settings, StatusCodes.Status200OK, InstallPages.Begin());

    private static IResult Begin(HttpContext http, SlackSettings settings, InstallStates states, InstallAddress here, SlackInstaller installer)
    {
        // A page elsewhere that presses the button for somebody is not let.
        if (!IsOurs(http.Request.Headers, here))
            return Page(http, settings, StatusCodes.Status403Forbidden, InstallPages.Problem($"Please begin on this installation's own page, {here.Of(SlackAddresses.Install)}."));

        var cookie = InstallStates.NewCookie();
        http.Response.Cookies.Append(here.Cookie, cookie, here.CookieOptions(InstallStates.Lasts));
        SetHeaders(http, settings);
        http.Response.Headers.Location = installer.Consent(here.Of(SlackAddresses.Callback), states.Begin(cookie)).AbsoluteUri;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static bool IsOurs(IHeaderDictionary headers, InstallAddress here) =>
        headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site ? site is "same-origin" or "none" : headers.Origin.ToString() is not { Length: > 0 } origin || origin == here.Origin;

    // Slack comes back with GET; all that changes by it is what its code was given for, and only in the browser that asked.
    private static async Task<IResult> FinishAsync(HttpContext http, SlackSettings settings, InstallStates states, InstallAddress here, SlackInstaller installer, ILogger<SlackInstaller> log)
    {
        var query = http.Request.Query;
        var fits = states.Take(query["state"], http.Request.Cookies[here.Cookie]);
        http.Response.Cookies.Delete(here.Cookie, here.CookieOptions(null));
        if (!fits)
            return Problem(StatusCodes.Status400BadRequest, "This page was opened too late, a second time, or in another browser than the one you began in. Nothing was installed by it.");
        if (query["error"].ToString() is { Length: > 0 } refused)
            return Problem(StatusCodes.Status400BadRequest, refused == "access_denied" ? "It was cancelled on Slack's page. Nothing was installed." : "Slack did not allow it. Nothing was installed; whoever manages apps in your workspace may be able to.");
        if (query["code"].ToString() is not { Length: > 0 and < LongestCode } code)
            return Problem(StatusCodes.Status400BadRequest, "Slack sent no code along. Nothing was installed.");

        try
        {
            // The code is good once: even if nobody waits for the page any more, what it is given for is kept.
            var (installed, answer) = await installer.FinishAsync(code, here.Of(SlackAddresses.Callback), CancellationToken.None);
            if (installed is not null)
                return Page(http, settings, StatusCodes.Status200OK, InstallPages.Done(installed.Name, SlackScopes.MissingIn(installed.Scopes)));

            Log.NotInstalled(log, answer.Error, here.Of(SlackAddresses.Callback));
            var (status, sentence) = Explain(answer);
            return Problem(status, sentence);
        }
        catch (Exception problem) when (problem is StoreBusy or DatabaseProblem or OutcomeUnknown or DbException)
        {
            Log.NotStored(log, problem);
            return Problem(StatusCodes.Status503ServiceUnavailable, "Slack has installed the app, but it could not be noted here, so it does not answer yet. Please begin once more in a moment; installing it twice does no harm.");
        }

        IResult Problem(int status, string sentence) => Page(http, settings, status, InstallPages.Problem(sentence));
    }

    private static (int Status, string Sentence) Explain(SlackAnswer answer) => answer.Error switch
    {
        "invalid_code" or "code_already_used" or "code_expired" => (StatusCodes.Status400BadRequest, "Slack's code is good for ten minutes and once, and this one no longer is. Nothing was installed by it."),
        "bad_client_secret" or "invalid_client_id" or "bad_redirect_uri" or "oauth_authorization_url_mismatch" or "invalid_team_for_non_distributed_app" =>
            (StatusCodes.Status500InternalServerError, "This installation of CopBot and the app's settings in Slack do not fit together. Whoever runs it finds in the log what to change."),
        "cannot_install_an_org_installed_app" => (StatusCodes.Status400BadRequest, "The app is installed for your whole organisation already. Nothing was changed."),
        _ when answer.Outcome is SlackOutcome.Permanent => (StatusCodes.Status400BadRequest, "Slack did not allow it. Nothing was installed."),
        _ => (StatusCodes.Status502BadGateway, "Slack cannot be reached from here right now. Please begin once more in a moment; installing it twice does no harm."),
    };

    private static IResult Page(HttpContext http, SlackSettings settings, int status, string html)
    {
        SetHeaders(http, settings);
        return Results.Content(html, "text/html; charset=utf-8", statusCode: status);
    }

    // Browsers hold the address of a form's redirect against the policy too.
    private static void SetHeaders(HttpContext http, SlackSettings settings)
    {
        PageHeaders.Set(http.Response.Headers);

        // Without a referrer for ourselves, a browser would not say that the button is on our own page.
        http.Response.Headers["Referrer-Policy"] = "same-origin";
        var slack = settings.ApiBase.IsLoopback ? settings.ApiBase.GetLeftPart(UriPartial.Authority) : "https://slack.com https://*.slack.com";
        http.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; style-src '{InstallPages.StyleHash}'; form-action 'self' {slack}; base-uri 'none'; frame-ancestors 'none'";
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Slack did not finish an installation: {Error}. Are CopBot__Slack__ClientId and CopBot__Slack__ClientSecret the app's, is {Redirect} among its redirect URLs (“OAuth & Permissions”), and is it distributed (“Manage Distribution”)?")]
        public static partial void NotInstalled(ILogger log, string? error, Uri redirect);

        [LoggerMessage(LogLevel.Error, "An installation could not be stored; whoever installs it was asked to begin once more")]
        public static partial void NotStored(ILogger log, Exception problem);
    }
}
