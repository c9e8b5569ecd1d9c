using CopBot.Core.Chat;
using CopBot.Core.Features.Reports;
using CopBot.Core.Storage;
using CopBot.Host.Dashboard;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CopBot.Host.Reports;

/// <summary>Answers the secret addresses of reports with a page that prints on a sheet. Sponsors have no account: the address is all they have.</summary>
public static class ReportEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapReports(this WebApplication app) => app.MapMethods(ReportPage.PathOf("{token}"), Methods, ShowAsync);

    private static async Task<IResult> ShowAsync(string token, HttpContext http, Store store, PageRenderer pages, TimeProvider time, CancellationToken ct)
    {
        PageHeaders.Set(http.Response.Headers);
        if (!SecretToken.Fits(token))
            return Unknown();

        // Where an address leads is found by its hash alone; what is behind it is then read as that community sees it.
        var hash = SecretToken.HashOf(token);
        var community = await store.ReadAsync(Community.First, (work, at) => work.Sql.ScalarAsync<int?>($"select community_id from report_pages where hash = {hash} and revoked_at is null", at), ct);
        if (community is not { } found)
            return Unknown();
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var (report, its) = await store.ReadAsync(found, async (work, at) =>
        {
            var page = await work.Db.Set<ReportPage>().SingleAsync(one => one.Hash == hash, at);
            var its = await Communities.LoadAsync(work, at);
            return (await work.Get<Reporter>().OfAsync(page.Month, now.InZone(its.Zone).Date, at), its);
        }, ct);
        return await pages.PageAsync<MonthPage>(StatusCodes.Status200OK, (nameof(MonthPage.Report), report), (nameof(MonthPage.Community), its.Name));
    }

    // The same for an address that never was and for one that was ended.
    private static IResult Unknown() => Results.Text("There is no report here. Ask CopBot for an address: report page\n", "text/plain; charset=utf-8", statusCode: StatusCodes.Status404NotFound);
}
