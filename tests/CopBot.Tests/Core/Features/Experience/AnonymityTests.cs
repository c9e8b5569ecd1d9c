using CopBot.Core.Storage;
using CopBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CopBot.Tests.Core.Features.Experience;

/// <summary>No query joins an answer to a person: whoever gave which answer, the database is the same.</summary>
public abstract class AnonymityTests(Product product)
{
    private static readonly string[] Names = ["ana", "bo", "cy", "dot", "eli"];

    [Fact]
    public async Task Who_gave_which_answer_makes_no_difference_to_any_row_of_any_table()
    {
        var one = await DatabaseAfterAsync([1, 2, 3, 4, 5]);
        var other = await DatabaseAfterAsync([5, 3, 1, 2, 4]);
        Assert.Contains(one, row => row.StartsWith("survey_counts:", StringComparison.Ordinal));
        Assert.Contains(one, row => row.StartsWith("inbox:", StringComparison.Ordinal));
        Assert.Equal(one, other);

        // Not that the comparison sees nothing: another answer does make a difference.
        Assert.NotEqual(one, await DatabaseAfterAsync([1, 2, 3, 4, 4]));
    }

    [Fact]
    public async Task An_answer_shares_no_value_with_anything_that_leads_to_somebody()
    {
        await using var chat = await Conversation.StartAsync(product);
        await AnswerAsync(chat, [1, 2, 3, 4, 5]);
        var survey = await chat.Store.ReadAsync(Community.First, (work, ct) => work.Sql.FirstAsync($"select id from surveys where gathering = {1}", row => row.Id(0), ct), CancellationToken.None);
        Assert.Equal(10, await chat.ScalarAsync<int>($"select count(*) from survey_marks where survey_id = {survey}"));

        // While it is open, what leads from a person to their mark is the secret alone.
        await AssertNobodyElseHasAsync(chat, survey);
        await chat.WaitAsync(Duration.FromDays(8));
        await AssertNobodyElseHasAsync(chat, survey);
        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from survey_marks"));
        Assert.Equal(0, await chat.ScalarAsync<int>($"select count(*) from surveys where secret is not null"));
        Assert.Equal(5, await chat.ScalarAsync<int>($"select sum(answers) from survey_counts where survey_id = {survey} and question = {0}"));
        Assert.Equal(["answers", "question", "shown", "survey_id", "value"], await ColumnsAsync(chat, "survey_counts"));
        Assert.Equal(["mark", "survey_id"], await ColumnsAsync(chat, "survey_marks"));

        // PostgreSQL notes which transaction wrote a row: that of an answer wrote the inbox too.
        if (product == Product.Postgres)
            Assert.Equal(0, await chat.ScalarAsync<long>($"select count(*) from survey_counts c join inbox i on c.xmin = i.xmin"));
    }

    // The survey's id is in its own tables, and in no other.
    private async Task AssertNobodyElseHasAsync(Conversation chat, Guid survey)
    {
        string[] own = ["surveys", "survey_counts", "survey_marks"];
        var holders = (await RowsAsync(chat))
            .Where(row => row.Contains(survey.ToString("N"), StringComparison.OrdinalIgnoreCase) || row.Contains(survey.ToString("D"), StringComparison.OrdinalIgnoreCase))
            .Select(row => row.Split(':')[0]).Distinct().ToList();
        Assert.Contains("survey_counts", holders);
        Assert.Empty(holders.Except(own));
    }

    private async Task<List<string>> DatabaseAfterAsync(int[] answers)
    {
        await using var chat = await Conversation.StartAsync(product, services => services.AddSingleton(provider => new OrderedIds(provider.GetRequiredService<TimeProvider>(), new Random(0))));
        await AnswerAsync(chat, answers);
        await chat.WaitAsync(Duration.FromDays(8));
        return await RowsAsync(chat);
    }

    private static async Task AnswerAsync(Conversation chat, int[] answers)
    {
        await chat.JoinAsync(Names);
        await chat.SayAsync("ana", "gather plan Postmortems kind=meeting at=\"in 5 minutes\" minutes=5");
        await chat.WaitAsync(Duration.FromMinutes(11));
        foreach (var (name, value) in Names.Zip(answers))
        {
            await chat.SayAsync(name, "gather here 1");
            Assert.StartsWith("Thank you.", await chat.AskAsync(name, $"experience answer gathering=1 expected={value} experienced={6 - value}"));
        }
    }

    // Every row of every table, in the order in which the database gives them.
    private async Task<List<string>> RowsAsync(Conversation chat)
    {
        var rows = new List<string>();
        var tables = await chat.Store.ReadAsync(Community.First, (work, ct) => product == Product.Postgres
            ? work.Sql.ListAsync($"select table_name from information_schema.tables where table_schema = 'public' and table_name <> 'schema_versions' order by table_name", row => row.Text(0), ct)
            : work.Sql.ListAsync($"select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name <> 'schema_versions' order by name", row => row.Text(0), ct), CancellationToken.None);
        foreach (var table in tables)
        {
            var columns = await ColumnsAsync(chat, table);
            var all = new Statement(100, 0);
            all.AppendLiteral(product == Product.Postgres
                ? $"select t::text from {table} t"
                : $"select {string.Join(" || '|' || ", columns.Select(column => $"quote(\"{column}\")"))} from {table}");
            rows.AddRange(await chat.Store.ReadAsync(Community.First, (work, ct) => work.Sql.ListAsync(all, row => $"{table}:{row.Text(0)}", ct), CancellationToken.None));
        }

        return rows;
    }

    private Task<List<string>> ColumnsAsync(Conversation chat, string table) => chat.Store.ReadAsync(Community.First, (work, ct) => product == Product.Postgres
        ? work.Sql.ListAsync($"select column_name from information_schema.columns where table_schema = 'public' and table_name = {table} order by column_name", row => row.Text(0), ct)
        : work.Sql.ListAsync($"select name from pragma_table_info({table}) order by name", row => row.Text(0), ct), CancellationToken.None);
}

public sealed class AnonymityOnSqliteTests() : AnonymityTests(Product.Sqlite);
