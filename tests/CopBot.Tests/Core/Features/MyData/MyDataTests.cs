using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Core.Features.League;
using CopBot.Core.Storage;
using CopBot.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CopBot.Tests.Core.Features.MyData;

public abstract class MyDataTests(Product product)
{
    // Where each table's rows about a person are found. A new table with a person in it belongs here.
    private static readonly Dictionary<string, string[]> Sections = new()
    {
        ["people"] = ["person"],
        ["handles"] = ["accounts"],
        ["claims"] = ["claims", "confirmed", "flagged"],
        ["claim_people"] = ["takenPartIn"],
        ["ledger"] = ["ledger", "entriesConfirmed"],
        ["standings"] = ["standings"],
        ["link_codes"] = ["linkCodes"],
        ["audit"] = ["audit"],
        ["schedules"] = ["schedules"],
        ["rotation_members"] = ["rotations"],
        ["rotation_absences"] = ["rotationAbsences"],
        ["rotation_choices"] = ["rotationTurns"],
        ["rotation_agreements"] = ["rotationAgreements"],
        ["rotation_notes"] = ["rotationNotes"],
        ["calendar_feeds"] = ["calendarFeeds"],
        ["rotation_reminders"] = ["rotationReminders"],
        ["freezes"] = ["freezes"],
        ["objectives"] = ["objectives"],
        ["report_pages"] = ["reportPages"],
        ["check_ins"] = ["checkIns"],
        ["feedback"] = ["feedbackAnswers"],
        ["gatherings"] = ["gatheringsPlanned"],
        ["gathering_people"] = ["gatheringsJoined"],
        ["gaps"] = ["gaps", "gapsOwned", "gapsClosed"],
        ["gap_votes"] = ["gapVotes"],
        ["canvas_answers"] = ["canvasAnswers"],
        ["canvas_ratings"] = ["canvasRatings"],
        ["canvas_reviews"] = ["canvasReviews"],
        ["wheel_players"] = ["wheelRoles"],
    };

