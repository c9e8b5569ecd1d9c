using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using CopBot.Core.Chat;
using CopBot.Core.Features.People;
using CopBot.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace CopBot.Core.Features.Feedback;

public sealed class FeedbackCommands(Work work, FeedbackBox box, Channels channels, Audit audit) : ICommands
{
    private const int ShortestWord = 8;
    private const int MostShown = 20;

    [Command("feedback give", "Tell the core team something; nobody learns that it was you", Secret = true, Example = "feedback give \"More hands-on, fewer slides\" word=\"kettle on the moon\"")]
    public async Task<Reply> GiveAsync(
        Caller caller,
        [Description("What you would like to say"), MaxLength(1500)] string text,
        [Description("A word or two that only you know: it shows you the answer"), MaxLength(60)] string? word = null,
        CancellationToken ct = default)
    {
        if (word?.Trim().Length < ShortestWord)
            throw new Refusal($"{"word":code} has at least {ShortestWord} characters, so that nobody guesses it. Nothing was stored.");
        if (!await box.TakeAsync(caller.Person, caller.Today, text, word, ct))
            throw new Refusal($"The box takes {FeedbackBox.MostADay} a day from each of us. Tomorrow it takes more. Nothing was stored.");

        RichText back = word is null
            ? RichText.Of($"Nobody knows whom to answer, so an answer can only be said to everybody. If you would rather read it alone, give a {"word":code} along next time.")
            : RichText.Of($"{"feedback look":code} with your word shows you the answer, and only to you. Keep the word: I cannot tell it to you again.");
        return new Message(
            $"Thank you. It is in the box without your name, and the core team reads it on the next working morning. {back}",
            Card.Of(new Note($"What is kept: the words, the day, nothing about you. So it cannot be taken back either, not even by {"forget me":code}. Your way of writing is yours; write as if it were read aloud.")));
    }

    [Command("feedback look", "See the answer to feedback that you gave, by its word", ReadsOnly = true, Secret = true, Example = "feedback look \"kettle on the moon\"")]
    public async Task<Reply> LookAsync(Caller caller, [Description("The word that you gave along"), MaxLength(60)] string word, CancellationToken ct)
    {
        var found = (await work.Db.Set<Suggestion>().Where(one => one.Word != null).ToListAsync(ct)).Where(one => CryptographicOperations.FixedTimeEquals(one.Word!, Suggestion.HashOf(one.Id, word))).ToList();
        if (found.Count == 0)
            throw new Refusal($"There is no feedback under that word.");
        return new Message(
            found.Exists(one => one.AnsweredOn is not null) ? "The core team has answered." : "There is no answer yet.",
            Card.Of([.. found.SelectMany(one => (Block[])[new Paragraph($"“{new UserText(one.Text)}”"), new Paragraph(one.AnsweredOn is null ? $"Not answered yet." : $"Answer: “{one.Answered}”")])]));
    }

    [Command("feedback list", "See what is in the feedback box", Role = Role.Core, ReadsOnly = true)]
    public async Task<Reply> ListAsync(Caller caller, CancellationToken ct)
    {
        var all = await work.Db.Set<Suggestion>().Where(one => one.Number != null).OrderBy(one => one.AnsweredOn != null).ThenByDescending(one => one.Number).Take(MostShown + 1).ToListAsync(ct);
        if (all.Count == 0)
            return new Message("The feedback box is empty.");
        var facts = all.Take(MostShown).Select(one => new Fact(Name(one), one.AnsweredOn is null ? $"“{new UserText(one.Text)}”, not answered yet{(one.Word is null ? "; only everybody can be told" : "")}" : $"“{new UserText(one.Text)}”: “{one.Answered}”")).ToList();
        if (all.Count > MostShown)
            facts.Add(new("…", "and older ones"));
        var open = await work.Db.Set<Suggestion>().CountAsync(one => one.Number != null && one.AnsweredOn == null, ct);
        return new Message(open == 0 ? "Everything in the feedback box is answered." : $"{open} in the feedback box {(open == 1 ? "waits" : "wait")} for an answer.", Card.Of(new Facts(facts)));
    }

    [Command("feedback answer", "Answer feedback; whoever gave it can read that, and so can all if you share it", Role = Role.Core, Example = "feedback answer 1 \"From March on, every second session is hands-on\" share=yes")]
    public async Task<Reply> AnswerAsync(
        Caller caller,
        [Description("Its number")] int number,
        [Description("The answer"), MaxLength(1500)] string text,
        [Description("Whether question and answer are said to everybody")] bool share = false,
        CancellationToken ct = default)
    {
        var one = await work.Db.Set<Suggestion>().FirstOrDefaultAsync(suggestion => suggestion.Number == number, ct)
            ?? throw new Refusal($"There is no feedback {number}; {"feedback list":code} shows what there is. Nothing was stored.");
        if (one.AnsweredOn is not null)
            throw new Refusal($"Feedback {number} is answered already: “{one.Answered}”. Nothing was stored.");
        if (one.Word is null && !share)
            throw new Refusal($"Feedback {number} came without a word, so nobody could read that answer. {"share=yes":code} says question and answer to everybody. Nothing was stored.");

        await work.Sql.ExecuteAsync($"update feedback set answer = {text}, answered_by = {caller.Person}, answered_on = {caller.Today} where id = {one.Id}", ct);
        await audit.NoteAsync(caller, "feedback answer", ct);
        if (!share)
            return new Message($"Feedback {number} is answered. Whoever gave it reads it with their word.");
        await channels.PostAsync(PostKind.Feedback, new Message(
            "From the feedback box, with the core team's answer.",
            Card.Of(new Paragraph($"“{new UserText(one.Text)}”"), new Paragraph($"Answer: “{new UserText(text, caller.Person)}”"), new Note($"{"feedback give":code} tells the core team something without your name."))), null, ct);
        return new Message($"Feedback {number} is answered, and everybody is told.");
    }

    private static string Name(Suggestion one) => one.Number!.Value.ToString(CultureInfo.InvariantCulture);
}
