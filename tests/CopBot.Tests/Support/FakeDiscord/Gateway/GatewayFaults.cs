namespace CopBot.Tests.Support.FakeDiscord;

/// <summary>What goes wrong with connections that are made from now on. Numbers count down; what goes wrong at once is done by the methods of <see cref="DiscordGateway"/>.</summary>
public sealed class GatewayFaults
{
    /// <summary>So many connections are opened and say nothing.</summary>
    public int WithoutHello { get; set; }

    /// <summary>Heartbeats are not acknowledged.</summary>
    public bool WithoutAck { get; set; }

    /// <summary>So many connections are fine until READY or RESUMED, and deaf from then on: acknowledged, but no dispatch.</summary>
    public int Deaf { get; set; }

    /// <summary>So many identifies are answered with op 9 false.</summary>
    public int RefusedIdentifies { get; set; }

    /// <summary>So many resumes are answered with op 9 false, and the session is over.</summary>
    public int RefusedResumes { get; set; }

    /// <summary>So many resumes are answered with op 9 true: the session lives, come again.</summary>
    public int PostponedResumes { get; set; }

    /// <summary>So many resumes are accepted, and the connection is closed at once.</summary>
    public int ResumesClosedAtOnce { get; set; }

    /// <summary>The code of that; null: cut without a word.</summary>
    public int? CloseCodeAfterResume { get; set; } = 4000;

    /// <summary>Sessions are closed with this code when they identify; null: they are not.</summary>
    public int? CloseCodeOnIdentify { get; set; }

    /// <summary>So many dispatches are not sent, though they count: a gap in the sequence. A resume brings them.</summary>
    public int Dropped { get; set; }

    /// <summary>So many dispatches are sent twice, with the same sequence number.</summary>
    public int Duplicated { get; set; }

    /// <summary>So many connections are refused with 503 before they are a web socket.</summary>
    public int RefusedConnections { get; set; }
}
