using System.Text.Json.Nodes;
using CopBot.Core.Chat;
using CopBot.Platforms.Discord.Api;
using CopBot.Platforms.Discord.Messages;

namespace CopBot.Platforms.Discord.Intake;

/// <summary>Commands as modals: opened in answer to a command or a click, checked when they are sent, and then said like any other line.</summary>
public sealed class DiscordForms(DiscordApi api, Forms forms)
{
    /// <summary>The form that a line calls for; null where it can be said as it is.</summary>
    public Form? Missing(string line) => forms.Missing(line);

    /// <summary>The whole form of a line's command; null where the line is none.</summary>
    public Form? Whole(string line) => forms.Whole(line);

    /// <summary>Opens a form. False where Discord did not; the line can then be said, and is answered with the form in a message.</summary>
    public async Task<bool> OpenAsync(JsonObject interaction, Form form, CancellationToken ct)
    {
        var modal = DiscordModal.Of(form, char.ToUpperInvariant(form.Command[0]) + form.Command[1..]);
        var opened = await api.CallAsync(DiscordRoute.Callback(interaction.Text("id"), interaction.Text("token")), new JsonObject { ["type"] = 9, ["data"] = modal }, ct);

        // The same interaction may come twice; its form is open then.
        return opened.IsDone || opened.Code == DiscordError.AlreadyAnswered;
    }

    /// <summary>
    /// What does not fit in a filled-in form; null where all does. A modal cannot be kept open and has no room for remarks, so they come as an answer that
    /// only the reader sees, with what was typed and a button that opens the form again.
    /// </summary>
    public async Task<DiscordMessage?> ProblemsAsync(Incoming said, string line, CancellationToken ct)
    {
        var problems = await forms.ProblemsAsync(said, ct);
        if (problems.Count == 0 || Whole(line) is not { } form)
            return null;

        var typed = form.Fields.Where(field => problems.ContainsKey(field.Name) && field.Value is not null).Select(field => field.Value!);
        var message = new Message(
            $"Not yet: something in “{form.Command}” does not fit. Nothing was stored.",
            Card.Of([
                new Facts([.. problems.Select(problem => new Fact(problem.Key, problem.Value))]),
                .. typed.Select(value => new Paragraph($"You wrote: {new UserText(value)}")),
                new Form(form.Command, form.Fields)]));
        return DiscordMessage.Of(message, new DiscordReader(static _ => PlainText.Someone, static _ => null));
    }
}
