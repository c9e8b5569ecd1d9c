using System.Text;

namespace CopBot.Tests.Host;

/// <summary>The console is one for the whole process; this gives each run of a verb its own and leaves everybody else theirs.</summary>
public static class ConsoleOf
{
    private static readonly AsyncLocal<(TextReader In, TextWriter Out, TextWriter Error)?> Mine = new();

    static ConsoleOf()
    {
        Console.SetIn(new Reader(Console.In));
        Console.SetOut(new Writer(Console.Out, console => console.Out));
        Console.SetError(new Writer(Console.Error, console => console.Error));
    }

    /// <summary>From here on, for all that this flow of control starts.</summary>
    public static (StringWriter Out, StringWriter Error) This(string input)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        Mine.Value = (new StringReader(input), TextWriter.Synchronized(output), TextWriter.Synchronized(error));
        return (output, error);
    }

    private sealed class Reader(TextReader real) : TextReader
    {
        private TextReader Now => Mine.Value?.In ?? real;

        public override int Peek() => Now.Peek();

        public override int Read() => Now.Read();

        public override string? ReadLine() => Now.ReadLine();
    }

    private sealed class Writer(TextWriter real, Func<(TextReader In, TextWriter Out, TextWriter Error), TextWriter> choose) : TextWriter
    {
        public override Encoding Encoding => real.Encoding;

        private TextWriter Now => Mine.Value is { } console ? choose(console) : real;

        public override void Write(char value) => Now.Write(value);

        public override void Write(char[] buffer, int index, int count) => Now.Write(buffer, index, count);

        public override void Write(string? value) => Now.Write(value);

        public override void Flush() => Now.Flush();
    }
}
