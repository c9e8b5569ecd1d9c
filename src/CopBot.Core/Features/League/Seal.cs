using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.League;

/// <summary>
/// The seal of a season: the SHA-256 over its entries in the order of the ledger, told to everybody when it closes. Whoever changes,
/// removes or inserts an entry afterwards, even past the triggers of the database, no longer gets the same.
/// </summary>
public sealed class Seal(Work work)
{
    /// <summary>The seal over a season's entries up to one of them, in lower-case hexadecimal digits.</summary>
    /// <remarks>
    /// Each entry is a line of UTF-8 text: id, person, instant in milliseconds, day, kind, rule, points, points withheld, claim, squad, confirmer,
    /// policy version, source and the entry that it reverses, with a bar between them, nothing where there is none, and a line feed at the end.
    /// </remarks>
    public async Task<string> OfAsync(int season, long through, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await work.Sql.ListAsync(
            $"""
            select id, person_id, at, day, kind, rule, points, withheld, claim_id, squad_id, confirmed_by, policy, source, reverses
            from ledger where community_id = {work.CommunityId} and season = {season} and id <= {through} order by id
            """,
            row =>
            {
                hash.AppendData(Encoding.UTF8.GetBytes(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.Long(0)}|{row.Id(1):N}|{row.Long(2)}|{row.Int(3)}|{row.Text(4)}|{row.Text(5)}|{row.Int(6)}|{row.Int(7)}|{row.Id(8):N}|{row.IdOrNull(9):N}|{row.IdOrNull(10):N}|{row.Int(11)}|{row.Text(12)}|{row.LongOrNull(13)}\n")));
                return 0;
            }, ct);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The sealed seasons whose entries are no longer what they were, a line each.</summary>
    public async Task<IReadOnlyList<string>> BrokenAsync(CancellationToken ct)
    {
        var broken = new List<string>();
        foreach (var (season, title, seal, through) in await SealedAsync(ct))
        {
            var now = await OfAsync(season, through, ct);
            if (now != seal)
                broken.Add($"{title}: its entries are not those that were sealed; the seal is {seal}, they give {now}. No rebuild mends that: compare with a backup.");
        }

        return broken;
    }

    private Task<List<(int Season, string Title, string Seal, long Through)>> SealedAsync(CancellationToken ct) =>
        work.Sql.ListAsync(
            $"select period, title, seal, sealed_through from closings where community_id = {work.CommunityId} and seal is not null order by until_day",
            row => (row.Int(0), row.Text(1), row.Text(2), row.Long(3)), ct);
}
