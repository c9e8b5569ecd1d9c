using System.Text;

namespace CopBot.Host.Terminal;

/// <summary>Reads a line at a terminal, with the arrow keys through the line and through what was typed before.</summary>
public sealed class LineEditor(string prompt)
{
    private readonly List<string> history = [];

    /// <summary>The line, or null at the end of input (Ctrl+D on an empty line).</summary>
    public string? Read()
    {
        var line = new StringBuilder();
        var cursor = 0;
        var at = history.Count;
        Draw(line, cursor);
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key)
            {
                case { Key: ConsoleKey.Enter }:
                    Console.WriteLine();
                    if (line.Length > 0 && (history.Count == 0 || history[^1] != line.ToString()))
                        history.Add(line.ToString());
                    return line.ToString();
                case { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } when line.Length == 0:
                    Console.WriteLine();
                    return null;
                case { Key: ConsoleKey.UpArrow } when at > 0:
                    Recall(line, history[--at], out cursor);
                    break;
                case { Key: ConsoleKey.DownArrow } when at < history.Count:
                    Recall(line, ++at < history.Count ? history[at] : "", out cursor);
                    break;
                case { Key: ConsoleKey.LeftArrow } when cursor > 0:
                    cursor--;
                    break;
                case { Key: ConsoleKey.RightArrow } when cursor < line.Length:
                    cursor++;
                    break;
                case { Key: ConsoleKey.Home }:
                    cursor = 0;
                    break;
                case { Key: ConsoleKey.End }:
                    cursor = line.Length;
                    break;
                case { Key: ConsoleKey.Backspace } when cursor > 0:
                    line.Remove(--cursor, 1);
                    break;
                case { Key: ConsoleKey.Delete } when cursor < line.Length:
                    line.Remove(cursor, 1);
                    break;
                case { KeyChar: var typed } when !char.IsControl(typed):
                    line.Insert(cursor++, typed);
                    break;
            }

            Draw(line, cursor);
        }
    }

    private static void Recall(StringBuilder line, string text, out int cursor)
    {
        line.Clear().Append(text);
        cursor = text.Length;
    }

    private void Draw(StringBuilder line, int cursor)
    {
        // Back to the start, clear to the end, write, then put the cursor where it belongs.
        Console.Write($"\r\u001b[K{prompt}{line}");
        if (cursor < line.Length)
            Console.Write($"\u001b[{line.Length - cursor}D");
    }
}