    [Fact]
    public async Task My_data_holds_every_row_that_names_me_in_any_column_of_any_table()
    {
        await using var chat = await Conversation.StartAsync(product);
        await LiveAsync(chat);
        var reply = await chat.SayAsync("ana", "my data");
        Assert.All(reply, part => Assert.True(part.IsFor("ana")));
        var data = DataIn(reply);
        var columns = 0;
        await chat.Store.ReadAsync(Community.First, async (work, ct) =>
        {
            var me = await work.Sql.FirstAsync($"select person_id from handles where name_key = {"ana"}", row => row.Person(0), ct);
            foreach (var entity in work.Db.Model.GetEntityTypes())
            {
                foreach (var property in entity.ClrType.GetProperties().Where(property => property.PropertyType == typeof(PersonId) || property.PropertyType == typeof(PersonId?) || property.Name == nameof(Standing.SubjectId) && entity.ClrType == typeof(Standing)))
                {
                    columns++;
                    var rows = ((IEnumerable)typeof(MyDataTests).GetMethod(nameof(RowsOf), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.MakeGenericMethod(entity.ClrType).Invoke(null, [work.Db])!)
                        .Cast<object>().Count(row => property.GetValue(row) is { } value && (value.Equals(me) || value.Equals(me.Value)));
                    Assert.True(rows > 0, $"the story has nothing about ana in {entity.GetTableName()}.{property.Name}: let her do something that does");
                    Assert.True(Sections.TryGetValue(entity.GetTableName()!, out var sections), $"my data has no section for {entity.GetTableName()}");
                    var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
                    var shown = sections.SelectMany(section => data[section]!.AsArray()).Count(row => Guid.TryParse(row![name]?.ToString(), out var id) && id == me.Value);
                    Assert.True(rows == shown, $"{rows} rows of {entity.GetTableName()} name ana as {property.Name}, and my data shows {shown}");
                }
            }

            return true;
        }, CancellationToken.None);
        Assert.True(columns >= 13, $"only {columns} columns with a person were found");
    }

    [Fact]
    public async Task My_data_holds_nothing_of_others()
    {
        await using var chat = await Conversation.StartAsync(product);
        await LiveAsync(chat);
        var text = TextIn(await chat.SayAsync("ana", "my data"));
        var others = await chat.Store.ReadAsync(Community.First, (work, ct) =>
            work.Sql.ListAsync($"select p.id from people p join handles h on h.person_id = p.id where h.name_key not in ({"ana"}, {"phone"})", row => row.Id(0), ct), CancellationToken.None);

        Assert.Equal(2, others.Count);
        foreach (var id in others)
        {
            Assert.DoesNotContain(id.ToString("N"), text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(id.ToString("D"), text, StringComparison.OrdinalIgnoreCase);
        }

        foreach (var words in (string[])["boris", "leandra", "A secret of Boris", "Confidential lesson"])
            Assert.DoesNotContain(words, text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("thanks for the runbook", text);
        Assert.Contains("this is last week's talk", text);
    }

    [Fact]
    public async Task My_data_tells_when_I_was_heard_and_what_is_still_to_be_said_to_me()
    {
        await using var chat = await Conversation.StartAsync(product);
        await chat.JoinAsync("lea", "ana");
        await chat.WhisperAsync("ana", "share \"Quietly\"");
        var data = DataIn(await chat.SayAsync("ana", "my data"));

        Assert.Equal(["#general", "@ana", "#general"], data["received"]!.AsArray().Select(row => (string)row!["place"]!));
        Assert.All(data["received"]!.AsArray(), row => Assert.Equal("2026-01-05T08:00:00Z", (string)row!["at"]!));
        Assert.Equal("ana", (string)data["accounts"]![0]!["name"]!);
        Assert.Equal("Quietly", (string)data["claims"]![0]!["title"]!);
    }

    private static IEnumerable<T> RowsOf<T>(CopDb db)
        where T : class => db.Set<T>().ToList();

    private static JsonNode DataIn(IReadOnlyList<Heard> parts) => JsonNode.Parse(TextIn(parts))!;

    // Where a chat takes no long documents the parts make the whole.
    private static string TextIn(IReadOnlyList<Heard> parts) => string.Concat(parts.SelectMany(part => part.Message.Card?.Blocks.OfType<Document>() ?? []).Select(document => document.Content));

    // Ana does and suffers everything that leaves a trace.
    private static async Task LiveAsync(Conversation chat)
    {
        await chat.JoinAsync("leandra", "ana", "boris", "phone");
        await chat.SayAsync("leandra", "role @ana lead");
        (string Name, string Line)[] steps =
        [
            ("ana", "share \"Runbooks that cut MTTR\" size=large"),
            ("boris", "confirm 1"),
            ("boris", "share \"A secret of Boris\" size=large"),
            ("ana", "confirm 2"),
            ("boris", "kudos @ana \"thanks for the runbook\""),
            ("ana", "mob \"Fix the flaky deploy\" with=@boris,@leandra"),
            ("leandra", "confirm 4"),
            ("boris", "experiment start \"Confidential lesson\""),
            ("ana", "flag 5 \"is that so\""),
            ("boris", "flag 1 \"this is last week's talk\""),
            ("leandra", "unflag 1"),
            ("ana", "squad create Blue"),
            ("ana", "squad join Blue"),
            ("ana", "role @boris core"),
            ("ana", "announce \"Notes, please\" every=thursday at=09:30"),
            ("ana", "rotation create Watch seats=1 every=week roles=keeper"),
            ("ana", "rotation join Watch"),
            ("ana", "rotation feed Watch"),
            ("boris", "rotation join Watch"),
            ("leandra", "rotation override turn=1 seat=keeper who=@boris reason=\"he begins\""),
            ("ana", "rotation swap turn=2 with=@boris"),
            ("boris", "rotation take 2"),
            ("boris", "rotation swap turn=4 with=@ana"),
            ("ana", "schedule run 2"),
            ("ana", "schedule run 2"),
            ("ana", "rotation note \"The keys are with me\""),
            ("ana", "rotation away Watch from=2030-01-01 until=2030-01-05"),
            ("ana", "okr add \"Quiet nights\" until=2028-01-05"),
            ("ana", "kr add 1 \"Pages\" target=5"),
            ("ana", "okr activate 1"),
            ("ana", "report page"),
            ("ana", "okr checkin 1 2 comment=\"well begun\""),
            ("boris", "okr ack 1"),
            ("boris", "okr checkin 1 3"),
            ("ana", "okr ack 1"),
            ("boris", "feedback give \"What Boris thinks\""),
            ("ana", "gather plan \"Mob on the pager bot\" at=\"in 10 days\""),
            ("boris", "gather plan \"A secret of Boris, too\" at=\"in 10 days\""),
            ("boris", "gather join 1"),
            ("ana", "gather join 2"),
            ("ana", "gap add \"Chaos testing\" need=\"Survive the loss of a zone\" importance=5 level=1"),
            ("boris", "gap add \"Confidential lesson of mine\" need=\"A secret of Boris\" importance=5 level=1"),
            ("ana", "gap own 2"),
            ("ana", "gap vote 2"),
            ("ana", "gap close 2 reason=\"Done with\""),
            ("ana", "canvas set purpose \"We mend\""),
            ("ana", "canvas rate values 4"),
            ("ana", "canvas review on=2030-01-07"),
            ("ana", "wheel spin players=@boris"),
            ("ana", "freeze incident \"Checkout is down\" channels=#ops"),
        ];
        foreach (var (name, line) in steps)
            Assert.DoesNotContain("Nothing was", (await chat.SayAsync(name, line))[^1].Text);

        await chat.WaitAsync(NodaTime.Duration.FromDays(4));
        Assert.DoesNotContain("Nothing was", (await chat.SayAsync("ana", "feedback answer 1 \"So do I\" share=yes"))[^1].Text);
        var code = (await chat.AskAsync("ana", "link")).Split('`')[1];
        Assert.StartsWith("Done", await chat.AskAsync("phone", $"link {code} yes=yes"));
        await chat.SayAsync("ana", "link");
        await chat.SayAsync("boris", "flag 1 \"this is last week's talk\"");
    }
}

public sealed class MyDataOnSqliteTests() : MyDataTests(Product.Sqlite);
