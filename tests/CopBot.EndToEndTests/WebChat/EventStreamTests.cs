using System.Globalization;
using CopBot.EndToEndTests.Support;

namespace CopBot.EndToEndTests.WebChat;

public sealed class EventStreamTests
{
    [Fact]
    public async Task Coming_back_with_the_last_id_misses_nothing_and_repeats_nothing()
    {
        await using var host = await HostProcess.StartAsync();
        using var ana = await HttpVisitor.JoinAsync(host, "ana");
        using var bo = await HttpVisitor.JoinAsync(host, "bo");
        var seen = new List<string>();
        var last = "";
        for (var round = 1; round <= 4; round++)
        {
            await using var stream = await Listener.OpenAsync(ana, last);
            await bo.SayAsync($"win \"Round {round}, heard\"");
            await stream.UntilAsync($"Round {round}, heard</bdi>”");
            seen.AddRange(stream.Heard);
            last = stream.LastId;

            // Said while nobody listens.
            await bo.SayAsync($"win \"Round {round}, missed\"");
        }

        await using var end = await Listener.OpenAsync(ana, last);
        await end.UntilAsync("Round 4, missed</bdi>”");
        seen.AddRange(end.Heard);
        var ids = seen.Select(id => long.Parse(id, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(ids.Distinct().Order(), ids);
        Assert.Equal(System.Text.RegularExpressions.Regex.Matches(await ana.PageAsync(), "id=\"m(\\d+)\"").Select(match => match.Groups[1].Value), seen);
    }

    [Fact]
    public async Task A_stop_ends_open_streams_and_the_process_within_five_seconds()
    {
        await using var host = await HostProcess.StartAsync();
        using var ana = await HttpVisitor.JoinAsync(host, "ana");
        var streams = new List<Listener>();
        for (var count = 0; count < 5; count++)
            streams.Add(await Listener.OpenAsync(ana, ""));

        var took = await host.StopAsync();
        Assert.Equal(0, host.ExitCode);
        Assert.True(took < TimeSpan.FromSeconds(5), $"it took {took}");
        foreach (var stream in streams)
            await stream.DisposeAsync();
    }

    [Fact]
    public async Task An_ended_session_ends_its_stream_with_a_word()
    {
        await using var host = await HostProcess.StartAsync();
        using var ana = await HttpVisitor.JoinAsync(host, "ana");
        await using var stream = await Listener.OpenAsync(ana, "");
        using var left = await ana.PostAsync("/leave");
        await stream.UntilAsync("event: ended");
        Assert.True(await stream.IsOverAsync());
    }

    /// <summary>An open event stream, read line by line.</summary>
    private sealed class Listener(HttpResponseMessage answer, StreamReader reader) : IAsyncDisposable
    {
        private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

        public string LastId { get; private set; } = "";

        /// <summary>The rows of the lines that came.</summary>
        public List<string> Heard { get; } = [];

        public static async Task<Listener> OpenAsync(HttpVisitor visitor, string lastId)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/events?after=0");
            request.Headers.Accept.ParseAdd("text/event-stream");
            if (lastId.Length > 0)
                request.Headers.Add("Last-Event-ID", lastId);
            var answer = await visitor.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
            return new(answer, new StreamReader(await answer.Content.ReadAsStreamAsync()));
        }

        public async Task UntilAsync(string text)
        {
            var found = false;
            while (!found || LastLine.Length > 0)
            {
                LastLine = await reader.ReadLineAsync().WaitAsync(Limit) ?? throw new InvalidOperationException("the stream ended");
                if (LastLine.StartsWith("id: ", StringComparison.Ordinal))
                    LastId = LastLine[4..];
                Heard.AddRange(System.Text.RegularExpressions.Regex.Matches(LastLine, "<li id=\"m(\\d+)\"").Select(match => match.Groups[1].Value));
                found |= LastLine.Contains(text, StringComparison.Ordinal);
            }
        }

        public async Task<bool> IsOverAsync() => await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(5)) is null;

        public ValueTask DisposeAsync()
        {
            reader.Dispose();
            answer.Dispose();
            return ValueTask.CompletedTask;
        }

        private string LastLine { get; set; } = "";
    }
}
