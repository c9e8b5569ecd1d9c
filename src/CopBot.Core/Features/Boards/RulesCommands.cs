using System.ComponentModel;
using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Content;
using CopBot.Core.Features.League;
namespace CopBot.Core.Features.Boards;

public sealed class RulesCommands(PointsPolicy policy) : ICommands
{
    [Command("rules", "See what earns points, when it counts, and the caps", ReadsOnly = true, Example = "rules share")]
    public Task<Reply> ShowAsync(Caller caller, [Description("Only this kind"), OneOfPack("kinds")] string? kind = null, CancellationToken ct = default)
    {
        var kinds = kind is null ? policy.Kinds.Values : [policy[kind]];
        var blocks = new List<Block> { new Facts([.. kinds.Select(rule => new Fact(rule.Title, new RichText([new Run.Words(Describe(rule))])))]) };
        if (kind is null or "share")
            blocks.Add(new Facts([.. policy.Sizes.Select(size => new Fact(size.Key, new RichText([new Run.Words(size.Value)])))]));
        if (kind is null)
        {
            blocks.Add(new Paragraph(new RichText([new Run.Words(
                "Caps: " + string.Join("; ", policy.Caps.Select(cap => cap.Says)) + ". "
                + $"What waits expires after {policy.ExpiresAfterDays} days. You can take something back for {policy.UndoHours} hours. "
                + $"A title that is {policy.SimilarPercent} % like one of the last {policy.SimilarDays} days waits for confirmation. Nobody confirms their own. Whoever leaves a squad counts as within it for {policy.SameSquadDays} days more where reuse is concerned.")])));
        }

        if (kind is null && policy.Titles.Count > 0)
            blocks.Add(new Paragraph(new RichText([new Run.Words("Titles by the points of the season: " + string.Join(", ", policy.Titles.Select(title => $"{title.Name} from {title.From.ToString(CultureInfo.InvariantCulture)}")) + ".")])));
        return Task.FromResult<Reply>(new Message($"The rules of the game, policy version {policy.Version}.", new Card(blocks)));
    }

    private static string Describe(KindRule rule)
    {
        var points = string.Join(", ", rule.Points.Select(part => rule.Points.Count == 1 ? part.Value.ToString(CultureInfo.InvariantCulture) : $"{rule.Called(part.Key)} {part.Value.ToString(CultureInfo.InvariantCulture)}"));
        var times = rule.Times.Count == 0 ? "" : "; " + string.Join(", ", rule.Times.Select(factor => $"{factor.Key} × {factor.Value.ToString("0.##", CultureInfo.InvariantCulture)}"));
        var counts = rule.ConfirmedBy switch
        {
            Confirmer.Nobody => "counts at once",
            Confirmer.Participant => "counts when another participant confirms",
            _ when rule.ConfirmWhen.Count > 0 => $"counts at once; {string.Join(" and ", rule.ConfirmWhen.Select(rule.Called))} when another member confirms",
            _ => "counts when another member confirms",
        };
        var limits = rule.Limits.Count == 0 ? "" : "; " + string.Join("; ", rule.Limits.Select(limit => limit.Says));
        return $"{points}{times}; {counts}{limits}. {rule.Says}.";
    }
}
