using System.ComponentModel;
using System.Globalization;
using CopBot.Core.Chat;

namespace CopBot.Core.Features.Gatherings;

public sealed class LookCommands(Gatherings gatherings) : ICommands
{
    private const int MostShown = 20;
    private const int MostButtons = 4;

    [Command("gather list", "See the gatherings that are planned", ReadsOnly = true)]
    public async Task<Reply> ListAsync(Caller caller, CancellationToken ct)
    {
        var ahead = await gatherings.AheadAsync(caller.At, MostShown, ct);
        if (ahead.Count == 0)
            return new Message($"No gathering is planned. {"gather plan \"Mob on the pager bot\" at=\"thursday 15:00\"":code} plans one.");

        var facts = new List<Fact>();
        var open = new List<Button>();
        foreach (var one in ahead)
        {
            var people = await gatherings.PeopleAsync(one, ct);
            var joined = people.Any(person => person.PersonId == caller.Person);
            facts.Add(new(
                string.Create(CultureInfo.InvariantCulture, $"{one.Number}"),
                $"{GatheringText.Whole(one, caller.Community)}; {people.Count} joined{(joined ? ", you too" : "")}"));
            if (!joined && open.Count < MostButtons)
                open.Add(new($"Join {one.Number}", GatheringText.Line("join", one)));
        }

        return new Message($"{ahead.Count} {(ahead.Count == 1 ? "gathering is" : "gatherings are")} planned.", Card.Of(new Facts(facts), open.Count > 0 ? new Buttons(open) : null));
    }

    [Command("gather show", "See a gathering and who joins it", ReadsOnly = true, Example = "gather show 1")]
    public async Task<Reply> ShowAsync(Caller caller, [Description("The gathering's number")] int number, CancellationToken ct)
    {
        var one = await gatherings.FindAsync(number, ct, onlyLooks: true);
        var people = await gatherings.PeopleAsync(one, ct);
        var over = one.EndsAt <= caller.At;
        var here = people.Where(person => person.Attendance == Attendance.Here).ToList();
        var planner = people.Where(person => person.PersonId == one.PlannerId).ToList();
        var facts = new List<Fact> { new("Planned by", planner.Count == 0 ? PlainText.Someone : await gatherings.NamesAsync(planner, ct)) };
        if (one.Topic is not null)
            facts.Add(new("Topic", $"{new UserText(one.Topic, one.PlannerId)}"));
        facts.Add(new("Joined", await gatherings.NamesAsync(people, ct)));
        if (over || here.Count > 0)
            facts.Add(new("Were there", await gatherings.NamesAsync(here, ct)));
        if (one.ClaimNumber is { } claim)
            facts.Add(new("Entry", $"#{claim}"));

        var row = people.Find(person => person.PersonId == caller.Person);
        Button[] offers = (one.IsCancelled, over) switch
        {
            (true, _) => [],
            (_, false) => [row is null ? GatheringText.Join(one) : GatheringText.Leave(one), GatheringText.CalendarFile(one)],
            _ when row?.Attendance != Attendance.Here && one.ClaimNumber is null => [GatheringText.Here(one)],
            _ => [],
        };
        RichText state = one.IsCancelled ? " It is cancelled." : over ? " It is over." : "";
        return new Message($"Gathering {one.Number}: {GatheringText.Whole(one, caller.Community)}.{state}", Card.Of(new Facts(facts), offers.Length > 0 ? new Buttons(offers) : null));
    }

    [Command("gather ics", "Get a gathering as a file for your calendar", ReadsOnly = true, Example = "gather ics 1")]
    public async Task<Reply> FileAsync(Caller caller, [Description("The gathering's number")] int number, CancellationToken ct)
    {
        var one = await gatherings.FindAsync(number, ct, onlyLooks: true);
        var name = string.Create(CultureInfo.InvariantCulture, $"gathering-{one.Number}.ics");
        var calendar = new IcsCalendar(null, [new($"{one.Id}@copbot", one.Sequence, one.BeginsAt, one.EndsAt, one.Titled.Value, Settled: true) { Cancelled = one.IsCancelled, Busy = true }]);
        RichText what = one.IsCancelled ? "Opening it takes this out of your calendar" : "Opening it puts this into your calendar";
        return new Message($"{what}: {GatheringText.Whole(one, caller.Community)}.", Card.Of(new Document(name, "text/calendar", IcsText.Of(calendar, caller.At))));
    }
}
