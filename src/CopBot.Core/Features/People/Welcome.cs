using CopBot.Core.Chat;

namespace CopBot.Core.Features.People;

/// <summary>The first private word to a newcomer: what this is, who sees what, and how to change that.</summary>
public static class Welcome
{
    public static Message For(PersonId person, Role role) => new(
        $"Welcome to the Reliability League, {person:name}!",
        Card.Of(
            new Paragraph($"Log what you learn, try and mend together, and see your community move. {"help":code} shows how; {"share \"What you learned\"":code} is a good start."),
            new Paragraph($"Who sees what: your name and points may appear on boards and in receipts. You decide: {"privacy alias NAME":code} shows another name, {"privacy hidden":code} shows you nowhere and you earn all the same, {"privacy observer":code} means you only look on. {"me":code}, {"why":code} and every refusal are for your eyes alone."),
            new Paragraph($"{"my data":code} shows everything that is held about you; {"forget me":code} erases it."),
            role == Role.Lead ? new Note($"You are the first here, so you are the CoP lead: {"settings":code} sets the community's zone, {"role":code} appoints others.") : null,
            new Buttons([new("How it works", "help"), new("The rules", "rules"), new("Do not show me", "privacy hidden")])));
}
