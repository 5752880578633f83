using System.Text;
using Parley.Cli.Bench;
using Parley.Cli.Load;
using Parley.Protocol.Addressed;
using Parley.Protocol.Lines;

namespace Parley.Fuzz.Targets;

/// <summary>The lines and the addressed protocol, as a server and as a client reads them.</summary>
internal static class LineProtocolTargets
{
    private const int MaxRecipients = 20;

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("lines", Lines, typeof(LinesParser)),
        new("lines-server", input => _ = ServerLineParser.Parse(Encoding.UTF8.GetString(input.Span)), typeof(ServerLineParser)),
        new("addressed", Addressed, typeof(AddressedParser)),
        new("addressed-server", input => _ = AddressedServerLineParser.Parse(Encoding.UTF8.GetString(input.Span)), typeof(AddressedServerLineParser)),
        new("bench-message", input => _ = BenchMessage.TryParse(input.Span, "#tag#"u8, input.Length, out _), typeof(BenchMessage)),
        new("load-dialect", Load, typeof(LoadDialect), typeof(LinesLoadDialect), typeof(IrcLoadDialect), typeof(LoadClient)),
    ];

    private static void Load(ReadOnlyMemory<byte> input)
    {
        foreach (var protocol in Enum.GetValues<LoadProtocol>())
        {
            var dialect = LoadDialect.For(protocol);
            foreach (var range in input.Span.SplitAny((byte)'\r', (byte)'\n'))
            {
                var line = input.Span[range];
                IReadOnlyList<string> answers = [];
                try
                {
                    answers = dialect.Enter(Encoding.UTF8.GetString(line), "room").Answers;
                }
                catch (AdmissionException)
                {
                    // The server does not have what a load needs.
                }

                _ = dialect.Parse(line);
                FuzzTarget.Require(dialect.TextIn(line) is var text && (text < 2 || text <= line.Length), "A text is within its line");
                FuzzTarget.Require(!answers.Append(dialect.TakeAnswer() ?? "").Any(answer => answer.AsSpan().ContainsAny('\r', '\n')), "An answer is one line");
            }
        }
    }

    private static void Lines(ReadOnlyMemory<byte> input)
    {
        var request = LinesParser.Parse(input.Span);
        FuzzTarget.Require(!request.IsCommand || (!request.Command.Contains((byte)' ') && request.Argument.Trim((byte)' ').SequenceEqual(request.Argument)), "A command is a word and a trimmed argument");
    }

    private static void Addressed(ReadOnlyMemory<byte> input)
    {
        if (AddressedParser.TryParse(input.Span, MaxRecipients, out var line) != AddressedError.None)
        {
            return;
        }

        var recipients = 0;
        foreach (var name in line.Recipients)
        {
            recipients++;
            FuzzTarget.Require(!name.IsEmpty, "A recipient has a name");
        }

        FuzzTarget.Require(recipients is >= 1 and <= MaxRecipients, "A line has recipients, and no more than it may");
    }
}
